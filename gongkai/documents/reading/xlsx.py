"""Excel 文件 (.xlsx): each sheet that is shown as an accessible table."""

from collections.abc import Iterator

from gongkai.documents.reading.blocks import Block, Heading, TableCell, TableRow, said
from gongkai.documents.reading.clean import ordered
from gongkai.documents.reading.readable import Readable
from gongkai.documents.reading.tables import shaped
from gongkai.documents.reading.workbook import Book, Sheet
from gongkai.documents.reading.write import html as written


def read(content: bytes) -> Readable:
    """Read a workbook (读取 .xlsx); what is hidden in it is left out and told."""
    sheets = list(Book(content).sheets())
    shown = [sheet for sheet in sheets if not sheet.hidden and any(line.cells for line in sheet.lines)]
    blocks: list[Block] = []
    title = ""
    for sheet in shown:
        if len(shown) > 1:
            blocks.append(Heading(said(sheet.name), 2))
        blocks += shaped(list(_rows(sheet)))
    if len(shown) == 1:
        title = _title(shown[0])
    return Readable(written(ordered(blocks)), title, doubts=tuple(_doubts(sheets)))


def _title(sheet: Sheet) -> str:
    """The first row, if it is one cell over the table."""
    first = next((line for line in sheet.lines if line.cells and not line.hidden), None)
    alone = first is not None and len(first.cells) == 1 and len(sheet.lines) > 1
    return " ".join(next(iter(first.cells.values())).split())[:150] if first and alone else ""


def _rows(sheet: Sheet) -> Iterator[TableRow]:
    columns = _columns(sheet)
    shown = [line for line in sheet.lines if not line.hidden]
    spans, covered = _spread(sheet, columns, [line.number for line in shown])
    for line in shown:
        cells = [
            TableCell(said(line.cells.get(column, "")), False, *spans.get((line.number, column), (1, 1)))
            for column in columns
            if (line.number, column) not in covered
        ]
        yield TableRow(_merged_title(cells, line.cells, len(columns)))


def _merged_title(cells: list[TableCell], filled: dict[int, str], width: int) -> tuple[TableCell, ...]:
    """One filled cell in a row of its own stands for the whole row."""
    if len(filled) == 1 and width > 1 and all(cell.rows == 1 for cell in cells) and cells and cells[0].runs:
        return (TableCell(cells[0].runs, False, 1, width),)
    return tuple(cells)


def _columns(sheet: Sheet) -> list[int]:
    """The columns that hold something and are shown."""
    filled = {column for line in sheet.lines if not line.hidden for column in line.cells}
    return sorted(filled - sheet.hidden_columns)


def _spread(
    sheet: Sheet, columns: list[int], rows: list[int]
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """How far merged cells reach over what is shown, and the places under them."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for left, top, right, bottom in sheet.merges:
        wide = [column for column in columns if left <= column <= right]
        tall = [row for row in rows if top <= row <= bottom]
        if wide and tall and wide[0] == left and tall[0] == top:
            spans[top, left] = (len(tall), len(wide))
            covered.update((row, column) for row in tall for column in wide)
            covered.discard((top, left))
    return spans, covered


def _doubts(sheets: list[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        if sheet.hidden:
            yield f"工作表“{sheet.name}”是隐藏的，没有读入"
            continue
        rows = sum(line.hidden for line in sheet.lines)
        if rows:
            yield f"工作表“{sheet.name}”有{rows}个隐藏行，没有读入"
        if sheet.hidden_columns & {column for line in sheet.lines for column in line.cells}:
            yield f"工作表“{sheet.name}”有隐藏列，没有读入"
        if sheet.pictures:
            yield f"工作表“{sheet.name}”中的图片、图表没有读入"
