"""中止计算: spans of days that a period does not count, such as asking a third party (征求意见)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from gongkai.rules.law import Refused

ONE_DAY = timedelta(days=1)


class Pause(NamedTuple):
    """A span that does not count towards a period (不计入期限), both ends included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether *day* lies within the span (当日中止)."""
        return self.first <= day <= self.last


def merged(pauses: Iterable[tuple[date, date]]) -> list[Pause]:
    """The same days as spans that do not touch, in order (合并重叠期间)."""
    joined: list[Pause] = []
    for first, last in sorted(pauses):
        if last < first:
            raise Refused(f"中止期间的止日{last}早于起日{first}")
        if joined and first <= joined[-1].last + ONE_DAY:
            first, last = joined[-1].first, max(joined.pop().last, last)
        joined.append(Pause(first, last))
    return joined


def pause_between(
    sent: date, answered: date, *, sending_counts: bool = True, answering_counts: bool = False
) -> tuple[Pause, ...]:
    """The pause from asking somebody to the answer (征求意见期间); no pause where nothing lies between.

    No source fixes the two ends. As a convention the day of sending still counts towards the period and the
    day of the answer does not; both can be set the other way.

    >>> [(str(pause.first), str(pause.last)) for pause in pause_between(date(2021, 4, 6), date(2021, 4, 20))]
    [('2021-04-07', '2021-04-20')]
    """
    if answered < sent:
        raise Refused(f"收到意见的日期{answered}早于发出日期{sent}")
    first = sent + ONE_DAY if sending_counts else sent
    last = answered - ONE_DAY if answering_counts else answered
    return (Pause(first, last),) if first <= last else ()
