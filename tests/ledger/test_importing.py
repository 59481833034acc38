"""导入的办理: from a text to a plan, and nothing in between."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.models import Unit, UnitName
from gongkai.audit.models import Trace
from gongkai.frame.opening.unreadable import Unreadable
from gongkai.ledger.models import Assignment, Milestone, Plan, PlanImport, Section, Task
from gongkai.ledger.services import importing
from gongkai.ledger.services.importing.rows import Answer, Row, RowBody
from gongkai.rules.law import Refused
from tests.ledger.importing import PLAN, TODAY, begin, district, look

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]


@pytest.fixture
def units():
    return district()


@pytest.fixture
def clerk(office):
    return office()


@pytest.fixture
def record(units, clerk):
    return begin(clerk)


def settle(record, clerk, unit):
    """Say who 区大数据中心 is, so that nothing blocks."""
    return importing.answer_wordings(
        record, {"区大数据中心": Answer(units=(unit.pk,))}, remember=frozenset(), by=clerk, today=TODAY
    )


def confirm(record, clerk, **more):
    fresh = PlanImport.objects.get(pk=record.pk)
    given = {"version": fresh.version, "doubts_accepted": True, "by": clerk, "today": TODAY} | more
    return importing.confirm_import(record, **given)


def test_a_text_becomes_rows_with_the_place_of_each_in_the_source(record, acts):
    review = look(record)
    assert [each.row.number for each in review.rows] == ["1", "2", "3", "4"]
    assert (record.title, record.year) == ("2021年示例区政务公开工作要点", 2021)
    first = review.rows[0].row
    assert "做好重点项目建设信息公开" in record.source_text[first.start : first.end]
    assert acts(record) == ["开始导入"]


def test_what_is_doubtful_is_counted_and_says_why(record):
    review = look(record)
    assert [each.row.number for each in review.doubtful] == ["4"]
    reasons = [doubt.reason for doubt in review.doubtful[0].doubts]
    assert any("区大数据中心" in reason for reason in reasons)
    assert any("等部门" in reason for reason in reasons)


def test_only_the_office_may_import(units, officer):
    with pytest.raises(PermissionDenied):
        begin(officer(units["区发改局"]))
    assert not PlanImport.objects.exists()


@pytest.mark.parametrize("text", ["", "   \n", "今天天气很好。", "\x00\x00"])
def test_a_text_without_tasks_is_refused_in_one_sentence_and_leaves_nothing(units, clerk, text):
    with pytest.raises(Unreadable, match=r"[一-鿿]"):
        begin(clerk, text)
    assert not PlanImport.objects.exists()


def test_confirming_makes_plan_sections_tasks_and_assignments(record, clerk, units, acts):
    plan = confirm(settle(record, clerk, units["区发改局"]), clerk)
    tasks = {task.number: task for task in plan.tasks.select_related("section")}
    assert [section.heading for section in plan.sections.all()] == [
        "一、深化重点领域信息公开",
        "二、强化基础建设",
    ]
    assert tasks["3"].section.heading == "二、强化基础建设"
    assert (tasks["2"].cycle, tasks["2"].due_on) == ("fixed", date(2021, 9, 30))
    assert tasks["1"].due_on == date(2021, 12, 31)
    parts = {(each.unit.short_name, each.part) for each in tasks["2"].assignments.all()}
    assert parts == {("区财政局", "lead"), ("区发改局", "support")}
    assert acts(plan) == ["导入要点"]
    assert Trace.objects.get(act="导入要点").facts["tasks"] == 4
    assert Trace.objects.get(act="导入要点").facts["sha256"] == record.source_sha256


def test_a_group_is_shared_out_to_each_of_its_units_and_remembers_its_group(record, clerk, units):
    plan = confirm(settle(record, clerk, units["区发改局"]), clerk)
    shared = plan.tasks.get(number="3").assignments.all()
    assert {each.unit.short_name: str(each.group or "") for each in shared} == {
        "甲镇": "各镇人民政府",
        "乙镇": "各镇人民政府",
        "区财政局": "",
    }


def test_a_wording_that_means_nobody_yet_blocks_the_confirmation(record, clerk):
    with pytest.raises(Refused, match="1 个责任主体还没有对应到单位"):
        confirm(record, clerk)
    assert not Plan.objects.exists()


def test_doubts_that_do_not_block_need_an_explicit_yes(record, clerk, units):
    record = settle(record, clerk, units["区发改局"])
    with pytest.raises(Refused, match="还有 1 项有疑点"):
        confirm(record, clerk, doubts_accepted=False)
    row = look(record).doubtful[0].row
    importing.check_row(record, row.key, version=row.version, by=clerk)
    assert confirm(record, clerk, doubts_accepted=False).tasks.count() == 4


def test_confirming_twice_gives_one_plan(record, clerk, units):
    record = settle(record, clerk, units["区发改局"])
    first = confirm(record, clerk)
    assert confirm(record, clerk) == first
    assert Plan.objects.count() == 1
    assert Task.objects.count() == 4


def test_what_changed_after_the_summary_was_shown_is_not_confirmed(record, clerk, units):
    record = settle(record, clerk, units["区发改局"])
    with pytest.raises(importing.Stale):
        confirm(record, clerk, version=record.version - 1)
    assert not Plan.objects.exists()


def test_a_failure_in_the_middle_leaves_nothing_behind(record, clerk, units, monkeypatch):
    record = settle(record, clerk, units["区发改局"])
    before = Trace.objects.count()

    def fail(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(Assignment.objects, "bulk_create", fail)
    with pytest.raises(OSError, match="disk"):
        confirm(record, clerk)
    counts = [kind.objects.count() for kind in (Plan, Section, Task, Milestone, Assignment)]
    assert counts == [0, 0, 0, 0, 0]
    assert PlanImport.objects.get(pk=record.pk).state == "checking"
    assert Trace.objects.count() == before


def test_an_edit_is_saved_at_once_and_settles_what_only_an_eye_can_settle(record, clerk, units, acts):
    row = look(record).rows[3].row
    importing.edit_row(
        record,
        row.key,
        version=row.version,
        by=clerk,
        text="按月通报网站运行情况。",
        bodies=(RowBody("区财政局"),),
    )
    again = look(record).rows[3]
    assert again.row.text == "按月通报网站运行情况。"
    assert not again.open
    assert acts(record)[-1] == "修改待核对任务"


def test_two_people_cannot_overwrite_each_other_unseen(record, clerk, office):
    row = look(record).rows[0].row
    importing.edit_row(record, row.key, version=row.version, by=clerk, text="甲改的")
    with pytest.raises(importing.Stale, match="其他人修改过"):
        importing.edit_row(record, row.key, version=row.version, by=office(), text="乙改的")
    assert look(record).rows[0].row.text == "甲改的"


def test_two_people_can_correct_different_tasks_at_once(record, clerk, office):
    first, second = (each.row for each in look(record).rows[:2])
    importing.edit_row(record, first.key, version=first.version, by=clerk, text="甲改的")
    importing.edit_row(record, second.key, version=second.version, by=office(), text="乙改的")
    assert [each.row.text for each in look(record).rows[:2]] == ["甲改的", "乙改的"]


def test_a_task_is_split_joined_deleted_and_brought_back(record, clerk):
    row = look(record).rows[0].row
    importing.split_row(record, row.key, texts=["其一", "其二"], version=row.version, by=clerk)
    texts = [each.row.text for each in look(record).rows]
    assert texts[:2] == ["其一", "其二"]
    assert look(record).rows[1].row.bodies == row.bodies

    row = look(record).rows[0].row
    importing.merge_row(record, row.key, version=row.version, by=clerk)
    assert look(record).rows[0].row.text == "其一其二"
    assert len(look(record).rows) == 4

    row = look(record).rows[0].row
    importing.drop_row(record, row.key, version=row.version, by=clerk)
    assert len(look(record).rows) == 3
    importing.restore_row(record, row.key, by=clerk)
    assert len(look(record).rows) == 4


def test_the_last_task_has_nothing_behind_it_to_join(record, clerk):
    row = look(record).rows[-1].row
    with pytest.raises(Refused, match="最后一项"):
        importing.merge_row(record, row.key, version=row.version, by=clerk)


def test_an_answer_holds_for_every_task_that_uses_the_wording(units, clerk):
    twice = PLAN.replace("责任单位：区发改局", "责任单位：区大数据中心")
    record = settle(begin(clerk, twice), clerk, units["区财政局"])
    rows = look(record).rows
    assert [share.unit.short_name for share in rows[0].shares] == ["区财政局"]
    assert [share.unit.short_name for share in rows[3].shares] == ["区财政局"]


def test_a_remembered_wording_is_known_the_next_time(record, clerk, units):
    importing.answer_wordings(
        record,
        {"区大数据中心": Answer(units=(units["区发改局"].pk,))},
        remember=frozenset({"区大数据中心"}),
        by=clerk,
        today=TODAY,
    )
    assert UnitName.objects.filter(unit=units["区发改局"], name="区大数据中心").exists()
    assert not look(begin(clerk)).unsettled


def test_a_wording_may_be_left_without_a_unit(record, clerk):
    record = importing.answer_wordings(
        record, {"区大数据中心": Answer(skip=True)}, remember=frozenset(), by=clerk, today=TODAY
    )
    review = look(record)
    assert not review.unsettled
    assert [each.row.number for each in review.loose] == ["4"]


def test_a_unit_that_has_ended_is_no_answer_any_more(record, clerk, units):
    record = settle(record, clerk, units["区发改局"])
    Unit.objects.filter(pk=units["区发改局"].pk).update(ended_on=date(2021, 4, 1))
    assert any(each.body.name == "区大数据中心" for each in look(record).unsettled)


def test_a_dropped_import_takes_no_more_edits(record, clerk):
    importing.drop_import(record, by=clerk)
    row = look(record).rows[0].row
    with pytest.raises(Refused, match="已放弃"):
        importing.edit_row(record, row.key, version=row.version, by=clerk, text="再改")


def test_a_row_survives_its_way_through_the_database():
    row = Row(
        key=7,
        text="某项任务",
        section_path=("一、甲", "（一）乙"),
        bodies=(RowBody("各镇", answer=Answer(units=(1, 2))), RowBody("某局", "lead", "区某局")),
        due_on=date(2021, 6, 30),
        steps=(("6月底前", date(2021, 6, 30)),),
    )
    assert Row.load(row.dump()) == row


def generated(count: int) -> str:
    """A plan with *count* tasks."""
    lines = ["2021年示例区政务公开工作要点", "一、重点工作"]
    lines += [f"{n}.公开第{n}类信息。（责任单位：区发改局、区财政局）" for n in range(1, count + 1)]
    return "\n".join(lines)


def queries_of_confirming(record, clerk) -> int:
    with CaptureQueriesContext(connection) as asked:
        confirm(record, clerk)
    return len(asked)


def test_the_queries_of_an_import_grow_by_batches_and_not_by_tasks(units, clerk):
    few = queries_of_confirming(begin(clerk, generated(20)), clerk)
    many = queries_of_confirming(begin(clerk, generated(400)), clerk)
    assert many - few <= (400 + 800) / 50  # a batch holds at least fifty rows, on SQLite too
    assert Assignment.objects.count() == 2 * 420


@pytest.mark.slow
def test_ten_thousand_tasks_are_imported_in_batches(units, clerk):
    few = queries_of_confirming(begin(clerk, generated(500)), clerk)
    many = queries_of_confirming(begin(clerk, generated(10_000)), clerk)
    assert Task.objects.count() == 10_500
    assert many - few <= (10_000 + 20_000) / 50


@pytest.mark.parametrize(
    ("limits", "cycle", "due_on", "steps"),
    [
        ("", "yearround", None, 0),
        ("完成时限：6月30日前", "fixed", date(2021, 6, 30), 0),
        ("完成时限：6月30日前；10月31日前", "fixed", date(2021, 10, 31), 2),
        ("完成时限：每季度", "quarterly", None, 0),
        ("完成时限：每季度；11月30日前", "quarterly", date(2021, 11, 30), 0),
    ],
)
def test_printed_limits_become_a_cycle_a_day_and_steps(units, clerk, limits, cycle, due_on, steps):
    first, second = f"责任单位：区发改局；{limits}", "责任单位：区财政局"
    text = f"2021年示例区政务公开工作要点\n1.公开甲类信息。（{first}）\n2.公开乙类信息。（{second}）"
    row = look(begin(clerk, text)).rows[0].row
    assert (row.cycle, row.due_on, len(row.steps)) == (cycle, due_on, steps)
