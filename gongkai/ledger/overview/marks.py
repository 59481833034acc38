"""标记: how an assignment looks on a day; its standing, and whether time presses."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q

from gongkai.frame.dates import SOON
from gongkai.ledger.models import Assignment
from gongkai.ledger.models.plan import AssignmentQuerySet
from gongkai.ledger.states import Standing
from gongkai.rules.calendars import UnknownYear, with_estimate
from gongkai.rules.workdays import add_workdays


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark (标记): a word, a sign for those who do not see the colour, and the colour's name."""

    code: str
    label: str
    sign: str
    colour: str


#: every mark, in the order in which people should worry
MARKS: Mapping[str, Mark] = {
    each.code: each
    for each in (
        Mark("overdue", "逾期", "!", "bad"),
        Mark("returned", "已退回", "↩", "warn"),
        Mark("soon", "临期", "△", "warn"),
        Mark("checking", "待验收", "…", "work"),
        Mark("waiting", "未报进展", "○", "wait"),
        Mark("working", "推进中", "→", "work"),
        Mark("done", "已完成", "✓", "good"),
    )
}


def soon_until(today: date) -> date:
    """The last day that counts as near (临期): as many working days ahead as the pages call soon."""
    try:
        return add_workdays(today, SOON, calendar=with_estimate())
    except UnknownYear:
        return today + timedelta(days=SOON)


def code_of(standing: str, due_on: date, reported_on: date | None, today: date) -> str:
    """The mark's code of an assignment with these facts."""
    if standing == Standing.DONE:
        return "done"
    in_hand = standing == Standing.CHECKING and reported_on is not None and reported_on <= due_on
    if due_on < today and not in_hand:
        return "overdue"
    if standing in (Standing.CHECKING, Standing.RETURNED):
        return standing
    return "soon" if due_on <= soon_until(today) else standing


def mark_of(assignment: Assignment, today: date) -> Mark:
    """The mark of *assignment* on *today*."""
    return MARKS[code_of(assignment.standing, assignment.due_on, assignment.reported_on, today)]


def having(code: str, today: date) -> Q:
    """The condition for the assignments that bear a mark: the same rule as ``code_of``, for the database."""
    in_hand = Q(standing=Standing.CHECKING, reported_on__isnull=False, reported_on__lte=F("due_on"))
    late = Q(due_on__lt=today) & ~in_hand
    near = Q(due_on__gte=today, due_on__lte=soon_until(today))
    if code == "done":
        return Q(standing=Standing.DONE)
    if code == "overdue":
        return ~Q(standing=Standing.DONE) & late
    if code == "soon":
        return Q(standing__in=[Standing.WAITING, Standing.WORKING]) & near
    if code in (Standing.CHECKING, Standing.RETURNED):
        return Q(standing=code) & ~late
    return Q(standing=code) & ~late & ~near


def per_cent(part: int, whole: int) -> int:
    """The nearest whole per cent (百分比); 100 means all, and 0 means none.

    >>> per_cent(407, 727), per_cent(999, 1000), per_cent(1, 1000), per_cent(0, 0)
    (56, 99, 1, 0)
    """
    if part in (0, whole):
        return 100 if part else 0
    return min(max(round(100 * part / whole), 1), 99)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many assignments bear which mark (统计); the parts add up to the total."""

    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """Accepted as done."""
        return self.counts.get("done", 0)

    @property
    def overdue(self) -> int:
        """Late on the day of the tally."""
        return self.counts.get("overdue", 0)

    @property
    def share(self) -> int:
        """Done, in whole per cent."""
        return per_cent(self.done, self.total)

    @property
    def rows(self) -> list[tuple[Mark, int]]:
        """The marks that occur, with their numbers."""
        return [(mark, self.counts[code]) for code, mark in MARKS.items() if self.counts.get(code)]


def counters(today: date) -> dict[str, Count]:
    """Annotations ``n_<mark>`` for a query over assignments."""
    return {f"n_{code}": Count("pk", filter=having(code, today)) for code in MARKS}


def tally(row: Mapping[str, Any]) -> Tally:
    """The tally in a row that was read with ``counters``."""
    return Tally({code: row[f"n_{code}"] for code in MARKS})


def tally_of(assignments: AssignmentQuerySet, today: date) -> Tally:
    """One tally over *assignments*."""
    return tally(assignments.order_by().aggregate(**counters(today)))


def tallies_by(assignments: AssignmentQuerySet, field: str, today: date) -> dict[Any, Tally]:
    """A tally for each value of *field*, in one query."""
    rows = assignments.order_by().values(field).annotate(**counters(today))
    return {row[field]: tally(row) for row in rows}


def added(tallies: Iterable[Tally]) -> Tally:
    """Several tallies as one."""
    counts: Counter[str] = Counter()
    for each in tallies:
        counts.update(each.counts)
    return Tally(counts)
