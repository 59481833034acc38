"""纯文本 (.txt): lines as paragraphs, whatever the encoding."""

import re

from gongkai.documents.reading.blocks import Block, Paragraph, said
from gongkai.documents.reading.clean import ordered
from gongkai.documents.reading.heading import take_heading
from gongkai.documents.reading.lines import tidy, typed
from gongkai.documents.reading.readable import Readable
from gongkai.documents.reading.write import html as written
from gongkai.frame.opening.decoding import decode
from gongkai.frame.opening.limits import MAX_LINES, too_large
from gongkai.frame.opening.signs import is_page_number

_NEWLINES = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")


def read(content: bytes) -> Readable:
    """Read a text file (读取文本文件)."""
    return read_text(decode(content))


def read_text(text: str) -> Readable:
    """Read plain words (读取文字)."""
    lines = _NEWLINES.sub("\n", text).split("\n")
    if len(lines) > MAX_LINES:
        raise too_large("行数过多")
    blocks: list[Block] = [
        Paragraph(runs) for line in lines if not is_page_number(line) and (runs := tidy(said(typed(line))))
    ]
    title, number, rest = take_heading(blocks)
    return Readable(written(ordered(rest, headings=True)), title, number)
