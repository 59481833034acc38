"""表头识别: which column of a table a heading of somebody's sheet means."""

import re
import unicodedata
from collections.abc import Sequence

from gongkai.rules.structured.declaration import Field, Table

HEAD_WITHIN = 20  # rows of titles and notes that may stand above the head
_BRACKET = re.compile(r"[（(\[][^）)\]]*[）)\]]")
_MARKS = re.compile(r"[\s*＊:：_、/\-]")
#: a serial number of the sheet itself carries nothing
SERIALS = frozenset({"序号", "编号", "序", "行号"})


def plain(heading: str) -> str:
    """A heading without blanks, marks and its unit of measure.

    >>> plain(" 补贴 金额（元）*")
    '补贴金额'
    """
    return _MARKS.sub("", _BRACKET.sub("", unicodedata.normalize("NFKC", heading)))


def names(field: Field) -> set[str]:
    """All headings that mean *field* (同义表头)."""
    return {plain(each) for each in (field.label, *field.aliases)}


def match(table: Table, headings: Sequence[str]) -> dict[int, Field]:
    """The columns that *headings* mean, by place (表头对应); a column is taken once, the first time."""
    found: dict[int, Field] = {}
    taken: set[str] = set()
    known = {name: column for column in table.columns for name in names(column)}
    for place, heading in enumerate(headings):
        column = known.get(plain(heading)) if heading else None
        if column and column.code not in taken:
            found[place] = column
            taken.add(column.code)
    return found


def find_head(table: Table, lines: Sequence[Sequence[str]]) -> tuple[int, dict[int, Field]]:
    """The row that is the head, and what its columns mean (查找表头): the one with most known headings."""
    best, columns = -1, dict[int, Field]()
    for place, line in enumerate(lines[:HEAD_WITHIN]):
        found = match(table, line)
        if len(found) > len(columns):
            best, columns = place, found
    return best, columns
