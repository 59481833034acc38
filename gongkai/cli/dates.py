"""日期的写法: dates as people type them on the command line."""

import re
import unicodedata
from datetime import date

from gongkai.rules.law import Refused

DATE = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")


def find_date(text: str) -> date | None:
    """A date as people type it (日期), or None where the text is no date at all."""
    found = DATE.fullmatch(text)
    if not found:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        raise Refused(f"“{text}”不是有效的日期，请写成 2021-01-20 的样子") from None


def read_date(text: str) -> date:
    """A date as people type it (日期); anything else is refused."""
    day = find_date(unicodedata.normalize("NFKC", text).strip())
    if day is None:
        raise Refused(f"看不懂日期“{text}”，请写成 2021-01-20 的样子")
    return day


def read_span(text: str) -> tuple[date, date]:
    """Two dates joined by two dots (起止日期)."""
    first, parted, last = text.partition("..")
    if not parted:
        raise Refused(f"看不懂中止期间“{text}”，请写成 2021-04-07..2021-04-20 的样子")
    return read_date(first), read_date(last)
