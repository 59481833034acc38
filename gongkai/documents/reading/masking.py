"""附件脱敏: Word and Excel files written anew: masked, nothing hidden, no names left in them."""

import io
import warnings
from collections.abc import Callable
from copy import copy
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils.cell import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.documents.reading.parts import NAMED, words
from gongkai.documents.reading.word import W, drop_hidden, drop_struck
from gongkai.documents.reading.workbook import Book
from gongkai.frame.opening.packed import Package, local
from gongkai.rules.law import Refused
from gongkai.rules.personal_data.findings import Kind
from gongkai.rules.personal_data.grid import masked_grid
from gongkai.rules.personal_data.scan import find

#: office telephones may stand in a file; the rest is masked wherever it stands
MASKED = frozenset(Kind) - {Kind.PHONE}
_STYLE = "_style"  # openpyxl's own guide copies it so; its type stubs leave it out
_MAIN = "word/document.xml"
_AROUND = ("word/header", "word/footer", "word/footnotes", "word/endnotes")
_REMARKS = frozenset(["commentRangeStart", "commentRangeEnd", "commentReference"])
_TOLD = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")


def masked_file(content: bytes, kind: str) -> bytes:
    """The file fit to be published (附件脱敏); Refused for kinds that cannot be rewritten."""
    if kind not in WRITERS:
        raise Refused(f"{kind} 文件不能在系统里脱敏，请在原软件里处理后重新上传")
    return WRITERS[kind](content)


def masked_document(content: bytes) -> bytes:
    """A Word file masked (Word 脱敏): words, tables, heads and feet; no hidden words, remarks, properties."""
    package = Package(content)
    parts = {}
    for name in package.names:
        if name.endswith(".xml") and (name == _MAIN or name.startswith(_AROUND)):
            root = package.tree(name)
            _mask_words(root)
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        elif name.startswith("word/comments") and name.endswith(".xml"):
            parts[name] = _emptied(package.tree(name))
        elif name in _TOLD:
            parts[name] = _nameless(package.tree(name))
    return package.written(parts)


def _mask_words(root: etree._Element) -> None:
    drop_struck(root)
    drop_hidden(root)
    for element in [each for each in root.iter() if local(each) in _REMARKS]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for table in root.iter(f"{W}tbl"):
        _mask_table(table)
    for paragraph in root.iter(f"{W}p"):
        _mask_paragraph(paragraph)


def _mask_table(table: etree._Element) -> None:
    rows = [[cell for cell in row if local(cell) == "tc"] for row in table if local(row) == "tr"]
    said = [[" ".join(words(cell).split()) for cell in row] for row in rows]
    for (row, column), new in masked_grid(said).items():
        _write(list(rows[row][column].iter(f"{W}t")), new)


def _write(texts: list[etree._Element], new: str) -> None:
    """One piece of text instead of several."""
    for place, text in enumerate(texts):
        text.text = "" if place else new


def _mask_paragraph(paragraph: etree._Element) -> None:
    """Personal data may lie over several runs: each run keeps its own length but for the last sign."""
    texts = list(paragraph.iter(f"{W}t"))
    whole = "".join(text.text or "" for text in texts)
    for each in reversed(find(whole, kinds=MASKED)):
        _replace(texts, each.start, each.end, each.masked)


def _replace(texts: list[etree._Element], start: int, end: int, new: str) -> None:
    place = 0
    for text in texts:
        said = text.text or ""
        first, last = max(start - place, 0), min(end - place, len(said))
        if first < last:
            text.text = said[:first] + new + said[last:]
            new = ""
        place += len(said)


def _emptied(root: etree._Element) -> bytes:
    for child in list(root):
        root.remove(child)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _nameless(root: etree._Element) -> bytes:
    for element in list(root.iter()):
        if local(element) == "property":
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
        elif local(element) in NAMED:
            element.text = ""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def masked_workbook(content: bytes) -> bytes:
    """A workbook masked (Excel 脱敏): values only, nothing hidden, no remarks, pictures or properties."""
    Book(content)  # looks for bombs before openpyxl opens it
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it does not keep, and that is meant here
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    for sheet in list(book.worksheets):
        if sheet.sheet_state == "visible":
            _copied(book, sheet)
        book.remove(sheet)
    for other in list(book.chartsheets):
        book.remove(other)
    if not book.worksheets:
        raise Refused("文件里的工作表都是隐藏的，没有可公开的内容，请核对后重新上传")
    for name in [*book.defined_names]:
        del book.defined_names[name]
    book.properties = DocumentProperties(creator="")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _copied(book: Workbook, sheet: Worksheet) -> None:
    """The part of a sheet that is shown, masked, as a sheet of its own."""
    rows = [number for number in range(1, sheet.max_row + 1) if not sheet.row_dimensions[number].hidden]
    columns = _shown_columns(sheet)
    said = [[_said(sheet.cell(row, column).value) for column in columns] for row in rows]
    masked = masked_grid(said)
    title = sheet.title
    sheet.title = f"{title[:28]}-旧"
    new = book.create_sheet(title)
    for to_row, row in enumerate(rows, 1):
        if height := sheet.row_dimensions[row].height:
            new.row_dimensions[to_row].height = height
        for to_column, column in enumerate(columns, 1):
            cell = sheet.cell(row, column)
            value = masked.get((to_row - 1, to_column - 1), cell.value)
            fresh = new.cell(to_row, to_column, value)
            if cell.has_style:
                setattr(fresh, _STYLE, copy(getattr(cell, _STYLE)))
            if isinstance(value, str):
                fresh.data_type = "s"
    _lay_out(sheet, new, rows, columns)


def _lay_out(sheet: Worksheet, new: Worksheet, rows: list[int], columns: list[int]) -> None:
    """Widths, merged cells and paper as they were."""
    for to_column, column in enumerate(columns, 1):
        width = sheet.column_dimensions[get_column_letter(column)].width
        new.column_dimensions[get_column_letter(to_column)].width = width
    down = {row: place for place, row in enumerate(rows, 1)}
    across = {column: place for place, column in enumerate(columns, 1)}
    for merged in sheet.merged_cells.ranges:
        tall = [down[row] for row in range(merged.min_row, merged.max_row + 1) if row in down]
        wide = [across[column] for column in range(merged.min_col, merged.max_col + 1) if column in across]
        if tall and wide and len(tall) * len(wide) > 1:
            new.merge_cells(start_row=tall[0], end_row=tall[-1], start_column=wide[0], end_column=wide[-1])
    new.page_setup.orientation = sheet.page_setup.orientation
    new.page_setup.paperSize = sheet.page_setup.paperSize


def _shown_columns(sheet: Worksheet) -> list[int]:
    """The columns that are shown; one setting may stand for a whole group of them."""
    gone: set[int] = set()
    for settings in sheet.column_dimensions.values():
        if settings.hidden and settings.min and settings.max:
            gone.update(range(settings.min, min(settings.max, sheet.max_column) + 1))
    return [number for number in range(1, sheet.max_column + 1) if number not in gone]


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def is_unseen(place: str) -> bool:
    """Whether a place of a file is not seen by its readers (看不见之处)."""
    return "隐藏" in place or place.endswith(("批注", "文件属性", "删除的文字"))


WRITERS: dict[str, Callable[[bytes], bytes]] = {"docx": masked_document, "xlsx": masked_workbook}
