"""PDF 文件: opened with care, and its ruled tables as cells."""

import logging
from typing import Any

import pypdfium2
from pypdfium2 import PdfiumError

from gongkai.frame.opening.cells import RawCell
from gongkai.frame.opening.unreadable import Unreadable

BROKEN = "PDF 文件已损坏或不完整，请重新保存后再上传。"

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it tells every oddity of a file


def open_pdf(content: bytes) -> pypdfium2.PdfDocument:
    """A document to read (打开 PDF); refused if it is broken or has a password."""
    try:
        return pypdfium2.PdfDocument(content)
    except PdfiumError as reason:
        if "password" in str(reason).lower():
            raise Unreadable("PDF 设有密码，请取消密码后再上传。")
        raise Unreadable(BROKEN)


def tables_of(page: Any) -> list[Any]:
    """The ruled tables of a page (框线表格)."""
    uprights = [edge for edge in page.edges if edge["orientation"] == "v"]
    # a table that goes on over a page often has no rule at the fold: the ends of its upright rules make one
    folds = {min(e["top"] for e in uprights), max(e["bottom"] for e in uprights)} if uprights else set()
    settings = {"explicit_horizontal_lines": sorted(folds)}
    return [table for table in page.find_tables(settings) if len(table.rows) > 1 or len(table.cells) > 2]


def rows_of(table: Any) -> list[list[RawCell]]:
    """Rows of a ruled table; a cell that covers several rows or columns keeps its spread."""
    lefts = sorted({cell[0] for cell in table.cells})
    tops = sorted({cell[1] for cell in table.cells})
    rows = []
    for row, line in zip(table.rows, table.extract(), strict=True):
        cells = []
        middle = (row.bbox[1] + row.bbox[3]) / 2
        for place, (box, text) in enumerate(zip(row.cells, line, strict=True)):
            if box is not None:
                tall = sum(box[1] <= top < box[3] - 1 for top in tops)
                wide = sum(box[0] <= left < box[2] - 1 for left in lefts)
                cells.append(RawCell((text or "").strip(), max(1, tall), max(1, wide)))
            elif place < len(lefts) and not _is_covered(table.cells, lefts[place] + 1, middle):
                cells.append(RawCell(""))
        rows.append(cells)
    return rows


def _is_covered(cells: list[tuple[float, float, float, float]], x: float, y: float) -> bool:
    """Whether a place of the table lies in some cell."""
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in cells)
