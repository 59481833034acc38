"""Excel files (.xlsx): each sheet as a table, merged cells kept merged."""

import datetime
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils.cell import range_boundaries

from gongkai.frame.opening.cells import RawCell
from gongkai.frame.opening.limits import (
    MAX_CELLS,
    MAX_EMPTY_ROWS,
    MAX_ROWS,
    MAX_SHEETS,
    too_large,
)
from gongkai.frame.opening.packed import BROKEN, Package
from gongkai.frame.opening.unreadable import Unreadable
from gongkai.ledger.reader.source import MAX_COLUMNS, Source, SourceWriter

Merge = tuple[int, int, int, int]  # first row, first column, rows, columns


def read(content: bytes) -> Source:
    """Read an Excel file (读取 .xlsx)."""
    package = Package(content)
    writer = SourceWriter("xlsx")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about styles that no plan needs
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            for sheet in book.worksheets[:MAX_SHEETS]:
                if sheet.sheet_state == "visible":
                    _write(writer, _rows(sheet), _merges(package, sheet))
            book.close()
    except Unreadable:
        raise
    except (
        KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, RuntimeError,
        zipfile.BadZipFile, zlib.error, etree.LxmlError, SyntaxError, AssertionError, OverflowError,
    ):  # fmt: skip
        raise Unreadable(BROKEN)
    return writer.finish()


def _rows(sheet: Any) -> Iterator[list[str]]:
    """The rows of a sheet until it has been empty for long."""
    sheet.reset_dimensions()
    empty = cells = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)):
        words = [_words(value) for value in row]
        empty = 0 if any(words) else empty + 1
        cells += len(words)
        if empty > MAX_EMPTY_ROWS:
            return
        if number > MAX_ROWS or cells > MAX_CELLS:
            raise too_large("表格过大")
        yield words


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


def _merges(package: Package, sheet: Any) -> list[Merge]:
    """The merged ranges, which the fast way of opening a book leaves out."""
    path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    if path not in package:
        return []
    found = []
    content = package.read(path)
    place = content.find(b"mergeCells")
    if place < 0:
        return []
    for piece in content[place:].split(b'ref="')[1:MAX_CELLS]:
        bounds = piece.split(b'"', 1)[0].decode("ascii", "replace")
        try:
            left, top, right, bottom = range_boundaries(bounds)
        except (ValueError, TypeError):
            continue
        if left and top and right and bottom:
            found.append((top - 1, left - 1, bottom - top + 1, right - left + 1))
    return found


def _write(writer: SourceWriter, rows: Iterator[list[str]], merges: list[Merge]) -> None:
    """Rows of one wide cell before the table are its title; the rest is the table."""
    spread = {(row, column): (tall, wide) for row, column, tall, wide in merges}
    covered = _covered(merges)
    table: list[list[RawCell]] = []
    lines = list(rows)
    width = max((_width(words) for words in lines), default=0)
    for number, words in enumerate(line[:width] for line in lines):
        if not any(words) and not any((number, column) in covered for column in range(len(words))):
            continue
        filled = [word for word in words if word]
        if not table and len(filled) == 1:
            writer.paragraph(filled[0])
            continue
        table.append(
            [
                RawCell(word, *spread.get((number, column), (1, 1)))
                for column, word in enumerate(words)
                if (number, column) not in covered
            ]
        )
    writer.table(_trimmed(table))


def _width(words: list[str]) -> int:
    return max((column for column, word in enumerate(words, 1) if word), default=0)


def _covered(merges: list[Merge]) -> set[tuple[int, int]]:
    """Places under a merged cell other than its first."""
    covered: set[tuple[int, int]] = set()
    for row, column, tall, wide in merges:
        for below in range(row, row + min(tall, MAX_ROWS)):
            covered.update((below, beside) for beside in range(column, column + min(wide, MAX_COLUMNS)))
            if len(covered) > MAX_CELLS:
                raise too_large("表格过大")
        covered.discard((row, column))
    return covered


def _trimmed(table: list[list[RawCell]]) -> list[list[RawCell]]:
    while table and not any(cell.text for cell in table[-1]):
        table.pop()
    return table
