"""栏目体检: the tickets, the columns with their keepers and freshness, a check at once."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, View, staff_page
from gongkai.accounts.acts import Deed, Place, act_page
from gongkai.accounts.models import Role
from gongkai.disclosure.forms.findings import AssignForm, FindingSearch, MendForm
from gongkai.disclosure.models import ColumnFinding
from gongkai.disclosure.services import health as services
from gongkai.disclosure.states import FINDING, UNSETTLED
from gongkai.documents.models import Column as SiteColumn
from gongkai.documents.models import on_site
from gongkai.frame.listing import Column, Empty, Listing
from gongkai.frame.today import today
from gongkai.rules.staleness import for_sort

DEEDS = {
    "mend": Deed(services.mend_finding, MendForm, "整改后系统马上复查。", "已提交，复查结果见下。"),
    "assign": Deed(services.assign_finding, AssignForm, "转交后整改期限重新计算。", "已转交。"),
}


class Findings(Listing[ColumnFinding]):
    """The findings on columns (体检问题)."""

    title = "栏目体检"
    noun = "个问题"
    filters = FindingSearch
    search = ("text", "column__name", "paper__title")
    order = ("due_on",)
    per_page = 50
    empty = Empty("没有体检问题", "系统每天检查全部栏目：更新、空白、内容放错、链接失效、责任人。")
    columns = (
        Column(label="栏目", value=lambda row: row.column, link=ColumnFinding.get_absolute_url, width=18),
        Column(label="问题类别", value=lambda row: row.get_sort_display(), sort="sort", width=14),
        Column(label="问题说明", value=lambda row: row.text, kind="wide", width=50),
        Column(label="整改单位", value=lambda row: row.unit, sort="unit__position", width=16),
        Column(label="责任人", value=lambda row: row.keeper, width=10),
        Column(
            label="状态",
            value=lambda row: row.get_state_display(),
            template="disclosure/cells/finding_state.html",
            sort="state",
            width=14,
        ),
        Column(
            label="整改期限",
            value=lambda row: row.due_on,
            sort="due_on",
            template="disclosure/cells/finding_due.html",
            width=14,
        ),
    )

    def __init__(self, request: UserRequest, rows: QuerySet[ColumnFinding]) -> None:
        self.user = request.user
        super().__init__(request, rows)

    def search_form(self) -> FindingSearch:
        """The filters, with the units that this person may see."""
        return FindingSearch(self.request.GET, units=self.user.units())

    def narrow(self, rows: Any, asked: dict[str, Any]) -> Any:
        """Without a state only what is not settled; late means past its day."""
        wanted = {name: value for name, value in asked.items() if name not in ("state", "late")}
        state = asked.get("state")
        if state != "all":
            rows = rows.filter(state=state) if state else rows.filter(state__in=UNSETTLED)
        if asked.get("late"):
            rows = rows.filter(state__in=UNSETTLED, due_on__lt=today(self.request))
        return super().narrow(rows, wanted)


@staff_page()
def finding_list(request: UserRequest) -> HttpResponse:
    """The findings that one's units have to mend, or all (体检问题)."""
    rows = ColumnFinding.objects.visible_to(request.user).select_related("column", "unit", "keeper", "paper")
    listing = Findings(request, rows)
    counts = dict(rows.unsettled().order_by().values_list("sort").annotate(Count("pk")))
    labels = ColumnFinding.Sort.choices
    return listing.respond(
        "disclosure/findings.html",
        counts=[(code, label, counts.get(code, 0)) for code, label in labels],
        office=request.user.has_role(Role.OFFICE),
        breadcrumbs=[("栏目体检", "")],
    )


def _found(request: UserRequest, pk: int) -> ColumnFinding:
    seen = ColumnFinding.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("column", "unit", "keeper", "paper"), pk=pk)


def _roles(request: UserRequest, finding: ColumnFinding) -> frozenset[str]:
    if finding.unit:
        return request.user.roles_in(finding.unit)
    return frozenset(post.role for post in request.user.held)


@staff_page()
def finding(request: UserRequest, pk: int) -> HttpResponse:
    """One finding with what was done about it (体检问题)."""
    found = _found(request, pk)
    context = {
        "finding": found,
        "acts": FINDING.open_to(found.state, _roles(request, found)),
        "column_page": _column_page(request, found.column),
        "breadcrumbs": [("栏目体检", reverse("findings")), (str(found), "")],
    }
    return render(request, "disclosure/finding.html", context)


def _column_page(request: UserRequest, column: SiteColumn) -> str:
    """Where the office changes the column (栏目设置), where this copy has such a page."""
    try:
        return reverse("column_edit", args=[column.pk]) if request.user.has_role(Role.OFFICE) else ""
    except NoReverseMatch:
        return ""


def act(code: str) -> View:
    """The page of one act on a finding (体检问题办理)."""

    @staff_page()
    def page(request: UserRequest, pk: int) -> HttpResponse:
        found = _found(request, pk)
        place = Place("finding", found, found.state, _roles(request, found), found)
        return act_page(request, place, FINDING, code, DEEDS[code])

    return page


@staff_page("office")
@require_POST
def check_now(request: UserRequest) -> HttpResponse:
    """Look at all columns at once (立即体检)."""
    counts = services.check_columns(today(request))
    messages.success(request, f"体检完成：新发现 {counts.opened} 个问题，销号 {counts.closed} 个。")
    return redirect("findings")


@staff_page()
def health(request: UserRequest) -> HttpResponse:
    """The columns of one's units, or all, with keeper, newest paper, limit and findings (栏目责任清单)."""
    day = today(request)
    unsettled = Q(findings__state__in=UNSETTLED)
    rows = SiteColumn.objects.open().select_related("unit", "keeper")
    if not request.user.sees_all:
        rows = rows.filter(unit__in=request.user.units().order_by().values("pk"))
    rows = rows.annotate(problems=Count("findings", filter=unsettled, distinct=True))
    newest = dict(
        SiteColumn.papers.through.objects.filter(on_site(day, "paper__"))
        .order_by()
        .values_list("column")
        .annotate(Max("paper__published_at"))
    )
    context = {
        "rows": [
            _line(request, column, newest.get(column.pk), day) for column in rows.order_by("position", "pk")
        ],
        "breadcrumbs": [("栏目体检", reverse("findings")), ("栏目责任清单", "")],
    }
    return render(request, "disclosure/health.html", context)


def _line(request: UserRequest, column: SiteColumn, newest: Any, day: Any) -> dict[str, Any]:
    rule = for_sort(column.sort)
    shown = timezone.localdate(newest) if newest else None
    last = rule.last_day(shown) if shown else None
    return {
        "column": column,
        "newest": shown,
        "last": last,
        "late": bool(last and day > last),
        "rule": rule,
        "edit": _column_page(request, column),
    }
