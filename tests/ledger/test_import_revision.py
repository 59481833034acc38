"""修订稿: imported over a plan in force, taken over piece by piece, with reported work kept."""

from datetime import date

import pytest

from gongkai.ledger.models import Plan, PlanImport, Report
from gongkai.ledger.services import importing, plans
from gongkai.ledger.services.importing.rows import Answer
from gongkai.ledger.sheets import ledger_sheet
from gongkai.rules.law import Refused
from tests.ledger.importing import REVISED, TODAY, begin, district, look

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]


@pytest.fixture
def units():
    return district()


@pytest.fixture
def clerk(office):
    return office()


@pytest.fixture
def running(units, clerk):
    """The small plan, imported and sent out."""
    record = importing.answer_wordings(
        begin(clerk),
        {"区大数据中心": Answer(units=(units["区发改局"].pk,))},
        remember=frozenset(),
        by=clerk,
        today=TODAY,
    )
    plan = importing.confirm_import(
        record, version=record.version, doubts_accepted=True, by=clerk, today=TODAY
    )
    return plans.issue_plan(plan, by=clerk, today=TODAY)


@pytest.fixture
def revision(running, clerk):
    return begin(clerk, REVISED, revises=running)


def take_over(record, clerk):
    version = PlanImport.objects.get(pk=record.pk).version
    return importing.confirm_import(record, version=version, doubts_accepted=True, by=clerk, today=TODAY)


def compared(record):
    review = look(record)
    return importing.Comparison(review, review.record.revises)


def test_the_changes_are_told_task_by_task(revision):
    found = compared(revision)
    kinds = {pair.task.number: [change.kind for change in pair.changes] for pair in found.changed}
    assert kinds["1"] == ["text"]
    assert kinds["2"] == ["text", "deadline"]
    assert kinds["3"] == ["bodies"]
    assert [task.number for _, task in found.dropped] == ["4"]
    assert [each.row.text for _, each in found.new] == ["编发政府公报。"]


def test_a_changed_text_shows_what_went_and_what_came(revision):
    first = compared(revision).changed[0].changes[0]
    gone = "".join(piece.text for piece in first.pieces if piece.sort != "ins")
    come = "".join(piece.text for piece in first.pieces if piece.sort != "del")
    assert gone == "1 做好重点项目建设信息公开。"
    assert come == "1 做好重点建设项目批准和实施信息公开。"


def test_taking_over_changes_the_plan_in_force_and_makes_no_second_one(revision, running, clerk, acts):
    plan = take_over(revision, clerk)
    assert plan == running
    assert Plan.objects.count() == 1
    texts = [task.text for task in plan.tasks.current()]
    assert texts[0] == "做好重点建设项目批准和实施信息公开。"
    assert texts[-1] == "编发政府公报。"
    assert plan.tasks.get(number="2").due_on == date(2021, 10, 31)
    assert plan.tasks.get(text__startswith="按季度").withdrawn_on == TODAY
    assert acts(plan)[-1] == "导入修订稿"


def test_reports_of_units_that_stay_are_kept_and_those_of_released_units_stay_on_record(
    revision, running, clerk, report
):
    third = running.tasks.get(number="3").assignments
    kept, gone = third.get(unit__short_name="甲镇"), third.get(unit__short_name="区财政局")
    report(kept, "signed", on=TODAY)
    report(gone, "signed", on=TODAY)
    take_over(revision, clerk)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.ended_on, gone.ended_on) == (None, TODAY)
    assert Report.objects.filter(assignment__in=[kept, gone], state="signed").count() == 2


def test_a_change_that_is_left_changes_nothing(revision, running, clerk):
    second, fourth = running.tasks.get(number="2"), running.tasks.get(number="4")
    keys = [f"deadline:{second.pk}", f"dropped:{fourth.pk}"]
    importing.leave_changes(revision, keys, by=clerk)
    take_over(revision, clerk)
    second.refresh_from_db()
    fourth.refresh_from_db()
    assert second.due_on == date(2021, 9, 30)
    assert second.text.endswith("10月31日前完成。")
    assert fourth.withdrawn_on is None


def test_answers_given_when_the_plan_was_first_imported_still_hold(running, clerk):
    again = begin(clerk, REVISED.replace("责任单位：区发改局", "责任单位：区大数据中心"), revises=running)
    assert not look(again).unsettled


def test_a_failure_while_taking_over_changes_nothing(revision, running, clerk, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr("gongkai.ledger.services.importing.revise.make_tasks", fail)
    with pytest.raises(OSError, match="disk"):
        take_over(revision, clerk)
    assert not running.tasks.filter(withdrawn_on__isnull=False).exists()
    assert running.tasks.get(number="2").due_on == date(2021, 9, 30)
    assert PlanImport.objects.get(pk=revision.pk).state == "checking"


def test_an_archived_plan_takes_no_revision(running, clerk):
    closed = plans.close_plan(running, by=clerk, today=TODAY)
    with pytest.raises(Refused, match="已归档"):
        begin(clerk, REVISED, revises=closed)


def test_the_same_text_again_changes_nothing(running, clerk):
    source = running.imports.get().source_text
    assert compared(begin(clerk, source, revises=running)).keys == []


def test_a_day_that_the_office_set_itself_survives_a_text_that_says_nothing_new_of_time(running, clerk):
    silent = running.tasks.filter(deadline_text="").first()
    plans.edit_task(silent, cycle="fixed", due_on=date(running.year, 9, 17), by=clerk, today=TODAY)
    record = begin(clerk, REVISED, revises=running)
    key = next(each.row.key for each in look(record).rows if each.row.number == silent.number)
    importing.check_row(record, key, version=1, by=clerk)
    take_over(record, clerk)
    silent.refresh_from_db()
    assert (silent.cycle, silent.due_on) == ("fixed", date(running.year, 9, 17))


def test_the_ledger_as_exported_comes_back_without_a_change(running, clerk):
    quarterly = running.tasks.get(number="4")
    plans.edit_task(quarterly, cycle="quarterly", due_on=date(2021, 11, 30), by=clerk, today=TODAY)
    content = ledger_sheet(running, today=TODAY)
    again = importing.start_import(by=clerk, content=content, name="工作台账.xlsx", revises=running)
    assert [each.task.number for each in compared(again).unchanged] == ["1", "2", "3", "4"]
    assert compared(again).keys == []


def test_a_wording_that_means_nobody_yet_shows_nobody_as_released(running, clerk):
    again = begin(clerk, REVISED.replace("责任单位：区发改局", "责任单位：区某某局"), revises=running)
    first = next(pair for pair in compared(again).changed if pair.task.number == "1")
    kinds = [change.kind for change in first.changes]
    assert kinds == ["text"]
