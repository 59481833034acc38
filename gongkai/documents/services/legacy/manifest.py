"""清单: the table that lists the papers of an older site, read row by row however long it is."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time
from itertools import islice
from typing import IO, Any, cast
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.documents.services.legacy.archive import MOST_TIMES, Archive
from gongkai.documents.services.legacy.headings import DEPTH, heading_row
from gongkai.frame.opening.decoding import decode
from gongkai.frame.opening.unreadable import Unreadable

KINDS = ("csv", "xlsx", "html", "htm", "zip")
LONGEST_CELL = 5_000_000
MOST_COLUMNS = 200
CHUNK = 2**20
MOST_UNPACKED = 2048 * CHUNK
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NO_TITLE = "没有找到表头：前10行里应有一行写明“标题”等列名，请检查清单"


class Manifest:
    """A manifest that was opened (清单): its headings, its rows, and the files that came with it."""

    def __init__(self, stream: IO[bytes], kind: str) -> None:
        self.archive: Archive | None = None
        self.base = ""
        if kind == "zip":
            self.archive = Archive(stream)
            name = self.archive.manifest()
            self.base = name.rpartition("/")[0]
            stream, kind = self.archive.open(name), name.rpartition(".")[2]
        self._stream, self._kind = bare(stream), kind
        first = list(islice(self._lines(), DEPTH))
        place = heading_row([cells for _, cells in first])
        if place is None:
            raise Unreadable(NO_TITLE)
        self._top, self.headings = first[place]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The rows below the headings with their numbers (数据行); empty ones are left out."""
        for number, cells in self._lines():
            if number > self._top and any(cells):
                yield number, cells

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        self._stream.seek(0)
        reader = {"csv": _delimited, "xlsx": _workbook}.get(self._kind, _page)
        for number, cells in enumerate(reader(self._stream), 1):
            yield number, [tidy(cell) for cell in cells[:MOST_COLUMNS]]


def bare(stream: Any) -> IO[bytes]:
    """The stream within what wraps it (原始文件流): uploads and temporary files come in several coats."""
    while not isinstance(stream, io.IOBase):
        stream = stream.file
    return cast(IO[bytes], stream)


def guarded(text: str) -> str:
    """A text that no spreadsheet runs as a formula (防公式); ``tidy`` takes the sign off again.

    >>> guarded("=1+1"), tidy(guarded("=1+1")), guarded("通知")
    ("'=1+1", '=1+1', '通知')
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def tidy(cell: Any) -> str:
    """A cell as text (单元格): days as days, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).replace("\x00", "").strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def _delimited(stream: IO[bytes]) -> Iterator[Sequence[Any]]:
    csv.field_size_limit(LONGEST_CELL)
    encoding = _encoding(stream)
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    head = text.readline()
    text.seek(0)
    mark = max(",\t;", key=head.count)
    try:
        yield from csv.reader(text, delimiter=mark)
    except csv.Error:
        raise Unreadable("清单里有无法读取的行，请用表格软件另存为 .csv 或 .xlsx 后再试") from None
    finally:
        text.detach()  # the stream is read again from its beginning


def _encoding(stream: IO[bytes]) -> str:
    """The encoding of a long text (识别编码), told from all of it: one page of GBK may look like UTF-8."""
    stream.seek(0)
    head = stream.read(4)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        stream.seek(0)
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    stream.seek(0)
    try:
        while piece := stream.read(CHUNK):
            decoder.decode(piece)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return "gb18030"
    finally:
        stream.seek(0)
    return "utf-8-sig"


def _workbook(stream: IO[bytes]) -> Iterator[Sequence[Any]]:
    try:
        with ZipFile(stream) as packed:
            sizes = [part.file_size for part in packed.infolist()]
            squeezed = sum(part.compress_size for part in packed.infolist()) or 1
        if sum(sizes) > MOST_UNPACKED or (sum(sizes) > 100 * CHUNK and sum(sizes) > squeezed * MOST_TIMES):
            raise Unreadable("清单解压后过大，请分成几份")
        stream.seek(0)
        book = load_workbook(stream, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError, EOFError):
        raise Unreadable("清单已损坏或不是 .xlsx 文件，请重新保存后再上传") from None
    with closing(book):
        sheet = next((each for each in book.worksheets if each.sheet_state == "visible"), None)
        if sheet is None:
            raise Unreadable("清单里没有可见的工作表")
        sheet.reset_dimensions()
        yield from sheet.iter_rows(values_only=True)


def _page(stream: IO[bytes]) -> Iterator[Sequence[Any]]:
    tree = LexborHTMLParser(decode(stream.read()))
    tables = tree.css("table")
    if not tables:
        raise Unreadable("网页里没有表格，请放入含有清单表格的网页")
    largest = max(tables, key=lambda table: len(table.css("tr")))
    for row in largest.css("tr"):
        yield [_cell(cell) for cell in row.css("th, td")]


def _cell(cell: LexborNode) -> str:
    """The words of a cell; what is more than words (a text, a link) stays as it is written."""
    if any(child.tag in ("p", "div", "h1", "h2", "h3", "table", "ul", "ol") for child in cell.iter()):
        return "".join(child.html or "" for child in cell.iter(include_text=True))
    return cell.text(strip=True)
