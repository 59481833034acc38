"""Tables and lists that lost something on their way: merged cells, bars, line breaks."""

import pytest

from gongkai.ledger.reader import read_plan, read_text

pytestmark = pytest.mark.clause("40")


def tasks(text):
    return [(t.number, t.section_path, t.text, t.units, t.deadline_text) for t in read_text(text).tasks]


def test_a_second_row_of_heads_is_no_task():
    rows = [
        "<tr><td rowspan=2>序号</td><td colspan=2>公开任务</td><td rowspan=2>公开要求</td>"
        "<td colspan=2>责任分工</td></tr>",
        "<tr><td>一级指标</td><td>二级指标</td><td>牵头单位</td><td>配合单位</td></tr>",
        "<tr><td>1</td><td rowspan=2>财政</td><td>预算</td><td>公开预算报告</td>"
        "<td>县财政局</td><td>各镇</td></tr>",
        "<tr><td>2</td><td>债务</td><td>公开债务限额</td><td>县财政局</td><td></td></tr>",
    ]
    plan = read_plan(f"<html><body><table>{''.join(rows)}</table></body></html>".encode())
    assert [(t.number, t.section_path, t.text, t.lead_units, t.support_units) for t in plan.tasks] == [
        ("1", ("财政", "预算"), "公开预算报告", ("县财政局",), ("各镇",)),
        ("2", ("财政", "债务"), "公开债务限额", ("县财政局",), ()),
    ]


def test_rows_under_a_merged_cell_are_moved_back_by_their_numbers():
    text = (
        "工作任务 | 具体要求 | 责任部门 |\n一、公开财政信息。 | 1.公开预算。 | 财务科 |\n"
        "2.公开决算。 | 办公室牵头，各科室配合 | |\n二、公开规划。 | 3.公开年度计划。 | 各科室 |"
    )
    assert tasks(text) == [
        ("1", ("一、公开财政信息。",), "公开预算。", ("财务科",), ""),
        ("2", ("一、公开财政信息。",), "公开决算。", ("办公室", "各科室"), ""),
        ("3", ("二、公开规划。",), "公开年度计划。", ("各科室",), ""),
    ]


def test_cells_on_lines_of_their_own_between_bars_are_a_table():
    text = (
        "2024年任务分解表\n序号 |\n目标与任务 |\n分管县领导 |\n牵头责任单位 |\n责任单位 |\n"
        "8 |\n新增托位三百个。 |\n甲 某 |\n县教育局 |\n县各有关单位 |\n"
        "9 |\n新建公园两处。 |\n乙 某 |\n县住建局 |\n各镇 |"
    )
    plan = read_text(text)
    assert [(t.number, t.text, t.lead_units, t.support_units) for t in plan.tasks] == [
        ("8", "新增托位三百个。", ("县教育局",), ("县各有关单位",)),
        ("9", "新建公园两处。", ("县住建局",), ("各镇",)),
    ]
    assert plan.tasks[0].extras == (("分管县领导", "甲某"),)


def test_headings_between_cells_copied_one_per_line_are_sections():
    text = (
        "序号\n重点任务\n主要责任单位\n协同配合单位\n一、预期目标\n3\n投资增长百分之七。\n县发改委\n"
        "县工信局、县住建局、县交通局、县水利局、县农业农村局、县教育局，各乡镇人民政府、街道办事处。\n"
        "二、扩大投资\n三、改善民生\n8\n建设小学两所。\n县教育局\n县政府有关部门。"
    )
    assert [(t[0], t[1], len(t[3])) for t in tasks(text)] == [
        ("3", ("一、预期目标",), 8),
        ("8", ("三、改善民生",), 2),
    ]


def test_traditional_characters_in_labels_and_names_are_understood_and_kept():
    text = (
        "一、公開\n1.公開預算。(縣財政局牽頭,縣直相關單位和各鄉鎮(街道)按職責分工負責)\n"
        "2.公開規劃。\n牽頭單位:縣發展改革局\n完成時限:2022年6月底前"
    )
    first, second = read_text(text).tasks
    assert (first.lead_units, first.support_units) == (("縣財政局",), ("縣直相關單位", "各鄉鎮(街道)"))
    assert (second.lead_units, str(second.deadlines[0].date)) == (("縣發展改革局",), "2022-06-30")


def test_a_body_with_a_rule_in_brackets_behind_it_is_kept():
    text = (
        "1.支持企业。\n责任单位：市经信局、市税务局（列第一位者为工作牵头单位，下同）\n"
        "2.扩大投资。\n责任单位：市发改委、市财政局"
    )
    assert [(t.lead_units, t.units) for t in read_text(text).tasks] == [
        (("市经信局",), ("市经信局", "市税务局")),
        (("市发改委",), ("市发改委", "市财政局")),
    ]


def test_bodies_with_what_they_do_are_read_without_it():
    (task,) = read_text(
        "1.建设示范村。责任分工：县规划局负责开展规划编制工作，所在乡镇人民政府组织实施，县直有关部门配合，"
        "县住建局业务检查指导。"
    ).tasks
    assert task.units == ("县规划局", "所在乡镇人民政府", "县直有关部门", "县住建局")


def test_offices_of_a_body_stay_with_its_name():
    (task,) = read_text("1.公开处罚结果。（牵头单位：县环保局相关业务科室）").tasks
    assert task.units == ("县环保局相关业务科室",)


def test_a_label_inside_a_heading_without_line_breaks_ends_it():
    text = (
        "二、目标任务（一）饮用水治理指标：合格率达95%以上。工作任务：1.开展监测。（县卫健局）"
        "2.加强抽检。（县市场监管局）"
    )
    assert [t[1] for t in tasks(text)] == [("二、目标任务", "（一）饮用水")] * 2
