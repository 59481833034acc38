"""Ways in which plans say who does what by when, one by one."""

import pytest

from gongkai.ledger.reader import DeadlineKind, PlanTask, read_plan, read_text
from gongkai.ledger.reader.labels import column_kind


def only(text: str, year: int | None = 2021) -> PlanTask:
    (task,) = read_text(text, year).tasks
    return task


def who(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Lead, support and other bodies of a statement."""
    task = only(f"1.公开预算。{text}")
    others = tuple(b.name for b in task.bodies if b.name not in (*task.lead_units, *task.support_units))
    return task.lead_units, task.support_units, others


@pytest.mark.parametrize(
    ("text", "lead", "support", "others"),
    [
        ("（责任单位：区财政局、区审计局）", (), (), ("区财政局", "区审计局")),
        ("(责任单位:区财政局）", (), (), ("区财政局",)),
        ("【责任单位区财政局】", (), (), ("区财政局",)),
        ("责\n任单位：区财\n政局", (), (), ("区财政局",)),
        ("（区财政局牵头，区审计局、区税务局配合）", ("区财政局",), ("区审计局", "区税务局"), ()),
        ("（区财政局、区税务局牵头，各镇街按职责分工负责）", ("区财政局", "区税务局"), ("各镇街",), ()),
        ("（区财政局，区审计局配合）", (), ("区审计局",), ("区财政局",)),
        ("（区财政局牵头，区审计局配合，相关乡镇落实）", ("区财政局",), ("区审计局", "相关乡镇"), ()),
        ("（牵头单位：区财政局；责任单位：各镇街）", ("区财政局",), ("各镇街",), ()),
        (
            "牵头单位：区财政局配合单位：区审计局实施单位：区城投公司",
            ("区财政局",),
            ("区审计局",),
            ("区城投公司",),
        ),
        ("（责任单位：区财政局（牵头）、区审计局）", ("区财政局",), ("区审计局",), ()),
        ("由区财政局牵头，区审计局配合。", ("区财政局",), ("区审计局",), ()),
        ("（区财政局、区审计局负责，排在第一位的为牵头单位）", ("区财政局",), ("区审计局",), ()),
    ],
)
def test_lead_and_support_are_told_apart(text, lead, support, others):
    assert who(text) == (lead, support, others)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("各镇、街道，区直各部门", ("各镇、街道", "区直各部门")),
        ("各市、县（市、区）人民政府、省财政厅", ("各市、县（市、区）人民政府", "省财政厅")),
        ("区文化和旅游局和区财政局", ("区文化和旅游局", "区财政局")),
        ("各有关部门和单位、各省级人民政府", ("各有关部门和单位", "各省级人民政府")),
        ("区办公室（政策法规处）、区委编办", ("区办公室（政策法规处）", "区委编办")),
        ("区住建局（人防办、房管中心）", ("区住建局（人防办、房管中心）",)),
        ("年度目录涉及的区政府部门单位", ("年度目录涉及的区政府部门单位",)),
        ("区财政局区审计局", ("区财政局", "区审计局")),
    ],
)
def test_names_are_kept_as_printed(names, expected):
    assert only(f"1.公开预算。（责任单位：{names}）").units == expected


@pytest.mark.parametrize(
    ("names", "units", "others"),
    [
        ("区财政局等部门", ("区财政局",), "等部门"),
        ("区财政局、区审计局等有关部门负责", ("区财政局", "区审计局"), "等有关部门"),
        ("区财政局等和各镇人民政府", ("区财政局", "各镇人民政府"), "等"),
        ("区财政局等部门和企业按职责分工负责", ("区财政局",), "等部门和企业"),
    ],
)
def test_open_lists_say_that_they_are_open(names, units, others):
    task = only(f"1.公开预算。（责任单位：{names}）")
    assert (task.units, task.others_text) == (units, others)
    assert "open" in [doubt.code for doubt in task.doubts]


def test_a_dropped_prefix_is_offered_but_the_name_stays():
    task = only("1.公开预算。（责任单位：区旅发委、经发局、平潭海关，税务局）")
    assert [(b.name, b.resolved) for b in task.bodies] == [
        ("区旅发委", ""),
        ("经发局", "区经发局"),
        ("平潭海关", ""),
        ("税务局", ""),
    ]


@pytest.mark.parametrize(
    ("words", "kind", "day"),
    [
        ("2021年年底前完成", "fixed", "2021-12-31"),
        ("今年年底前完成", "fixed", "2021-12-31"),
        ("6月底前完成", "fixed", "2021-06-30"),
        ("２０２１年９月３０日前完成", "fixed", "2021-09-30"),
        ("第三季度末前完成", "fixed", "2021-09-30"),
        ("上半年内完成", "fixed", "2021-06-30"),
        ("明年3月底前完成", "fixed", "2022-03-31"),
        ("年内完成", "fixed", "2021-12-31"),
        ("每月10日前报送", "monthly", "None"),
    ],
)
def test_time_limits_in_a_sentence_become_days(words, kind, day):
    (limit,) = only(f"1.公开预算，{words}。（责任单位：区财政局）").deadlines
    assert (limit.kind.value, str(limit.date)) == (kind, day)


@pytest.mark.parametrize(
    "words",
    [
        "5小时内发布",
        "5年内建成",
        "按月统计",
        "对2019年以来的文件",
        "截至2019年底，",
        "近三年内",
        "2021年重点工作",
    ],
)
def test_time_rules_and_periods_are_no_deadlines(words):
    assert only(f"1.公开预算，{words}。（责任单位：区财政局）").deadlines == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("长期坚持", DeadlineKind.YEARROUND),
        ("每季度", DeadlineKind.QUARTERLY),
        ("每半年", DeadlineKind.HALFYEAR),
        ("2021年10月", DeadlineKind.FIXED),
        ("视情况而定", DeadlineKind.UNKNOWN),
    ],
)
def test_a_labelled_time_limit_is_kept_whole(words, kind):
    task = only(f"1.公开预算。责任单位：区财政局 完成时限：{words}")
    assert (task.deadline_text, task.deadlines[0].kind) == (words, kind)


def test_lists_and_quotations_inside_a_task_open_no_task():
    text = (
        "1.落实“三张清单”：1.项目清单；2.问题清单；3.责任清单。（责任单位：区发改局）\n"
        "2.公开预算。（责任单位：区财政局）"
    )
    assert [task.number for task in read_text(text).tasks] == ["1", "2"]


def test_bodies_after_the_last_sub_item_belong_to_the_item():
    text = (
        "1.完善预案\n"
        "（1）编制预案。\n"
        "（2）开展演练。\n"
        "（责任单位：区应急局）\n"
        "2.健全机制\n"
        "（1）建队伍。\n"
        "（2）备物资。\n"
        "（责任单位：区民政局）"
    )
    assert [(task.number, task.units) for task in read_text(text).tasks] == [
        ("1", ("区应急局",)),
        ("2", ("区民政局",)),
    ]


def test_sub_items_with_their_own_bodies_are_tasks():
    text = "1.公开规划\n（1）公开规划。（责任单位：区发改局）\n（2）归集规划。（责任单位：区资源局）"
    tasks = read_text(text).tasks
    assert [(t.number, t.section_path, t.units) for t in tasks] == [
        ("1", ("1.公开规划",), ("区发改局",)),
        ("2", ("1.公开规划",), ("区资源局",)),
    ]


def test_general_headings_are_no_tasks():
    text = (
        "一、总体要求\n"
        "坚持公开。\n"
        "二、重点任务\n"
        "（一）公开预算。区财政局负责。\n"
        "三、保障措施\n"
        "（一）加强领导。各单位要重视。"
    )
    assert [task.text for task in read_text(text).tasks] == ["公开预算。"]


def test_a_plan_that_names_nobody_is_read_with_doubts():
    text = "2021年要点\n一、公开\n（一）公开规划。做好归集。\n（二）公开预算。\n二、解读\n（一）同步解读。"
    tasks = read_text(text).tasks
    assert len(tasks) == 3
    assert {doubt.code for task in tasks for doubt in task.doubts} == {"nobody"}


def test_cells_copied_one_per_line_are_a_table():
    text = (
        "序号\n"
        "重点任务\n"
        "责任单位\n"
        "完成时限\n"
        "1\n"
        "公开预算，细化到项。\n"
        "区财政局\n"
        "3月底前\n"
        "2\n"
        "公开规划。\n"
        "区发改局、各镇街\n"
        "长期坚持"
    )
    assert [(t.number, t.units, t.deadline_text) for t in read_text(text).tasks] == [
        ("1", ("区财政局",), "3月底前"),
        ("2", ("区发改局", "各镇街"), "长期坚持"),
    ]


def test_persons_are_kept_but_are_no_bodies():
    task = only("1.公开预算。责任领导：某某 责任单位：区财政局 责任人：某某某")
    assert (task.units, dict(task.extras)) == (("区财政局",), {"责任领导": "某某", "责任人": "某某某"})


def test_contact_persons_in_a_notice_make_no_task():
    text = (
        "关于印发要点的通知\n"
        "一、各单位要重视。联系人：某某，联系电话：123。\n"
        "二、做好总结。\n"
        "附件\n"
        "2021年工作要点\n"
        "1.公开预算。（责任单位：区财政局）"
    )
    assert [task.number for task in read_text(text).tasks] == ["1"]


def test_a_heading_over_two_header_rows_is_understood():
    rows = [
        "<tr><td rowspan=2>序号</td><td rowspan=2>工作任务</td><td colspan=2>责任单位</td></tr>",
        "<tr><td>牵头单位</td><td>配合单位</td></tr>",
        "<tr><td colspan=4>一、加强公开</td></tr>",
        "<tr><td>1</td><td>公开预算。</td><td>区财政局</td><td>各镇街</td></tr>",
    ]
    (task,) = read_plan(f"<html><body><table>{''.join(rows)}</table></body></html>".encode()).tasks
    assert (task.section_path, task.lead_units, task.support_units) == (
        ("一、加强公开",),
        ("区财政局",),
        ("各镇街",),
    )
    assert (task.span.row, task.span.cell) == (4, 2)


def test_one_task_over_several_rows_gathers_its_bodies():
    rows = [
        "<tr><td>工作任务</td><td>责任单位</td><td>完成时限</td></tr>",
        "<tr><td rowspan=2>公开预算。</td><td>区财政局</td><td>3月</td></tr>",
        "<tr><td>区审计局</td><td>9月</td></tr>",
    ]
    (task,) = read_plan(f"<html><body><table>{''.join(rows)}</table></body></html>".encode(), year=2021).tasks
    assert (task.units, task.deadline_text) == (("区财政局", "区审计局"), "3月；9月")


@pytest.mark.parametrize(
    "head", ["序号", "重点任务", "工作内容", "责任单位", "完成时限", "牵头单位", "配合单位", "备注"]
)
def test_usual_heads_are_known(head):
    assert column_kind(head) is not None


def test_heading_rows_between_tasks_open_sections_and_repeat_nothing():
    text = (
        "2021年台账\n序号\t工作任务\t具体措施\t责任单位\t完成时限\n一、重点公开\n1\t规划公开\t公开纲要\t区发改局\t6月底\n"
        "2\t\t归集历史规划\t区资源局\t9月底\n二、政策解读\n3\t解读回应\t同步解读\t区政府办\t全年"
    )
    assert [(t.number, t.section_path, t.text) for t in read_text(text).tasks] == [
        ("1", ("一、重点公开", "规划公开"), "公开纲要"),
        ("2", ("一、重点公开", "规划公开"), "归集历史规划"),
        ("3", ("二、政策解读", "解读回应"), "同步解读"),
    ]


def test_a_lasting_limit_beside_the_bodies_is_a_time_limit():
    task = only("1.公开预算。（区财政局负责，长期坚持）")
    assert (task.units, task.deadline_text) == (("区财政局",), "长期坚持")


def test_a_plan_without_numbers_is_read_by_its_paragraphs():
    text = "一、公开\n——公开规划。（责任单位：区发改局）\n——公开预算。（责任单位：区财政局）"
    assert [(t.number, t.text, t.section_path) for t in read_text(text).tasks] == [
        ("", "公开规划。", ("一、公开",)),
        ("", "公开预算。", ("一、公开",)),
    ]


def test_sentences_of_one_item_that_each_name_bodies_are_tasks_of_their_own():
    text = (
        "3.提升创新。支持中心建设。（责任单位：区科技局）推进重组升级。（责任单位：区财政局、区科技局）\n"
        "4.做好公开。（区政府办负责）"
    )
    plan = read_text(text)
    assert [(t.number, t.text, t.units) for t in plan.tasks] == [
        ("3-1", "提升创新。支持中心建设。", ("区科技局",)),
        ("3-2", "推进重组升级。", ("区财政局", "区科技局")),
        ("4", "做好公开。", ("区政府办",)),
    ]
    assert [[doubt.code for doubt in task.doubts] for task in plan.tasks] == [["split"], ["split"], []]


def test_several_duties_not_told_apart_by_brackets_stay_one_task_and_are_doubted():
    task = only("1.提升创新。支持中心建设。责任单位：区科技局。推进重组升级。责任单位：区财政局。")
    assert task.units == ("区科技局", "区财政局")
    assert "several" in [doubt.code for doubt in task.doubts]


def test_a_plan_grouped_by_body_hands_it_down_to_its_tasks():
    text = (
        "2021年任务\n一、区发改局（2项）\n1.公开规划，6月底前完成。\n2.公开项目。\n"
        "二、区财政局、区税务局\n1.公开预算：\n（1）细化到项。\n（2）统一格式。"
    )
    tasks = read_text(text).tasks
    assert [(t.number, t.section_path, t.units, t.deadline_text) for t in tasks] == [
        ("1", ("一、区发改局（2项）",), ("区发改局",), "6月底前"),
        ("2", ("一、区发改局（2项）",), ("区发改局",), ""),
        ("1", ("二、区财政局、区税务局",), ("区财政局", "区税务局"), ""),
    ]
    assert tasks[2].text == "公开预算：（1）细化到项。（2）统一格式。"
    assert all("heading" in [doubt.code for doubt in task.doubts] for task in tasks)


@pytest.mark.parametrize("words", ["4月前完成", "2021年4月以前完成"])
def test_before_a_month_without_a_day_is_doubted(words):
    task = only(f"1.公开预算，{words}。（责任单位：区财政局）")
    assert str(task.deadlines[0].date) == "2021-03-31"
    assert "month" in [doubt.code for doubt in task.doubts]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "关于印发2023年区《政府工作报告》确定的任务责任分解方案的通知\n各部门：\n"
            "《2023年区〈政府工作报告〉确定的任务责任分解方案》印发给你们。\n一、公开。（区财政局负责）",
            "2023年区《政府工作报告》确定的任务责任分解方案",
        ),
        ("县政府\n2023年6月30日\n优化服务的若干措施\n一、公开。（区财政局负责）", "优化服务的若干措施"),
        ("衡山縣2021年工作要點\n一、公開。（縣財政局負責）", "衡山縣2021年工作要點"),
        (
            "贯彻《省政府办公厅关于印发2021年要点的通知》，现将《2021年全区公开工作要点》印发给你们。\n"
            "一、公开。（区财政局负责）",
            "2021年全区公开工作要点",
        ),
    ],
)
def test_the_title_is_that_of_the_plan_and_not_of_what_it_mentions(text, title):
    assert read_text(text).title == title


@pytest.mark.parametrize(
    "name",
    ["区政府各部门单位", "区直各部门单位", "各镇人民政府（街道办事处）", "区委各部门", "市级有关部门和单位"],
)
def test_the_name_of_a_group_is_never_split(name):
    assert only(f"1.公开预算。（责任单位：{name}）").units == (name,)
    assert only(f"1.公开预算。（责任单位：区财政局{name}）").units == ("区财政局", name)


def test_the_furniture_of_a_page_names_no_body():
    text = "1.公开预算。（责任单位：区财政局）\n主办单位：区政府办公室\n网站标识码：3700000000"
    assert only(text).units == ("区财政局",)
