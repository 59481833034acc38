"""结构化清单的页面: lists across papers, searched, sorted, paged and exported by the frame's one list."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Unit
from gongkai.disclosure.registers import subsidies
from gongkai.disclosure.views.public.records import PAGES, crumbs
from gongkai.documents.models import Filing, FilingRow
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.today import today
from gongkai.rules.personal_data.columns import Treatment
from gongkai.rules.structured import AMOUNTS, Declaration, Field, Sort, Table, declaration, shown, slots

FRAME = "frame/public.html"
CELL = "disclosure/registers/cells/paper.html"
FEW = 6  # columns that the page shows where the declaration names none; the export has all


def _public(request: HttpRequest, form: str) -> QuerySet[FilingRow]:
    """The rows of a kind on show today."""
    day = today(request)
    shown_now = Filing.objects.public(day).of_form(form).shown_on(day)
    rows = FilingRow.objects.public(form, day).filter(filing__in=shown_now.values("pk"))
    return rows.select_related("filing__paper__unit").defer("filing__head")


def _value(field: Field) -> Callable[[FilingRow], object]:
    return lambda row: f"{shown(field, text)}" if (text := row.cells.get(field.code, "")) else ""


def _sort(table: Table, field: Field) -> str:
    """The stored fact by which a column is sorted, where there is one."""
    keys = table.keys
    known = {
        keys.number: "number",
        keys.name: "name",
        keys.kind: "kind",
        keys.place: "place",
        keys.amount: "amount",
        keys.start: "start",
        keys.until: "until",
    }
    return known.get(field.code, "")


def _columns(table: Table, paper: str = "来源") -> list[Column[FilingRow]]:
    fields = [each for each in table.columns if each.public is not Treatment.DROP]
    listed = table.listed or [each.code for each in fields][:FEW]
    made = [
        Column[FilingRow](
            label=field.heading,
            value=_value(field),
            sort=_sort(table, field),
            kind="number" if field.sort in AMOUNTS else "wide" if field.sort is Sort.LONG else "text",
            width=40 if field.sort is Sort.LONG else 18,
            on="both" if field.code in listed else "sheet",
        )
        for field in fields
    ]
    source = Column[FilingRow](label=paper, value=lambda row: row.filing.paper.title, template=CELL, width=50)
    return [*made, source]


class RowFilter(Search):
    """What a register may be narrowed by (筛选)."""

    kind = forms.ChoiceField(label="类别", required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="发布机构", required=False, empty_label="全部")
    year = forms.ChoiceField(label="年度", required=False)


class Register(Listing[FilingRow]):
    """One kind across all papers (清单)."""

    noun = "条"
    filters = RowFilter
    lookups = {"unit": "filing__paper__unit", "year": "filing__year"}
    search = ("number", "name", "place")
    order = ("-start", "-filing")
    known: Declaration
    table: Table

    def search_form(self) -> forms.Form:
        """Only what is on show can be chosen."""
        form = self.filters(self.request.GET)
        filings = Filing.objects.public(today(self.request)).of_form(self.known.code)
        years = sorted({year for year in filings.values_list("year", flat=True) if year}, reverse=True)
        _offer(form, "year", [(str(year), f"{year}年") for year in years])
        kinds = self.table.column(self.table.keys.kind).choices if self.table.keys.kind else ()
        _offer(form, "kind", [(kind, kind) for kind in kinds])
        unit = form.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = Unit.objects.filter(papers__filing__form=self.known.code).distinct()
        return form


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """The choices of a filter; one without any is left out."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    if choices:
        field.choices = [("", "全部"), *choices]
    else:
        del form.fields[name]


def register(known: Declaration, table: Table) -> type[Register]:
    """The register of a kind (清单) out of its declaration."""
    named: dict[str, Any] = {
        "title": known.name,
        "columns": _columns(table),
        "known": known,
        "table": table,
        "empty": Empty("暂时没有公开的内容", "公开后会列在这里；公示期满的内容会自动下线。"),
    }
    return type(f"{known.code.title()}Register", (Register,), named)


def _respond(request: HttpRequest, code: str, template: str, **context: Any) -> HttpResponse:
    known = declaration(code)
    table = (
        next((each for each in known.tables if each.keys.number or each.keys.name), None) if known else None
    )
    if known is None or table is None:
        raise Http404("没有这一类清单")
    listing = register(known, table)(request, _public(request, code))
    context = {"known": known, "lede": known.note, "frame": FRAME} | context
    return listing.respond(template, breadcrumbs=crumbs((known.name, "")), **context)


@require_safe
def enforcement(request: HttpRequest) -> HttpResponse:
    """Decisions on show (行政执法结果): found by number or party; over means gone, fallen means withdrawn."""
    return _respond(request, "enforcement", "disclosure/registers/enforcement.html")


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Posts that can still be applied for (就业岗位)."""
    return _respond(request, "jobs", "disclosure/registers/register.html")


@require_safe
def kind(request: HttpRequest, code: str) -> HttpResponse:
    """Any other kind (清单): its rows, or its papers where the rows are not listed across papers."""
    known = declaration(code)
    if known is None or code in PAGES:
        raise Http404("没有这一类清单")
    if any(each.keys.number or each.keys.name for each in known.tables):
        return _respond(request, code, "disclosure/registers/register.html")
    return _papers(request, known)


class PaperFilter(Search):
    """What a list of papers of one kind may be narrowed by (筛选)."""

    year = forms.ChoiceField(label="年度", required=False)
    kind = forms.ChoiceField(label="种类", required=False)


class Papers(Listing[Filing]):
    """The papers of one kind (清单)."""

    noun = "件"
    filters = PaperFilter
    search = ("name", "number", "place", "paper__title")
    order = ("-event_on",)
    known: Declaration

    def search_form(self) -> forms.Form:
        """Only what is on show can be chosen."""
        form = self.filters(self.request.GET)
        pairs = set(self.all.order_by().values_list("year", "kind"))
        years = sorted({year for year, _kind in pairs if year}, reverse=True)
        _offer(form, "year", [(str(year), f"{year}年") for year in years])
        _offer(form, "kind", [(kind, kind) for kind in sorted({kind for _year, kind in pairs if kind})])
        return form


def _slot_columns(known: Declaration, request: HttpRequest) -> list[Column[Filing]]:
    """A column for each stage (环节), so that a gap is seen at a glance."""
    day = today(request)

    def word(place: int) -> Callable[[Filing], object]:
        return lambda row: slots(known, row.head, day)[place].state.value

    return [
        Column[Filing](
            label=stage.label, value=word(place), template="disclosure/registers/cells/slot.html", width=14
        )
        for place, stage in enumerate(known.stages)
    ]


def _papers(
    request: HttpRequest, known: Declaration, template: str = "disclosure/registers/register.html"
) -> HttpResponse:
    columns: list[Column[Filing]] = [
        Column(
            label="名称",
            value=lambda row: row.paper.title,
            link=lambda row: row.paper.get_absolute_url(),
            kind="wide",
            width=50,
        ),
        Column(label="发布机构", value=lambda row: row.paper.unit.short_name, width=20),
        *_slot_columns(known, request),
    ]
    named: dict[str, Any] = {"title": known.name, "columns": columns, "known": known}
    listing_kind: type[Papers] = type("KindPapers", (Papers,), named)
    day = today(request)
    shown_now = Filing.objects.public(day).of_form(known.code).shown_on(day)
    listing = listing_kind(request, shown_now.select_related("paper__unit"))
    return listing.respond(
        template,
        known=known,
        lede=known.note,
        frame=FRAME,
        breadcrumbs=crumbs((known.name, "")),
    )


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """Major projects with a column for each stage (重大建设项目)."""
    known = declaration("project")
    assert known is not None
    return _papers(request, known)


class SubsidyFilter(Search):
    """What lists of subsidies may be narrowed by (筛选)."""

    year = forms.ChoiceField(label="年度", required=False)
    kind = forms.ChoiceField(label="补贴项目", required=False)
    place = forms.ChoiceField(label="镇（街道）", required=False)


class SubsidyListing(Listing[Filing]):
    """Lists of subsidies (补贴发放名单)."""

    title = "补贴发放名单"
    noun = "份名单"
    filters = SubsidyFilter
    search = ("kind", "place", "paper__title")
    order = ("-event_on",)
    columns = (
        Column[Filing](
            label="名单",
            value=lambda row: row.paper.title,
            link=lambda row: row.paper.get_absolute_url(),
            kind="wide",
            width=50,
        ),
        Column[Filing](label="镇（街道）", value=lambda row: row.place, sort="place", width=16),
        Column[Filing](label="户数", value=lambda row: row.rows, sort="rows", kind="number", width=10),
        Column[Filing](
            label="发放总额（元）", value=lambda row: f"{row.total or 0:,.2f}", sort="total", kind="number"
        ),
        Column[Filing](
            label="核对",
            value=lambda row: "与明细一致" if row.total == getattr(row, "added", None) else "与明细不一致",
            template="disclosure/registers/cells/added.html",
        ),
        Column[Filing](label="公示截止", value=lambda row: row.shown_until, sort="shown_until"),
    )
    empty = Empty("没有正在公示的名单", "公示期满的名单会自动下线。")

    def search_form(self) -> forms.Form:
        """Only what is on show can be chosen."""
        form = self.filters(self.request.GET)
        facts = set(self.all.order_by().values_list("year", "kind", "place"))
        _offer(
            form, "year", [(str(year), f"{year}年") for year in sorted({f[0] for f in facts if f[0]})[::-1]]
        )
        _offer(form, "kind", [(kind, kind) for kind in sorted({fact[1] for fact in facts})])
        _offer(form, "place", [(place, place) for place in sorted({fact[2] for fact in facts})])
        return form


@require_safe
def subsidy_lists(request: HttpRequest) -> HttpResponse:
    """Lists of subsidies on show (补贴发放名单), and every village with its sums."""
    listing = SubsidyListing(request, subsidies.lists(today(request)))
    asked = {f"filing__{name}": value for name, value in listing.asked.items() if name != "q"}
    return listing.respond(
        "disclosure/registers/subsidies.html",
        frame=FRAME,
        villages=subsidies.villages(today(request), **asked),
        lede="按项目、年度和镇街查询，可以看到每个村、每户的发放情况。金额由系统逐行相加核对，公示期满自动下线。",
        breadcrumbs=crumbs(("补贴发放名单", "")),
    )


@require_safe
def subsidy_village(request: HttpRequest, town: str, village: str) -> HttpResponse:
    """What the people of one village received (村级发放情况)."""
    rows = subsidies.lines(today(request)).filter(filing__place=town, place=village)
    if "\x00" in town + village or not rows.exists():
        raise Http404("这个村没有正在公示的名单")
    known = declaration(subsidies.FORM)
    assert known is not None
    columns = [Column[FilingRow](label="补贴项目", value=lambda row: row.filing.kind, width=24)]
    named: dict[str, Any] = {
        "title": f"{town}{village}补贴发放情况",
        "columns": [*columns, *_columns(known.tables[0], "名单")],
        "order": ("name",),
        "search": ("name", "filing__kind"),
    }
    listing: Listing[FilingRow] = type("Village", (Listing,), named)(
        request, rows.select_related("filing__paper__unit").defer("filing__head")
    )
    trail = crumbs(("补贴发放名单", reverse("subsidies")), (f"{town}{village}", ""))
    return listing.respond(
        "disclosure/registers/register.html", frame=FRAME, breadcrumbs=trail, lede="公示期内的全部发放明细。"
    )
