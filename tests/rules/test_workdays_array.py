"""Whole arrays give the answers of single dates (批量计算)."""

import subprocess
import sys
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.calendars import UnknownYear, calendar_as_of, with_estimate
from gongkai.rules.workdays import add_workdays, count_workdays, is_workday
from gongkai.rules.workdays_array import add_workdays_many, count_workdays_many, is_workday_many

STARTS = st.lists(st.dates(date(2008, 1, 1), date(2024, 12, 31)), min_size=1, max_size=30)


def array(days: list[date]) -> np.ndarray:
    return np.array(days, dtype="datetime64[D]")


@given(STARTS, st.integers(-200, 200))
def test_one_number_for_all_agrees_with_single_dates(days: list[date], workdays: int) -> None:
    expected = [add_workdays(day, workdays) for day in days]
    assert add_workdays_many(array(days), workdays).tolist() == expected


@given(STARTS, st.data())
def test_a_number_for_each_agrees_with_single_dates(days: list[date], data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(-200, 200), min_size=len(days), max_size=len(days)))
    expected = [add_workdays(day, number) for day, number in zip(days, numbers, strict=True)]
    assert add_workdays_many(array(days), np.array(numbers)).tolist() == expected


@given(STARTS)
def test_counting_and_looking_agree_with_single_dates(days: list[date]) -> None:
    lasts = days[::-1]
    counted = count_workdays_many(array(days), array(lasts))
    assert counted.tolist() == [count_workdays(*pair) for pair in zip(days, lasts, strict=True)]
    assert is_workday_many(array(days)).tolist() == [is_workday(day) for day in days]


def test_every_day_of_the_calendar_agrees() -> None:
    days = [date(2006, 1, 1) + timedelta(days=n) for n in range(7670)]
    assert days[-1] == date(2026, 12, 31)
    assert is_workday_many(array(days)).tolist() == [is_workday(day) for day in days]


def test_an_earlier_calendar_can_be_used() -> None:
    old = calendar_as_of(date(2020, 1, 22))
    assert add_workdays_many(array([date(2020, 1, 22)]), 7, calendar=old).tolist() == [date(2020, 2, 6)]
    assert add_workdays_many(array([date(2020, 1, 22)]), 7).tolist() == [date(2020, 2, 10)]
    late = add_workdays_many(array([date(2026, 12, 20)]), 20, calendar=with_estimate())
    assert late.tolist() == [date(2027, 1, 18)]


@pytest.mark.parametrize("unit", ["s", "ns"])
def test_points_in_time_count_as_their_day(unit: str) -> None:
    moment = np.array(["2021-01-20T15:00:00"], dtype=f"datetime64[{unit}]")
    assert add_workdays_many(moment, 20).tolist() == [date(2021, 2, 22)]


def test_an_empty_array_stays_empty() -> None:
    assert add_workdays_many(array([]), 20).size == 0
    assert is_workday_many(array([])).size == 0


@pytest.mark.parametrize("last", [date(2006, 1, 1), date(2026, 12, 31)])
def test_the_ends_of_the_calendar_can_stay_where_they_are(last: date) -> None:
    assert add_workdays_many(array([last]), 0).tolist() == [last]
    assert add_workdays_many(array([last]), np.array([0])).tolist() == [last]


@pytest.mark.parametrize(
    ("start", "workdays", "year"),
    [
        (date(2026, 12, 20), 20, 2027),
        (date(2027, 1, 1), 0, 2027),
        (date(2006, 1, 10), -20, 2005),
        (date(2005, 12, 31), 1, 2005),
    ],
)
def test_one_unknown_date_refuses_the_whole_array(start: date, workdays: int, year: int) -> None:
    for numbers in (workdays, np.array([20, workdays])):
        with pytest.raises(UnknownYear, match=f"{year}年"):
            add_workdays_many(array([date(2021, 1, 20), start]), numbers)


def test_an_empty_date_is_refused() -> None:
    with pytest.raises(ValueError, match="日期数组中有空值"):
        add_workdays_many(np.array(["2021-01-20", "NaT"], dtype="datetime64[D]"), 20)


def test_single_dates_load_neither_numpy_nor_django() -> None:
    code = (
        "import sys, gongkai.rules.workdays, gongkai.rules.traces;"
        "print({'numpy', 'django'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
