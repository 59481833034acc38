"""公开期限: by when something is published, how long it stays on show, when it is taken down.

The general limit is 20 working days (条例第二十六条); other instruments set their own, some in calendar days,
and then theirs applies (从其规定). Every number carries its article.
A row whose text was not read is marked 未核实: it may remind people, it never refuses.
"""

import tomllib
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from gongkai.rules import workdays
from gongkai.rules.calendars import PUBLISHED, Calendar
from gongkai.rules.law import Article, Limit, Refused, Unit

DATA = Path(__file__).with_name("data") / "publication.toml"
GENERAL = "general"


class Measure(StrEnum):
    """Which end of the period binds (期限性质): published by then, or on show until then."""

    WITHIN = "内公开"
    AT_LEAST = "不少于"


@dataclass(frozen=True, slots=True)
class PublicationLimit:
    """One limit on publication (公开期限): the matter, the event it is counted from, the number.

    >>> print(limit("budget"))
    20日内公开（《中华人民共和国预算法》第十四条）
    >>> print(limit("land_notice"))
    不少于10个工作日（《中华人民共和国土地管理法实施条例》第二十六条）
    """

    code: str
    matter: str
    event: str
    limit: Limit
    measure: Measure = Measure.WITHIN
    region: str = ""
    elements: tuple[str, ...] = ()
    shortened_for: str = ""
    confirmed: bool = True

    def last_day(self, event: date, *, shift: bool = False, calendar: Calendar = PUBLISHED) -> date:
        """The last day to publish, or the last day that it must stay on show (期限届满日).

        *shift* moves a limit in calendar days that ends on a rest day to the next working day.

        >>> str(limit("general").last_day(date(2021, 9, 10)))
        '2021-10-14'
        """
        return workdays.last_day(event, self.limit, shift=shift, calendar=calendar)

    def __str__(self) -> str:
        within = self.measure is Measure.WITHIN
        words = f"{self.limit}{self.measure}" if within else f"{self.measure}{self.limit}"
        return f"{words}（{self.limit.cite}{'' if self.confirmed else '，未核实'}）"


@dataclass(frozen=True, slots=True)
class YearlyDay:
    """A fixed last day of every year (年度时限).

    >>> str(yearly("district_report").last_day(2022))
    '2022-03-31'
    """

    code: str
    matter: str
    month: int
    day: int
    cite: Article
    confirmed: bool = True

    def last_day(self, year: int) -> date:
        """The last day in *year* (当年截止日)."""
        return date(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class ShowTerm:
    """How many months something is shown before it is taken down (公示期).

    >>> str(term("market_penalty_minor").last_day(date(2021, 11, 30)))
    '2022-02-28'
    """

    code: str
    matter: str
    months: int
    cite: Article
    confirmed: bool = True

    def last_day(self, shown_from: date) -> date:
        """The last day on show (公示期届满日): as 民法典第二百零二条 counts months."""
        years, month = divmod(shown_from.month - 1 + self.months, 12)
        year = shown_from.year + years
        return date(year, month + 1, min(shown_from.day, monthrange(year, month + 1)[1]))


Row = Mapping[str, Any]


@cache
def _rows() -> Mapping[str, list[Row]]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def _cite(row: Row) -> Article:
    return Article(row["title"], row.get("number", ""), row.get("place", ""))


def _limit(row: Row) -> PublicationLimit:
    return PublicationLimit(
        row["code"],
        row["matter"],
        row["event"],
        Limit(row["length"], _cite(row), Unit[row["unit"].upper()]),
        Measure[row["measure"].upper()],
        row.get("region", ""),
        tuple(row.get("elements", ())),
        row.get("shortened_for", ""),
        row.get("confirmed", True),
    )


@cache
def limits() -> Mapping[str, PublicationLimit]:
    """Every limit on file by its code (全部公开期限)."""
    return {row["code"]: _limit(row) for row in _rows()["limits"]}


@cache
def yearly_days() -> Mapping[str, YearlyDay]:
    """Every fixed day of the year by its code (全部年度时限)."""
    return {
        row["code"]: YearlyDay(
            row["code"], row["matter"], row["month"], row["day"], _cite(row), row.get("confirmed", True)
        )
        for row in _rows()["yearly"]
    }


@cache
def terms() -> Mapping[str, ShowTerm]:
    """Every term of show by its code (全部公示期)."""
    return {
        row["code"]: ShowTerm(
            row["code"], row["matter"], row["months"], _cite(row), row.get("confirmed", True)
        )
        for row in _rows()["terms"]
    }


def limit(code: str) -> PublicationLimit:
    """The limit named *code* (公开期限); an unknown one is refused, never guessed."""
    return _known(limits(), code)


def yearly(code: str) -> YearlyDay:
    """The fixed day named *code* (年度时限)."""
    return _known(yearly_days(), code)


def term(code: str) -> ShowTerm:
    """The term of show named *code* (公示期)."""
    return _known(terms(), code)


Entry = TypeVar("Entry")


def _known(table: Mapping[str, Entry], code: str) -> Entry:
    if code not in table:
        raise Refused(f"没有“{code}”这项公开期限，现有：{'、'.join(table)}")
    return table[code]


def earliest(
    codes: Iterable[str], event: date, *, shift: bool = False, calendar: Calendar = PUBLISHED
) -> tuple[PublicationLimit, date]:
    """The strictest of several limits to publish (从严适用) and its last day.

    Where none of them binds, being unconfirmed or of another measure, the general one does.

    >>> found, due = earliest(["enforcement", "penalty"], date(2021, 9, 24))
    >>> found.code, str(due)
    ('penalty', '2021-10-09')
    """
    chosen = map(limit, codes)
    binding = [each for each in chosen if each.measure is Measure.WITHIN and each.confirmed]
    days = [
        (each, each.last_day(event, shift=shift, calendar=calendar)) for each in binding or [limit(GENERAL)]
    ]
    return min(days, key=lambda pair: pair[1])


def check_shown(
    rule: PublicationLimit, opened: date, closes: date, *, reason: str = "", calendar: Calendar = PUBLISHED
) -> None:
    """Refuse to close a notice or consultation too early (公示、征求意见不得提前结束).

    *reason* is the stated reason for fewer days, where the instrument allows any.
    """
    last = rule.last_day(opened, calendar=calendar)
    if rule.measure is not Measure.AT_LEAST or not rule.confirmed or closes >= last:
        return
    if rule.shortened_for and reason.strip():
        return
    excuse = f"；确需缩短的应写明理由（{rule.shortened_for}）" if rule.shortened_for else ""
    raise Refused(
        f"{rule.matter}不少于{rule.limit}，{opened}起算，不得早于{last}结束{excuse}", rule.limit.cite
    )
