"""表格导出: .xlsx files laid out as offices print them, and safe against formulas in what people typed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, cast

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767  # characters that one cell may hold
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BORDER = Border(*(Side("thin", color="000000"),) * 4)
_TINT = PatternFill("solid", "E8F0F8")
_A4 = 9
_LINE, _AIR, _HIGHEST = (
    14.0,
    4.0,
    409.0,
)  # points: a line of 10.5, what stands above and below, the most that Excel takes
_STYLE = "_style"  # openpyxl's own documentation copies it so; its type stubs leave it out


@dataclass(frozen=True, slots=True)
class Head:
    """One column of the sheet (表头): its title, and its width in characters of Latin type."""

    label: str
    width: float = 14


@dataclass(frozen=True, slots=True)
class Band:
    """A row that is one line over the whole width (分组行): the heading of the rows below it."""

    text: str


def _styles() -> list[NamedStyle]:
    text, middle = Font("宋体", 10.5), Alignment("center", "center", wrap_text=True)
    left = Alignment("left", "center", wrap_text=True)
    return [
        NamedStyle("gk-title", font=Font("方正小标宋简体", 18), alignment=Alignment("center", "center")),
        NamedStyle("gk-note", font=text, alignment=Alignment("right", "center")),
        NamedStyle("gk-head", font=Font("黑体", 11), alignment=middle, border=_BORDER, fill=_TINT),
        NamedStyle("gk-band", font=Font("黑体", 11), alignment=left, border=_BORDER),
        NamedStyle("gk-text", font=text, alignment=left, border=_BORDER),
        NamedStyle("gk-number", font=text, alignment=middle, border=_BORDER),
        NamedStyle("gk-date", font=text, alignment=middle, border=_BORDER, number_format="yyyy-mm-dd"),
        NamedStyle("gk-time", font=text, alignment=middle, border=_BORDER, number_format="yyyy-mm-dd hh:mm"),
    ]


def plain(value: object) -> Any:
    """What may stand in a cell (单元格值): numbers, days and clean text; yes and no as 是 and 否."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "是", False: "否"}[value]
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, int | float | date):
        return value
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST]


class _Pens:
    """Writes cells in the styles of the sheet; a style is looked up once, not for each cell (样式笔)."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.styles = {style.name: self._styled(style.name) for style in _styles()}
        self.styles["gk-quoted"] = self._styled("gk-text", quoted=True)

    def _styled(self, name: str, *, quoted: bool = False) -> StyleArray:
        model = WriteOnlyCell(self.sheet)
        model.style = name
        model.quotePrefix = quoted
        return cast("StyleArray", getattr(model, _STYLE))

    def write(self, value: object, style: str = "") -> Cell:
        """One cell; text stays text, so that a formula in a name or a reason is never run."""
        content = plain(value)
        cell = WriteOnlyCell(self.sheet, content)
        if isinstance(content, str):
            cell.data_type = "s"
        setattr(cell, _STYLE, self.styles[style or _style_for(content)])
        return cell


def _style_for(content: object) -> str:
    if isinstance(content, str):
        return "gk-quoted" if content.startswith(_FORMULA) else "gk-text"
    if isinstance(content, datetime):
        return "gk-time"
    return "gk-date" if isinstance(content, date) else "gk-number"


def _lay_out(sheet: Worksheet, heads: Sequence[Head], top: int) -> None:
    """Paper, widths, the head that repeats on each page and stays in view (页面设置)."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    if sheet.oddFooter:
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.freeze_panes = f"A{top + 1}"
    for place, head in enumerate(heads, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = head.width
    sheet.row_dimensions[1].height = 32


def _height(texts: Sequence[object], heads: Sequence[Head]) -> float:
    """The height that a row needs (行高), in points: WPS and others do not stretch rows by themselves."""
    lines = max((_lines(text, head.width) for text, head in zip(texts, heads, strict=False)), default=1)
    return min(lines * _LINE + _AIR, _HIGHEST)


def _lines(value: object, width: float) -> int:
    if not isinstance(value, str):
        return 1
    room = max(int(width) - 2, 1)  # in Latin letters; a Chinese sign takes two, as it does in GBK
    return sum(max(-(-len(line.encode("gbk", "replace")) // room), 1) for line in value.split("\n"))


def _merge(sheet: Worksheet, row: int, width: int) -> None:
    sheet.merged_cells.add(CellRange(min_col=1, max_col=width, min_row=row, max_row=row))


def _tab(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "表"


def workbook(
    title: str, heads: Sequence[Head], rows: Iterable[Sequence[object] | Band], *, note: str = ""
) -> bytes:
    """One sheet (工作表): a title over the whole width, a note, the head, a frame around every cell.

    Rows are written as they come, so that a hundred thousand need little memory.
    """
    book = Workbook(write_only=True)
    for named in _styles():
        book.add_named_style(named)
    sheet = cast("Worksheet", book.create_sheet(_tab(title)))
    tops = [(title, "gk-title"), (note, "gk-note")][: 2 if note else 1]
    _lay_out(sheet, heads, len(tops) + 1)
    pens = _Pens(sheet)
    for place, (text, style) in enumerate(tops, start=1):
        sheet.append([pens.write(text, style)])
        _merge(sheet, place, len(heads))
    sheet.append([pens.write(head.label, "gk-head") for head in heads])
    for place, row in enumerate(rows, start=len(tops) + 2):
        if isinstance(row, Band):
            _merge(sheet, place, len(heads))
            sheet.append([pens.write(row.text, "gk-band")])
        else:
            sheet.row_dimensions[place].height = _height(row, heads)
            sheet.append([pens.write(value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def download(name: str, content: bytes) -> HttpResponse:
    """The sheet as a file to save (下载); *name* without ending, in Chinese as it comes."""
    answer = HttpResponse(content, content_type=XLSX)
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    return answer
