"""报送: an officer writes, the approver signs, the district office accepts or returns."""

from datetime import date

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.ledger.models import Assignment, Milestone, Report
from gongkai.ledger.services.deriving import CYCLIC, refresh
from gongkai.ledger.services.evidence import attach, detach
from gongkai.ledger.services.guards import (
    UNIT_ROLES,
    bound,
    fitting,
    in_force,
    locked,
    permit,
    permit_act,
    said,
)
from gongkai.ledger.services.notices.telling import tell_unit
from gongkai.ledger.states import REPORT, Standing
from gongkai.rules.law import Refused

__all__ = [
    "accept_report",
    "attach",
    "detach",
    "edit_report",
    "recall_report",
    "return_report",
    "send_back_report",
    "send_report",
    "sign_report",
    "write_report",
]


@transaction.atomic
def write_report(
    assignment: Assignment,
    *,
    text: str,
    by: User,
    today: date,
    completes: bool = False,
    milestone: Milestone | None = None,
) -> Report:
    """Begin a report of progress or completion (填报进展)."""
    kept = locked(assignment)
    permit(by, UNIT_ROLES, kept.unit)
    _open(kept)
    report = Report(assignment=kept, written_by=by, written_on=today)
    _fill(report, text, completes=completes, milestone=milestone)
    report.save()
    record(report, "填报进展", by=by)
    return report


@transaction.atomic
def edit_report(
    report: Report, *, text: str, completes: bool, milestone: Milestone | None, by: User
) -> Report:
    """Change a draft or a returned report (修改报送)."""
    report = _begin(report, "edit", by)
    _open(report.assignment)
    _fill(report, text, completes=completes, milestone=milestone)
    report.save()
    record(report, "修改报送", by=by)
    return report


@transaction.atomic
def send_report(report: Report, *, by: User, today: date) -> Report:
    """Put the report up for the approver's signature (报负责人审签)."""
    report = _begin(report, "send", by)
    _open(report.assignment)
    said(report.text, "进展情况")
    if report.completes and not report.evidence.exists():
        raise Refused("报送完成须附佐证材料，请先添加附件或网址")
    report.sent_on = today
    return _close(report, "报负责人审签", by)


@transaction.atomic
def recall_report(report: Report, *, by: User) -> Report:
    """Take back what is not signed yet (撤回修改)."""
    report = _begin(report, "recall", by)
    report.sent_on = None
    return _close(report, "撤回修改", by)


@transaction.atomic
def sign_report(report: Report, *, by: User, today: date) -> Report:
    """Sign the report and send it to the district office (签发); a writer who signs is put on record."""
    report = _begin(report, "sign", by)
    bound(report.assignment)
    report.signed_by, report.signed_on = by, today
    report.decided_by, report.decided_on = None, None
    alone = report.written_by_id == by.pk
    return _close(report, "签发", by, note="填报人与签发人为同一人" if alone else "")


@transaction.atomic
def send_back_report(report: Report, *, reason: str, by: User, today: date) -> Report:
    """Give the report back to the officer, inside the unit (退回信息员)."""
    report = _begin(report, "send_back", by)
    report.remark = said(reason, "退回理由")
    return _close(report, "退回信息员", by, note=report.remark, facts={"on": str(today)})


@transaction.atomic
def accept_report(report: Report, *, by: User, today: date, remark: str = "") -> Report:
    """Accept the report (验收通过): from now on it counts."""
    report = _begin(report, "accept", by)
    in_force(report.assignment.task.plan)
    report.decided_by, report.decided_on, report.remark = by, today, remark.strip()
    return _close(report, "验收通过", by, note=report.remark)


@transaction.atomic
def return_report(report: Report, *, reason: str, by: User, today: date) -> Report:
    """Return the report to the unit with a reason (退回补正)."""
    report = _begin(report, "return", by)
    in_force(report.assignment.task.plan)
    report.decided_by, report.decided_on = by, today
    report.remark = said(reason, "退回理由")
    report.returned_times += 1
    tell_unit(
        report.assignment,
        text=f"报送被退回：{report.assignment.task}，理由：{report.remark}",
        key=f"returned:{report.pk}:{report.returned_times}",
        today=today,
    )
    return _close(report, "退回补正", by, note=report.remark)


def _begin(report: Report, code: str, by: User) -> Report:
    """Lock the report, ask for the role, ask FLOW; the new state is set, not yet saved."""
    report = locked(report)
    permit_act(REPORT, code, by, report.assignment.unit)
    report.state = REPORT.after(report.state, code)
    return report


def _close(
    report: Report, act: str, by: User, *, note: str = "", facts: dict[str, str] | None = None
) -> Report:
    """Save, derive the standing anew, leave the trace."""
    fitting(report).save()
    refresh(report.assignment)
    record(report, act, by=by, note=note, facts=facts)
    return report


def _open(assignment: Assignment) -> None:
    """Refuse a report on what is done or binds nobody any more."""
    bound(assignment)
    if assignment.standing == Standing.DONE:
        raise Refused("该任务已完成，不需再报送")


def _fill(report: Report, text: str, *, completes: bool, milestone: Milestone | None) -> None:
    """Put in what the officer typed, if it fits the task."""
    task = report.assignment.task
    if milestone and milestone.task_id != task.pk:
        raise Refused("所选时间节点不属于该任务")
    if milestone and _met(report, milestone):
        raise Refused(f"{milestone}已验收，不需重复报送")
    if completes and not milestone and task.cycle in CYCLIC and task.milestones.exists():
        raise Refused(f"该任务{task.get_cycle_display()}报送，请选择所完成的时间节点")
    report.text, report.completes, report.milestone = text.strip(), completes, milestone
    fitting(report)


def _met(report: Report, milestone: Milestone) -> bool:
    others = milestone.reports.filter(assignment=report.assignment, state="accepted")
    return others.exclude(pk=report.pk).exists()
