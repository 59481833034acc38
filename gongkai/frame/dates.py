"""日期用语: dates as people read them, 剩余 3 个工作日 and not 2021-03-29 alone."""

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.rules.calendars import UnknownYear, with_estimate
from gongkai.rules.workdays import count_workdays

#: so many working days before the last one a date is shown as near (临期)
SOON = 5


@dataclass(frozen=True, slots=True)
class Remaining:
    """How far a day is away (剩余期限): the sentence, and its weight: late, today, soon or later."""

    text: str
    weight: str


def date_zh(day: date | None) -> str:
    """A date in full Chinese form.

    >>> date_zh(date(2021, 3, 5))
    '2021年3月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def date_of(moment: date | datetime) -> date:
    """The day of a date or of a moment in time."""
    return moment.date() if isinstance(moment, datetime) else moment


def remaining(due: date, today: date) -> Remaining:
    """The days from *today* to *due* in words (剩余天数); overdue days are calendar days.

    >>> remaining(date(2021, 4, 6), date(2021, 4, 2)).text
    '剩余 1 个工作日'
    >>> remaining(date(2021, 4, 1), date(2021, 4, 6)).text
    '逾期 5 天'
    """
    if due < today:
        return Remaining(f"逾期 {(today - due).days} 天", "late")
    if due == today:
        return Remaining("今天到期", "today")
    try:
        left = count_workdays(today, due, calendar=with_estimate())
    except UnknownYear:
        return Remaining(f"剩余 {(due - today).days} 天", "later")
    if not left:
        return Remaining(f"剩余 {(due - today).days} 天，均为休息日", "soon")
    return Remaining(f"剩余 {left} 个工作日", "soon" if left <= SOON else "later")
