"""要点看板: one plan seen by section, by unit, as a matrix, along the year."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.agencies.models import Unit
from gongkai.frame.today import today
from gongkai.ledger.forms.filters import BoardSearch, narrowed
from gongkai.ledger.models import Plan, Task
from gongkai.ledger.models.plan import AssignmentQuerySet
from gongkai.ledger.overview.board import binding, blocks_of, rows_of
from gongkai.ledger.overview.marks import MARKS, tally_of
from gongkai.ledger.overview.matrix import lines_of
from gongkai.ledger.overview.timeline import months_of, spans_of
from gongkai.ledger.overview.units import UnitRow, unit_rows
from gongkai.ledger.states import PLAN

TABS = (
    ("plan", "按章节"),
    ("plan_units", "按单位"),
    ("plan_matrix", "矩阵"),
    ("plan_timeline", "时间轴"),
)
TASKS, UNITS = 40, 60


class Board:
    """One plan as this person sees it on this day (看板): the filters, and the rows that are left."""

    def __init__(self, request: UserRequest, pk: int, tab: str) -> None:
        self.request, self.tab = request, tab
        self.today = today(request)
        self.plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=pk)
        self.form = BoardSearch(request.GET, plan=self.plan)
        self.all: AssignmentQuerySet = binding(self.plan).visible_to(request.user)
        self.asked = self.form.asked
        self.assignments = narrowed(self.all, self.asked, self.today)

    @property
    def tasks(self) -> QuerySet[Task]:
        """The tasks that stand; with a filter in force, those in which a unit matches."""
        found = Task.objects.current().visible_to(self.request.user).filter(plan=self.plan)
        return found.filter(pk__in=self.assignments.values("task")) if self.asked else found

    def page(self, rows: Any, size: int, name: str = "page") -> dict[str, Any]:
        """One page of rows, and the numbers of the other pages."""
        page = Paginator(rows, size).get_page(self.request.GET.get(name))
        steps = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        return {"page": page, "listing": {"steps": list(steps)}}

    def show(self, template: str, **context: Any) -> HttpResponse:
        """Draw the tab."""
        tabs = [(label, reverse(name, args=[self.plan.pk]), name == self.tab) for name, label in TABS]
        given = {
            "board": self,
            "plan": self.plan,
            "form": self.form,
            "tally": tally_of(self.all, self.today),
            "marks": list(MARKS.values()),
            "plan_tab": self.tab,
            "plan_links": _links(self.plan),
            "subnavigation": tabs,
            "breadcrumbs": [("要点与台账", reverse("plans")), (self.plan.title, "")],
            "acts": PLAN.open_to(self.plan.state, [post.role for post in self.request.user.held]),
            "may_urge": self.request.user.has_role("office") and self.plan.state == "running",
            "may_export": self.request.user.sees_all,
            **context,
        }
        return render(self.request, template, given)


def _links(plan: Plan) -> list[tuple[str, str]]:
    """Where the office goes from the board to change the plan (要点的办理)."""
    making = [("plan_outline", "编制任务"), ("plan_edit", "修改要点信息")]
    names = {
        "draft": [*making, ("plan_issue", "下发各单位")],
        "running": [*making, ("plan_copy", "沿用到下一年度"), ("plan_close", "归档")],
        "closed": [("plan_copy", "沿用到下一年度"), ("plan_reopen", "重新启用")],
    }
    return [(label, reverse(name, args=[plan.pk])) for name, label in names[plan.state]]


@staff_page()
def plan(request: UserRequest, pk: int) -> HttpResponse:
    """The plan by section (按章节)."""
    board = Board(request, pk, "plan")
    paged = board.page(board.tasks.order_by("position", "pk"), TASKS)
    rows = rows_of(paged["page"].object_list, board.assignments, board.today)
    blocks = blocks_of(board.plan, rows, board.all, board.today)
    return board.show("ledger/plan.html", blocks=blocks, **paged)


SORTS = {
    "name": lambda row: row.unit.position,
    "total": lambda row: row.tally.total,
    "done": lambda row: row.tally.share,
    "overdue": lambda row: row.tally.overdue,
    "checking": lambda row: row.tally.counts["checking"],
    "intime": lambda row: -1 if row.in_time_share is None else row.in_time_share,
}


@staff_page()
def units(request: UserRequest, pk: int) -> HttpResponse:
    """The plan by unit (按单位), in any order."""
    board = Board(request, pk, "plan_units")
    rows = _sorted(unit_rows(board.assignments, board.today), request.GET.get("sort", ""))
    heads = [
        ("name", "单位"),
        ("total", "任务"),
        ("done", "完成"),
        ("checking", "待验收"),
        ("overdue", "逾期"),
        ("intime", "按时完成率"),
    ]
    return board.show("ledger/plan_units.html", rows=rows, heads=heads, sort=request.GET.get("sort", ""))


def _sorted(rows: list[UnitRow], asked: str) -> list[UnitRow]:
    key = SORTS.get(asked.removeprefix("-"))
    return sorted(rows, key=key, reverse=asked.startswith("-")) if key else rows


@staff_page()
def matrix(request: UserRequest, pk: int) -> HttpResponse:
    """Units by tasks (矩阵)."""
    board = Board(request, pk, "plan_matrix")
    tasks = board.page(board.tasks.order_by("position", "pk"), TASKS)
    taking_part = Unit.objects.filter(pk__in=board.assignments.values("unit"))
    down = board.page(taking_part, UNITS, "units")
    columns = list(tasks["page"].object_list)
    lines = lines_of(list(down["page"].object_list), columns, board.assignments, board.today)
    return board.show(
        "ledger/plan_matrix.html", lines=lines, columns=columns, units_page=down["page"], **tasks
    )


@staff_page()
def timeline(request: UserRequest, pk: int) -> HttpResponse:
    """The plan along its year (时间轴)."""
    board = Board(request, pk, "plan_timeline")
    paged = board.page(board.tasks.order_by("position", "pk"), TASKS)
    return board.show(
        "ledger/plan_timeline.html",
        months=months_of(board.plan, board.assignments, board.today),
        here=board.today.month if board.today.year == board.plan.year else 0,
        spans=spans_of(board.plan, paged["page"].object_list, board.assignments),
        **paged,
    )
