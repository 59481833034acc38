"""公开职责的办理: set one up, change it, end it, tell what sets its clock going."""

from datetime import date
from typing import Any

from django.db import transaction

from gongkai.accounts.guards import fitting, locked, permit
from gongkai.accounts.models import Role, User
from gongkai.audit.services import record
from gongkai.disclosure.judging import judged, standing_of
from gongkai.disclosure.models import Duty, DutyEvent
from gongkai.rules import publication, staleness
from gongkai.rules.calendars import with_estimate
from gongkai.rules.duties import Cycle
from gongkai.rules.law import Refused

UNIT_ROLES = (Role.OFFICER, Role.APPROVER, Role.OFFICE)
CHUNK = 1000


@transaction.atomic
def create_duty(*, by: User, today: date, **terms: Any) -> Duty:
    """Lay a duty on a unit (设定公开职责)."""
    permit(by, [Role.OFFICE])
    duty = Duty(**terms)
    _check(duty)
    duty.save()
    _judge(duty, today)
    duty.save()
    record(duty, "设定公开职责", by=by, unit=duty.unit, facts=_facts(duty))
    return duty


@transaction.atomic
def edit_duty(duty: Duty, *, by: User, today: date, **terms: Any) -> Duty:
    """Change what a duty asks for (修改公开职责)."""
    permit(by, [Role.OFFICE])
    duty = locked(duty)
    before = _facts(duty)
    for name, value in terms.items():
        setattr(duty, name, value)
    _check(duty)
    _judge(duty, today)
    duty.save()
    record(duty, "修改公开职责", by=by, unit=duty.unit, facts={"前": before, "后": _facts(duty)})
    return duty


def _check(duty: Duty) -> None:
    """Refuse what could not be judged: no place to publish, an unknown limit, a keeper of another unit."""
    if duty.column is None and duty.row is None:
        raise Refused("请选择栏目或者公开事项")
    publication.limit(duty.limit)
    staleness.stretch(duty.stretch)
    if duty.yearly:
        publication.yearly(duty.yearly)
        if duty.cycle != Cycle.YEAR:
            raise Refused("年度固定日期只用于每年公开的职责")
    if duty.cycle == Cycle.ONCE:
        publication.limit(duty.limit).last_day(duty.starts_on, calendar=with_estimate())
    if duty.ended_on and duty.ended_on < duty.starts_on:
        raise Refused("终止日期早于起始日期")
    if duty.keeper and not duty.keeper.roles_in(duty.unit):
        raise Refused(f"{duty.keeper}不是{duty.unit}的人员，不能作为责任人")
    fitting(duty)


def _facts(duty: Duty) -> dict[str, str]:
    return {
        "单位": str(duty.unit),
        "周期": duty.get_cycle_display(),
        "期限": str(publication.limit(duty.limit)),
        "责任人": str(duty.keeper or ""),
        "起始": str(duty.starts_on),
    }


def _judge(duty: Duty, today: date) -> None:
    """Write down how the duty stands, for queries alone."""
    verdict = standing_of(duty, today)
    duty.standing, duty.due_on, duty.checked_on = verdict.standing.value, verdict.due_on, today


@transaction.atomic
def end_duty(duty: Duty, *, on: date, reason: str, by: User) -> Duty:
    """End a duty (终止公开职责): from *on* it binds no more."""
    permit(by, [Role.OFFICE])
    duty = locked(duty)
    if on < duty.starts_on:
        raise Refused("终止日期早于起始日期")
    duty.ended_on = on
    duty.save()
    record(duty, "终止公开职责", note=reason, by=by, unit=duty.unit, facts={"终止": str(on)})
    return duty


@transaction.atomic
def set_keeper(duty: Duty, *, keeper: User | None, by: User) -> Duty:
    """Name who keeps the duty (指定责任人); the unit's head may do it too."""
    permit(by, [Role.APPROVER, Role.OFFICE], duty.unit)
    duty = locked(duty)
    duty.keeper = keeper
    _check(duty)
    duty.save()
    record(duty, "指定责任人", note=str(keeper or "无"), by=by, unit=duty.unit)
    return duty


@transaction.atomic
def add_event(duty: Duty, *, on: date, note: str, by: User, today: date) -> DutyEvent:
    """Tell what sets the clock going (登记起算事项): the day the budget was approved."""
    permit(by, UNIT_ROLES, duty.unit)
    duty = locked(duty)
    if duty.cycle != Cycle.EVENT:
        raise Refused(f"{duty.get_cycle_display()}的职责不需要登记起算事项")
    if on > today:
        raise Refused("起算日期不能晚于今天")
    if on < duty.starts_on:
        raise Refused("起算日期早于职责的起始日期")
    publication.limit(duty.limit).last_day(on, calendar=with_estimate())
    event = fitting(DutyEvent(duty=duty, on=on, note=note.strip(), made_by=by))
    event.save()
    _judge(duty, today)
    duty.save()
    record(duty, "登记起算事项", note=event.note, by=by, unit=duty.unit, facts={"日期": str(on)})
    return event


@transaction.atomic
def refresh_duties(today: date) -> int:
    """Write down last night's standing of every duty (核对公开职责); returns how many changed."""
    duties = Duty.objects.on(today).select_related("unit")
    stale = []
    for duty, verdict in judged(duties, today):
        found = (verdict.standing.value, verdict.due_on)
        if (duty.standing, duty.due_on) != found or duty.checked_on != today:
            moved = (duty.standing, duty.due_on) != found
            duty.standing, duty.due_on, duty.checked_on = *found, today
            stale.append((duty, moved))
    rows = [duty for duty, _ in stale]
    Duty.objects.bulk_update(rows, ["standing", "due_on", "checked_on"], batch_size=CHUNK)
    return sum(moved for _, moved in stale)
