"""Letters: templates as files, the office's own in front, blanks filled and checked."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.test import override_settings
from docx import Document
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from gongkai.frame.letters import render, template_path
from gongkai.frame.paper import Paper


@pytest.fixture
def office(tmp_path: Path) -> Path:
    paper = Paper()
    paper.title("督办通知单")
    paper.addressee("{{ unit }}：")
    paper.body("“{{ task }}”应于{{ due|date_zh }}前完成。")
    paper.table(
        ["序号", "任务"], ["{{ each.number }}", "{{ each.text }}"], loop="each in tasks", widths=[20, 136]
    )
    paper.signature("{{ office }}", "{{ today|date_zh }}")
    paper.save(tmp_path / "ledger" / "supervision_test.docx")
    with override_settings(LETTERS=str(tmp_path)):
        yield tmp_path


WORDS = {
    "unit": "区示例局",
    "task": "公开<规划> & 计划",
    "due": date(2021, 6, 5),
    "tasks": [{"number": 1, "text": "甲"}, {"number": 2, "text": "乙"}],
    "office": "区政府办公室",
    "today": date(2021, 6, 15),
}


def test_the_blanks_are_filled_and_tables_grow(office: Path) -> None:
    letter = Document(BytesIO(render("ledger", "supervision_test", WORDS)))
    text = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    assert "区示例局：" in text
    assert "“公开<规划> & 计划”应于2021年6月5日前完成。" in text
    assert [[cell.text for cell in row.cells] for row in letter.tables[0].rows] == [
        ["序号", "任务"],
        ["1", "甲"],
        ["2", "乙"],
    ]


def test_the_page_is_laid_out_as_official_papers_are(office: Path) -> None:
    section = Document(str(office / "ledger" / "supervision_test.docx")).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(each.mm) for each in margins] == [37, 35, 28, 26]
    assert round(section.page_width.mm) == 210


def test_a_blank_that_nobody_fills_is_an_error_and_not_a_gap(office: Path) -> None:
    with pytest.raises(UndefinedError):
        render("ledger", "supervision_test", {"unit": "区示例局"})


def test_a_template_cannot_reach_into_the_program(office: Path) -> None:
    paper = Paper()
    paper.body("{{ unit.__class__.__mro__ }}")
    paper.save(office / "ledger" / "bad.docx")
    with pytest.raises(SecurityError):
        render("ledger", "bad", {"unit": "区示例局"})


def test_without_a_file_of_the_office_the_room_s_own_template_serves(office: Path) -> None:
    assert template_path("ledger", "supervision_test").is_relative_to(office)
    assert template_path("ledger", "other").parts[-3:] == ("ledger", "letters", "other.docx")
