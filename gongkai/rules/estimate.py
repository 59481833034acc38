"""暂估: the days off that the law gives in a year whose notice has not been published yet."""

from collections.abc import Iterator
from datetime import date, timedelta

from gongkai.rules.notices import Statute, festivals, statutes

SATURDAY = 5


def _statute(year: int, known_on: date | None) -> Statute | None:
    fitting = [
        each
        for each in statutes()
        if each.from_year <= year and (known_on is None or each.published <= known_on)
    ]
    return fitting[-1] if fitting else None


def _given(year: int, statute: Statute) -> Iterator[tuple[date, str]]:
    fixed = {"元旦": date(year, 1, 1), "劳动节": date(year, 5, 1), "国庆节": date(year, 10, 1)}
    origin = {**fixed, **festivals()[year]}
    for name, places in statute.days.items():
        for place in places:
            yield origin[name] + timedelta(days=place), name


def statutory_days(year: int, known_on: date | None = None) -> dict[date, str] | None:
    """The statutory days off (法定节假日) of *year*, or None where they cannot be computed.

    A day that falls on a weekend, or on another holiday, is made up on the next working day (办法第六条).

    >>> days = statutory_days(2027)
    >>> len([day for day in days if day.weekday() < 5])
    13
    """
    statute = _statute(year, known_on)
    if statute is None or year not in festivals():
        return None
    off: dict[date, str] = {}
    owed: list[tuple[date, str]] = []
    for day, name in sorted(_given(year, statute)):
        if day in off or day.weekday() >= SATURDAY:
            owed.append((day, name))
        off.setdefault(day, name)
    for day, name in owed:
        while day in off or day.weekday() >= SATURDAY:
            day += timedelta(days=1)
        off[day] = name
    return off
