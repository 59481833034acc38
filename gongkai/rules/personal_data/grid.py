"""名单: a table about people: each cell is looked at under the heading of its column (按列扫描)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.rules.personal_data.columns import Column, Treatment, column, treated
from gongkai.rules.personal_data.findings import Kind
from gongkai.rules.personal_data.scan import find

#: the heading stands among these first rows
_TOP = 8
_LONGEST_HEAD = 30
_MASK = "*"
#: no number of a person is shorter, no home address lacks a count with its unit: other cells are passed over
_MAYBE = re.compile(
    r"[0-9０-９][0-9０-９ \-–—()（）Xx]{5}"
    "|[0-9０-９一二三四五六七八九十][组队栋幢座单楼层室户弄排号]|[0-9]-[0-9]"
)


@dataclass(frozen=True, slots=True)
class CellFinding:
    """Personal data in a cell (单元格): row and column from 0, the heading above it, and how it may be shown.

    *kind* is None where the whole column is not to be published (不公开的栏).
    """

    row: int
    column: int
    heading: str
    kind: Kind | None
    text: str
    masked: str
    sure: bool = True


def heads(rows: Sequence[Sequence[str]]) -> tuple[int, tuple[str, ...]]:
    """The row of headings and the headings (识别表头); -1 and none where there is none.

    >>> heads([["某区补贴名单"], ["序号", "姓名", "身份证号"], ["1", "甲", ""]])
    (1, ('序号', '姓名', '身份证号'))
    """
    best, score = -1, 1
    for number, row in enumerate(rows[:_TOP]):
        filled = [cell for cell in row if cell]
        if len(filled) < 2 or any(len(cell) > _LONGEST_HEAD or cell.isdigit() for cell in filled):
            continue
        known = sum(column(cell) is not None for cell in filled)
        if known * 2 + 1 > score:
            best, score = number, known * 2 + 1
    if best < 0:
        return -1, ()
    return best, tuple("".join(cell.split()) for cell in rows[best])


def find_in_grid(rows: Sequence[Sequence[str]]) -> Iterator[CellFinding]:
    """All personal data of a table (扫描名单), row by row."""
    top, titles = heads(rows)
    known = [column(title) if title else None for title in titles]
    for number, row in enumerate(rows):
        if number == top:
            continue
        below = number > top >= 0
        for place, cell in enumerate(row):
            if not cell:
                continue
            inside = below and place < len(titles)
            yield from _cell(
                number, place, cell, titles[place] if inside else "", known[place] if inside else None
            )


def _cell(row: int, place: int, cell: str, heading: str, sort: Column | None) -> Iterator[CellFinding]:
    if sort and sort.treatment is Treatment.DROP:
        if not set(cell) <= set("*-—/无 "):
            yield CellFinding(row, place, heading, None, cell, "")
        return
    if not _MAYBE.search(cell):
        return
    found = find(cell, heading=heading)
    for each in found:
        yield CellFinding(row, place, heading, each.kind, each.text, each.masked, each.sure)
    if not found and sort and _MASK not in cell:
        shown = treated(heading, cell)
        if shown != cell:
            yield CellFinding(row, place, heading, sort.kind, cell, shown, sure=False)


def masked_grid(rows: Sequence[Sequence[str]]) -> dict[tuple[int, int], str]:
    """What to write into which cell so that the table may be published (名单脱敏)."""
    return {
        (each.row, each.column): treated(each.heading, rows[each.row][each.column])
        for each in find_in_grid(rows)
        if each.kind is not Kind.PHONE
    }
