"""信息列表: one list of papers for columns, units and topics, filtered by year, unit, kind and standing."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongkai.agencies.models import Unit
from gongkai.documents.models import Paper, Sort, Standing
from gongkai.documents.overview import standing
from gongkai.documents.templatetags.published import not_in_force, standing_tag
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.today import today

#: what a list of papers needs, and no more
LIGHT = (
    "title",
    "number",
    "sort",
    "standing",
    "normative",
    "made_on",
    "published_at",
    "unit__name",
    "unit__short_name",
)
OLDEST_FIRST_YEAR = 30


class ShelfFilter(Search):
    """What people narrow a list of papers by (筛选)."""

    year = forms.TypedChoiceField(label="年份", required=False, coerce=int, empty_value=None)
    unit = forms.TypedChoiceField(label="发布机构", required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label="体裁", required=False, choices=[("", "全部体裁"), *Sort.choices])
    standing = forms.ChoiceField(label="有效性", required=False, choices=[("", "全部"), *Standing.choices])


def _published(row: Paper) -> str:
    return f"{timezone.localtime(row.published_at):%Y-%m-%d %H:%M}" if row.published_at else ""


def _titled(row: Paper) -> SafeString:
    """The title as a link, with a mark where the paper is no longer what it was (标题)."""
    link = format_html('<a class="govuk-link" href="{}">{}</a>', row.get_absolute_url(), row.title)
    return format_html("{} {}", link, standing_tag(row)) if not_in_force(row) else link


def _standing(row: Paper) -> str:
    return str(row.get_standing_display()) if standing.bears(row) else ""


class Shelf(Listing[Paper]):
    """A list of papers (信息列表)."""

    title = "政府信息"
    noun = "条"
    filters = ShelfFilter
    lookups = {"year": "published_at__year", "kind": "sort"}
    search = ("title", "number")
    order: ClassVar[Sequence[str]] = ("-published_at", "-pk")
    per_page = 20
    empty = Empty("这里还没有信息", "发布后会列在这里。可以到其他栏目看看，或者用上方的搜索查找。")
    columns = (
        Column(
            label="标题",
            value=lambda row: row.title,
            kind="wide",
            width=60,
            draw=_titled,
        ),
        Column(label="发文字号", value=lambda row: row.number, width=22),
        Column(label="发布机构", value=lambda row: row.unit.short_name, width=16),
        Column(label="发布时间", value=_published, sort="published_at", kind="narrow", width=18),
        Column(label="有效性", value=_standing, on="sheet", width=10),
        Column(label="索引号", value=lambda row: row.code, on="sheet", width=24),
        Column(label="成文日期", value=lambda row: row.made_on, on="sheet", width=14),
    )

    def __init__(
        self, request: HttpRequest, rows: QuerySet[Paper], *, title: str, one_unit: bool = False
    ) -> None:
        self.title = title  # type: ignore[misc]
        self.one_unit = one_unit
        super().__init__(request, light(rows))

    @property
    def shown(self) -> list[Column[Any]]:
        """The columns of the page; the page of a unit need not name it in each row (显示的列)."""
        known = super().shown
        return [each for each in known if each.label != "发布机构"] if self.one_unit else known

    def search_form(self) -> forms.Form:
        """The filters, with the years and units there are (筛选表单)."""
        form = super().search_form()
        ends = Paper.objects.public(today(self.request)).aggregate(
            first=Min("published_at"), last=Max("published_at")
        )
        year, unit = form.fields["year"], form.fields["unit"]
        assert isinstance(year, forms.ChoiceField)
        assert isinstance(unit, forms.ChoiceField)
        year.choices = [("", "全部年份"), *((each, f"{each}年") for each in _years(ends))]
        unit.choices = [("", "全部机构"), *Unit.objects.values_list("pk", "short_name")]
        if self.one_unit:
            del form.fields["unit"]
        return form


def _years(ends: dict[str, Any]) -> range:
    """The years of publication, the newest first (年份)."""
    if not ends["last"]:
        return range(0)
    last, first = timezone.localtime(ends["last"]).year, timezone.localtime(ends["first"]).year
    return range(last, max(first, last - OLDEST_FIRST_YEAR) - 1, -1)


def light(rows: QuerySet[Paper]) -> QuerySet[Paper]:
    """Only what a list shows (轻量读取)."""
    return rows.select_related("unit").only(*LIGHT, "code")
