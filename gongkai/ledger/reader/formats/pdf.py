"""PDF files with text (.pdf): lines page by page, and ruled tables as tables."""

import io
from itertools import islice
from typing import Any

import pdfplumber
from pypdfium2 import PdfiumError
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from gongkai.frame.opening.cells import RawCell
from gongkai.frame.opening.limits import MAX_CHARS, MAX_PAGES, too_large
from gongkai.frame.opening.pdf import BROKEN, open_pdf, rows_of, tables_of
from gongkai.frame.opening.signs import is_page_number
from gongkai.frame.opening.unreadable import Unreadable
from gongkai.ledger.reader.formats.plain import write_page
from gongkai.ledger.reader.source import Source, SourceWriter

#: Fewer characters than this on each page: a scan.
LEAST_TEXT = 5
#: A page is looked at for tables only if it has at least so many drawn lines.
LEAST_RULES = 4
#: Table search is costly; longer files are read as text.
MAX_TABLE_PAGES = 120
#: More drawn objects than this on a page: a drawing, not a table.
MAX_OBJECTS = 20_000


def read(content: bytes) -> Source:
    """Read a PDF file (读取 .pdf)."""
    document = open_pdf(content)
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
    tables = tables_of(page)
    if not tables:
        return None
    top = min(table.bbox[1] for table in tables)
    bottom = max(table.bbox[3] for table in tables)
    rows = [row for table in tables for row in rows_of(table)]
    return _lines(page, 0, top), rows, _lines(page, bottom, page.height)


def _lines(page: Any, top: float, bottom: float) -> list[str]:
    if bottom - top < 1:
        return []
    return (
        page.crop((0, max(0, top), page.width, min(bottom, page.height)), strict=False).extract_text() or ""
    ).split("\n")
