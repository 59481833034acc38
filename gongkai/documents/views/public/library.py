"""规范性文件库: every administrative normative paper since 2016, with its standing and all its relations."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear, TruncDate
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Unit
from gongkai.documents.models import Bond, Paper, Relation, Standing
from gongkai.documents.overview.bonds import BORNE, KNOWN
from gongkai.documents.views.public.shelves import light
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.today import today

HOME = ("首页", "/")
#: the clean-up of 2021 asked for all that was made since this day (2021年政务公开工作要点)
SINCE = date(2016, 1, 1)


class LibraryFilter(Search):
    """What the library is narrowed by (筛选)."""

    standing = forms.ChoiceField(label="有效性", required=False, choices=[("", "全部"), *Standing.choices])
    year = forms.TypedChoiceField(label="成文年份", required=False, coerce=int, empty_value=None)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="制定机关", required=False, empty_label="全部机关"
    )


def relations_of(row: Paper) -> str:
    """All its public relations in words, both ways (关联文件)."""
    own = [
        (each.get_bond_display(), each.target.title if each.target else each.target_title)
        for each in row.relations.all()
        if each.target is None or each.target.state != "draft"
    ]
    borne = [
        (BORNE.get(Bond(each.bond), each.get_bond_display()), each.paper.title) for each in row.borne.all()
    ]
    return "；".join(f"{word}：{title}" for word, title in [*own, *borne])


class Library(Listing[Paper]):
    """The normative papers (规范性文件)."""

    title = "规范性文件库"
    noun = "件"
    filters = LibraryFilter
    lookups: ClassVar[dict[str, str]] = {"year": "made_year"}
    search = ("title", "number", "code")
    order: ClassVar[Sequence[str]] = ("-day", "-pk")
    per_page = 20
    empty = Empty("没有符合条件的规范性文件", "换一个条件，或者去掉筛选再看。")
    columns = (
        Column(
            label="文件名称",
            value=lambda row: row.title,
            link=Paper.get_absolute_url,
            kind="wide",
            width=60,
        ),
        Column(label="发文字号", value=lambda row: row.number, width=22),
        Column(label="制定机关", value=lambda row: row.unit.short_name, sort="unit", width=16),
        Column(label="成文日期", value=lambda row: row.made_on, sort="made_on", kind="narrow", width=14),
        Column(
            label="有效性",
            value=lambda row: row.get_standing_display(),
            template="documents/public/cells/standing.html",
            width=10,
        ),
        Column(label="施行日期", value=lambda row: row.commences_on, on="sheet", width=14),
        Column(label="有效期至", value=lambda row: row.expires_on, kind="narrow", width=14),
        Column(label="关联文件", value=relations_of, on="sheet", width=70),
        Column(label="索引号", value=lambda row: row.code, on="sheet", width=24),
    )

    def search_form(self) -> forms.Form:
        """The filters, with the years and the makers that there are (筛选表单)."""
        form = super().search_form()
        year, unit = form.fields["year"], form.fields["unit"]
        assert isinstance(year, forms.ChoiceField)
        assert isinstance(unit, forms.ModelChoiceField)
        ends = self.all.order_by().aggregate(first=Min("day"), last=Max("day"))
        years = range(ends["last"].year, ends["first"].year - 1, -1) if ends["last"] else ()
        year.choices = [("", "全部年份"), *((each, f"{each}年") for each in years)]
        unit.queryset = Unit.objects.filter(pk__in=self.all.order_by().values("unit"))
        return form


def kept(day: date) -> QuerySet[Paper]:
    """The papers of the library (入库文件): those on the site on *day*, by the day of their making."""
    rows = Paper.objects.public(day).filter(normative=True)
    dated = rows.annotate(day=Coalesce("made_on", TruncDate("published_at")))
    return dated.filter(day__gte=SINCE).annotate(made_year=ExtractYear("day"))


def _with_relations(rows: QuerySet[Paper]) -> QuerySet[Paper]:
    own = Prefetch("relations", Relation.objects.select_related("target"))
    borne = Prefetch("borne", Relation.objects.filter(KNOWN).select_related("paper"))
    return rows.prefetch_related(own, borne)


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The library with its counts (规范性文件库); exported, each with all its relations."""
    day = today(request)
    counted: dict[str, Any] = kept(day).aggregate(
        **{code: Count("pk", filter=Q(standing=code)) for code, _ in Standing.choices}
    )
    counts = [(code, label, counted[code]) for code, label in Standing.choices if counted[code]]
    wanted = light(kept(day)).only(*_SHOWN)
    rows = _with_relations(wanted) if request.GET.get("export") else wanted
    return Library(request, rows).respond(
        "documents/public/library.html",
        frame="frame/public.html",
        counts=counts,
        on=day,
        breadcrumbs=[HOME, ("规范性文件库", "")],
    )


_SHOWN = (
    "title",
    "number",
    "code",
    "sort",
    "standing",
    "normative",
    "made_on",
    "commences_on",
    "expires_on",
    "published_at",
    "unit__name",
    "unit__short_name",
)
