"""What a file holds before anyone understands it (原文): one plain text, cut into paragraphs and tables."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.frame.opening.cells import RawCell
from gongkai.frame.opening.signs import INVISIBLE, RADICALS

_BLANK = rf"\s\x00-\x1f\x7f-\x9f{''.join(sorted(INVISIBLE))}"
#: What prints nothing (空白字符), and what stands between.
BLANKS = re.compile(f"[{_BLANK}]+")
PRINTED = re.compile(f"[^{_BLANK}]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or line (段落): its place in the text; `whole` if the file itself says where it ends."""

    start: int
    end: int
    page: int | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell (单元格): its place in the text and how far it spreads."""

    start: int
    end: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table (表格) as a full grid: a merged cell stands in every place that it covers."""

    grid: tuple[tuple[Cell | None, ...], ...]
    start: int
    end: int
    page: int | None = None


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Source:
    """A document as extracted (提取结果): the text that people see, and its blocks in order."""

    text: str
    blocks: tuple[Block, ...]
    source_format: str


class SourceWriter:
    """Puts a `Source` together piece by piece, so that every block knows its place (汇总原文)."""

    def __init__(self, source_format: str) -> None:
        self._format = source_format
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []

    @property
    def length(self) -> int:
        """How many characters have been written."""
        return self._length

    def paragraph(self, text: str, page: int | None = None, *, whole: bool = True) -> None:
        """Add one paragraph or line."""
        start = self._write(text)
        self._write("\n")
        if text and not text.isspace():
            self._blocks.append(Paragraph(start, start + len(text), page, whole))

    def blank(self) -> None:
        """Add an empty line."""
        self._write("\n")

    def table(self, rows: Iterable[Sequence[RawCell]], page: int | None = None) -> None:
        """Add a table; cells are placed as in HTML: each takes the next free place of its row."""
        begin = self._length
        grid = self._place(rows)
        if grid:
            self._blocks.append(Table(grid, begin, self._length, page))

    def finish(self) -> Source:
        """The finished source."""
        return Source("".join(self._pieces), tuple(self._blocks), self._format)

    def _write(self, text: str) -> int:
        start = self._length
        self._pieces.append(text.translate(RADICALS))
        self._length += len(text)
        return start

    def _place(self, rows: Iterable[Sequence[RawCell]]) -> tuple[tuple[Cell | None, ...], ...]:
        taken: dict[int, tuple[Cell, int]] = {}  # column → a cell reaching down, and rows still to cover
        grid: list[tuple[Cell | None, ...]] = []
        for row in rows:
            line: list[Cell | None] = []
            cells = iter(row)
            for column in range(MAX_COLUMNS):
                if column < len(line):
                    continue
                if column in taken:
                    line.append(_reach_down(taken, column))
                    continue
                raw = next(cells, None)
                if raw is None:
                    if not any(later > column for later in taken):
                        break
                    line.append(None)
                    continue
                cell = self._cell(raw)
                for offset in range(min(cell.columns, MAX_COLUMNS - column)):
                    line.append(cell)
                    if cell.rows > 1:
                        taken[column + offset] = (cell, cell.rows - 1)
            self._write("\n")
            grid.append(tuple(line))
        return tuple(grid)

    def _cell(self, raw: RawCell) -> Cell:
        start = self._write(raw.text)
        self._write("\t")
        rows, columns = max(1, min(raw.rows, MAX_SPAN)), max(1, min(raw.columns, MAX_COLUMNS))
        return Cell(start, start + len(raw.text), rows, columns)


#: A wider table is no plan; a larger spread is a broken file.
MAX_COLUMNS = 60
MAX_SPAN = 5000


def _reach_down(taken: dict[int, tuple[Cell, int]], column: int) -> Cell:
    cell, left = taken.pop(column)
    if left > 1:
        taken[column] = (cell, left - 1)
    return cell
