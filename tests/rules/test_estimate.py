"""Statutory days of years whose notice is not out yet (法定节假日暂估)."""

from datetime import date

import pytest

from gongkai.rules.calendars import PUBLISHED, with_estimate
from gongkai.rules.estimate import statutory_days
from gongkai.rules.notices import festivals


def test_since_2025_there_are_thirteen_days_with_the_eve_of_spring_festival() -> None:
    """全国年节及纪念日放假办法第二条（2024年修订）."""
    days = statutory_days(2027)
    assert days is not None
    assert [day for day, name in days.items() if name == "春节" and day < date(2027, 2, 9)] == [
        date(2027, 2, 5),
        date(2027, 2, 6),
        date(2027, 2, 7),
        date(2027, 2, 8),
    ]
    assert days[date(2027, 5, 2)] == "劳动节"


def test_until_2024_the_eve_was_worked() -> None:
    days = statutory_days(2024)
    assert days is not None
    assert date(2024, 2, 9) not in days
    assert date(2024, 5, 2) not in days


def test_a_weekend_festival_is_made_up_on_the_next_working_day() -> None:
    days = statutory_days(2028)
    assert days is not None
    assert date(2028, 1, 1).weekday() == 5
    assert days[date(2028, 1, 3)] == "元旦"


def test_two_festivals_on_one_day_give_two_days_off() -> None:
    days = statutory_days(2031)
    assert days is not None
    assert days[date(2031, 10, 1)] == "中秋节" or days[date(2031, 10, 1)] == "国庆节"
    assert {date(2031, 10, day) for day in (1, 2, 3, 6)} <= set(days)


@pytest.mark.parametrize("year", range(2027, 2037))
def test_an_estimated_year_loses_thirteen_weekdays(year: int) -> None:
    days = statutory_days(year)
    assert days is not None
    assert sum(day.weekday() < 5 for day in days) == 13
    estimated = with_estimate()
    assert 247 <= estimated.count(date(year, 1, 1), date(year, 12, 31)) <= 249


@pytest.mark.parametrize("year", range(2008, 2027))
def test_every_festival_of_the_tables_was_really_off(year: int) -> None:
    fixed = [date(year, 1, 1), date(year, 5, 1), date(year, 10, 1)]
    for day in [*fixed, *festivals()[year].values()]:
        assert day in (statutory_days(year) or {})
        assert not PUBLISHED.is_workday(day)


def test_the_estimate_uses_the_law_as_it_was_known() -> None:
    before = statutory_days(2025, known_on=date(2024, 6, 1))
    after = statutory_days(2025, known_on=date(2024, 11, 10))
    assert before is not None
    assert after is not None
    assert len(after) - len(before) == 2


@pytest.mark.parametrize("year", [2007, 2037])
def test_a_year_that_cannot_be_computed_is_not_guessed(year: int) -> None:
    assert statutory_days(year) is None
