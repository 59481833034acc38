"""按单位看: each unit's tally, and the share that it finished in time."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from gongkai.agencies.models import Unit
from gongkai.ledger.models.plan import AssignmentQuerySet
from gongkai.ledger.overview.marks import Tally, counters, per_cent, tally
from gongkai.ledger.states import Standing

IN_TIME = Q(standing=Standing.DONE, done_on__lte=F("due_on"))


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit's year (单位行)."""

    unit: Unit
    tally: Tally
    in_time: int

    @property
    def in_time_share(self) -> int | None:
        """Finished in time, in per cent of what should be finished by now; None while nothing is due."""
        fell_due = self.tally.done + self.tally.overdue
        return per_cent(self.in_time, fell_due) if fell_due else None


def unit_rows(assignments: AssignmentQuerySet, today: date) -> list[UnitRow]:
    """A row for each unit that has a part, in the district's order: two queries."""
    counts = (
        assignments.order_by()
        .values("unit")
        .annotate(**counters(today), n_in_time=Count("pk", filter=IN_TIME))
    )
    found = {row["unit"]: row for row in counts}
    units = Unit.objects.filter(pk__in=found)
    return [UnitRow(unit, tally(found[unit.pk]), found[unit.pk]["n_in_time"]) for unit in units]
