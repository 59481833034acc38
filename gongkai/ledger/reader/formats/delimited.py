"""Tables as text (.csv, .tsv): cells between commas or tabs."""

import csv
import io
import re

from gongkai.frame.opening.cells import RawCell
from gongkai.frame.opening.limits import MAX_CELLS, MAX_ROWS, too_large
from gongkai.ledger.reader.source import Source, SourceWriter


def read(text: str) -> Source:
    """Read delimited text as one table; lines of one cell are paragraphs (读取分隔文本)."""
    writer = SourceWriter("csv")
    rows: list[list[RawCell]] = []
    cells = 0
    for number, row in enumerate(_rows(text)):
        cells += len(row)
        if number > MAX_ROWS or cells > MAX_CELLS:
            raise too_large("表格过大")
        filled = [cell for cell in row if cell.strip()]
        if len(filled) == 1 and not rows:
            writer.paragraph(filled[0])
        elif filled:
            rows.append([RawCell(cell.strip()) for cell in row])
    width = max((len(row) for row in rows), default=0)
    writer.table([*row, *[RawCell("")] * (width - len(row))] for row in rows)
    return writer.finish()


_RULE = re.compile(r"[\s|:+=-]*")


def is_piped(lines: list[str]) -> bool:
    """Whether lines are rows between bars (| 序号 | 任务 |), as Markdown and some pages print them."""
    barred = [line for line in lines if line.count("|") >= 2 and not _RULE.fullmatch(line)]
    return len(barred) >= 2 and len(barred) >= 0.6 * sum(bool(line.strip()) for line in lines)


def _piped(line: str) -> list[str]:
    return line.strip().removeprefix("|").removesuffix("|").split("|")


_OPENS = re.compile(r"\s*(\d{1,4})[.、．]")


def _unmerged(rows: list[list[str]]) -> list[list[str]]:
    """Rows under a merged cell were moved to the left: their numbers show by how far (还原合并单元格)."""
    last: tuple[int, int] | None = None  # column and value of the number in the row before
    placed = []
    for row in rows:
        found = next(((i, int(m[1])) for i, cell in enumerate(row) if (m := _OPENS.match(cell))), None)
        if last and found and found[0] < last[0] and found[1] == last[1] + 1:
            gap = last[0] - found[0]
            if not any(cell.strip() for cell in row[len(row) - gap :]):
                row = [*row[: found[0]], *[""] * gap, *row[found[0] : len(row) - gap]]
                found = (last[0], found[1])
        last = found
        placed.append(row)
    return placed


def _rows(text: str) -> list[list[str]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head = text[:5000]
    if is_piped(head.split("\n")):
        return _unmerged([_piped(line) for line in text.split("\n") if not _RULE.fullmatch(line)])
    mark = "\t" if head.count("\t") >= head.count(",") else ","
    csv.field_size_limit(MAX_CELLS)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=mark, strict=False))
    except csv.Error:
        return [line.split(mark) for line in text.split("\n")]
