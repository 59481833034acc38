"""公开职责: whether a duty to publish is met, near its day or late, by its cycle, events and papers.

Pure: days in, a verdict with its reason out. A duty is amber when three quarters of its time are gone, and
red when the last day has passed. Working days and calendar days are counted each in their own way.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from gongkai.rules import publication, staleness
from gongkai.rules.calendars import PUBLISHED, Calendar
from gongkai.rules.law import Unit
from gongkai.rules.workdays import add_workdays

#: the share of the time after which a duty turns amber (临期)
AMBER_SHARE = 0.75
ONE_DAY = timedelta(days=1)


class Cycle(StrEnum):
    """How often a duty asks for a paper (公开周期)."""

    ONCE = "once"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    CONTINUOUS = "continuous"
    EVENT = "event"


CYCLES = {
    Cycle.ONCE: "一次性公开",
    Cycle.MONTH: "每月公开",
    Cycle.QUARTER: "每季度公开",
    Cycle.YEAR: "每年公开",
    Cycle.CONTINUOUS: "持续更新",
    Cycle.EVENT: "发生时公开",
}
MONTHS = {Cycle.MONTH: 1, Cycle.QUARTER: 3, Cycle.YEAR: 12}


class Standing(StrEnum):
    """How a duty stands (履责状态)."""

    RED = "red"
    AMBER = "amber"
    DUE = "due"
    MET = "met"
    IDLE = "idle"


STANDINGS = {
    Standing.RED: "已逾期",
    Standing.AMBER: "临近期限",
    Standing.DUE: "待公开",
    Standing.MET: "已公开",
    Standing.IDLE: "暂无应公开事项",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a duty asks for (职责要求): its cycle, the codes of its limits, and from which day it counts.

    *limit* is a code of ``publication``; *yearly* a fixed day of the year; *stretch* a code of ``staleness``.
    """

    cycle: Cycle
    starts_on: date
    limit: str = publication.GENERAL
    yearly: str = ""
    stretch: str = staleness.OTHER


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules find (履责判定): state, last day, and the sentence that explains it."""

    standing: Standing
    due_on: date | None = None
    since: date | None = None
    newest: date | None = None
    reason: str = ""
    article: str = ""

    @property
    def days_late(self) -> int:
        """Calendar days by which the met paper was late (迟公开天数); 0 where it was in time."""
        if self.standing is not Standing.MET or self.newest is None or self.due_on is None:
            return 0
        return max((self.newest - self.due_on).days, 0)


def judge(
    terms: Terms,
    today: date,
    *,
    papers: Sequence[date] = (),
    events: Sequence[date] = (),
    calendar: Calendar = PUBLISHED,
) -> Verdict:
    """Whether the duty is met on *today* (履责判定); *papers* and *events* are days, in any order.

    >>> found = judge(Terms(Cycle.EVENT, date(2021, 1, 1), "budget"), date(2021, 2, 22),
    ...     events=[date(2021, 2, 1)])
    >>> found.standing.value, str(found.due_on)
    ('red', '2021-02-21')
    >>> quarterly = Terms(Cycle.QUARTER, date(2021, 1, 1))
    >>> judge(quarterly, date(2021, 5, 1), papers=[date(2021, 4, 2)]).standing.value
    'met'
    """
    days = sorted(day for day in papers if day <= today)
    if terms.cycle is Cycle.CONTINUOUS:
        return _continuous(terms, today, days)
    if terms.cycle in MONTHS:
        return _periodic(terms, today, days)
    happened = [terms.starts_on] if terms.cycle is Cycle.ONCE else sorted(d for d in events if d <= today)
    return _after_events(terms, today, days, happened, calendar)


# --- a paper for each event ---------------------------------------------------------------------------


def _after_events(
    terms: Terms, today: date, papers: list[date], events: list[date], calendar: Calendar
) -> Verdict:
    """Each event asks for a paper of its own, published on its day or later; the oldest unmet one counts."""
    rule = publication.limit(terms.limit)
    newest = papers[-1] if papers else None
    if not events:
        return Verdict(Standing.IDLE, newest=newest, reason=f"尚未登记“{rule.event}”", article=str(rule))
    pairs = list(matched(events, papers))
    event, paper = next((pair for pair in pairs if pair[1] is None), pairs[-1])
    due = rule.last_day(event, calendar=calendar)
    if paper is not None:
        late = f"，迟 {(paper - due).days} 天" if paper > due else ""
        told = f"{event} {rule.event}，{paper} 已公开{late}"
        return Verdict(Standing.MET, due, event, paper, told, str(rule))
    amber = amber_day(event, due, rule, calendar)
    return _open(today, due, amber, newest, f"{event} {rule.event}，应于 {due} 前公开", str(rule), event)


def matched(events: Iterable[date], papers: Iterable[date]) -> Iterator[tuple[date, date | None]]:
    """Each event with the first paper from its day on that no earlier event took (逐项对应)."""
    rest = sorted(papers)
    for event in sorted(events):
        found = next((day for day in rest if day >= event), None)
        if found is not None:
            rest.remove(found)
        yield event, found


def amber_day(event: date, due: date, rule: publication.PublicationLimit, calendar: Calendar) -> date:
    """The day from which little time is left (转为临期之日), counted as the limit itself is counted.

    >>> rule = publication.limit("general")
    >>> str(amber_day(date(2021, 9, 10), date(2021, 10, 14), rule, PUBLISHED))
    '2021-10-08'
    """
    if rule.limit.unit is Unit.WORKDAYS:
        return add_workdays(event, ceil(rule.limit.length * AMBER_SHARE), calendar=calendar)
    return _three_quarters(event, due)


def _three_quarters(first: date, last: date) -> date:
    return first + timedelta(days=ceil((last - first).days * AMBER_SHARE))


def _open(
    today: date, due: date, amber: date, newest: date | None, told: str, article: str, since: date
) -> Verdict:
    """A paper is wanting: red after its last day, amber in the last quarter, due before."""
    if today > due:
        told = f"{told}，已逾期 {(today - due).days} 天"
        return Verdict(Standing.RED, due, since, newest, told, article)
    standing = Standing.AMBER if today >= amber else Standing.DUE
    return Verdict(standing, due, since, newest, told, article)


# --- at least one paper in each period ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Period:
    """One period of a duty (公开周期): its first and last day, and by when its paper must stand."""

    first: date
    last: date
    due: date

    @property
    def label(self) -> str:
        """2021年, 2021年第三季度, 2021年11月."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        if months == 1:
            return f"{self.first.year}年{self.first.month}月"
        quarter = "一二三四"[(self.first.month - 1) // 3]
        return f"{self.first.year}年第{quarter}季度" if months == 3 else f"{self.first.year}年"


def period_of(terms: Terms, day: date) -> Period:
    """The period in which *day* lies (所在周期).

    >>> period_of(Terms(Cycle.QUARTER, date(2021, 1, 1)), date(2021, 8, 5)).label
    '2021年第三季度'
    """
    months = MONTHS[terms.cycle]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    last = staleness.after_months(first, months) - ONE_DAY
    due = publication.yearly(terms.yearly).last_day(first.year) if terms.yearly else last
    return Period(first, last, due)


def periods(terms: Terms, today: date) -> Iterator[Period]:
    """The periods from the start of the duty to the one of *today* (历次周期)."""
    current = _first_owed(terms, terms.starts_on)
    while current.first <= today:
        yield current
        current = period_of(terms, current.last + ONE_DAY)


def _periodic(terms: Terms, today: date, papers: list[date]) -> Verdict:
    """The first period without a paper after the newest one counts: what was missed before it is history."""
    article = str(publication.yearly(terms.yearly).cite) if terms.yearly else str(_cycle_rule(terms))
    newest = papers[-1] if papers else None
    covered = period_of(terms, newest) if newest and newest >= terms.starts_on else None
    current = period_of(terms, today)
    if covered and newest and covered.first >= current.first:
        told = f"{current.label}已公开，最近一次是 {newest}"
        return Verdict(Standing.MET, current.due, current.first, newest, told, article)
    wanted = _first_owed(terms, covered.last + ONE_DAY if covered else terms.starts_on)
    if wanted.first > today or terms.starts_on > today:
        return Verdict(Standing.IDLE, wanted.due, wanted.first, newest, f"{wanted.label}起履行", article)
    begun = max(wanted.first, terms.starts_on)
    told = f"{wanted.label}还没有公开，应于 {wanted.due} 前公开"
    amber = _three_quarters(begun, max(wanted.due, begun))
    return _open(today, wanted.due, amber, newest, told, article, begun)


def _first_owed(terms: Terms, day: date) -> Period:
    """The period of *day*, or the next one where its last day lies before the duty began."""
    found = period_of(terms, day)
    return found if found.due >= terms.starts_on else period_of(terms, found.last + ONE_DAY)


def _cycle_rule(terms: Terms) -> str:
    return f"{CYCLES[terms.cycle]}至少一次；{publication.limit(terms.limit)}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One period in the record of a duty (履责记录): how many papers, and whether that was enough."""

    period: Period
    papers: int
    standing: Standing


def record_of(terms: Terms, today: date, papers: Iterable[date]) -> list[Entry]:
    """How each period went, the newest first (历次履责情况); empty for a duty without periods."""
    if terms.cycle not in MONTHS:
        return []
    days = sorted(papers)
    return [_entry(each, today, days) for each in periods(terms, today)][::-1]


def _entry(period: Period, today: date, days: list[date]) -> Entry:
    number = sum(period.first <= day <= period.last for day in days)
    open_still = today <= period.due
    standing = Standing.MET if number else Standing.DUE if open_still else Standing.RED
    return Entry(period, number, standing)


# --- never too long without anything new ----------------------------------------------------------------


def _continuous(terms: Terms, today: date, papers: list[date]) -> Verdict:
    rule = staleness.stretch(terms.stretch)
    newest = papers[-1] if papers else None
    begun = newest or terms.starts_on
    if begun > today:
        return Verdict(Standing.IDLE, since=begun, reason=f"{begun} 起履行", article=str(rule))
    due = rule.last_day(begun)
    told = f"最近更新是 {newest}，应于 {due} 前再次更新" if newest else f"还没有公开过，应于 {due} 前公开"
    found = _open(today, due, _three_quarters(begun, due), newest, told, str(rule), begun)
    if newest and found.standing is Standing.DUE:
        return Verdict(Standing.MET, due, begun, newest, told, str(rule))
    return found
