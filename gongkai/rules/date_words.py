"""日期用语: dates as letters and pages print them."""

from collections.abc import Iterable
from datetime import date

from gongkai.rules.pauses import merged

WEEKDAYS = "一二三四五六日"


def weekday(day: date) -> str:
    """The day of the week (星期).

    >>> weekday(date(2021, 4, 25))
    '星期日'
    """
    return f"星期{WEEKDAYS[day.weekday()]}"


def full(day: date) -> str:
    """A date as letters print it (年月日).

    >>> full(date(2021, 2, 7))
    '2021年2月7日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def spans_of(days: Iterable[date], year: int) -> list[str]:
    """Days as spans in words (连续日期合并); a year is named only where it is not the one before.

    >>> spans_of([date(2021, 12, 31), date(2022, 1, 1), date(2022, 1, 8), date(2022, 1, 9)], 2021)
    ['12月31日至2022年1月1日', '1月8日至9日']
    """
    words = []
    for first, last in merged((day, day) for day in days):
        words.append(_span(first, last, year))
        year = last.year
    return words


def _span(first: date, last: date, year: int) -> str:
    begin = _short(first, year)
    if first == last:
        return begin
    same_month = (first.year, first.month) == (last.year, last.month)
    return f"{begin}至{last.day}日" if same_month else f"{begin}至{_short(last, first.year)}"


def _short(day: date, year: int) -> str:
    return f"{day.month}月{day.day}日" if day.year == year else full(day)
