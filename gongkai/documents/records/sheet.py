"""表格进出: rows of a table out of a sheet with headings matched, and into a sheet again."""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from gongkai.frame import sheets
from gongkai.rules.structured import AMOUNTS, Declaration, Fault, Field, Sort, Table, Values
from gongkai.rules.structured.checking import row_faults
from gongkai.rules.structured.headings import HEAD_WITHIN, SERIALS, find_head, plain
from gongkai.rules.structured.record import read_row
from gongkai.rules.structured.values import amount

TOTALS = ("合计", "总计", "小计", "共计")
BROKEN = "文件打不开，可能已损坏或设有密码，请用 WPS 另存为 .xlsx 后再上传"
EMPTY_ROWS = 200  # rows without content after which a sheet is at its end


class Unreadable(ValueError):  # noqa: N818 (a state of the file, as Refused is one of the act)
    """The sheet cannot be read (无法读取); the message is one Chinese sentence."""


@dataclass(slots=True)
class Imported:
    """What a sheet holds (读取结果): rows in canonical form, faults by row and column, headings left out."""

    rows: list[Values] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    columns: list[Field] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def read_rows(table: Table, content: bytes, kind: str) -> Imported:
    """The rows of a sheet for *table* (读取明细): the sheet whose head fits best, all rows, all faults."""
    best: tuple[int, list[list[str]], dict[int, Field]] | None = None
    for lines in _books(content, kind, table.most):
        place, columns = find_head(table, lines)
        if columns and (best is None or len(columns) > len(best[2])):
            best = (place, lines, columns)
    needed = [each.label for each in table.columns if each.required]
    if best is None:
        raise Unreadable(f"没有找到表头：表格里要有{'、'.join(f'“{each}”' for each in needed)}这几列")
    place, lines, columns = best
    lost = [each for each in needed if each not in {column.label for column in columns.values()}]
    if lost:
        raise Unreadable(f"缺少{'、'.join(f'“{each}”' for each in lost)}这几列，请补上后再导入")
    return _imported(table, lines, place, columns)


def _imported(table: Table, lines: list[list[str]], place: int, columns: dict[int, Field]) -> Imported:
    head = lines[place]
    found = Imported(columns=list(columns.values()))
    found.ignored = [
        each for spot, each in enumerate(head) if each and spot not in columns and plain(each) not in SERIALS
    ]
    numbers: list[int] = []
    for number, line in enumerate(lines[place + 1 :], start=place + 2):
        row = {column.code: line[spot] for spot, column in columns.items() if spot < len(line) and line[spot]}
        if row and not _is_total(line):
            if len(numbers) >= table.most:
                raise Unreadable(f"一张表最多{table.most}行，请分成几件发布")
            numbers.append(number)
            found.rows.append(read_row(table, row, found.faults, number))
    found.faults += row_faults(table, found.rows, numbers, known=found.faults)
    found.faults.sort(key=lambda fault: fault.row)
    return found


def _is_total(line: Sequence[str]) -> bool:
    """Whether a row only adds up the others (合计行): it is left out, the sum is checked by itself."""
    words = ["".join(each.split()) for each in line if each]
    return any(each in TOTALS for each in words[:2])


def _books(content: bytes, kind: str, most: int) -> Iterator[list[list[str]]]:
    if kind == "csv":
        yield _text(content)
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about styles that no row needs
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    sheet.reset_dimensions()
                    yield _lines(sheet.iter_rows(values_only=True, max_col=60), most)
            book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, EOFError, IndexError) as error:
        raise Unreadable(BROKEN) from error


def _lines(rows: Iterable[Sequence[object]], most: int) -> list[list[str]]:
    lines: list[list[str]] = []
    empty = 0
    for row in rows:
        line = [_written(value) for value in row]
        empty = 0 if any(line) else empty + 1
        if empty > EMPTY_ROWS:
            break
        if len(lines) > most + HEAD_WITHIN + EMPTY_ROWS:
            raise Unreadable(f"一张表最多{most}行，请分成几件发布")
        lines.append(line)
    return lines


def _text(content: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text))]
        except csv.Error as error:
            raise Unreadable("表格的格式有误，请用 WPS 或 Excel 另存为 .xlsx 后再上传") from error
    raise Unreadable("文字编码无法识别，请另存为 UTF-8 编码的 .csv，或 .xlsx")


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(round(value, 6))
    return str(value).strip()


def _cell(column: Field, text: str) -> object:
    """A canonical value as a sheet holds it: amounts as numbers, days as days, the rest as text."""
    if column.sort in AMOUNTS and (number := amount(text)) is not None:
        exact: Decimal = number
        return int(exact) if exact == exact.to_integral_value() else float(exact)
    if column.sort is Sort.DATE and text:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def heads(table: Table) -> list[sheets.Head]:
    """The columns of a table as heads of a sheet (表头)."""
    return [sheets.Head(each.heading, _width(each)) for each in table.columns]


def _width(column: Field) -> float:
    wide = {Sort.LONG: 40, Sort.IDENTITY: 22, Sort.ACCOUNT: 24, Sort.DATE: 14, Sort.TEXT: 22}
    return max(wide.get(column.sort, 16), len(column.heading) * 2 + 4)


def sheet(title: str, table: Table, rows: Iterable[Values], note: str = "") -> bytes:
    """Rows as .xlsx (导出明细); the same headings as the template, so that it can be imported again."""
    lines = ([_cell(each, row.get(each.code, "")) for each in table.columns] for row in rows)
    return sheets.workbook(title, heads(table), lines, note=note)


def template(known: Declaration, table: Table) -> bytes:
    """An empty sheet with the right headings (导入模板)."""
    needed = "、".join(each.label for each in table.columns if each.required)
    return sheets.workbook(f"{known.name}：{table.label}", heads(table), [], note=f"必填：{needed}")


def csv_text(table: Table, rows: Iterable[Values]) -> str:
    """Rows as .csv (导出明细) with a mark that spreadsheets need to read Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([each.heading for each in table.columns])
    writer.writerows([_safe(row.get(each.code, "")) for each in table.columns] for row in rows)
    return "\ufeff" + out.getvalue()


def _safe(text: str) -> str:
    """A text that a spreadsheet will not run as a formula; numbers stay numbers."""
    risky = text.startswith(("=", "+", "-", "@", "\t", "\r")) and amount(text) is None
    return f"'{text}" if risky else text
