"""What a text really is (识别文字类型): a page, a table or plain text."""

import csv
import io
import re
from collections import Counter
from itertools import islice

from gongkai.frame.opening.kinds import Format
from gongkai.ledger.reader.formats.delimited import is_piped

_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|table|div|p|meta|span|tr|td|article|h[1-6]|!--)[\s>/-]", re.I
)
#: A plain text that only mentions a tag is no page; a page has several.
LEAST_TAGS = 3


def sniff_text(text: str, name: str = "") -> Format:
    """Whether decoded text is a web page, a delimited table or plain text (识别文字类型)."""
    head = text[:20_000]
    if len(_HTML.findall(head)) >= LEAST_TAGS or re.match(r"\s*<(?:!doctype|html)", head, re.I):
        return Format.HTML
    lines = [line for line in head.splitlines() if line.strip() and not line.startswith("#")][:30]
    if lines and (_tabbed(lines) or is_piped(lines) or _comma_separated(head, name)):
        return Format.DELIMITED
    return Format.TEXT


def _tabbed(lines: list[str]) -> bool:
    with_tabs = sum("\t" in line.strip() for line in lines)
    return with_tabs >= max(2, len(lines) * 0.4)


def _comma_separated(text: str, name: str) -> bool:
    """Whether rows have the same number of cells between commas, at least three (two if the name says so)."""
    try:
        rows = [row for row in islice(csv.reader(io.StringIO(text)), 40) if any(row)]
    except csv.Error:
        return False
    widths = Counter(len(row) for row in rows[:-1] or rows)
    if not widths:
        return False
    width, times = widths.most_common(1)[0]
    least = 2 if name.lower().endswith(".csv") else 3
    return width >= least and len(rows) > 1 and times >= len(rows) * 0.7
