"""PDF files with text (.pdf): lines page by page, and ruled tables as tables."""

import io
import logging
from itertools import islice
from typing import Any

import pdfplumber
import pypdfium2
from pypdfium2 import PdfiumError
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from gongkai.ledger.reader.formats.limits import MAX_CHARS, MAX_PAGES, too_large
from gongkai.ledger.reader.formats.plain import is_page_number, write_page
from gongkai.ledger.reader.plan import Unreadable
from gongkai.ledger.reader.source import RawCell, Source, SourceWriter

BROKEN = "PDF 文件已损坏或不完整，请重新保存后再上传。"
#: Fewer characters than this on each page: a scan.
LEAST_TEXT = 5
#: A page is looked at for tables only if it has at least so many drawn lines.
LEAST_RULES = 4
#: Table search is costly; longer files are read as text.
MAX_TABLE_PAGES = 120
#: More drawn objects than this on a page: a drawing, not a table.
MAX_OBJECTS = 20_000

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it tells every oddity of a file


def read(content: bytes) -> Source:
    """Read a PDF file (读取 .pdf)."""
    document = _open(content)
    try:
        if len(document) > MAX_PAGES:
            raise too_large(f"超过 {MAX_PAGES} 页")
        pages = [_Page(document[number]) for number in range(len(document))]
    except PdfiumError:
        raise Unreadable(BROKEN)
    finally:
        document.close()
    letters = sum(len(page.text.strip()) for page in pages)
    if letters < LEAST_TEXT * max(1, len(pages)):
        raise Unreadable("这是扫描件，没有可读取的文字，请提供可编辑的文件或文字版 PDF。")
    if letters > MAX_CHARS:
        raise too_large("文字过多")
    return _write(content, pages)


def _open(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except PdfiumError as reason:
        if "password" in str(reason).lower():
            raise Unreadable("PDF 设有密码，请取消密码后再上传。")
        raise Unreadable(BROKEN)


class _Page:
    """The text of a page and whether it may hold a table."""

    def __init__(self, page: Any) -> None:
        words = page.get_textpage()
        self.text = words.get_text_range().replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "")
        words.close()
        drawn = page.get_objects(filter=[FPDF_PAGEOBJ_PATH], max_depth=3)
        rules = sum(1 for _ in islice(drawn, MAX_OBJECTS + 1))
        self.ruled = LEAST_RULES <= rules <= MAX_OBJECTS
        page.close()


def _write(content: bytes, pages: list[_Page]) -> Source:
    writer = SourceWriter("pdf")
    ruled = [number for number, page in enumerate(pages, 1) if page.ruled][:MAX_TABLE_PAGES]
    layouts = _layouts(content, ruled)
    rows: list[list[RawCell]] = []
    first = 0
    for number, page in enumerate(pages, 1):
        before, table, after = layouts.get(number, (page.text.split("\n"), [], []))
        if rows and any(line.strip() and not is_page_number(line) for line in before):
            writer.table(rows, first)
            rows = []
        write_page(writer, before, number)
        if table:
            first = first if rows else number
            rows += table
        if rows and any(line.strip() and not is_page_number(line) for line in after):
            writer.table(rows, first)
            rows = []
        write_page(writer, after, number)
    writer.table(rows, first)
    return writer.finish()


Layout = tuple[list[str], list[list[RawCell]], list[str]]  # lines above, rows, lines below


def _layouts(content: bytes, numbers: list[int]) -> dict[int, Layout]:
    """The pages that hold a ruled table, cut into what stands above, in and below it."""
    found: dict[int, Layout] = {}
    if not numbers:
        return found
    try:
        with pdfplumber.open(io.BytesIO(content), pages=numbers) as document:
            for page in document.pages:
                layout = _layout(page)
                page.close()
                if layout:
                    found[page.page_number] = layout
    except Exception:  # pdfminer fails in many ways on odd files; the plain text is there all the same
        return found
    return found


def _layout(page: Any) -> Layout | None:
    uprights = [edge for edge in page.edges if edge["orientation"] == "v"]
    # a table that goes on over a page often has no rule at the fold: the ends of its upright rules make one
    folds = {min(e["top"] for e in uprights), max(e["bottom"] for e in uprights)} if uprights else set()
    settings = {"explicit_horizontal_lines": sorted(folds)}
    tables = [table for table in page.find_tables(settings) if len(table.rows) > 1 or len(table.cells) > 2]
    if not tables:
        return None
    top = min(table.bbox[1] for table in tables)
    bottom = max(table.bbox[3] for table in tables)
    rows = [row for table in tables for row in _rows(table)]
    return _lines(page, 0, top), rows, _lines(page, bottom, page.height)


def _lines(page: Any, top: float, bottom: float) -> list[str]:
    if bottom - top < 1:
        return []
    return (
        page.crop((0, max(0, top), page.width, min(bottom, page.height)), strict=False).extract_text() or ""
    ).split("\n")


def _rows(table: Any) -> list[list[RawCell]]:
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
