"""工作台账表: laid out as offices print it, and read again by the reader."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from gongkai.agencies.models import Group, Kind
from gongkai.ledger.models import Task
from gongkai.ledger.reader.plan import DeadlineKind, Role
from gongkai.ledger.reader.read import read_plan
from gongkai.ledger.services import assignments, plans
from gongkai.ledger.sheets import ledger_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]

TODAY = date(2021, 7, 1)


@pytest.fixture
def year(plan, task, unit, office, assignment, report, today):
    """A plan with headings, parts, a group, every cycle."""
    mine, by = plan(), office()
    top = plans.add_section(mine, heading="一、围绕中心工作深化公开", by=by)
    below = plans.add_section(mine, heading="（一）加强政策解读", parent=top, by=by)
    other = plans.add_section(mine, heading="二、强化保障落实", by=by)
    towns = Group.objects.create(name="各镇人民政府", kinds=[Kind.TOWN])
    for _ in range(3):
        unit(kind=Kind.TOWN)
    names = {name: unit(name) for name in ("区教育局", "区财政局", "区民政局")}
    first = task(
        mine,
        section=below,
        number="1",
        text="公开重大政策，同步发布解读材料。",
        cycle="fixed",
        due_on=date(2021, 6, 30),
    )
    for name, part in (("区教育局", "lead"), ("区财政局", "lead"), ("区民政局", "support")):
        assignments.assign(first, unit=names[name], part=part, by=by, today=today)
    second = task(mine, section=below, number="2", text="=SUM(1,2) 按季度公开办理情况。", cycle="quarterly")
    assignments.assign_group(second, group=towns, part="each", by=by, today=today)
    third = task(mine, section=other, number="3", text="全年做好政府信息公开专栏的维护。")
    held = assignments.assign(third, unit=names["区民政局"], part="each", by=by, today=today)
    report(held, "accepted", text="已更新42条。", completes=True)
    return mine


def test_the_sheet_that_is_printed_can_be_imported_again(year):
    found = read_plan(ledger_sheet(year, today=TODAY), "台账.xlsx", 2021)
    assert [each.number for each in found.tasks] == ["1", "2", "3"]
    texts = [each.text.replace(" ", "") for each in found.tasks]
    assert texts == [task.text.replace(" ", "") for task in year.tasks.all()]
    assert [each.section_path for each in found.tasks] == [
        ("一、围绕中心工作深化公开", "（一）加强政策解读"),
        ("一、围绕中心工作深化公开", "（一）加强政策解读"),
        ("二、强化保障落实",),
    ]
    assert [[(body.name, body.role) for body in each.bodies] for each in found.tasks] == [
        [("区教育局", Role.LEAD), ("区财政局", Role.LEAD), ("区民政局", Role.SUPPORT)],
        [("各镇人民政府", Role.RESPONSIBLE)],
        [("区民政局", Role.RESPONSIBLE)],
    ]
    assert [(limit.kind, limit.date) for each in found.tasks for limit in each.deadlines] == [
        (DeadlineKind.FIXED, date(2021, 6, 30)),
        (DeadlineKind.QUARTERLY, None),
        (DeadlineKind.YEARROUND, None),
    ]
    assert found.year == 2021


def test_the_sheet_is_laid_out_as_offices_print_it(year):
    sheet = load_workbook(io.BytesIO(ledger_sheet(year, today=TODAY))).active
    assert sheet["A1"].value == "2021年工作要点工作台账"
    assert sheet["A2"].value == "截至2021年7月1日"
    heads = [cell.value for cell in sheet[3]]
    assert heads == [
        "序号",
        "工作任务",
        "责任单位（牵头/配合）",
        "完成时限",
        "进展情况",
        "完成状态",
        "佐证",
        "备注",
    ]
    assert {"A1:H1", "A4:H4", "A5:H5"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=6)}
    assert rows["1"][5] == "逾期"
    assert rows["3"][4:7] == ["已更新42条。", "已完成", "公开页面 https://example.gov.cn/1"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_withdrawn_task_is_not_printed_and_the_sheet_can_be_narrowed(year, office):
    first, second, _ = year.tasks.all()
    plans.withdraw_task(first, reason="修订", by=office(), today=TODAY)
    found = read_plan(ledger_sheet(year, today=TODAY), "台账.xlsx", 2021)
    assert [each.number for each in found.tasks] == ["2", "3"]
    narrow = read_plan(ledger_sheet(year, today=TODAY, tasks=[second.pk]), "台账.xlsx", 2021)
    assert [each.number for each in narrow.tasks] == ["2"]


def test_more_tasks_take_no_more_queries(year, assignment, report, task, django_assert_max_num_queries):
    for _ in range(20):
        report(assignment(task(year)), "signed")
    with django_assert_max_num_queries(8):
        ledger_sheet(year, today=TODAY)
    assert Task.objects.filter(plan=year).count() == 23
