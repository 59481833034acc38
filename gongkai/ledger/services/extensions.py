"""延期: a unit asks for more time with a reason, the office grants or refuses."""

from datetime import date, timedelta

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.ledger.models import Assignment, Extension
from gongkai.ledger.practice import EXTENSION_DAYS_PAST_YEAR
from gongkai.ledger.services.deriving import refresh
from gongkai.ledger.services.guards import (
    UNIT_ROLES,
    bound,
    fitting,
    locked,
    permit,
    permit_act,
    said,
    spoken,
)
from gongkai.ledger.services.notices.telling import tell_unit
from gongkai.ledger.states import EXTENSION, Standing
from gongkai.rules.law import Refused


@transaction.atomic
def ask_extension(assignment: Assignment, *, until_on: date, reason: str, by: User, today: date) -> Extension:
    """Ask for more time for the deadline that stands now (申请延期)."""
    kept = locked(assignment)
    permit(by, UNIT_ROLES, kept.unit)
    bound(kept)
    _check(kept, until_on)
    extension = Extension(
        assignment=kept,
        old_due_on=kept.due_on,
        until_on=until_on,
        reason=said(reason, "延期理由"),
        asked_by=by,
        asked_on=today,
    )
    fitting(extension).save()
    record(extension, "申请延期", by=by, note=extension.reason)
    return extension


@transaction.atomic
def grant_extension(extension: Extension, *, by: User, today: date, remark: str = "") -> Extension:
    """Grant more time (批准延期): the deadline that it was asked for moves."""
    extension = _begin(extension, "grant", by)
    kept = locked(extension.assignment)
    bound(kept)
    if kept.due_on != extension.old_due_on or kept.standing == Standing.DONE:
        raise Refused("申请之后任务的时限或状态已有变化，请不予延期并由单位重新申请")
    return _decide(extension, "批准延期", remark.strip(), by, today)


@transaction.atomic
def refuse_extension(extension: Extension, *, reason: str, by: User, today: date) -> Extension:
    """Refuse more time, with the reason (不予延期)."""
    extension = _begin(extension, "refuse", by)
    return _decide(extension, "不予延期", said(reason, "不予延期的理由"), by, today)


def latest_day(assignment: Assignment) -> date:
    """The last day to which more time may reach (延期上限)."""
    task = assignment.task
    end = max(date(task.plan.year, 12, 31), task.due_on)
    return end + timedelta(days=EXTENSION_DAYS_PAST_YEAR)


def _check(assignment: Assignment, until_on: date) -> None:
    if assignment.standing == Standing.DONE:
        raise Refused("该任务已完成，不需延期")
    if assignment.extensions.filter(state="asked").exists():
        raise Refused("已有一份延期申请待批准，请等待批复")
    if until_on <= assignment.due_on:
        raise Refused(f"申请延至的日期应晚于现时限{spoken(assignment.due_on)}")
    if until_on > latest_day(assignment):
        raise Refused(f"最多可延至{spoken(latest_day(assignment))}")


def _begin(extension: Extension, code: str, by: User) -> Extension:
    extension = locked(extension)
    permit_act(EXTENSION, code, by)
    extension.state = EXTENSION.after(extension.state, code)
    return extension


def _decide(extension: Extension, act: str, remark: str, by: User, today: date) -> Extension:
    """Save the decision, derive the deadline anew, tell the unit, leave the trace."""
    extension.decided_by, extension.decided_on, extension.remark = by, today, remark
    fitting(extension).save()
    refresh(extension.assignment)
    tell_unit(
        extension.assignment,
        text=f"{act}：{extension.assignment.task}，申请延至{extension.until_on}",
        key=f"extension:{extension.pk}",
        today=today,
    )
    record(extension, act, by=by, note=remark)
    return extension
