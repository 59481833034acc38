"""告知: an act tells the people whom it concerns; the office reminds many units at once."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from gongkai.accounts.models import Role, User
from gongkai.audit.services import record
from gongkai.ledger.models import Assignment, Notice, Plan, Supervision
from gongkai.ledger.services.guards import UNIT_ROLES, permit_office, said
from gongkai.ledger.services.notices.readers import Readers, keep, notice
from gongkai.ledger.states import Standing
from gongkai.rules.law import Refused


@transaction.atomic
def remind(assignments: Iterable[Assignment], *, text: str, by: User, today: date) -> int:
    """Remind the officers of many assignments at once (批量提醒); how many assignments were reminded.

    What is done is passed over; the same assignment is reminded once a day.
    """
    permit_office(by)
    text = said(text, "提醒内容")
    wanted = [each for each in assignments if each.standing != Standing.DONE and each.ended_on is None]
    if not wanted:
        raise Refused("所选任务都已完成，不需提醒")
    readers = Readers.load()
    told = 0
    made: list[Notice] = []
    for each in wanted:
        people = readers.of(each.unit_id, each.unit.parent_id, {Role.OFFICER})
        told += bool(people)
        link = each.get_absolute_url()
        words, key = f"{each.task}：{text}", f"remind:{each.pk}:{today}"
        made += [
            notice(one, key=key, text=words, link=link, today=today, assignment_id=each.pk) for one in people
        ]
        record(each, "提醒", by=by, note=text, facts={"readers": len(people)})
    keep(made)
    return told


@transaction.atomic
def mark_seen(notices: QuerySet[Notice], *, by: User, today: date) -> int:
    """Mark one's own notices as seen (标为已读); what is seen needs no mail any more."""
    return notices.filter(reader=by, seen_on__isnull=True).update(seen_on=today, mail_due_at=None)


def tell_unit(assignment: Assignment, *, text: str, key: str, today: date) -> None:
    """Tell officers and approvers of the unit about their assignment (告知单位)."""
    people = Readers.load().of(assignment.unit_id, assignment.unit.parent_id, UNIT_ROLES)
    link = assignment.get_absolute_url()
    keep(
        notice(one, key=key, text=text, link=link, today=today, assignment_id=assignment.pk) for one in people
    )


def tell_supervised(supervision: Supervision, *, text: str, key: str, today: date) -> None:
    """Tell officers and approvers of a supervised unit (告知被督办单位)."""
    unit = supervision.unit
    people = Readers.load().of(unit.pk, unit.parent_id, UNIT_ROLES)
    link = supervision.get_absolute_url()
    keep(notice(one, key=key, text=text, link=link, today=today, supervision=supervision) for one in people)


def tell_office(*, text: str, key: str, link: str, today: date) -> None:
    """Tell everybody of the district office (告知区政务公开办)."""
    keep(notice(one, key=key, text=text, link=link, today=today) for one in Readers.load().district)


def tell_issued(plan: Plan, today: date) -> None:
    """Tell each unit once how many tasks of a plan fall to it (下发告知)."""
    readers = Readers.load()
    mine: dict[tuple[int, int | None], int] = {}
    rows = Assignment.objects.filter(task__plan=plan).current().values_list("unit", "unit__parent")
    for unit, parent in rows:
        mine[unit, parent] = mine.get((unit, parent), 0) + 1
    link = plan.get_absolute_url()
    keep(
        notice(
            one,
            key=f"issued:{plan.pk}:{unit}:{today}",
            text=f"《{plan}》已下发，本单位承担{number}项任务",
            link=link,
            today=today,
        )
        for (unit, parent), number in mine.items()
        for one in readers.of(unit, parent, UNIT_ROLES)
    )
