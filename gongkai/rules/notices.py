"""放假通知: the yearly holiday notices as dated data, and the versions of the law behind them."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday (节日) of a notice: its days off, and the weekend days worked instead (调休)."""

    name: str
    first: date
    last: date
    worked: tuple[date, ...]

    def days_off(self) -> list[date]:
        """Every day off (放假日), both ends included."""
        return days_between(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice on holidays (放假通知) as published; *amends* is the number of the notice it changes."""

    number: str
    title: str
    year: int
    dated: date
    published: date
    holidays: tuple[Holiday, ...]
    amends: str = ""
    confirmed: bool = True

    def __str__(self) -> str:
        return f"《{self.title}》（{self.number}{'' if self.confirmed else '，文号未核实'}）"


@dataclass(frozen=True, slots=True)
class Statute:
    """One version of the law on holidays (全国年节及纪念日放假办法) with the days off of each festival."""

    number: str
    published: date
    from_year: int
    days: Mapping[str, Sequence[int]]


def days_between(first: date, last: date) -> list[date]:
    """Every day from first to last, both included (逐日)."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _holiday(row: Mapping[str, Any]) -> Holiday:
    first, last = row["off"]
    return Holiday(row["name"], first, last, tuple(row.get("work", ())))


@cache
def notices() -> tuple[Notice, ...]:
    """Every notice on file, oldest first (全部放假通知)."""
    rows = _read("workdays.toml")["notices"]
    read = (Notice(**{**row, "holidays": tuple(map(_holiday, row["holidays"]))}) for row in rows)
    return tuple(sorted(read, key=lambda notice: notice.published))


def known(day: date) -> tuple[Notice, ...]:
    """The notices published by the end of *day* (截至当日已公布)."""
    return tuple(notice for notice in notices() if notice.published <= day)


def in_force(chosen: Iterable[Notice]) -> list[tuple[Notice, Holiday]]:
    """The holidays that hold after every amendment (现行安排), each with the notice it comes from."""
    held: dict[tuple[int, str, int], tuple[Notice, Holiday]] = {}
    for notice in chosen:
        for place, holiday in enumerate(notice.holidays):
            if notice.amends:
                held = {key: kept for key, kept in held.items() if key[:2] != (notice.year, holiday.name)}
            held[notice.year, holiday.name, place] = notice, holiday
    return list(held.values())


@cache
def statutes() -> tuple[Statute, ...]:
    """The versions of the law on holidays (放假办法历次修订), oldest first."""
    return tuple(Statute(**row) for row in _read("statutory_days.toml")["statutes"])


@cache
def festivals() -> Mapping[int, Mapping[str, date]]:
    """Year → the days of the festivals that follow moon or sun (农历节日、清明)."""
    return {int(year): days for year, days in _read("statutory_days.toml")["festivals"].items()}
