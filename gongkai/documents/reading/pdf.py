"""PDF 文件 (.pdf): paragraphs joined over lines and pages, headings, ruled tables."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from statistics import median
from typing import Any

import pdfplumber
from pypdfium2 import PdfiumError
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from gongkai.documents.reading.blocks import Block, Heading, Paragraph, Table, TableCell, TableRow, said
from gongkai.documents.reading.clean import ordered
from gongkai.documents.reading.heading import take_heading
from gongkai.documents.reading.paragraphs import Line, paragraphs
from gongkai.documents.reading.readable import Readable
from gongkai.documents.reading.tables import shaped
from gongkai.documents.reading.write import html as written
from gongkai.frame.opening.limits import MAX_CHARS, MAX_PAGES, too_large
from gongkai.frame.opening.pdf import BROKEN, open_pdf, rows_of, tables_of
from gongkai.frame.opening.signs import RADICALS, is_page_number
from gongkai.frame.opening.unreadable import Unreadable

SCAN = "这是扫描件，没有可读取的文字，请提供可编辑的文件或文字版 PDF。"
_LEAST_TEXT = 5
_LEAST_RULES, _MOST_OBJECTS, _MOST_TABLE_PAGES = 4, 20_000, 120
_REPEATED = 3


@dataclass
class Page:
    """What stands on a page (页): its lines from top to bottom, its tables at their height."""

    number: int
    lines: list[Line]
    ruled: bool = False
    tables: list[tuple[float, float, list[TableRow]]] = field(default_factory=list)


def read(content: bytes) -> Readable:
    """Read a PDF file (读取 .pdf)."""
    pages = pages_of(content)
    if sum(len(line.text) for page in pages for line in page.lines) < _LEAST_TEXT * max(1, len(pages)):
        raise Unreadable(SCAN)
    _find_tables(content, pages)
    _drop_furniture(pages)
    title, number, rest = take_heading(list(_blocks(pages)))
    return Readable(written(ordered(rest, headings=True)), title, number)


def pages_of(content: bytes) -> list[Page]:
    """The lines of every page (逐页文字)."""
    document = open_pdf(content)
    try:
        if len(document) > MAX_PAGES:
            raise too_large(f"超过 {MAX_PAGES} 页")
        pages = [_page(document[number], number + 1) for number in range(len(document))]
    except PdfiumError:
        raise Unreadable(BROKEN)
    finally:
        document.close()
    if sum(len(line.text) for page in pages for line in page.lines) > MAX_CHARS:
        raise too_large("文字过多")
    return pages


def _page(page: Any, number: int) -> Page:
    words = page.get_textpage()
    height = page.get_height()
    pieces = []
    for place in range(words.count_rects()):
        left, bottom, right, top = words.get_rect(place)
        text = words.get_text_bounded(left, bottom, right, top).translate(RADICALS)
        text = text.replace("\r\n", "").replace("\n", "").replace("\ufffe", "")
        if text.strip():
            pieces.append(Line(text, left, right, height - top, height - bottom))
    drawn = page.get_objects(filter=[FPDF_PAGEOBJ_PATH], max_depth=3)
    rules = sum(1 for _ in islice(drawn, _MOST_OBJECTS + 1))
    words.close()
    page.close()
    return Page(number, _lines(pieces), _LEAST_RULES <= rules <= _MOST_OBJECTS)


def _lines(pieces: list[Line]) -> list[Line]:
    """Pieces at the same height are one line; marks, small and high or low, join the nearest."""
    if not pieces:
        return []
    usual = median(piece.height for piece in pieces)
    gathered: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda each: each.middle):
        if piece.height >= 0.5 * usual:
            if gathered and _overlap(gathered[-1], piece) > 0.5 * piece.height:
                gathered[-1].append(piece)
            else:
                gathered.append([piece])
    boxes = [(line, min(each.top for each in line), max(each.bottom for each in line)) for line in gathered]
    for piece in pieces:
        if piece.height < 0.5 * usual and boxes:
            near = min(boxes, key=lambda box: max(box[1] - piece.middle, piece.middle - box[2]))
            near[0].append(piece)
    return [_line(line) for line in gathered or [pieces]]


def _overlap(line: list[Line], piece: Line) -> float:
    top, bottom = min(each.top for each in line), max(each.bottom for each in line)
    return min(bottom, piece.bottom) - max(top, piece.top)


def _line(pieces: list[Line]) -> Line:
    pieces = sorted(pieces, key=lambda each: each.left)
    tallest = max(pieces, key=lambda each: each.height)
    text = pieces[0].text
    for before, piece in pairwise(pieces):
        # a mark fills half of its place or less, so only a wider gap was typed as a blank
        apart = piece.left - before.right > 1.1 * tallest.height
        text += ("\u3000" if apart else "") + piece.text
    return Line(text.strip(), pieces[0].left, max(each.right for each in pieces), tallest.top, tallest.bottom)


def _find_tables(content: bytes, pages: list[Page]) -> None:
    """Put the ruled tables of the pages in, and take their words out of the lines."""
    ruled = [page.number for page in pages if page.ruled][:_MOST_TABLE_PAGES]
    if not ruled:
        return
    try:
        with pdfplumber.open(io.BytesIO(content), pages=ruled) as document:
            for page in document.pages:
                _put_tables(pages[page.page_number - 1], page)
                page.close()
    except Exception:  # pdfminer fails in many ways on odd files; the plain lines are there all the same
        return


def _put_tables(into: Page, page: Any) -> None:
    for table in tables_of(page):
        _, top, _, bottom = table.bbox
        rows = [
            TableRow(tuple(TableCell(_cell(cell.text), False, cell.rows, cell.columns) for cell in row))
            for row in rows_of(table)
        ]
        into.tables.append((top, bottom, rows))
    into.lines = [line for line in into.lines if not any(t <= line.middle <= b for t, b, _ in into.tables)]


def _cell(text: str) -> tuple[Any, ...]:
    """The words of a cell; its lines were only broken for its width."""
    return said("".join(line.strip() for line in text.translate(RADICALS).split("\n")))


def _drop_furniture(pages: list[Page]) -> None:
    """Page numbers, and lines that stand at the same height on many pages, are no text (页眉页脚)."""
    seen = Counter((line.text, round(line.top, -1)) for page in pages for line in page.lines)
    for page in pages:
        edge = {id(line) for line in (*page.lines[:1], *page.lines[-1:])}
        page.lines = [
            line
            for line in page.lines
            if not (
                is_page_number(line.text)
                or (id(line) in edge and line.text.strip("-—· ").isdigit())
                or (len(pages) >= _REPEATED and seen[line.text, round(line.top, -1)] >= _REPEATED)
            )
        ]


def _blocks(pages: list[Page]) -> Iterator[Block]:
    """Lines and tables in their order; what goes on over a page is joined."""
    lines: list[Line] = []
    rows: list[TableRow] = []
    for page in pages:
        first = True
        for piece in _in_order(page):
            if isinstance(piece, Line):
                yield from _table(rows)
                rows = []
                lines.append(piece)
            else:
                yield from paragraphs(lines)
                lines = []
                if rows and not (first and _continues(rows, piece)):
                    yield from _table(rows)
                    rows = []
                rows = _continued(rows, piece)
            first = False
    yield from paragraphs(lines)
    yield from _table(rows)


def _in_order(page: Page) -> list[Line | list[TableRow]]:
    """Lines and tables from top to bottom."""
    pieces: list[tuple[float, Line | list[TableRow]]] = [(line.top, line) for line in page.lines]
    pieces += [(top, rows) for top, _, rows in page.tables]
    return [piece for _, piece in sorted(pieces, key=lambda each: each[0])]


def _width(row: TableRow) -> int:
    return sum(cell.columns for cell in row.cells)


def _continues(rows: list[TableRow], more: list[TableRow]) -> bool:
    return max(map(_width, rows)) == max(map(_width, more), default=0)


def _continued(rows: list[TableRow], more: list[TableRow]) -> list[TableRow]:
    """A table that goes on; the head that is printed again on each page is left out."""
    again = bool(rows) and bool(more) and more[0] == rows[0]
    return rows + more[1 if again else 0 :]


def _table(rows: list[TableRow]) -> Iterator[Block]:
    if rows:
        yield from (block for block in shaped(rows) if isinstance(block, Table | Paragraph | Heading))
