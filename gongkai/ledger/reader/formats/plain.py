"""Plain text (纯文本), whatever its encoding."""

import re

from gongkai.frame.opening.limits import MAX_LINES, too_large
from gongkai.frame.opening.signs import is_page_number
from gongkai.ledger.reader.source import Source, SourceWriter

_BARE_NUMBER = re.compile(r"\s*\d{1,4}\s*")
_NEWLINES = re.compile(r"\r\n?|[\v\x85\u2028\u2029]")


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
