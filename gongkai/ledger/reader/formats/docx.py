"""Word files (.docx): paragraphs with their automatic numbers, tables with their merged cells."""

from dataclasses import dataclass

from lxml import etree

from gongkai.frame.opening.cells import RawCell
from gongkai.frame.opening.limits import MAX_CELLS, MAX_CHARS, MAX_ROWS, too_large
from gongkai.frame.opening.numbering import Numbering
from gongkai.frame.opening.packed import BROKEN, Package, local, local_children
from gongkai.frame.opening.unreadable import Unreadable
from gongkai.ledger.reader.source import Source, SourceWriter

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def read(content: bytes) -> Source:
    """Read a Word file (读取 .docx)."""
    package = Package(content)
    if "word/document.xml" not in package:
        raise Unreadable(BROKEN)
    body = next(local_children(package.tree("word/document.xml"), "body"), None)
    if body is None:
        raise Unreadable(BROKEN)
    return _Reader(Numbering.of(package)).source(body)


@dataclass(slots=True)
class _Merge:
    """A cell that reaches down (vMerge) while its table is being read."""

    row: int
    index: int
    rows: int = 1


class _Reader:
    """Walks the body of one document."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._writer = SourceWriter("docx")
        self._cells = 0

    def source(self, body: etree._Element) -> Source:
        self._blocks(body)
        return self._writer.finish()

    def _blocks(self, parent: etree._Element) -> None:
        for child in parent:
            name = local(child)
            if name == "p":
                for line in self._words(child).split("\n"):
                    self._writer.paragraph(line)
                for box in _boxes(child):
                    self._blocks(box)
            elif name == "tbl":
                self._writer.table(self._table(child))
            elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
                self._blocks(child)
            if self._writer.length > MAX_CHARS:
                raise too_large("文字过多")

    def _words(self, paragraph: etree._Element) -> str:
        return self._numbering.prefix(paragraph) + _text(paragraph)

    def _table(self, table: etree._Element) -> list[list[RawCell]]:
        rows: list[list[RawCell | None]] = []
        merges: dict[int, _Merge] = {}
        for row in _within(table, "tr"):
            if len(rows) > MAX_ROWS:
                raise too_large("表格过大")
            rows.append(self._row(row, len(rows), rows, merges))
        return [[cell for cell in row if cell is not None] for row in rows]

    def _row(
        self,
        row: etree._Element,
        number: int,
        rows: list[list[RawCell | None]],
        merges: dict[int, _Merge],
    ) -> list[RawCell | None]:
        """One row; the cells that only continue a merge are counted to the cell above."""
        line: list[RawCell | None] = []
        column = _skipped(row)
        line += [RawCell("")] * column
        for cell in _within(row, "tc"):
            self._cells += 1
            if self._cells > MAX_CELLS:
                raise too_large("表格过大")
            span, merge = _span(cell)
            if merge == "continue" and column in merges:
                above = merges[column]
                above.rows += 1
                first = rows[above.row][above.index]
                if first is not None:
                    rows[above.row][above.index] = RawCell(first.text, above.rows, first.columns)
                line.append(None)
            else:
                merges.pop(column, None)
                if merge == "restart":
                    merges[column] = _Merge(number, len(line))
                line.append(RawCell(self._cell_text(cell), 1, span))
            column += span
        return line

    def _cell_text(self, cell: etree._Element) -> str:
        return "\n".join(self._words(p) for p in cell.iter() if local(p) == "p")


def _within(parent: etree._Element, name: str) -> list[etree._Element]:
    """Rows or cells, also those wrapped in content controls."""
    found = []
    for child in parent:
        if local(child) == name:
            found.append(child)
        elif local(child) in ("sdt", "sdtContent", "ins", "customXml"):
            found += _within(child, name)
    return found


def _boxes(paragraph: etree._Element) -> list[etree._Element]:
    """Text boxes; the older copy of each (Fallback) is left out."""
    return [
        box
        for box in paragraph.iter()
        if local(box) == "txbxContent"
        and not any(local(above) == "Fallback" for above in box.iterancestors())
    ]


def _text(paragraph: etree._Element) -> str:
    """The words of a paragraph: deleted text and text boxes are left out."""
    pieces: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name == "t":
            pieces.append(element.text or "")
        elif name == "tab":
            pieces.append(" ")
        elif name in ("br", "cr"):
            pieces.append("\n")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name not in (
            "del",
            "moveFrom",
            "txbxContent",
            "pict",
            "drawing",
            "AlternateContent",
            "pPr",
            "rPr",
        ):
            waiting.extend(reversed(element))
    return "".join(pieces)


def _span(cell: etree._Element) -> tuple[int, str]:
    """How many columns a cell covers, and whether it begins or continues a merge downwards."""
    properties = next(local_children(cell, "tcPr"), None)
    if properties is None:
        return 1, ""
    columns, merge = 1, ""
    for setting in properties:
        if local(setting) == "gridSpan":
            columns = number_of(setting)
        elif local(setting) == "vMerge":
            merge = value_of(setting) or "continue"
    return max(1, columns), merge


def _skipped(row: etree._Element) -> int:
    properties = next(local_children(row, "trPr"), None)
    before = next(local_children(properties, "gridBefore"), None) if properties is not None else None
    return min(number_of(before), 50) if before is not None else 0


def value_of(element: etree._Element) -> str:
    """The ``val`` of a setting (设置值)."""
    return str(element.get(f"{_W}val") or element.get(f"{_STRICT}val") or "")


def number_of(element: etree._Element) -> int:
    """The ``val`` of a setting as a number, 1 if it is none."""
    value = value_of(element)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 1
