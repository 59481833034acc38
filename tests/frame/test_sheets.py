"""Sheets: laid out as offices print them, and no formula comes in through what people typed."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.frame.sheets import Head, download, workbook

HEADS = [Head("序号", 6), Head("任务", 50), Head("时限", 12)]


def opened(rows: list[list[object]], title: str = "工作台账") -> Worksheet:
    sheet = load_workbook(BytesIO(workbook(title, HEADS, rows, note="导出日期：2021-06-15"))).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_the_title_spans_the_sheet_and_the_head_repeats_on_every_page() -> None:
    sheet = opened([[1, "公开规划", date(2021, 12, 31)]])
    assert sheet["A1"].value == "工作台账"
    assert {str(part) for part in sheet.merged_cells.ranges} == {"A1:C1", "A2:C2"}
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "A4"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.column_dimensions["B"].width == 50
    assert sheet["B4"].alignment.wrap_text
    assert sheet["B4"].border.left.style == "thin"


def test_numbers_and_days_stay_numbers_and_days() -> None:
    sheet = opened([[7, True, datetime(2021, 6, 15, 8, 5, tzinfo=UTC)], [None, "", date(2021, 6, 30)]])
    assert sheet["A4"].value == 7
    assert sheet["B4"].value == "是"
    assert sheet["C4"].value == datetime(2021, 6, 15, 16, 5)  # noqa: DTZ001 (a sheet knows no time zone)
    assert sheet["C5"].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize("typed", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1"])
def test_what_looks_like_a_formula_stays_text(typed: str) -> None:
    cell = opened([[1, typed, None]])["B4"]
    assert cell.data_type == "s"
    assert cell.value == typed
    assert cell.quotePrefix


def test_control_marks_and_very_long_text_do_not_break_the_file() -> None:
    sheet = opened(
        [[1, "甲\x00乙\x0b" + "长" * 40_000, None]],
        title="台账[2021]/区:县*?很长很长很长很长很长很长很长很长",
    )
    assert str(sheet["B4"].value).startswith("甲乙长")
    assert len(sheet.title) <= 31


def test_the_file_keeps_its_chinese_name() -> None:
    answer = download("工作台账20210615", b"x")
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%B7%A5%E4%BD%9C%E5%8F%B0%E8%B4%A620210615.xlsx"
    )


def test_a_row_is_as_high_as_its_longest_cell_needs() -> None:
    sheet = opened([[1, "短", ""], [2, "长" * 200, ""]])
    assert sheet.row_dimensions[5].height > 4 * sheet.row_dimensions[4].height
