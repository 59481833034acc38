"""What the columns of a table mean (表格结构): heads of one or two rows, in any order, repeated or merged."""

import re
from dataclasses import dataclass

from gongkai.ledger.reader.flow import key_of, squeeze
from gongkai.ledger.reader.labels import Kind, column_kind
from gongkai.ledger.reader.source import Cell, Table

#: The head of a table is sought in so many rows from its top.
HEAD_ROWS = 6

Row = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table of tasks (列)."""

    index: int
    kind: Kind | None
    head: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of tasks: its columns and the rows under the head (任务表)."""

    table: Table
    columns: tuple[Column, ...]
    first: int  # index of the first row under the head
    head: tuple[str, ...]

    def of(self, *kinds: Kind) -> list[Column]:
        """The columns of some kinds, left to right."""
        return [column for column in self.columns if column.kind in kinds]


def words(text: str, cell: Cell | None) -> str:
    """The key of a cell without white space (单元格文字)."""
    return key_of(squeeze(text[cell.start : cell.end])) if cell else ""


def read_grid(text: str, table: Table, before: Grid | None) -> Grid | None:
    """The table as one of tasks (任务表), or None; without a head it may go on from the one before it."""
    found = _head_row(text, table)
    if found is not None:
        return _with_head(text, table, found)
    wide = len(table.grid[0])
    if before and wide == len(before.columns) and wide > 1:
        return Grid(table, before.columns, 0, before.head)
    return None


def _head_row(text: str, table: Table) -> int | None:
    for number, row in enumerate(table.grid[:HEAD_ROWS]):
        cells = list(dict.fromkeys(cell for cell in row if cell))
        kinds = [column_kind(words(text, cell)) for cell in cells]
        known = [kind for kind in kinds if kind]
        content = Kind.TASK in known or Kind.SECTION in known or len(cells) > len(known)
        if len(cells) > 1 and Kind.UNITS in known and content and len(known) * 2 >= len(cells):
            return number
        if Kind.TASK in known and len(set(known)) > 1 and len(known) * 3 >= len(cells) * 2:
            return number
    return None


def _with_head(text: str, table: Table, number: int) -> Grid:
    heads = [words(text, cell) for cell in table.grid[number]]
    first = number + 1
    while first < len(table.grid) and _continues_head(text, table, number, first):
        lower = [words(text, cell) for cell in table.grid[first]]
        heads = [below or above for above, below in zip(heads, lower + [""] * len(heads), strict=False)]
        first += 1
    columns = tuple(
        Column(index, column_kind(head) if head else _kind_without_head(text, table, first, index), head)
        for index, head in enumerate(heads)
    )
    if not any(column.kind is Kind.TASK for column in columns):
        columns = _with_task(columns)
    return Grid(table, columns, first, tuple(heads))


def _kind_without_head(text: str, table: Table, first: int, index: int) -> Kind | None:
    """A column without a head is one of numbers if nothing else stands in it (无表头的序号列)."""
    rows = [row for row in table.grid[first:] if len(set(row)) > 1 and index < len(row)]
    keys = [key for row in rows if (key := words(text, row[index]))]
    numbers = len(keys) > 1 and all(re.fullmatch(r"\d{1,4}[.、]?", key) for key in keys)
    return Kind.NUMBER if numbers else None


def _continues_head(text: str, table: Table, number: int, row: int) -> bool:
    """Whether the next row still belongs to the head: cells reaching down, or heads under a shared one."""
    above, below = table.grid[number], table.grid[row]
    fresh = [
        cell for index, cell in enumerate(below) if cell and (index >= len(above) or cell is not above[index])
    ]
    shared = len(fresh) < len(below)
    if fresh and any(_reaches_down(text, above, below, index) for index in range(len(below))):
        return True
    known = [column_kind(words(text, cell)) for cell in fresh if words(text, cell)]
    return bool(known) and all(known) and (shared or len(known) == len(below))


def _reaches_down(text: str, above: Row, below: Row, index: int) -> bool:
    """Whether a head spreads into the next row, which then is a row of heads itself."""
    cell = below[index]
    same = cell is not None and index < len(above) and cell is above[index]
    return same and column_kind(words(text, cell)) is not None


def _with_task(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Without a column headed 任务 the last unknown one, else the last section, holds the tasks."""
    unknown = [column for column in columns if column.kind is None]
    chosen = unknown or [column for column in columns if column.kind is Kind.SECTION]
    if not chosen:
        return columns
    pick = chosen[-1].index
    return tuple(Column(c.index, Kind.TASK, c.head) if c.index == pick else c for c in columns)
