"""名册: rows of a sheet of units or accounts, as offices keep them, whatever stands above the head."""

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from gongkai.frame.opening import packed as opening
from gongkai.frame.opening.unreadable import Unreadable as Closed

MOST = 2000
MOST_COLUMNS = 60
#: what a broken or hostile workbook makes its reader say
FAULTS = (
    Closed, InvalidFileException, zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError,
    AttributeError, OSError, EOFError, RuntimeError, SyntaxError, OverflowError,
)  # fmt: skip
HEAD_WITHIN = 20  # rows of titles and notes that may stand above the head


class Unreadable(ValueError):  # noqa: N818 (a state of the file, as Refused is one of the act)
    """The sheet cannot be read (无法读取); the message is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row by its headings (一行), with its number in the sheet."""

    number: int
    cells: dict[str, str]

    def get(self, heading: str) -> str:
        """The text under a heading, or nothing."""
        return self.cells.get(heading, "")


def read_roll(content: bytes, kind: str, required: frozenset[str], most: int = MOST) -> list[Row]:
    """The rows under the first row that holds all *required* headings (读取名册), *most* of them at once."""
    lines = list(_sheet(content, most) if kind == "xlsx" else _text(content))
    for place, line in enumerate(lines[:HEAD_WITHIN]):
        if required <= set(line):
            return list(_rows(line, lines[place + 1 :], place + 2, most))
    raise Unreadable(f"没有找到表头：表格里要有{'、'.join(sorted(required))}这几列")


def _rows(head: list[str], lines: Iterable[list[str]], first: int, most: int) -> Iterator[Row]:
    for number, line in enumerate(lines, start=first):
        if any(line):
            if number - first >= most:
                raise Unreadable(f"一次最多导入{most}行，请分成几个文件")
            yield Row(number, {name: text for name, text in zip(head, line, strict=False) if name})


def _sheet(content: bytes, most: int) -> Iterator[list[str]]:
    try:
        opening.Package(content)  # refuses what unpacks too large
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about styles that no roll needs
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what a sheet says of its own size may be wrong
            for number, line in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)):
                if number > most + HEAD_WITHIN:
                    raise Unreadable(f"一次最多导入{most}行，请分成几个文件")
                yield [_written(value) for value in line]
    except Unreadable:
        raise
    except FAULTS as error:
        raise Unreadable("文件打不开，可能已损坏或设有密码，请用 WPS 另存为 .xlsx 后再上传") from error


def _text(content: bytes) -> Iterator[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return iter([[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text))])
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
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
