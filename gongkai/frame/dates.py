"""日期用语: dates as people read them, 剩余 3 个工作日 and not 2021-03-29 alone."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from gongkai.rules.calendars import UnknownYear, with_estimate
from gongkai.rules.workdays import count_workdays

#: so many working days before the last one a date is shown as near (临期)
SOON = 5


@dataclass(frozen=True, slots=True)
class Remaining:
    """How far a day is away (剩余期限): the sentence, and its weight: late, today, soon or later."""

    text: str
    weight: str


def date_zh(day: date | datetime | None) -> str:
    """A date in full Chinese form; of a moment, the day in the district's time zone.

    >>> date_zh(date(2021, 3, 5))
    '2021年3月5日'
    """
    if not day:
        return ""
    local = date_of(day)
    return f"{local.year}年{local.month}月{local.day}日"


def date_of(moment: date | datetime) -> date:
    """The day of a date, or of a moment in the district's time zone (当地日期)."""
    if not isinstance(moment, datetime):
        return moment
    return moment.date() if timezone.is_naive(moment) else timezone.localdate(moment)


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
