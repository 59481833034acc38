"""职责承继: when a unit is merged or closed, its open work goes to the unit that took over."""

from datetime import date

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.audit.services import record
from gongkai.ledger.models import Assignment
from gongkai.ledger.models.plan import AssignmentQuerySet
from gongkai.ledger.services.deriving import refresh
from gongkai.ledger.services.guards import locked, permit_office
from gongkai.ledger.states import Standing
from gongkai.rules.law import Refused


@transaction.atomic
def reassign(unit: Unit, *, today: date, by: User | None = None) -> list[Assignment]:
    """Move a gone unit's open work to its successor (转由承继单位); *by* None is the night's work.

    The old assignment ends and points to the new one: what the office accepted or granted still counts.
    """
    if by:
        permit_office(by)
    heir = successor(unit, today)
    if heir == unit:
        raise Refused(f"{unit}仍然存续，不需转交")
    if heir is None:
        raise Refused(f"{unit}没有登记职责承继单位，请先登记")
    mine = [locked(each) for each in _open().filter(unit=unit).order_by("pk")]  # all before the first trace
    return [_move(each, heir, by, today) for each in mine]


def reassign_ended(today: date) -> int:
    """Move the open work of every unit that is gone by *today* (每日转交); how many assignments moved."""
    gone = Unit.objects.filter(ended_on__lte=today, successor__isnull=False)
    ended = gone.filter(pk__in=_open().order_by().values("unit"))
    return sum(len(reassign(unit, today=today)) for unit in ended if successor(unit, today))


def successor(unit: Unit, today: date) -> Unit | None:
    """The unit itself, or who took over its work by *today* (职责承继单位); None where nobody did."""
    heir: Unit | None = unit
    seen: set[int] = set()
    while heir and heir.ended_on and heir.ended_on <= today:
        if heir.pk in seen:
            return None
        seen.add(heir.pk)
        heir = heir.successor
    return heir


def _open() -> AssignmentQuerySet:
    return Assignment.objects.filter(
        ended_on__isnull=True,
        task__withdrawn_on__isnull=True,
        task__split_on__isnull=True,
        task__plan__state__in=("draft", "running"),
    ).exclude(standing=Standing.DONE)


def _move(old: Assignment, heir: Unit, by: User | None, today: date) -> Assignment:
    """End the old one first: a unit has one open part in a task."""
    new = old.task.assignments.filter(unit=heir, ended_on__isnull=True).first()
    new = new or Assignment.objects.create(
        task=old.task,
        unit=heir,
        part=old.part,
        group=old.group,
        position=old.position,
        started_on=today,
        due_on=old.due_on,
    )
    if old.part == Assignment.Part.LEAD and new.part != Assignment.Part.LEAD:
        new.part = Assignment.Part.LEAD.value
        new.save()
    old.ended_on, old.passed_to = today, new
    old.save()
    record(old, "转由承继单位", by=by, note=f"{old.unit}职责由{heir}承继")
    record(new, "承继分工", by=by, note=f"承继自{old.unit}")
    return refresh(new)
