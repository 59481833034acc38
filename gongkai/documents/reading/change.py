"""改字: words changed inside a clean text, its marks, tables and lists left as they are."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from gongkai.documents.reading.blocks import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Runs,
    Table,
    trimmed,
    words,
)
from gongkai.documents.reading.clean import ordered
from gongkai.documents.reading.parse import parse
from gongkai.documents.reading.write import html as written

Edit = tuple[int, int, str]  # from, up to, and what stands there instead
#: gives the changes of a line of words
Change = Callable[[str], Sequence[Edit]]
#: gives what to write into which cell of a table, by row and column
ChangeTable = Callable[[list[list[str]]], dict[tuple[int, int], str]]


def changed(html: str, change: Change, change_table: ChangeTable | None = None) -> str:
    """The text with some of its words changed (改字); tables by *change_table*, where one is given."""
    return written(ordered([_block(block, change, change_table) for block in parse(html)]))


def grid(table: Table) -> list[list[str]]:
    """The words of a table, cell by cell, each at its own column (表格文字); covered places are empty."""
    rows: list[list[str]] = []
    for row, places in zip(table.rows, _columns(table), strict=True):
        line: list[str] = []
        for place, cell in zip(places, row.cells, strict=True):
            line += [""] * (place - len(line))
            line.append(words(cell.runs))
        rows.append(line)
    return rows


def edited(runs: Runs, edits: Sequence[Edit]) -> Runs:
    """Runs with their words changed at some places; what is put in has the marks of what it replaces."""
    changed, place = [], 0
    for run in runs:
        text, begin, end = "", place, place + len(run.text)
        at = begin
        for first, last, new in edits:
            if last <= begin or first >= end:
                continue
            text += run.text[max(at, begin) - begin : max(first - begin, 0)] if first > at else ""
            text += new if first >= begin else ""
            at = max(at, min(last, end))
        text += run.text[at - begin :]
        changed.append(trimmed(run, text))
        place = end
    return tuple(run for run in changed if run.text or run.src)


def _block(block: Block, change: Change, table: ChangeTable | None) -> Block:
    match block:
        case Paragraph() | Heading():
            return replace(block, runs=_line(block.runs, change))
        case Picture():
            return replace(block, caption=_line(block.caption, change))
        case Listing():
            return _listing(block, change)
        case Table():
            return _table(block, change, table)
        case Quote():
            inner = tuple(replace(each, runs=_line(each.runs, change)) for each in block.paragraphs)
            return Quote(inner)
        case _:
            return block


def _line(runs: Runs, change: Change) -> Runs:
    edits = change(words(runs))
    return edited(runs, edits) if edits else runs


def _listing(listing: Listing, change: Change) -> Listing:
    entries = tuple(
        replace(
            entry,
            runs=_line(entry.runs, change),
            below=_listing(entry.below, change) if entry.below else None,
        )
        for entry in listing.entries
    )
    return replace(listing, entries=entries)


def _table(table: Table, change: Change, by_cell: ChangeTable | None) -> Table:
    new = by_cell(grid(table)) if by_cell else {}
    rows, taken = [], _columns(table)
    for number, row in enumerate(table.rows):
        cells = []
        for place, cell in zip(taken[number], row.cells, strict=True):
            if by_cell is None:
                cells.append(replace(cell, runs=_line(cell.runs, change)))
            elif (number, place) in new:
                whole = [(0, len(words(cell.runs)), new[number, place])]
                cells.append(replace(cell, runs=edited(cell.runs, whole)))
            else:
                cells.append(cell)
        rows.append(replace(row, cells=tuple(cells)))
    return replace(table, rows=tuple(rows), caption=_line(table.caption, change))


def _columns(table: Table) -> list[list[int]]:
    """For each row the columns at which its cells begin."""
    found: list[list[int]] = []
    taken: dict[int, int] = {}
    for row in table.rows:
        places, place = [], 0
        for cell in row.cells:
            while taken.get(place, 0):
                taken[place] -= 1
                place += 1
            places.append(place)
            for column in range(place, place + cell.columns):
                taken[column] = cell.rows - 1
            place += cell.columns
        for column in [each for each in taken if each >= place and taken[each]]:
            taken[column] -= 1
        found.append(places)
    return found
