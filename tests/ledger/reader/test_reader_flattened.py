"""Tables of which a web page left only the words: cells run on, bodies stand at the end or in the middle."""

import pytest

from gongkai.ledger.reader import Plan, read_text

pytestmark = pytest.mark.clause("40")

MIDDLE = (
    "县政府办公室 2021年3月1日 2021年政务公开工作任务分解表工 作 任 务牵头单位责　任　单　位工　作　要　求"
    "一、公开重点信息（一）财政信息1.公开预算和决算 县直各部门、各事业单位，各乡镇政府、云溪开发区管委会"
    "统一格式，按时公开。2.公开债务情况县财政局县直各部门、各事业单位，各乡镇政府、云溪开发区管委会"
    "每年公开一次债务限额和余额。3.公开补贴资金县财政局县农业农村局各乡镇政府、云溪开发区管委会列出补贴对象、"
    "标准和金额。4.公开补贴标准5.公开收费目录县发改局（县物价局）县直各部门、各事业单位，各乡镇政府、"
    "云溪开发区管委会 （二）项目信息7.公开重大项目县发改局会同县住建局、县交通局等部门，各乡镇政府、"
    "云溪开发区管委会对审批、核准、备案结果及时公开。二、提升服务"
    "（三）政务大厅8.完善大厅制度 各乡镇设立窗口。"
)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_text(MIDDLE)


GROUPS = ("县直各部门", "各事业单位", "各乡镇政府", "云溪开发区管委会")


def test_unit_cells_between_the_task_and_its_requirement_are_cut_out(plan):
    assert [(t.number, t.lead_units, t.units[len(t.lead_units) :]) for t in plan.tasks[:3]] == [
        ("1", (), GROUPS),
        ("2", ("县财政局",), GROUPS),
        ("3", ("县财政局", "县农业农村局"), GROUPS[2:]),
    ]


def test_the_requirement_is_part_of_the_task(plan):
    assert [task.text for task in plan.tasks[:2]] == [
        "公开预算和决算。统一格式，按时公开。",
        "公开债务情况。每年公开一次债务限额和余额。",
    ]


def test_a_row_without_bodies_takes_those_of_the_row_above_and_is_doubted(plan):
    task = plan.tasks[3]
    assert (task.number, task.text, task.units) == ("4", "公开补贴标准", plan.tasks[2].units)
    assert "above" in [doubt.code for doubt in task.doubts]


def test_a_bracket_after_a_name_belongs_to_it(plan):
    assert plan.tasks[4].lead_units == ("县发改局（县物价局）",)


def test_bodies_joined_by_huitong_are_two(plan):
    assert plan.tasks[5].units[:3] == ("县发改局", "县住建局", "县交通局")


def test_rows_may_leave_out_numbers_and_headings_run_into_each_other(plan):
    assert [task.number for task in plan.tasks] == ["1", "2", "3", "4", "5", "7", "8"]
    assert plan.tasks[0].section_path == ("一、公开重点信息", "（一）财政信息")
    assert plan.tasks[6].section_path == ("二、提升服务", "（三）政务大厅")


def test_what_was_guessed_from_a_flattened_row_is_less_sure(plan):
    assert all(task.confidence <= 0.8 for task in plan.tasks)


def test_one_group_behind_a_blank_is_read_with_the_words_after_it_left_in_the_task(plan):
    assert (plan.tasks[6].units, plan.tasks[6].text) == (("各乡镇",), "完善大厅制度。设立窗口。")


def test_several_bodies_behind_a_task_without_a_full_stop_are_all_found_and_doubted():
    plan = read_text(
        "2021年分解表序号工作任务责任单位1公开预算县财政局、县审计局2公开规划县发改局县住建局3公开招生信息。县教育局"
    )
    assert [task.units for task in plan.tasks] == [
        ("县财政局", "县审计局"),
        ("县发改局", "县住建局"),
        ("县教育局",),
    ]
    assert [["flat" in [d.code for d in t.doubts]] for t in plan.tasks] == [[True], [True], [False]]
