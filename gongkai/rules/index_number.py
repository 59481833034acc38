"""索引号: the number under which a paper is found for good (条例第十二条要求目录包括索引).

No national text fixes its form; the forms in use are *body / year - serial*. What is imported keeps its own.
"""

import re
from dataclasses import dataclass

from gongkai.rules.law import REGULATION, Refused

CITE = REGULATION.article("第十二条")
#: so many digits at least stand in the serial
WIDTH = 5

_FORM = re.compile(r"([0-9A-Za-z]{3,18})/((?:19|20)\d{2})-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class IndexNumber:
    """An index number in its parts (索引号).

    >>> str(IndexNumber("370402012", 2021, 7))
    '370402012/2021-00007'
    """

    body: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.body}/{self.year}-{self.serial:0{WIDTH}d}"


def parse(text: str) -> IndexNumber:
    """Read an index number (识别索引号); what is of another form is refused, and may still be kept as it is.

    >>> parse("11370322004222241N/2021-5135380").serial
    5135380
    """
    found = _FORM.fullmatch(text.strip())
    if not found:
        raise Refused(f"“{text}”不是“机构代码/年份-流水号”形式的索引号", CITE)
    return IndexNumber(found[1], int(found[2]), int(found[3]))
