"""Plain text (纯文本), whatever its encoding."""

import re

from gongkai.ledger.reader.formats.limits import MAX_LINES, too_large
from gongkai.ledger.reader.plan import Unreadable
from gongkai.ledger.reader.source import Source, SourceWriter

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
#: Share of characters that no text holds, above which the file is no text.
MOST_STRANGE = 0.05


def decode(content: bytes) -> str:
    """Bytes to text: by byte order mark, else UTF-8, else GB 18030 (识别编码)."""
    text = _decode(content).replace("\x00", "")
    sample = text[:20_000]
    strange = sum(char == "\ufffd" or (char < " " and char not in "\t\r\n\f\v") for char in sample)
    if strange > len(sample) * MOST_STRANGE:
        raise Unreadable("文件不是可读取的文本，请换成 .docx、.pdf、.xlsx 或 .txt 文件。")
    return text


def _decode(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    sample = content[:4000]
    if sample.count(0) > len(sample) // 5:
        even = sample[0::2].count(0) > sample[1::2].count(0)
        return content.decode("utf-16-be" if even else "utf-16-le", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    wide = _wide(content)
    return wide if wide is not None else content.decode("gb18030", "replace")


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: believed only if it comes out as Chinese."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = content[: len(content) // 2 * 2].decode(encoding, "replace")
        chinese = sum("\u4e00" <= char <= "\u9fff" or char in "，。、：；（）\r\n" for char in text[:2000])
        if chinese > 0.7 * len(text[:2000]):
            return text
    return None


_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－―─·]+\s*\d{1,4}\s*[-—–－―─·]+|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|\d{1,3}\s*/\s*\d{1,3})\s*"
)
_BARE_NUMBER = re.compile(r"\s*\d{1,4}\s*")
_NEWLINES = re.compile(r"\r\n?|[\v\x85\u2028\u2029]")


def is_page_number(line: str) -> bool:
    """Whether a line is only a page number (页码)."""
    return len(line) < 40 and bool(_PAGE_NUMBER.fullmatch(line))


def read_lines(text: str) -> Source:
    """Text as lines; page numbers are left out, they are no part of a sentence (按行读取)."""
    writer = SourceWriter("text")
    pages = _without_bars(_NEWLINES.sub("\n", text)).split("\f")
    if text.count("\n") > MAX_LINES:
        raise too_large("行数过多")
    for number, page in enumerate(pages, 1):
        write_page(writer, page.split("\n"), number if len(pages) > 1 else None)
    return writer.finish()


_LONE_BAR = re.compile(r"^[ \t]*\|+[ \t]*$|[ \t]*\|[ \t]*$", re.M)
#: Share of lines that end in a bar, above which every line is a cell of a table.
MOST_BARRED = 0.3


def _without_bars(text: str) -> str:
    """Cells that stand on lines of their own, with bars between them, lose the bars."""
    lines = text.count("\n") + 1
    bars = text.count("|")
    if bars < 4 or bars < lines * MOST_BARRED or bars > lines * 2:
        return text
    return _LONE_BAR.sub("", text)


def write_page(writer: SourceWriter, lines: list[str], page: int | None) -> None:
    """Write the lines of a page without its number and the blank lines around it (写入一页)."""
    printed = [index for index, line in enumerate(lines) if line.strip()]
    edges = {printed[0], printed[-1]} if printed and page is not None else set()
    fold = page is not None  # at a fold of the page a blank line parts no paragraphs
    waiting = 0
    for index, line in enumerate(lines):
        if is_page_number(line) or (index in edges and _BARE_NUMBER.fullmatch(line)):
            fold, waiting = True, 0
        elif not line.strip():
            waiting += not fold
        else:
            for _ in range(waiting):
                writer.blank()
            writer.paragraph(line, page, whole=False)
            fold, waiting = False, 0
