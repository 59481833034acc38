"""报送: from the officer's draft to the office's decision."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.audit.models import Trace
from gongkai.ledger.services import assignments, plans, reports
from gongkai.ledger.states import REPORT
from gongkai.rules.law import Refused
from tests.ledger.conftest import person

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]


def test_a_report_walks_from_the_officer_to_acceptance_and_every_step_is_on_record(
    assignment, report, acts, today
):
    mine = assignment()
    done = report(mine, "accepted", completes=True)
    mine.refresh_from_db()
    assert (mine.standing, mine.done_on) == ("done", today)
    assert acts(done) == ["填报进展", "添加佐证", "报负责人审签", "签发", "验收通过"]


def test_accepted_progress_leaves_the_work_going_on(assignment, report):
    mine = assignment()
    report(mine, "accepted")
    mine.refresh_from_db()
    assert (mine.standing, mine.done_on) == ("working", None)


def test_in_time_is_judged_by_the_day_on_which_the_unit_signed(assignment, report, office):
    mine = assignment(due_on=date(2021, 6, 30))
    signed = report(mine, "signed", on=date(2021, 6, 30), completes=True)
    reports.accept_report(signed, by=office(), today=date(2021, 7, 9))
    mine.refresh_from_db()
    assert mine.done_on == date(2021, 6, 30)


def test_a_returned_report_stays_returned_until_it_is_signed_again(
    assignment, report, officer, approver, today
):
    mine = assignment()
    back = report(mine, "returned")
    assert back.returned_times == 1
    assert back.remark == "请补充数据"
    reports.edit_report(back, text="已公开15条。", completes=False, milestone=None, by=officer(mine.unit))
    sent = reports.send_report(back, by=officer(mine.unit), today=today)
    mine.refresh_from_db()
    assert mine.standing == "returned"
    reports.sign_report(sent, by=approver(mine.unit), today=today)
    mine.refresh_from_db()
    assert mine.standing == "checking"


def test_what_the_approver_sends_back_stays_inside_the_unit(assignment, report, approver, today, acts):
    mine = assignment()
    sent = report(mine, "sent")
    back = reports.send_back_report(sent, reason="数字有误", by=approver(mine.unit), today=today)
    mine.refresh_from_db()
    assert (back.state, back.returned_times, mine.standing) == ("returned", 0, "waiting")
    assert acts(back)[-1] == "退回信息员"


def test_a_sent_report_can_be_taken_back_until_it_is_signed(assignment, report, officer, acts):
    mine = assignment()
    taken = reports.recall_report(report(mine, "sent"), by=officer(mine.unit))
    assert (taken.state, taken.sent_on, acts(taken)[-1]) == ("draft", None, "撤回修改")
    with pytest.raises(Refused, match="不能撤回修改"):
        reports.recall_report(report(mine, "signed"), by=officer(mine.unit))


def test_the_writer_may_sign_only_as_approver_and_that_is_put_on_record(assignment, officer, today):
    mine = assignment()
    both = person(mine.unit, "officer", "approver")
    written = reports.write_report(mine, text="已公开。", by=both, today=today)
    sent = reports.send_report(written, by=both, today=today)
    with pytest.raises(PermissionDenied):
        reports.sign_report(sent, by=officer(mine.unit), today=today)
    reports.sign_report(sent, by=both, today=today)
    assert Trace.objects.get(act="签发").note == "填报人与签发人为同一人"


def test_the_office_accepts_only_what_is_signed(assignment, report, office, today):
    for state in ("draft", "sent", "returned", "accepted"):
        with pytest.raises(Refused, match="不能验收通过"):
            reports.accept_report(report(assignment(), state), by=office(), today=today)


def test_a_return_needs_a_reason(assignment, report, office, approver, today):
    mine = assignment()
    with pytest.raises(Refused, match="请填写退回理由"):
        reports.return_report(report(mine, "signed"), reason=" ", by=office(), today=today)
    with pytest.raises(Refused, match="请填写退回理由"):
        reports.send_back_report(report(mine, "sent"), reason="", by=approver(mine.unit), today=today)


def test_a_completing_report_needs_evidence(assignment, officer, today):
    mine = assignment()
    writer = officer(mine.unit)
    written = reports.write_report(mine, text="已完成。", completes=True, by=writer, today=today)
    with pytest.raises(Refused, match="须附佐证材料"):
        reports.send_report(written, by=writer, today=today)


def test_nothing_more_is_reported_on_what_is_done(assignment, report, officer, today):
    mine = assignment()
    report(mine, "accepted", completes=True)
    with pytest.raises(Refused, match="已完成"):
        reports.write_report(mine, text="再报。", by=officer(mine.unit), today=today)


def test_a_draft_may_be_empty_but_a_report_without_words_is_not_sent(assignment, officer, today):
    mine = assignment()
    writer = officer(mine.unit)
    draft = reports.write_report(mine, text="  \n", by=writer, today=today)
    with pytest.raises(Refused, match="请填写进展情况"):
        reports.send_report(draft, by=writer, today=today)


def test_a_text_that_no_database_can_keep_is_refused(assignment, officer, today):
    mine = assignment()
    with pytest.raises(Refused):
        reports.write_report(mine, text="坏\x00字", by=officer(mine.unit), today=today)


def test_a_quarterly_task_is_done_when_every_quarter_is_accepted(assignment, report, office):
    mine = assignment(cycle="quarterly")
    steps = list(mine.task.milestones.all())
    assert [step.title for step in steps] == ["第二季度", "第三季度", "第四季度"]
    assert mine.due_on == date(2021, 6, 30)
    for step in steps[:-1]:
        report(mine, "accepted", on=step.due_on, milestone=step)
    mine.refresh_from_db()
    assert (mine.standing, mine.due_on) == ("working", date(2021, 12, 31))
    report(mine, "accepted", on=date(2021, 12, 20), milestone=steps[-1])
    mine.refresh_from_db()
    assert (mine.standing, mine.done_on) == ("done", date(2021, 12, 20))


def test_a_quarterly_task_is_not_completed_without_naming_the_quarter(assignment, officer, today):
    mine = assignment(cycle="quarterly")
    with pytest.raises(Refused, match="请选择所完成的时间节点"):
        reports.write_report(mine, text="完成。", completes=True, by=officer(mine.unit), today=today)


def test_a_step_is_not_reported_twice_and_not_for_another_task(assignment, report, officer, today):
    mine, other = assignment(cycle="quarterly"), assignment(cycle="quarterly")
    step = mine.task.milestones.first()
    report(mine, "accepted", milestone=step)
    with pytest.raises(Refused, match="已验收"):
        reports.write_report(mine, text="再报。", milestone=step, by=officer(mine.unit), today=today)
    with pytest.raises(Refused, match="不属于该任务"):
        reports.write_report(other, text="错报。", milestone=step, by=officer(other.unit), today=today)


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_only_a_plan_in_force_is_worked_on(plan, task, assignment, officer, today, state):
    mine = assignment(task(plan()))
    mine.task.plan.state = state
    mine.task.plan.save()
    with pytest.raises(Refused, match="不能办理"):
        reports.write_report(mine, text="进展。", by=officer(mine.unit), today=today)


def test_what_binds_nobody_any_more_takes_no_report(assignment, officer, office, today):
    released, withdrawn, split = assignment(), assignment(), assignment()
    assignments.release(released, reason="职责调整", by=office(), today=today)
    plans.withdraw_task(withdrawn.task, reason="修订", by=office(), today=today)
    plans.split_task(split.task, texts=["其一", "其二"], by=office(), today=today)
    for each, words in ((released, "不再由本单位承担"), (withdrawn, "已取消"), (split, "已分解")):
        with pytest.raises(Refused, match=words):
            reports.write_report(each, text="进展。", by=officer(each.unit), today=today)


@pytest.mark.parametrize("role", ["officer", "approver", "office", "assessor", "administrator", "stranger"])
@pytest.mark.parametrize("code", [each.code for each in REPORT])
def test_only_the_roles_of_the_table_do_an_act_on_a_report(assignment, report, unit, today, role, code):
    mine = assignment()
    act = REPORT.acts[code]
    ready = report(mine, sorted(act.sources)[0])
    home = unit() if role in ("stranger", "office", "assessor", "administrator") else mine.unit
    by = person(home, *(["officer", "approver"] if role == "stranger" else [role]))
    if role in act.roles:
        assert _do(code, ready, by, today).state == (act.target or ready.state)
    else:
        with pytest.raises(PermissionDenied):
            _do(code, ready, by, today)


def _do(code, report, by, today):
    words = {"edit": {"text": "新的进展", "completes": False, "milestone": None}}
    if code in ("send_back", "return"):
        words[code] = {"reason": "请补充"}
    dated = {} if code in ("edit", "recall") else {"today": today}
    return getattr(reports, f"{code}_report")(report, by=by, **words.get(code, {}), **dated)
