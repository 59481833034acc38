"""Excel 部件: a workbook as its sheets, rows and cells, with what is hidden in them; quick and careful."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.datetime import from_excel

from gongkai.frame.opening.limits import MAX_CELLS, MAX_ROWS, MAX_SHEETS, too_large
from gongkai.frame.opening.packed import BROKEN, Package, local
from gongkai.frame.opening.unreadable import Unreadable

_BOOK = "xl/workbook.xml"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TRUE = ("1", "true", "on")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
MAX_COLUMN = 500

Merge = tuple[int, int, int, int]  # left, top, right, bottom; from 1


@dataclass
class Line:
    """A row (行) with its number, its cells by column, and whether it is shown."""

    number: int
    hidden: bool
    cells: dict[int, str]


@dataclass
class Sheet:
    """A sheet (工作表)."""

    name: str
    hidden: bool
    lines: list[Line] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    pictures: int = 0


def column_name(number: int) -> str:
    """The letters of a column (列号).

    >>> column_name(28)
    'AB'
    """
    return get_column_letter(number)


class Book:
    """A workbook opened with care (工作簿)."""

    def __init__(self, content: bytes) -> None:
        self.package = Package(content)
        if _BOOK not in self.package:
            raise Unreadable(BROKEN)

    def sheets(self) -> Iterator[Sheet]:
        """Its sheets in order, the hidden ones too (全部工作表)."""
        targets = self._relations(_BOOK)
        for number, sheet in enumerate(self._list()):
            if number >= MAX_SHEETS:
                raise too_large(f"超过 {MAX_SHEETS} 个工作表")
            part = targets.get(sheet.get(f"{_RELATIONS}id") or "", "")
            shown = (sheet.get("state") or "visible") == "visible"
            found = Sheet(sheet.get("name") or f"工作表{number + 1}", not shown)
            if part in self.package and "worksheets/" in part:
                self._fill(found, part)
            yield found

    def _list(self) -> list[etree._Element]:
        root = self.package.tree(_BOOK)
        return [each for each in root.iter() if local(each) == "sheet"]

    def _relations(self, part: str) -> dict[str, str]:
        """The parts that a part names, by their key."""
        folder, _, name = part.rpartition("/")
        listed = f"{folder}/_rels/{name}.rels"
        if listed not in self.package:
            return {}
        return {
            each.get("Id") or "": _path(folder, each.get("Target") or "")
            for each in self.package.tree(listed)
            if local(each) == "Relationship" and (each.get("TargetMode") or "") != "External"
        }

    @cached_property
    def _strings(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.package:
            return []
        root = self.package.tree("xl/sharedStrings.xml")
        return [_said(entry) for entry in root if local(entry) == "si"]

    @cached_property
    def _formats(self) -> list[str]:
        """For each style of a cell, how it shows a number: as a day, as a share, or plainly."""
        if "xl/styles.xml" not in self.package:
            return []
        root = self.package.tree("xl/styles.xml")
        own = {e.get("numFmtId"): e.get("formatCode") or "" for e in root.iter() if local(e) == "numFmt"}
        styles = next((part for part in root if local(part) == "cellXfs"), ())
        codes = (style.get("numFmtId") or "0" for style in styles)
        return [_format(own.get(code) or BUILTIN_FORMATS.get(_int(code), "")) for code in codes]

    def _fill(self, sheet: Sheet, part: str) -> None:
        root = self.package.tree(part)
        cells = 0
        for piece in root:
            match local(piece):
                case "cols":
                    sheet.hidden_columns = _hidden_columns(piece)
                case "sheetData":
                    for line in self._lines(piece):
                        cells += len(line.cells)
                        if len(sheet.lines) > MAX_ROWS or cells > MAX_CELLS:
                            raise too_large("表格过大")
                        sheet.lines.append(line)
                case "mergeCells":
                    sheet.merges = [merge for each in piece if (merge := _merge(each.get("ref") or ""))]
                case "drawing" | "legacyDrawing" | "picture":
                    sheet.pictures += local(piece) == "drawing"
        for target in self._relations(part).values():
            if "comments" in target.lower() and target in self.package:
                sheet.comments += self._comments(target)

    def _comments(self, part: str) -> list[str]:
        notes = (each for each in self.package.tree(part).iter() if local(each) == "comment")
        return [said for each in notes if (said := _said(each))]

    def _lines(self, data: etree._Element) -> Iterator[Line]:
        number = 0
        for row in data:
            number = _int(row.get("r") or "") or number + 1
            cells: dict[int, str] = {}
            column = 0
            for cell in row:
                column = _column(cell.get("r") or "") or column + 1
                if column <= MAX_COLUMN and (said := self._value(cell)):
                    cells[column] = said
            hidden = (row.get("hidden") or "") in _TRUE
            if cells or hidden:
                yield Line(number, hidden, cells)

    def _value(self, cell: etree._Element) -> str:
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            return _said(cell)
        value = next((part.text or "" for part in cell if local(part) == "v"), "")
        if not value:
            return ""
        if kind == "s":
            place = _int(value)
            return self._strings[place] if place < len(self._strings) else ""
        if kind == "b":
            return "是" if value == "1" else "否"
        if kind in ("str", "e", "d"):
            return _plain(value)
        return self._number(value, _int(cell.get("s") or "0"))

    def _number(self, value: str, style: int) -> str:
        """A number as people read it: a day as a day, no 1.38E10 for a telephone."""
        try:
            amount = float(value)
        except ValueError:
            return value
        shape = self._formats[style] if style < len(self._formats) else ""
        if shape == "day":
            return _day(amount) or value
        if shape:
            return f"{amount * 100:.{shape.count('0')}f}%"
        if amount.is_integer() and abs(amount) < 1e20:
            return str(int(value)) if value.lstrip("-").isdigit() else str(int(amount))
        return repr(round(amount, 10)) if "." in value else value


def _format(code: str) -> str:
    """``day``, the decimals of a share as noughts with a sign, or nothing."""
    if is_date_format(code):
        return "day"
    return "%" + "0" * code.partition(".")[2].count("0") if code.endswith("%") else ""


def _day(amount: float) -> str:
    try:
        found = from_excel(amount)
    except (ValueError, OverflowError, TypeError):
        return ""
    if isinstance(found, datetime.datetime):
        return f"{found.year}年{found.month}月{found.day}日"
    return str(found) if found is not None else ""


def _path(folder: str, target: str) -> str:
    """Where a named part lies in the package."""
    if target.startswith("/"):
        return target[1:]
    pieces = folder.split("/")
    for step in target.split("/"):
        if step == "..":
            pieces = pieces[:-1]
        elif step != ".":
            pieces.append(step)
    return "/".join(pieces)


def _said(element: etree._Element) -> str:
    """The words of a cell; the reading aids (phonetic) are left out."""
    pieces = [
        text.text or ""
        for text in element.iter()
        if local(text) == "t" and not any(local(above) == "rPh" for above in text.iterancestors())
    ]
    return _plain("".join(pieces))


def _plain(text: str) -> str:
    typed = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
    return typed.replace("\r\n", "\n").replace("\r", "").strip()


def _int(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _column(reference: str) -> int:
    letters = reference.rstrip("0123456789")
    if not letters or len(letters) > 3 or not (letters.isascii() and letters.isalpha()):
        return 0
    return column_index_from_string(letters)


def _hidden_columns(piece: etree._Element) -> set[int]:
    found: set[int] = set()
    for column in piece:
        if (column.get("hidden") or "") in _TRUE:
            first, last = _int(column.get("min") or ""), _int(column.get("max") or "")
            found.update(range(first, min(last, MAX_COLUMN) + 1))
    return found


def _merge(reference: str) -> Merge | None:
    try:
        left, top, right, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        return None
    return (left, top, right, bottom) if left and top and right and bottom else None
