"""Cells and pieces whose meaning shows only from their neighbours: heads, rows, stages, shared ends."""

import pytest

from gongkai.ledger.reader import Plan, read_plan, read_text
from gongkai.ledger.reader.names import is_body

pytestmark = pytest.mark.clause("40")


def rows(plan: Plan) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(task.number, task.text, task.units) for task in plan.tasks]


TABLE = """<table><tr><th>工作任务</th><th>牵头单位</th><th>责任单位</th><th>工作要求</th></tr>
<tr><td colspan="4">一、公开财政信息</td></tr>
<tr><td>3.公开预算</td><td><p>云溪县财政局</p><p>云溪县审计局</p></td><td>各乡镇政府</td><td>按月公布表格。</td></tr>
<tr><td>4.公开采购</td><td>云溪县财政局</td><td>各乡镇政府</td><td>公布合同。</td></tr></table>"""


def test_the_number_in_the_name_column_is_the_number_of_the_task():
    tasks = read_plan(TABLE.encode(), "plan.html").tasks
    assert [(t.number, t.text) for t in tasks] == [
        ("3", "公开预算。按月公布表格。"),
        ("4", "公开采购。公布合同。"),
    ]
    assert tasks[0].lead_units == ("云溪县财政局", "云溪县审计局")


VERTICAL = (
    "序号\n民生实事\n责任单位\n完成时限\n1\n修建村道三条。\n县交通局\n县代建中心\n12月底前\n"
    "2\n建成县健身中心。\n县体育局\n9月投入使用\n3\n新建书屋一处。\n县文旅局\n5月底前动工\n布置书屋五间。\n12月底前\n分享到:\n"
)


@pytest.fixture(scope="module")
def vertical() -> Plan:
    return read_text(VERTICAL, 2021)


def test_a_task_that_ends_like_a_body_stays_a_task_behind_its_number(vertical):
    assert rows(vertical)[:2] == [
        ("1", "修建村道三条。", ("县交通局", "县代建中心")),
        ("2", "建成县健身中心。", ("县体育局",)),
    ]


def test_a_limit_may_say_what_happens_then(vertical):
    assert [task.deadline_text for task in vertical.tasks] == [
        "12月底前",
        "9月投入使用",
        "5月底前动工",
        "12月底前",
    ]


def test_a_row_without_number_and_bodies_shares_the_bodies_above(vertical):
    assert rows(vertical)[3] == ("", "布置书屋五间。", ("县文旅局",))


GAPS = (
    "（一）摸清底数1.排查隐患。逐户登记。（县应急局负责，2021年3月底前完成）（二）集中整治4.整治仓库。限期改造。"
    "（县应急局牵头，县公安局配合，2021年4月至2022年10月深化提升）（三）建立制度7.建立台账。按月更新。（县应急局负责）"
)


def test_numbers_go_on_behind_a_heading_though_some_are_missing():
    plan = read_text(GAPS)
    assert [(t.number, t.section_path[-1]) for t in plan.tasks] == [
        ("1", "（一）摸清底数"),
        ("4", "（二）集中整治"),
        ("7", "（三）建立制度"),
    ]


def test_a_stretch_of_months_beside_the_bodies_is_a_limit():
    deadline = read_text(GAPS).tasks[1].deadlines[0]
    assert (deadline.text, str(deadline.date)) == ("2021年4月至2022年10月", "2022-10-31")


STAGES = (
    "一、整治范围沿街店铺均属范围。二、方法步骤第一阶段：宣传发动（5月1日—5月31日）张贴公告。责任单位：县城管局，各乡镇"
    "第二阶段：集中整治（6月1日—6月30日）逐户检查。责任单位：县城管局、公安局，各乡镇三、举报制度设立电话。责任单位：县城管局"
)


def test_stages_are_tasks_with_their_time():
    tasks = read_text(STAGES, 2021).tasks
    assert [(t.number, t.units, t.deadline_text) for t in tasks] == [
        ("第一阶段", ("县城管局", "各乡镇"), "5月1日—5月31日"),
        ("第二阶段", ("县城管局", "公安局", "各乡镇"), "6月1日—6月30日"),
        ("三", ("县城管局",), ""),
    ]


def test_a_note_about_the_whole_plan_behind_a_list_names_nobody():
    plan = read_text(
        "1.公开预算。（责任单位：县财政局。以下措施均需各乡镇政府落实，不再单独列出）\n2.公开决算。（责任单位：县财政局）"
    )
    assert [task.units for task in plan.tasks] == [("县财政局",), ("县财政局",)]


BLANKS = (
    "任务分解表 工 作 任 务 党工委管委会牵头部门 本局责任处（单位） 工　作　要　求 "
    "一、公开权力（一）权力清单 "
    "1.公开权力清单 区审批局 综合处牵头，各处、单位配合落实 在网站集中展示。 "
    "2.公开抽查清单 综合处牵头 明确抽查依据。 "
    "3.公开信用信息 区市场局 综合处牵头，各处、单位配合落实 归集许可和处罚信息。"
)


def test_heads_are_known_by_their_ending_and_cells_by_the_blanks_around_them():
    tasks = read_text(BLANKS).tasks
    assert [(t.number, t.text, t.units) for t in tasks] == [
        ("1", "公开权力清单。在网站集中展示。", ("区审批局", "综合处", "各处、单位")),
        ("2", "公开抽查清单。明确抽查依据。", ("综合处",)),
        ("3", "公开信用信息。归集许可和处罚信息。", ("区市场局", "综合处", "各处、单位")),
    ]
    assert tasks[1].lead_units == ("综合处",)


def test_places_that_share_the_end_of_a_name_stay_together():
    plan = read_text("1.修建管廊。责任单位：城东、城西片区管理局，县住建局")
    assert plan.tasks[0].units == ("城东、城西片区管理局", "县住建局")


def test_a_name_may_hold_quotation_marks():
    plan = read_text("1.推广事项。（县“放管服”改革办公室牵头，县教育局配合）2.做好接待。（县教育局负责）")
    assert plan.tasks[0].lead_units == ("县“放管服”改革办公室",)
    assert plan.tasks[0].confidence == 1.0


@pytest.mark.parametrize("words", ["加强“一网通办”", "落实“双随机、一公开”监管的要求"])
def test_quoted_words_alone_are_no_name(words):
    assert not is_body(words)


LOST = (
    "工作任务\n具体要求\n责任科室\n时限要求\n规范公开\n1\n清理文件并公布目录。\n办公室\n年底前\n"
    "2\n修订公开指南。\n各科室\n持续推进\n做好解读\n3\n解读重要文件。\n各科室\n持续推进\n"
)


def test_numbers_under_an_empty_head_are_the_numbers_of_the_tasks():
    assert [(t.number, t.text, t.section_path) for t in read_text(LOST).tasks] == [
        ("1", "清理文件并公布目录。", ("规范公开",)),
        ("2", "修订公开指南。", ("规范公开",)),
        ("3", "解读重要文件。", ("做好解读",)),
    ]


OPENINGS = (
    "六、责任分工\n（一）县公安局负责维持秩序，处理纠纷。\n（二）县宣传部要做好宣传。\n"
    "（三）各乡镇要落实属地责任。\n（四）加强巡查要有记录。\n"
)


def test_the_body_that_opens_an_item_is_responsible_for_it():
    tasks = read_text(OPENINGS).tasks
    assert [task.units for task in tasks] == [("县公安局",), ("县宣传部",), ("各乡镇",), ()]
    assert tasks[0].text == "县公安局负责维持秩序，处理纠纷。"
    assert [doubt.code for doubt in tasks[0].doubts] == ["sentence"]


def test_a_group_of_departments_keeps_its_units():
    plan = read_text("1.推进网办。（牵头单位：市审批局；责任单位：市直有关部门、单位，各区政府）")
    assert plan.tasks[0].units == ("市审批局", "市直有关部门、单位", "各区政府")
