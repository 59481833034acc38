"""表格: tables of data get heads that can be read out; tables that only place things are taken apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from gongkai.documents.reading.blocks import Align, Block, Paragraph, Runs, Table, TableCell, TableRow, words
from gongkai.documents.reading.flatten import flat
from gongkai.documents.reading.lists import Part

MAX_COLUMNS = 200
MAX_SPAN = 5000
_LONGEST_HEAD = 40
_FIGURE = re.compile(r"[\s\d.,，:：%％/()（）¥￥+\-—–]+")
_SECTIONS = ("thead", "tbody", "tfoot")


def tables(node: LexborNode, part: Part) -> list[Block]:
    """A table (表格), or what it holds, where it only serves to place things on the page."""
    rows = list(_rows(node))
    caption = next((flat(part(child)) for child in node.iter() if child.tag == "caption"), ())
    if _is_layout(node, rows):
        lead: list[Block] = [Paragraph(caption)] if caption else []
        return lead + [block for cells, _ in rows for cell in cells for block in part(cell)]
    lines = [TableRow(tuple(_cell(cell, part) for cell in cells), head) for cells, head in rows]
    return shaped(lines, caption)


def shaped(rows: Sequence[TableRow], caption: Runs = ()) -> list[Block]:
    """Rows as a table with a head (规范表格), as far as one can be told; nothing for rows without words."""
    lines = _bounded(_filled(list(rows)))
    if not lines:
        return [Paragraph(caption)] if caption else []
    title = _title(lines) if not caption else ()
    if title:
        caption, lines = title, lines[1:]
    if not any(cell.head and cell.runs for row in lines for cell in row.cells):
        lines = _guessed(lines)
    return [Table(tuple(_headed(lines)), caption)]


def _rows(node: LexborNode) -> Iterator[tuple[list[LexborNode], bool]]:
    for child in node.iter():
        if child.tag in _SECTIONS:
            for row in child.iter():
                if row.tag == "tr":
                    yield _cells(row), child.tag == "thead"
        elif child.tag == "tr":
            yield _cells(child), False


def _cells(row: LexborNode) -> list[LexborNode]:
    return [cell for cell in row.iter() if cell.tag in ("td", "th")]


def _is_layout(node: LexborNode, rows: list[tuple[list[LexborNode], bool]]) -> bool:
    """Tables around tables, and tables of one column without a head, only place things (布局表格)."""
    if any(found.mem_id != node.mem_id for found in node.css("table")):
        return True
    widest = max((len(cells) for cells, _ in rows), default=0)
    return widest <= 1 and not any(cell.tag == "th" for cells, _ in rows for cell in cells)


def _cell(node: LexborNode, part: Part) -> TableCell:
    blocks = part(node)
    aligns = {block.align for block in blocks if isinstance(block, Paragraph)}
    align: Align = aligns.pop() if len(aligns) == 1 else ""
    rows, columns = _spread(node, "rowspan", MAX_SPAN), _spread(node, "colspan", MAX_COLUMNS)
    return TableCell(flat(blocks), node.tag == "th", rows, columns, align)


def _spread(cell: LexborNode, name: str, most: int) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return min(max(1, int(value)), most) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _filled(rows: list[TableRow]) -> list[TableRow]:
    """Rows without words are dropped, unless a cell reaches over rows: then the places must stay."""
    kept = [row for row in rows if row.cells]
    if any(cell.rows > 1 for row in kept for cell in row.cells):
        return kept if any(cell.runs for row in kept for cell in row.cells) else []
    return [row for row in kept if any(cell.runs for cell in row.cells)]


def _bounded(rows: list[TableRow]) -> list[TableRow]:
    """No cell reaches below the last row."""
    count = len(rows)
    return [
        replace(row, cells=tuple(replace(cell, rows=min(cell.rows, count - place)) for cell in row.cells))
        if any(cell.rows > 1 for cell in row.cells)
        else row
        for place, row in enumerate(rows)
    ]


def _title(rows: list[TableRow]) -> Runs:
    """A first row of one wide cell is the table's title."""
    first = rows[0].cells
    if len(rows) < 2 or len(first) != 1 or first[0].rows > 1 or any(run.src for run in first[0].runs):
        return ()
    wide = first[0].columns > 1 or max(len(row.cells) for row in rows[1:]) > 1
    return first[0].runs if wide else ()


def _guessed(rows: list[TableRow]) -> list[TableRow]:
    """The first row made heads if it reads like heads (识别表头)."""
    first = rows[0]
    labels = [words(cell.runs).strip() for cell in first.cells]
    likely = (
        len(rows) > 1
        and len(labels) > 1
        and len(set(labels)) == len(labels)
        and all(label and len(label) <= _LONGEST_HEAD and not _FIGURE.fullmatch(label) for label in labels)
    )
    return [replace(first, head=True), *rows[1:]] if likely else rows


def _headed(rows: list[TableRow]) -> Iterator[TableRow]:
    """Rows with their head rows first and every head cell where it belongs (表头归位)."""
    heads = _reach(rows, _leading(rows))
    if heads >= len(rows) > 1:
        heads = _reach(rows, 1)
        heads = 0 if heads >= len(rows) else heads
    demoted = heads < _leading(rows)
    for place, row in enumerate(rows):
        in_head = place < heads
        yield TableRow(tuple(_placed(cell, in_head, demoted) for cell in row.cells), in_head)


def _placed(cell: TableCell, in_head: bool, demoted: bool) -> TableCell:
    """In the head every cell with words is a head; below, a head is one for its row."""
    head = bool(cell.runs) and (in_head or (cell.head and not demoted))
    return cell if head is cell.head else replace(cell, head=head)


def _leading(rows: list[TableRow]) -> int:
    """How many rows at the top are heads."""
    for place, row in enumerate(rows):
        filled = [cell for cell in row.cells if cell.runs]
        if not row.head and not (filled and all(cell.head for cell in filled)):
            return place
    return len(rows)


def _reach(rows: list[TableRow], heads: int) -> int:
    """The head goes down as far as its cells reach."""
    place = 0
    while place < heads:
        heads = max(heads, *(place + cell.rows for cell in rows[place].cells))
        place += 1
    return heads
