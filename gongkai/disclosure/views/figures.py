"""指标与记录: every figure of papers and of disclosure, and the very records that each counted."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.agencies.models import Unit
from gongkai.disclosure import figures as disclosure
from gongkai.disclosure.models import Catalogue, CatalogueRow, ColumnFinding, Duty
from gongkai.documents import figures as documents
from gongkai.documents.models import Column as SiteColumn
from gongkai.documents.models import Override, Paper
from gongkai.frame.listing import Column, Empty, Listing
from gongkai.frame.today import today
from gongkai.rules.figure import Figure, Scope

FIGURES = {each.code: each for each in (*documents.ALL, *disclosure.OWN)}


class ScopeForm(forms.Form):
    """Whose figure, and of which year (统计范围)."""

    use_required_attribute = False

    year = forms.IntegerField(label="年度", required=False, min_value=2000, max_value=2100)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="单位", required=False, empty_label="全区")
    q = forms.CharField(label="关键词", required=False, max_length=60)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = units


def scope_of(request: UserRequest) -> tuple[Scope, ScopeForm]:
    """The scope that the query string asks for; a unit's people see their own unit's."""
    units = request.user.units()
    form = ScopeForm(request.GET, units=units)
    form.is_valid()
    typed = getattr(form, "cleaned_data", {})
    unit = typed.get("unit")
    day = today(request)
    key = unit.pk if unit else None
    if key is None and not request.user.sees_all:
        key = request.user.held[0].unit_id
    return Scope(typed.get("year") or day.year, day, key), form


@staff_page()
def overview(request: UserRequest) -> HttpResponse:
    """All figures of papers and of disclosure (指标一览), and the annual report's second table."""
    scope, form = scope_of(request)
    groups = [
        ("政府信息", [(each, each.value(scope)) for each in documents.OWN]),
        ("主动公开", [(each, each.value(scope)) for each in disclosure.OWN if ".field_" not in each.code]),
        ("标准目录覆盖率", _fields(scope)),
    ]
    context = {
        "groups": groups,
        "table": documents.table_two(scope),
        "scope": scope,
        "unit": Unit.objects.filter(pk=scope.unit_id).first() if scope.unit_id else None,
        "form": form,
        "breadcrumbs": [("指标一览", "")],
    }
    return render(request, "disclosure/figures.html", context)


def _fields(scope: Scope) -> list[tuple[Figure, Any]]:
    """The fields that have a catalogue; the others have nothing to count."""
    numbers = Catalogue.objects.current(scope.today).values_list("field__number", flat=True)
    there = {f"disclosure.field_{number:02}" for number in numbers}
    pairs = [(each, each.value(scope)) for each in disclosure.OWN if each.code in there]
    return [(figure, value) for figure, value in pairs if value.whole]


# --- the records of one figure ------------------------------------------------------------------------


class Records(Listing[Any]):
    """The records behind a figure (指标背后的记录), whatever they are."""

    title = "指标记录"
    noun = "条记录"
    filters = ScopeForm
    per_page = 50
    empty: ClassVar[Empty] = Empty("没有计入的记录")

    def __init__(self, request: UserRequest, rows: QuerySet[Any], weights: Any) -> None:
        self.user, self.weights = request.user, weights
        super().__init__(request, rows)
        for row in self.page:
            row.weight = weights.get(row.pk, 1)

    def search_form(self) -> forms.Form:
        """Year and unit, which the figure itself has taken into account."""
        return ScopeForm(self.request.GET, units=self.user.units())

    def narrow(self, rows: Any, asked: dict[str, Any]) -> Any:
        """Words narrow the list; year and unit belong to the figure."""
        return super().narrow(rows, {name: value for name, value in asked.items() if name == "q"})


def _weight(row: Any) -> object:
    return getattr(row, "weight", 1)


class PaperRecords(Records):
    """Papers behind a figure (政府信息记录)."""

    search = ("title", "code", "number")
    order = ("-published_at",)
    columns = (
        Column(label="标题", value=str, link=lambda row: _paper_url(row), kind="wide", width=50),
        Column(label="索引号", value=lambda row: row.code, width=26),
        Column(label="发布机构", value=lambda row: row.unit, width=16),
        Column(label="成文日期", value=lambda row: row.made_on, sort="made_on", kind="narrow", width=12),
        Column(label="发布时间", value=lambda row: row.published_at, sort="published_at", width=18),
        Column(label="计入数量", value=_weight, kind="number", on="page"),
    )


def _paper_url(row: Any) -> str:
    return str(row.get_absolute_url())


class OverrideRecords(Records):
    """Overrides behind a figure (例外放行记录)."""

    search = ("edition__title", "remark")
    order = ("-at",)
    columns = (
        Column(label="信息", value=lambda row: row.edition, link=lambda row: _edition_url(row), kind="wide"),
        Column(label="关口", value=lambda row: row.gate, sort="gate"),
        Column(label="理由", value=lambda row: row.remark, kind="wide"),
        Column(label="放行人", value=lambda row: row.by),
        Column(label="时间", value=lambda row: row.at, sort="at"),
    )


def _edition_url(row: Any) -> str:
    return str(row.edition.get_absolute_url())


class RowRecords(Records):
    """Rows of catalogues behind a figure (公开事项记录)."""

    search = ("first", "second")
    order = ("catalogue__field", "number")
    columns = (
        Column(label="领域", value=lambda row: row.catalogue.field, width=16),
        Column(label="一级事项", value=lambda row: row.first, width=20),
        Column(label="二级事项", value=lambda row: row.second, link=CatalogueRow.get_absolute_url, width=30),
        Column(label="公开主体", value=lambda row: row.subject, width=24),
    )


class DutyRecords(Records):
    """Duties behind a figure (公开职责记录)."""

    search = ("title", "unit__short_name")
    order = ("unit__position", "title")
    columns = (
        Column(label="职责", value=str, link=Duty.get_absolute_url, kind="wide", width=40),
        Column(label="责任单位", value=lambda row: row.unit, sort="unit__position", width=16),
        Column(label="周期", value=lambda row: row.get_cycle_display(), width=12),
    )


class ColumnRecords(Records):
    """Columns behind a figure (栏目记录)."""

    search = ("name",)
    order = ("position",)
    columns = (
        Column(label="栏目", value=str, link=lambda row: str(row.get_absolute_url()), width=24),
        Column(label="主管单位", value=lambda row: row.unit, width=16),
        Column(label="责任人", value=lambda row: row.keeper, width=12),
    )


class FindingRecords(Records):
    """Findings behind a figure (体检问题记录)."""

    search = ("text", "column__name")
    order = ("due_on",)
    columns = (
        Column(label="栏目", value=lambda row: row.column, link=ColumnFinding.get_absolute_url, width=18),
        Column(label="问题类别", value=lambda row: row.get_sort_display(), width=14),
        Column(label="问题说明", value=lambda row: row.text, kind="wide", width=50),
        Column(label="整改期限", value=lambda row: row.due_on, sort="due_on", kind="narrow", width=12),
    )


class UnitRecords(Records):
    """Units behind a figure (单位记录)."""

    search = ("name",)
    order = ("position",)
    columns = (Column(label="单位", value=lambda row: row.name, width=40),)


#: what each kind of record is listed by, what is fetched with it, and what a unit's people may see of it
LISTED: dict[type, tuple[type[Records], tuple[str, ...]]] = {
    Paper: (PaperRecords, ("unit",)),
    Override: (OverrideRecords, ("edition", "by")),
    CatalogueRow: (RowRecords, ("catalogue__field",)),
    Duty: (DutyRecords, ("unit",)),
    SiteColumn: (ColumnRecords, ("unit", "keeper")),
    ColumnFinding: (FindingRecords, ("column",)),
    Unit: (UnitRecords, ()),
}


@staff_page()
def records(request: UserRequest, code: str) -> HttpResponse:
    """The records behind one figure, of the year and unit asked for (指标记录)."""
    figure = FIGURES.get(code)
    if figure is None:
        raise Http404("没有这个指标")
    scope, _form = scope_of(request)
    room = documents if code.startswith("documents.") else disclosure
    found: QuerySet[Any] = room.behind(code, scope)
    weights = documents.weights(code, scope) if room is documents else {}
    listed, fetched = LISTED[found.model]
    listing = listed(request, found.select_related(*fetched), weights)
    value = figure.value(scope)
    return listing.respond(
        "disclosure/records.html",
        title=figure.label,
        figure=figure,
        value=value,
        counted=sum(weights.values(), Decimal(0)) if weights else None,
        breadcrumbs=[("指标一览", reverse("figures")), (figure.label, "")],
    )
