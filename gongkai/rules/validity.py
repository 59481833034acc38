"""有效性: whether a paper is in force on a day, from its days and from what later papers did to it.

规章制定程序条例 asks that amendments and repeals be published promptly; how long a paper is valid is set by
practice of the province, and is a parameter here (``rules/data/validity.toml``), never a refusal.
"""

import tomllib
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from gongkai.rules.law import Article

DATA = Path(__file__).with_name("data") / "validity.toml"
ONE_DAY = timedelta(days=1)


class Standing(StrEnum):
    """Whether a paper is in force (有效性)."""

    PENDING = "pending"
    VALID = "valid"
    AMENDED = "amended"
    REPEALED = "repealed"
    EXPIRED = "expired"


LABELS = {
    Standing.PENDING: "尚未生效",
    Standing.VALID: "现行有效",
    Standing.AMENDED: "已修改",
    Standing.REPEALED: "已废止",
    Standing.EXPIRED: "失效",
}
#: a paper of these standings binds people (现行有效的文件)
IN_FORCE = frozenset({Standing.VALID, Standing.AMENDED})

#: what each kind of change makes of a paper, and how the timeline says it
EFFECTS = {
    "amends": Standing.AMENDED,
    "repeals": Standing.REPEALED,
    "replaces": Standing.REPEALED,
    "ends": Standing.EXPIRED,
}
WORDS = {"amends": "被修改", "repeals": "被废止", "replaces": "被替代", "ends": "被宣布失效"}


@dataclass(frozen=True, slots=True)
class Change:
    """What a later paper did to this one (变更): its kind, its day, the title of the later paper.

    *kind* is one of EFFECTS; without a day it is told, and changes nothing.
    """

    kind: str
    on: date | None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """The days of a paper and what was done to it (有效性所依据的事实)."""

    made_on: date | None = None
    published_on: date | None = None
    commences_on: date | None = None
    expires_on: date | None = None
    bonds: tuple[Change, ...] = ()

    @property
    def starts_on(self) -> date | None:
        """The first day in force (施行日期): as the paper says, else when it was made."""
        return self.commences_on or self.made_on or self.published_on


@dataclass(frozen=True, slots=True)
class Event:
    """One day in the life of a paper (沿革)."""

    on: date
    text: str
    title: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A period in months with its source (期限); *confirmed* False means: a hint, never law."""

    code: str
    matter: str
    months: int
    cite: Article
    region: str = ""
    confirmed: bool = True

    def before(self, day: date) -> date:
        """So long before *day* (提前之日).

        >>> str(period("warning").before(date(2021, 8, 31)))
        '2021-02-28'
        """
        return shifted(day, -self.months)

    def last_day(self, day: date) -> date:
        """The last day of the period that begins on *day* (届满日).

        >>> str(period("trial").last_day(date(2021, 3, 1)))
        '2023-02-28'
        """
        return shifted(day, self.months) - ONE_DAY


def status_on(facts: Facts, day: date) -> Standing:
    """Whether the paper is in force on *day* (有效性). What ended it first has ended it for good.

    >>> trial = Facts(made_on=date(2019, 3, 1), expires_on=date(2021, 2, 28))
    >>> status_on(trial, date(2021, 2, 28)).value, status_on(trial, date(2021, 3, 1)).value
    ('valid', 'expired')
    """
    if (end := ending(facts)) and end[0] <= day:
        return end[1]
    if facts.starts_on and day < facts.starts_on:
        return Standing.PENDING
    amended = any(bond.kind == "amends" and bond.on and bond.on <= day for bond in facts.bonds)
    return Standing.AMENDED if amended else Standing.VALID


def ending(facts: Facts) -> tuple[date, Standing] | None:
    """The first day out of force, and why (终止); a repeal goes before an expiry."""
    ends = [
        (bond.on, EFFECTS[bond.kind])
        for bond in facts.bonds
        if bond.on and EFFECTS.get(bond.kind) in (Standing.REPEALED, Standing.EXPIRED)
    ]
    if facts.expires_on:
        ends.append((facts.expires_on + ONE_DAY, Standing.EXPIRED))
    return min(ends, key=lambda end: (end[0], end[1] is not Standing.REPEALED), default=None)


def next_change(facts: Facts, day: date) -> date | None:
    """The first day after *day* on which the standing is another (下次变化之日).

    >>> str(next_change(Facts(commences_on=date(2021, 5, 1)), date(2021, 4, 1)))
    '2021-05-01'
    """
    now = status_on(facts, day)
    later = (turn for turn in _turns(facts) if turn > day)
    return next((turn for turn in later if status_on(facts, turn) is not now), None)


def _turns(facts: Facts) -> list[date]:
    """All days on which the standing may change, in order."""
    days = [facts.starts_on, *(bond.on for bond in facts.bonds)]
    end = ending(facts)
    return sorted({day for day in [*days, end[0] if end else None] if day})


def timeline(facts: Facts) -> list[Event]:
    """The life of the paper, the earliest day first (沿革)."""
    return sorted(_events(facts), key=lambda event: event.on)


def _events(facts: Facts) -> Iterator[Event]:
    told = {"成文": facts.made_on, "公布": facts.published_on}
    yield from (Event(day, word, kind="made") for word, day in told.items() if day)
    if facts.commences_on:  # a day that the paper does not name is no fact to be told
        yield Event(facts.commences_on, "施行", kind="starts")
    yield from (
        Event(bond.on, WORDS[bond.kind], bond.title, bond.kind)
        for bond in facts.bonds
        if bond.on and bond.kind in WORDS
    )
    lapse = facts.expires_on + ONE_DAY if facts.expires_on else None
    if lapse and ending(facts) == (lapse, Standing.EXPIRED):
        yield Event(lapse, "有效期届满，失效", kind="expires")


def expiring(facts: Facts, today: date) -> date | None:
    """The last day in force, when it is so near that the paper is to be assessed now (届满预警)."""
    end = ending(facts)
    if not end or end[1] is not Standing.EXPIRED or status_on(facts, today) not in IN_FORCE:
        return None
    last = end[0] - ONE_DAY
    return last if period("warning").before(last) <= today else None


def proposed_expiry(starts_on: date, *, trial: bool = False) -> date:
    """The last day of the usual term (建议有效期), a hint for who drafts.

    >>> str(proposed_expiry(date(2021, 5, 1)))
    '2026-04-30'
    """
    return period("trial" if trial else "ordinary").last_day(starts_on)


def shifted(day: date, months: int) -> date:
    """The same day so many months later (按月计算), or the last of that month (民法典第二百零二条)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@cache
def periods() -> Mapping[str, Period]:
    """Every period on file by its code (全部期限)."""
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["periods"]
    return {
        row["code"]: Period(
            row["code"],
            row["matter"],
            row["months"],
            Article(row["title"], row.get("number", ""), row.get("place", "")),
            row.get("region", ""),
            row.get("confirmed", True),
        )
        for row in rows
    }


def period(code: str) -> Period:
    """The period named *code* (期限); an unknown one is a loud error, never a guess."""
    return periods()[code]
