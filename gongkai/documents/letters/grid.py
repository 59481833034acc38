"""表格布局: where each cell of a table stands, cells over several rows and columns counted in."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.documents.letters.blocks import Block, Cell

MOST_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with its place (单元格位置), kept within the table."""

    cell: Cell
    row: int
    column: int
    across: int
    down: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table laid out (表格)."""

    width: int
    height: int
    cells: tuple[Placed, ...]


def laid_out(table: Block) -> Grid:
    """The table with the place of each cell (布局); what runs over the edge is cut to it."""
    height = len(table.rows)
    taken: set[tuple[int, int]] = set()
    placed = list(_placed(table, height, taken))
    width = max((each.column + each.across for each in placed), default=1)
    free = (
        Placed(Cell(()), row, column, 1, 1)
        for row in range(height)
        for column in range(width)
        if (row, column) not in taken
    )
    return Grid(width, height, tuple(sorted([*placed, *free], key=lambda each: (each.row, each.column))))


def _placed(table: Block, height: int, taken: set[tuple[int, int]]) -> Iterator[Placed]:
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            if column >= MOST_COLUMNS:
                break
            across = _free(taken, row, column, min(cell.across, MOST_COLUMNS - column))
            down = min(cell.down, height - row)
            taken |= {(row + y, column + x) for y in range(down) for x in range(across)}
            yield Placed(cell, row, column, across, down)
            column += across


def _free(taken: set[tuple[int, int]], row: int, column: int, across: int) -> int:
    """As many columns as are free from here, so that two cells never stand on one place."""
    return next((wide for wide in range(across) if (row, column + wide) in taken), across)
