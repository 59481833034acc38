"""分工页面: the list behind every figure, and the page where a unit reports and the office accepts."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.frame.listing import Column, Empty, Listing
from gongkai.frame.today import today
from gongkai.ledger.forms.filters import AssignmentSearch, narrowed
from gongkai.ledger.models import Assignment, Plan, Report
from gongkai.ledger.overview.desk import queue_beyond
from gongkai.ledger.overview.marks import mark_of
from gongkai.ledger.states import EXTENSION, REPORT, Standing
from gongkai.rules.calendars import UnknownYear, with_estimate
from gongkai.rules.flow import Act
from gongkai.rules.traces import Trace, trace_between


def _task(row: Assignment) -> str:
    return str(row.task)


UNIT_ROLES = frozenset({"officer", "approver"})


class Assignments(Listing[Assignment]):
    """Assignments of all plans (分工清单)."""

    title = "任务清单"
    noun = "项"
    filters = AssignmentSearch
    per_page = 50
    order = ("due_on", "task__position")
    search = ("task__text",)
    empty = Empty("还没有任务", "要点下发后，这里列出各单位承担的任务。")
    columns = (
        Column(label="任务", value=_task, link=Assignment.get_absolute_url, kind="wide", width=60),
        Column(label="责任单位", value=lambda row: row.unit, sort="unit__position", width=20),
        Column(label="分工", value=Assignment.get_part_display, kind="narrow", width=10),
        Column(label="落实状态", value=Assignment.get_standing_display, template="ledger/mark_cell.html"),
        Column(label="时限", value=lambda row: row.due_on, sort="due_on", template="ledger/due_cell.html"),
        Column(label="最近报送", value=lambda row: row.reported_on or "", sort="reported_on", kind="narrow"),
    )

    def __init__(self, request: UserRequest, rows: QuerySet[Assignment]) -> None:
        self.user = request.user
        super().__init__(request, rows)

    def search_form(self) -> AssignmentSearch:
        """The filters, with the plans that this person may see."""
        return AssignmentSearch(self.request.GET, plans=Plan.objects.visible_to(self.user))

    def narrow(self, rows: QuerySet[Assignment], asked: dict[str, Any]) -> QuerySet[Assignment]:
        """Narrow by marks and dates as the boards do; without a year or a plan, to the plans in force."""
        if not {"plan", "year", "figure"} & asked.keys():
            rows = rows.filter(task__plan__state="running")
        return narrowed(rows, asked, today(self.request))  # type: ignore[arg-type]


class UrgedAssignments(Assignments):
    """The same list for the office, which may tick rows and urge (催办、督办)."""

    bulk = (("remind", "催办"), ("supervise", "立案督办"))


@staff_page()
def assignments(request: UserRequest) -> HttpResponse:
    """The list of assignments, narrowed by the query string (任务清单)."""
    rows = Assignment.objects.visible_to(request.user).filter(
        ended_on__isnull=True, task__withdrawn_on__isnull=True, task__split_on__isnull=True
    )
    kind = UrgedAssignments if request.user.has_role("office") else Assignments
    listing = kind(request, rows.select_related("task", "unit"))
    listing.bulk_url = reverse("urge")
    lede = "" if listing.asked else "这里列出执行中的要点。查看往年的，请在“要点”中选择。"
    return listing.respond(lede=lede, breadcrumbs=[("我的工作台", reverse("desk")), ("任务清单", "")])


@staff_page()
def assignment(request: UserRequest, pk: int) -> HttpResponse:
    """One unit's part in one task (分工)."""
    seen = Assignment.objects.visible_to(request.user).select_related("unit", "task__plan", "task__section")
    found = get_object_or_404(seen, pk=pk)
    day = today(request)
    roles = request.user.roles_in(found.unit)
    running = found.ended_on is None and found.task.plan.state == "running"
    reports = _reports(request, found)
    extensions = list(found.extensions.select_related("asked_by", "decided_by"))
    latest = reports[0] if reports else None
    context = {
        "assignment": found,
        "task": found.task,
        "mark": mark_of(found, day),
        "why": _why(found, request),
        "reports": [(each, _acts(each, roles) if running else []) for each in reports],
        "draft": latest if latest and latest.state == "draft" else None,
        "returned": latest if latest and latest.state == "returned" else None,
        "extensions": [
            (each, EXTENSION.open_to(each.state, roles) if running else []) for each in extensions
        ],
        "related": [*reports, *extensions],
        "queue": queue_beyond(request.user, found),
        "supervisions": found.supervisions.all(),
        "entries": found.lookback_entries.select_related("lookback"),
        "milestones": _milestones(found, reports),
        "may_report": running and found.standing != Standing.DONE and bool(roles & UNIT_ROLES),
        "may_ask": running and found.standing != Standing.DONE and bool(roles & UNIT_ROLES),
        "may_urge": running and "office" in roles and found.standing != Standing.DONE,
        "breadcrumbs": [
            (found.task.plan.title, found.task.plan.get_absolute_url()),
            (f"任务 {found.task.number}", found.task.get_absolute_url()),
            (str(found.unit), ""),
        ],
    }
    return render(request, "ledger/assignment.html", context)


def _reports(request: UserRequest, found: Assignment) -> list[Report]:
    reports = Report.objects.visible_to(request.user).filter(assignment=found)
    reports = reports.select_related("written_by", "signed_by", "decided_by", "milestone")
    return list(reports.prefetch_related("evidence"))


def _acts(report: Report, roles: frozenset[str]) -> list[Act]:
    """The buttons of one report; signing comes before changing, since it is what one came for."""
    acts = REPORT.open_to(report.state, roles)
    return sorted(acts, key=lambda act: act.code == "edit")


def _milestones(found: Assignment, reports: list[Report]) -> list[tuple[Any, str]]:
    met = {each.milestone_id for each in reports if each.state == "accepted"}
    sent = {each.milestone_id for each in reports if each.state in ("sent", "signed")}
    words = []
    for step in found.task.milestones.all():
        words.append((step, "done" if step.pk in met else "checking" if step.pk in sent else "waiting"))
    return words


def _why(found: Assignment, request: UserRequest) -> Trace | None:
    """The working days that are left, day by day; None where nothing is left or the year is unknown."""
    if found.standing == Standing.DONE or found.due_on <= today(request):
        return None
    try:
        return trace_between(today(request), found.due_on, calendar=with_estimate())
    except UnknownYear:
        return None
