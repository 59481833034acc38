"""工作日: add and count working days and calendar days. Dates in, dates out.

Counting (民法典第二百零一条、第二百零三条): the day on which a period starts never counts; the first day is
the next working day. A negative number counts backwards by the same rule. Zero gives the starting day itself.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from gongkai.rules.calendars import PUBLISHED, Calendar
from gongkai.rules.law import Limit, Refused, Unit
from gongkai.rules.pauses import ONE_DAY, Pause, merged


def is_workday(day: date, *, calendar: Calendar = PUBLISHED) -> bool:
    """Whether *day* is a working day (是否工作日).

    >>> is_workday(date(2021, 4, 25)), is_workday(date(2021, 5, 3))
    (True, False)
    """
    return calendar.is_workday(day)


def add_workdays(
    start: date, workdays: int, *, pauses: Iterable[tuple[date, date]] = (), calendar: Calendar = PUBLISHED
) -> date:
    """The last day of a period of working days (期限届满日); *start* and paused days do not count.

    >>> str(add_workdays(date(2021, 1, 20), 20))
    '2021-02-22'
    >>> str(add_workdays(date(2021, 1, 20), -5))
    '2021-01-13'
    >>> str(add_workdays(date(2021, 1, 23), 0))
    '2021-01-23'
    """
    due = calendar.add(start, workdays)
    if not pauses or not workdays:
        return due
    spans = merged(pauses)
    return _later(start, due, spans, calendar) if workdays > 0 else _earlier(start, due, spans, calendar)


def _later(start: date, due: date, spans: list[Pause], calendar: Calendar) -> date:
    for span in spans:
        if span.first > due:
            break
        if span.last > start:
            due = calendar.add(due, calendar.count(max(start, span.first - ONE_DAY), span.last))
    return due


def _earlier(start: date, due: date, spans: list[Pause], calendar: Calendar) -> date:
    for span in reversed(spans):
        if span.last < due:
            break
        if span.first < start:
            due = calendar.add(due, calendar.count(min(start, span.last + ONE_DAY), span.first))
    return due


def count_workdays(
    first: date, last: date, *, pauses: Iterable[tuple[date, date]] = (), calendar: Calendar = PUBLISHED
) -> int:
    """Working days after *first* up to and including *last* (两日之间的工作日).

    *first* never counts and *last* does, so that ``count_workdays(day, add_workdays(day, n)) == n``. Where
    *last* is the earlier day the number is negative: days overdue (逾期) as a negative rest.

    >>> count_workdays(date(2021, 1, 20), date(2021, 2, 22))
    20
    >>> count_workdays(date(2021, 2, 22), date(2021, 2, 19))
    -2
    """
    total = calendar.count(first, last)
    for span in merged(pauses):
        total -= _paused(first, last, span, calendar)
    return total


def _paused(first: date, last: date, span: Pause, calendar: Calendar) -> int:
    if last >= first:
        begin, end = max(first, span.first - ONE_DAY), min(last, span.last)
        return calendar.count(begin, end) if begin < end else 0
    begin, end = min(first, span.last + ONE_DAY), max(last, span.first)
    return calendar.count(begin, end) if begin > end else 0


def next_workday(day: date, *, calendar: Calendar = PUBLISHED) -> date:
    """*day* itself if it is worked, else the next working day (遇休息日顺延).

    >>> str(next_workday(date(2021, 2, 11)))
    '2021-02-18'
    """
    return day if calendar.is_workday(day) else calendar.add(day, 1)


def add_days(start: date, days: int, *, shift: bool = False, calendar: Calendar = PUBLISHED) -> date:
    """The last day of a period of calendar days (自然日), *start* not counted.

    It stays on a rest day unless *shift* moves it to the next working day (顺延).

    >>> str(add_days(date(2021, 2, 1), 20)), str(add_days(date(2021, 2, 6), 7, shift=True))
    ('2021-02-21', '2021-02-18')
    """
    try:
        due = start + timedelta(days=days)
    except OverflowError:
        raise Refused(f"{start}加{days}日超出了可以表示的日期范围") from None
    return next_workday(due, calendar=calendar) if shift else due


def last_day(
    start: date,
    limit: Limit,
    *,
    pauses: Iterable[tuple[date, date]] = (),
    shift: bool = False,
    calendar: Calendar = PUBLISHED,
) -> date:
    """The last day of a legal limit (期限届满日), in the unit that its article names.

    Pauses lengthen working days only; *shift* is for calendar days, since the other never end on a rest day.
    """
    if limit.unit is Unit.WORKDAYS:
        return add_workdays(start, limit.length, pauses=pauses, calendar=calendar)
    return add_days(start, limit.length, shift=shift, calendar=calendar)
