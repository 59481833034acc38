"""Tasks from tables (表格任务): one row, or one merged cell over several rows, is one task."""

import itertools
from dataclasses import dataclass, replace

from gongkai.ledger.reader.brackets import find_enclosures
from gongkai.ledger.reader.draft import Context, Draft
from gongkai.ledger.reader.duties import parts_of
from gongkai.ledger.reader.flow import Flow, flow_of
from gongkai.ledger.reader.grid import Column, Grid, Row, read_grid, words
from gongkai.ledger.reader.labels import Kind, role_of
from gongkai.ledger.reader.marks import Mark, Style, find_marks
from gongkai.ledger.reader.pieces import clean_text
from gongkai.ledger.reader.plan import Span
from gongkai.ledger.reader.source import Cell, Paragraph, Source, Table


def task_grids(source: Source) -> list[Grid]:
    """The tables of a document that hold tasks (任务表)."""
    grids: list[Grid] = []
    for block in source.blocks:
        if isinstance(block, Table):
            grid = read_grid(source.text, block, grids[-1] if grids else None)
            if grid:
                grids.append(grid)
    return grids


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which columns are headings, which are the task, after a look at the rows."""

    sections: tuple[Column, ...]
    main: tuple[Column, ...]
    number: Column | None
    split: bool  # several numbered tasks in one cell


class TableReader:
    """Reads one table of tasks (表格读取)."""

    def __init__(self, source: Source, grid: Grid, above: tuple[str, ...], context: Context) -> None:
        self.source = source
        self.grid = grid
        self.above = above
        self.context = context
        self.rows = self._data_rows()
        self.shape = self._find_shape()
        self._stack: list[tuple[Style | None, str]] = []
        self._carried: dict[int, str] = {}

    def drafts(self) -> list[Draft]:
        """All tasks of the table in order."""
        found: list[Draft] = []
        group: list[tuple[int, Row]] = []
        for number, row in self.rows:
            if self._is_heading(row):
                found += self._close(group)
                group = []
                self._carried.clear()
                self._push_heading(row)
            elif group and (self._main_cell(row) is None or self._same_task(group[-1][1], row)):
                group.append((number, row))
            else:
                found += self._close(group)
                group = [(number, row)]
        found += self._close(group)
        return found

    def _data_rows(self) -> list[tuple[int, Row]]:
        rows = []
        for number, row in enumerate(self.grid.table.grid[self.grid.first :], self.grid.first + 1):
            keys = tuple(self._key(row, index) for index in range(len(self.grid.head)))
            if any(keys) and keys != self.grid.head:
                rows.append((number, row))
        return rows

    def _key(self, row: Row, index: int) -> str:
        return words(self.source.text, row[index]) if index < len(row) else ""

    def _find_shape(self) -> _Shape:
        tasks, sections = self.grid.of(Kind.TASK), self.grid.of(Kind.SECTION)
        single = [column for column in tasks if len(tasks) + len(sections) == 1 or not self._groups(column)]
        main = single or tasks[-1:] or sections[-1:]
        details = [c for c in main if c is not main[0] and ("目标" in c.head or "成果" in c.head)]
        main = [column for column in main if column not in details]
        groups = [column for column in (*sections, *tasks) if column not in main and column not in details]
        number = next(iter(self.grid.of(Kind.NUMBER)), None)
        if number and main and self._spans_tasks(number, main[0]):
            number = None
        shape = _Shape(tuple(sorted(groups, key=lambda c: c.index)), tuple(main), number, False)
        return replace(shape, split=number is None and self._numbers_go_on(shape))

    def _groups(self, column: Column) -> bool:
        """Whether a column heads several rows: merged, repeated, or left blank under its first."""
        rows = [row for _, row in self.rows if not self._is_wide(row)]
        for above, below in itertools.pairwise(rows):
            if column.index >= min(len(above), len(below)):
                continue
            same = self._key(above, column.index) == self._key(below, column.index)
            blank = not self._key(below, column.index)
            if (same or blank) and self._others_differ(above, below, column):
                return True
        return False

    def _others_differ(self, above: Row, below: Row, column: Column) -> bool:
        others = [c for c in self.grid.of(Kind.TASK) if c is not column]
        return any(
            self._key(below, c.index) and self._key(above, c.index) != self._key(below, c.index)
            for c in others
        )

    def _spans_tasks(self, number: Column, main: Column) -> bool:
        rows = [row for _, row in self.rows if not self._is_wide(row)]
        return any(
            above[number.index] is below[number.index] and above[main.index] is not below[main.index]
            for above, below in itertools.pairwise(rows)
            if above[number.index] is not None and max(number.index, main.index) < min(len(above), len(below))
        )

    def _numbers_go_on(self, shape: _Shape) -> bool:
        """Whether numbers inside the cells run on from row to row: then each is a task."""
        values = []
        for _, row in self.rows:
            cell = self._main_cell(row, shape)
            marks = _own_marks(self._flow(cell)) if cell else []
            values += [[mark.value for mark in marks]] if marks else []
        several = any(len(row) > 1 for row in values)
        on = sum(after[0] == before[-1] + 1 for before, after in itertools.pairwise(values))
        return several and len(values) > 1 and on >= 0.8 * (len(values) - 1)

    def _main_cell(self, row: Row, shape: _Shape | None = None) -> Cell | None:
        for column in reversed((shape or self.shape).main):
            if column.index < len(row) and row[column.index] and self._key(row, column.index):
                return row[column.index]
        return None

    def _flow(self, cell: Cell) -> Flow:
        """The words of a cell as running text; its line breaks are paragraphs only if the file says so."""
        lines, start = [], cell.start
        whole = self.source.source_format != "pdf"
        for line in self.source.text[cell.start : cell.end].split("\n"):
            if line.strip():
                lines.append(Paragraph(start, start + len(line), self.grid.table.page, whole))
            start += len(line) + 1
        return flow_of(self.source.text, lines)

    def _is_wide(self, row: Row) -> bool:
        """Whether one cell fills the row: a heading between the tasks."""
        filled = {cell for cell in row if cell and words(self.source.text, cell)}
        return len(filled) == 1 and len(row) > 1 and (len(set(row)) == 1 or next(iter(filled)).columns > 1)

    def _is_heading(self, row: Row) -> bool:
        if self._is_wide(row):
            return True
        filled = [index for index in range(len(row)) if self._key(row, index)]
        if len(filled) != 1 or len(row) < 3 or row[filled[0]] is None:
            return False
        cell = row[filled[0]]
        marks = _own_marks(self._flow(cell)) if cell else []
        first = filled[0] == 0 or (self.shape.number is not None and filled[0] == 1)
        outer = bool(marks) and marks[0].style in (Style.PART, Style.CHINESE, Style.CHINESE_BRACKET)
        return first and outer and (cell is None or cell.rows == 1)

    def _push_heading(self, row: Row) -> None:
        cell = next(cell for cell in row if cell and words(self.source.text, cell))
        flow = self._flow(cell)
        marks = _own_marks(flow)
        style = marks[0].style if marks else None
        while self._stack and (style is None or self._stack[-1][0] is None or self._stack[-1][0] >= style):
            self._stack.pop()
        self._stack.append((style, flow.text))

    def _same_task(self, above: Row, below: Row) -> bool:
        """Whether two rows share the cell of the task: then they name more bodies for one task."""
        if any(c.index >= min(len(above), len(below)) for c in self.shape.main):
            return False
        cells = [(above[c.index], below[c.index]) for c in self.shape.main]
        return all(one is not None and one is other for one, other in cells)

    def _close(self, group: list[tuple[int, Row]]) -> list[Draft]:
        if not group:
            return []
        number, row = group[0]
        path = self._path(row)
        cell = self._main_cell(row)
        if cell is None:
            return []
        flow = self._flow(cell)
        marks = _own_marks(flow)
        bounds = [(mark, low) for mark, low in _bounds(flow, marks, self.shape.split)]
        rows = [row for _, row in group]
        return [
            self._draft(flow, mark, low, high, rows, number, path, len(bounds) == 1)
            for (mark, low), high in zip(
                bounds, [low for _, low in bounds[1:]] + [len(flow.key)], strict=True
            )
        ]

    def _path(self, row: Row) -> tuple[str, ...]:
        titles = []
        for column in self.shape.sections:
            cell = row[column.index] if column.index < len(row) else None
            title = self._flow(cell).text if cell else ""
            title = title or self._carried.get(column.index, "")
            self._carried[column.index] = title
            if title and title not in titles:
                titles.append(title)
        return (*self.above, *(title for _, title in self._stack), *titles)

    def _draft(
        self,
        flow: Flow,
        mark: Mark | None,
        low: int,
        high: int,
        rows: list[Row],
        number: int,
        path: tuple[str, ...],
        alone: bool,
    ) -> Draft:
        printed = self._key(rows[0], self.shape.number.index) if self.shape.number else ""
        own = mark is not None and (not printed or mark.number == printed.strip("()."))
        start = mark.end if mark and own else low
        text, start, high = clean_text(flow, start, high)
        span = flow.span(low, high)
        text_span = flow.span(start, high)
        named, lead = self._lead_in(rows[0], alone)
        draft = Draft(
            _number(printed) or named or (mark.number if mark else ""),
            lead + text,
            path,
            self._place(span, number, rows[0]),
            text_span,
        )
        self._add_cells(draft, rows)
        if not draft.deadlines:
            draft.find_limits(flow, low, high, self.context.year)
        return draft

    def _lead_in(self, row: Row, alone: bool) -> tuple[str, str]:
        """Number and name of the task from a column before its content, if it has one of its own."""
        number, names = "", []
        last = self._main_cell(row)
        for column in self.shape.main:
            cell = row[column.index] if column.index < len(row) else None
            if cell is None or cell is last or not alone:
                continue
            flow = self._flow(cell)
            mark = next(iter(_own_marks(flow)), None)
            number = number or (mark.number if mark else "")
            words_ = clean_text(flow, mark.end if mark else 0, len(flow.key))[0]
            names.append(words_ if words_.endswith(("。", "；", "：")) else words_ + "。")
        return number, "".join(names)

    def _place(self, span: Span | None, number: int, row: Row) -> Span | None:
        cell = self._main_cell(row)
        if span is None or cell is None:
            return None
        end = max([span.end, *(other.end for other in row if other and other.start > cell.start)])
        page = span.page or self.grid.table.page
        return replace(span, end=end, page=page, row=number, cell=row.index(cell) + 1)

    def _add_cells(self, draft: Draft, rows: list[Row]) -> None:
        seen: set[Cell] = set()
        several = len(self.grid.of(Kind.UNITS)) > 1
        for row in rows:
            for column in self.grid.columns:
                cell = row[column.index] if column.index < len(row) else None
                if cell and cell not in seen and cell.end > cell.start and words(self.source.text, cell):
                    seen.add(cell)
                    self._add_cell(draft, column, cell, several)

    def _add_cell(self, draft: Draft, column: Column, cell: Cell, several: bool) -> None:
        flow = self._flow(cell)
        if column.kind is Kind.UNITS:
            label = column.head if several else ""
            draft.add_parts(flow, parts_of(flow, label, role_of(column.head)), self.context)
        elif column.kind is Kind.DEADLINE:
            draft.add_limit(flow, 0, len(flow.key), self.context.year)
        elif column.kind in (Kind.PERSON, Kind.OTHER, None) or self._is_detail(column):
            draft.extras.append((column.head or "其他", flow.text))

    def _is_detail(self, column: Column) -> bool:
        used = (*self.shape.main, *self.shape.sections)
        return column.kind is Kind.TASK and column not in used


def _number(printed: str) -> str:
    bare = printed.strip(".、:")
    if bare.startswith("(") and bare.endswith(")"):
        inner = bare[1:-1]
        return inner if inner.isascii() else f"（{inner}）"
    return bare


def _own_marks(flow: Flow) -> list[Mark]:
    """The numbers of a cell, if it begins with one: those of the same style as its first."""
    marks = find_marks(flow, find_enclosures(flow))
    if not marks or marks[0].start != 0:
        return []
    return [mark for mark in marks if mark.style is marks[0].style]


def _bounds(flow: Flow, marks: list[Mark], split: bool) -> list[tuple[Mark | None, int]]:
    if split and marks:
        return [(mark, mark.start) for mark in marks]
    return [(marks[0] if marks else None, 0)] if flow.key else []
