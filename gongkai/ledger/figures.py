"""台账指标: the ledger's own figures, and the registry by which a task is bound to any room's figure.

Every figure counts assignments, and ``behind`` gives the very assignments that it counted: the address of
a value names the figure, the year and the unit, and the page of assignments lists what ``behind`` returns.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.urls import reverse

from gongkai.disclosure import figures as disclosure
from gongkai.documents import figures as documents
from gongkai.ledger.models import Assignment, Task
from gongkai.ledger.models.plan import AssignmentQuerySet
from gongkai.ledger.states import Standing
from gongkai.rules.figure import Figure, Measure, Scope, Value, per_cent, rounded

Counted = Callable[[Scope], Q]


def binding(scope: Scope) -> AssignmentQuerySet:
    """The assignments that count (有效分工): of plans sent out, not ended, of tasks that still stand."""
    found = Assignment.objects.filter(
        ended_on__isnull=True,
        task__withdrawn_on__isnull=True,
        task__split_on__isnull=True,
        task__plan__year=scope.year,
    ).exclude(task__plan__state="draft")
    return found.filter(unit=scope.unit_id) if scope.unit_id else found


def _all(scope: Scope) -> Q:  # noqa: ARG001 (one shape for every condition)
    return Q(pk__isnull=False)


def _standing(*standings: Standing) -> Counted:
    return lambda _scope: Q(standing__in=standings)


def _overdue(scope: Scope) -> Q:
    in_hand = Q(standing=Standing.CHECKING, reported_on__isnull=False, reported_on__lte=F("due_on"))
    return Q(due_on__lt=scope.today) & ~Q(standing=Standing.DONE) & ~in_hand


def _fallen_due(scope: Scope) -> Q:
    return Q(standing=Standing.DONE) | _overdue(scope)


def _in_time(scope: Scope) -> Q:  # noqa: ARG001
    return Q(standing=Standing.DONE, done_on__lte=F("due_on"))


def _reported(scope: Scope) -> Q:  # noqa: ARG001
    return Q(reported_on__isnull=False)


def _returned_once(scope: Scope) -> Q:
    returned = Assignment.objects.filter(reports__returned_times__gt=0)
    return _reported(scope) & Q(pk__in=returned.order_by().values("pk"))


#: what each figure counts: the part, and for a share also the whole
CONDITIONS: dict[str, tuple[Counted, Counted]] = {
    "ledger.done": (_standing(Standing.DONE), _all),
    "ledger.on_time": (_in_time, _fallen_due),
    "ledger.overdue": (_overdue, _all),
    "ledger.days_late": (_overdue, _all),
    "ledger.returned": (_returned_once, _reported),
    "ledger.silent": (_standing(Standing.WAITING), _all),
    "ledger.checking": (_standing(Standing.CHECKING), _all),
}


def behind(code: str, scope: Scope) -> AssignmentQuerySet:
    """The assignments that a figure of the ledger counted (指标背后的记录)."""
    part, _whole = CONDITIONS[code]
    return binding(scope).filter(part(scope))


def records_url(code: str, scope: Scope) -> str:
    """The page that lists the assignments behind a figure (记录页面)."""
    query = {"figure": code, "year": scope.year, **({"unit": scope.unit_id} if scope.unit_id else {})}
    return f"{reverse('assignments')}?{urlencode(query)}"


def _counted(code: str, scope: Scope) -> tuple[int, int]:
    """Part and whole of a figure, in one query."""
    part, whole = CONDITIONS[code]
    found = binding(scope).order_by()
    row = found.aggregate(part=Count("pk", filter=part(scope)), whole=Count("pk", filter=whole(scope)))
    return row["part"], row["whole"]


def _share(code: str) -> Callable[[Scope], Value]:
    def value(scope: Scope) -> Value:
        part, whole = _counted(code, scope)
        return Value(per_cent(part, whole), records_url(code, scope), part, whole)

    return value


def _count(code: str) -> Callable[[Scope], Value]:
    def value(scope: Scope) -> Value:
        part, whole = _counted(code, scope)
        return Value(Decimal(part), records_url(code, scope), part, whole)

    return value


def _days_late(scope: Scope) -> Value:
    """The mean of the days by which the overdue are late; one query, a row for each day."""
    url = records_url("ledger.days_late", scope)
    days = behind("ledger.days_late", scope).order_by().values("due_on").annotate(number=Count("pk"))
    pairs = [((scope.today - row["due_on"]).days, row["number"]) for row in days]
    whole = sum(number for _, number in pairs)
    if not whole:
        return Value(None, url, 0, 0)
    total = sum(late * number for late, number in pairs)
    return Value(rounded(Decimal(total) / whole), url, whole, whole)


OWN = (
    Figure(
        "ledger.done",
        "任务完成率",
        Measure.SHARE,
        "已验收完成的分工占全部有效分工的百分比",
        _share("ledger.done"),
    ),
    Figure(
        "ledger.on_time",
        "按时完成率",
        Measure.SHARE,
        "在时限内报送并验收完成的分工，占已完成和已逾期分工的百分比；是否按时以单位签发报送之日为准",
        _share("ledger.on_time"),
    ),
    Figure(
        "ledger.overdue",
        "逾期未完成",
        Measure.COUNT,
        "时限已过、尚未验收完成的分工件数；时限内已报送、等待验收的不计",
        _count("ledger.overdue"),
        "down",
    ),
    Figure(
        "ledger.days_late",
        "平均逾期天数",
        Measure.DAYS,
        "逾期未完成的分工平均逾期的自然日天数",
        _days_late,
        "down",
    ),
    Figure(
        "ledger.returned",
        "报送退回率",
        Measure.SHARE,
        "被区政务公开办退回过的分工占已报送分工的百分比",
        _share("ledger.returned"),
        "down",
    ),
    Figure(
        "ledger.silent",
        "未报进展",
        Measure.COUNT,
        "还没有向区政务公开办报送过的分工件数",
        _count("ledger.silent"),
        "down",
    ),
    Figure(
        "ledger.checking",
        "待验收",
        Measure.COUNT,
        "单位已签发、等待区政务公开办验收的分工件数",
        _count("ledger.checking"),
        "down",
    ),
)


def registry(figures: Iterable[Figure]) -> dict[str, Figure]:
    """The figures by their codes (指标目录); a code given twice is a mistake of the house."""
    found: dict[str, Figure] = {}
    for figure in figures:
        if figure.code in found:
            raise ValueError(f"two figures are named {figure.code}")
        found[figure.code] = figure
    return found


#: every figure that a task may be bound to; a room below adds its own here
FIGURES = registry((*OWN, *documents.ALL, *disclosure.OWN))


@dataclass(frozen=True, slots=True)
class Measured:
    """A task's live figure (实时指标): the value, its target, and whether it is reached."""

    figure: Figure
    value: Value
    target: Decimal | None
    met: bool | None


def measure(task: Task, today: date) -> Measured | None:
    """The live figure that a task is bound to, over the whole district (任务的实时指标)."""
    figure = FIGURES.get(task.figure)
    if figure is None:
        return None
    value = figure.value(Scope(task.plan.year, today))
    return Measured(figure, value, task.target, figure.meets(value.number, task.target))


def by_unit(code: str, scope: Scope) -> dict[int, tuple[int, int]]:
    """Part and whole of a figure for every unit, in one query (分单位统计)."""
    part, whole = CONDITIONS[code]
    rows = (
        binding(scope)
        .order_by()
        .values("unit")
        .annotate(part=Count("pk", filter=part(scope)), whole=Count("pk", filter=whole(scope)))
    )
    return {row["unit"]: (row["part"], row["whole"]) for row in rows}
