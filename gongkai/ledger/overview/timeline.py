"""时间轴: month by month, what falls due and what was finished."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from gongkai.ledger.models import Milestone, Plan, Task
from gongkai.ledger.models.plan import AssignmentQuerySet

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the plan's year (月份): how much falls due, how much was finished."""

    number: int
    due: int
    done: int
    now: bool


@dataclass(frozen=True, slots=True)
class Span:
    """One task across the year (任务行): its steps by month, and the month of its day."""

    task: Task
    steps: Sequence[Sequence[Milestone]]
    due_month: int | None
    done: int
    total: int

    @property
    def months(self) -> list[tuple[int, Sequence[Milestone], bool]]:
        """For each month: its number, its steps, and whether the task falls due in it."""
        return [(month, self.steps[month - 1], month == self.due_month) for month in MONTHS]


def months_of(plan: Plan, assignments: AssignmentQuerySet, today: date) -> list[Month]:
    """The twelve months of the plan's year: two queries."""
    due, done = (_by_month(assignments, field, plan.year) for field in ("due_on", "done_on"))
    here = today.month if today.year == plan.year else 0
    return [Month(month, due.get(month, 0), done.get(month, 0), month == here) for month in MONTHS]


def _by_month(assignments: AssignmentQuerySet, field: str, year: int) -> dict[int, int]:
    """Counted by day in the database and by month here: cutting dates costs SQLite a call for each row."""
    within = {f"{field}__range": (date(year, 1, 1), date(year, 12, 31))}
    days = assignments.filter(**within).order_by().values(field).annotate(n=Count("pk"))
    months: Counter[int] = Counter()
    for day in days:
        months[day[field].month] += day["n"]
    return months


def spans_of(plan: Plan, tasks: Iterable[Task], assignments: AssignmentQuerySet) -> list[Span]:
    """The tasks across the year: two queries."""
    tasks = list(tasks)
    counts = {
        row["task"]: row
        for row in assignments.filter(task__in=tasks)
        .order_by()
        .values("task")
        .annotate(n=Count("pk"), n_done=Count("done_on"))
    }
    steps: dict[int, list[list[Milestone]]] = {task.pk: [[] for _ in MONTHS] for task in tasks}
    for step in Milestone.objects.filter(task__in=tasks, due_on__year=plan.year):
        steps[step.task_id][step.due_on.month - 1].append(step)
    empty = {"n": 0, "n_done": 0}
    return [
        Span(
            task,
            steps[task.pk],
            task.due_on.month if task.due_on.year == plan.year else None,
            counts.get(task.pk, empty)["n_done"],
            counts.get(task.pk, empty)["n"],
        )
        for task in tasks
    ]
