"""更新时限: how long a column may go without anything new before it counts as stale (栏目不更新)."""

import tomllib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.rules.law import Article, Refused

DATA = Path(__file__).with_name("data") / "staleness.toml"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The longest time without an update (更新时限), in days or in months, with its source."""

    code: str
    label: str
    sorts: tuple[str, ...]
    days: int
    months: int
    cite: Article
    confirmed: bool = True

    def last_day(self, newest: date) -> date:
        """The last day on which the column may still go without an update (更新期限届满日).

        >>> str(stretch("policy").last_day(date(2021, 8, 31)))
        '2022-02-28'
        >>> str(stretch("news").last_day(date(2021, 11, 1)))
        '2021-11-15'
        """
        return after_months(newest, self.months) + timedelta(days=self.days)

    def __str__(self) -> str:
        length = f"{self.months}个月" if self.months else f"{self.days}日"
        return f"{length}内至少更新一次（{self.cite}{'' if self.confirmed else '，未核实'}）"


def after_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month (民法典第二百零二条).

    >>> str(after_months(date(2021, 11, 30), 3))
    '2022-02-28'
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@cache
def stretches() -> Mapping[str, Stretch]:
    """Every stretch on file by its code (全部更新时限)."""
    rows: list[dict[str, Any]] = tomllib.loads(DATA.read_text(encoding="utf-8"))["stretches"]
    return {row["code"]: _stretch(row) for row in rows}


def _stretch(row: Mapping[str, Any]) -> Stretch:
    return Stretch(
        row["code"],
        row["label"],
        tuple(row["sorts"]),
        row.get("days", 0),
        row.get("months", 0),
        Article(row["title"], row.get("number", ""), row.get("place", "")),
        row.get("confirmed", True),
    )


def stretch(code: str) -> Stretch:
    """The stretch named *code* (更新时限); an unknown one is refused, never guessed."""
    if code not in stretches():
        raise Refused(f"没有“{code}”这项更新时限，现有：{'、'.join(stretches())}")
    return stretches()[code]


def for_sort(sort: str) -> Stretch:
    """The stretch for a column of this sort (按栏目类别); a sort that no rule names falls under the rest.

    >>> for_sort("政策文件").code, for_sort("民生信息").code
    ('policy', 'other')
    """
    return next((each for each in stretches().values() if sort in each.sorts), stretch(OTHER))
