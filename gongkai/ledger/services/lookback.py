"""回头看: last year's dated tasks, verified one by one; the unfinished are ordered to be mended."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.ledger.models import Assignment, LookBack, LookBackEntry, Plan, Task
from gongkai.ledger.services.guards import fitting, locked, permit_act, permit_office, said
from gongkai.ledger.services.notices.telling import tell_office, tell_unit
from gongkai.ledger.states import LOOKBACK
from gongkai.rules.law import Refused


@transaction.atomic
def start_lookback(plan: Plan, *, by: User, today: date) -> LookBack:
    """List a finished year's tasks that name a body and a date (启动回头看)."""
    plan = locked(plan)
    permit_office(by)
    _check(plan, today)
    wanted = _dated(plan)
    if not wanted:
        raise Refused("这份要点没有既有责任单位又有时限的任务")
    lookback = LookBack.objects.create(plan=plan, started_on=today, started_by=by)
    LookBackEntry.objects.bulk_create(
        [LookBackEntry(lookback=lookback, assignment=each) for each in wanted], batch_size=1000
    )
    record(lookback, "启动回头看", by=by, facts={"entries": len(wanted)})
    return lookback


@transaction.atomic
def verify_entry(entry: LookBackEntry, *, finding: str, by: User, today: date) -> LookBackEntry:
    """Find the task carried out (核查属实)."""
    entry = _begin(entry, "verify", by)
    entry.finding = said(finding, "核查情况")
    entry.checked_by, entry.checked_on = by, today
    return _close(entry, "核查属实", by, entry.finding)


@transaction.atomic
def order_entry(entry: LookBackEntry, *, finding: str, mend_by: date, by: User, today: date) -> LookBackEntry:
    """Find it unfinished and order the unit to mend it by a day (责令整改)."""
    entry = _begin(entry, "order", by)
    if mend_by <= today:
        raise Refused("整改时限应晚于今天")
    entry.finding, entry.mend_by = said(finding, "核查情况"), mend_by
    entry.checked_by, entry.checked_on = by, today
    tell_unit(
        entry.assignment,
        text=f"回头看责令整改：{entry.assignment.task}，请于{mend_by}前整改",
        key=f"ordered:{entry.pk}:{today}:{mend_by}",
        today=today,
    )
    return _close(entry, "责令整改", by, entry.finding)


@transaction.atomic
def mend_entry(entry: LookBackEntry, *, answer: str, by: User, today: date) -> LookBackEntry:
    """Say what was mended (报送整改结果)."""
    entry = _begin(entry, "mend", by)
    entry.answer = said(answer, "整改结果")
    tell_office(
        text=f"回头看已整改待复核：{entry.assignment}",
        key=f"mended:{entry.pk}:{today}",
        link=reverse("lookback", args=[entry.lookback_id]),
        today=today,
    )
    return _close(entry, "报送整改结果", by, entry.answer)


def _check(plan: Plan, today: date) -> None:
    if plan.state == "draft":
        raise Refused("要点尚未下发，不能回头看")
    if plan.year >= today.year and plan.state != "closed":
        raise Refused("年度尚未结束，归档后才能回头看")
    if LookBack.objects.filter(plan=plan).exists():
        raise Refused("这份要点的回头看已经启动")


def _dated(plan: Plan) -> list[Assignment]:
    """Units' parts in tasks with a time limit: by cycle, or as printed."""
    dated = ~Q(task__cycle=Task.Cycle.YEAR_ROUND) | ~Q(task__deadline_text="")
    return list(
        Assignment.objects.filter(
            dated,
            task__plan=plan,
            ended_on__isnull=True,
            task__withdrawn_on__isnull=True,
            task__split_on__isnull=True,
        )
    )


def _begin(entry: LookBackEntry, code: str, by: User) -> LookBackEntry:
    entry = locked(entry)
    permit_act(LOOKBACK, code, by, entry.assignment.unit)
    entry.state = LOOKBACK.after(entry.state, code)
    return entry


def _close(entry: LookBackEntry, act: str, by: User, note: str) -> LookBackEntry:
    fitting(entry).save()
    record(entry, act, by=by, note=note)
    return entry
