"""台账公文: letters as Word files that an office can still change."""

import io
from datetime import date

import pytest
from docx import Document

from gongkai.ledger.letters import lookback_report, supervision_letter
from gongkai.ledger.services import lookback, supervision
from scripts.ledger_letters import FOLDER, main

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]


def words_of(content):
    """Everything that stands in a letter."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


@pytest.fixture
def opened(assignment, task, unit, office):
    """Supervision of two tasks, one of them late."""
    body = unit("区教育局")
    late = assignment(task(cycle="fixed", due_on=date(2021, 6, 30), number="9", text="公开<规划>。"), body)
    soon = assignment(task(number="10"), body)
    return supervision.open_supervision(
        unit=body,
        assignments=[late, soon],
        demand="请于期限内报送，并说明原因 & 措施。",
        answer_by=date(2021, 7, 16),
        by=office(),
        today=date(2021, 7, 9),
    )


def test_the_notice_of_supervision_names_unit_tasks_demand_and_day(opened, settings):
    said = words_of(supervision_letter(opened))
    for words in (
        "督办通知单",
        "督办〔2021〕1号",
        "示例区区教育局：",
        "下列2项任务",
        "公开<规划>。",
        "2021年6月30日",
        "9天",
        "未逾期",
        "请于期限内报送，并说明原因 & 措施。",
        "请于2021年7月16日前",
        "2021年7月9日",
        settings.SITE["office"],
    ):
        assert words in said
    assert "{{" not in said
    assert "{%" not in said


def test_the_report_on_a_look_back_counts_and_lists_every_entry(plan, task, assignment, office, today):
    last = plan(year=2020)
    for number in ("1", "2", "3"):
        assignment(task(last, number=number, cycle="fixed", due_on=date(2020, 9, 30)))
    looked = lookback.start_lookback(last, by=office(), today=today)
    first, second, _ = looked.entries.all()
    lookback.verify_entry(first, finding="页面已核对", by=office(), today=today)
    lookback.order_entry(second, finding="缺2020年数据", mend_by=date(2021, 5, 1), by=office(), today=today)
    said = words_of(lookback_report(looked, today=date(2021, 5, 10)))
    for words in (
        "关于2020年工作要点落实情况回头看的报告",
        "应核查3项",
        "核查属实1项，责令整改中1项，已整改待复核0项，尚未核查1项",
        "已超过整改时限的1项",
        "页面已核对",
        "缺2020年数据",
        "尚未核查",
        "2021年5月10日",
    ):
        assert words in said


def test_the_templates_that_lie_in_the_house_are_those_that_the_script_writes(tmp_path):
    main(tmp_path)
    for name in ("supervision.docx", "lookback.docx"):
        made, kept = Document(tmp_path / name), Document(FOLDER / name)
        assert [each.text for each in made.paragraphs] == [each.text for each in kept.paragraphs]
        assert made.element.body.xml == kept.element.body.xml


def test_an_office_may_put_its_own_template_in_place(opened, settings, tmp_path):
    own = Document()
    own.add_paragraph("某区自定格式 {{ number }}")
    (tmp_path / "ledger").mkdir()
    own.save(tmp_path / "ledger" / "supervision.docx")
    settings.LETTERS = str(tmp_path)
    assert words_of(supervision_letter(opened)).strip() == "某区自定格式 督办〔2021〕1号"
