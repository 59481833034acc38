"""批量计算: the answers of workdays.py for whole arrays; apart, so that plain use loads no numpy."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gongkai.rules.calendars import PUBLISHED, Calendar, UnknownYear

Days = NDArray[np.datetime64]
Numbers = NDArray[np.int64]

_EPOCH = np.datetime64("1970-01-01", "D").astype(object).toordinal()


@lru_cache(maxsize=8)
def _tables(calendar: Calendar) -> tuple[int, NDArray[np.int32], Days]:
    """First day since the epoch, ranks and working days of *calendar* (查找表)."""
    origin, rank, days = calendar.table()
    return origin - _EPOCH, np.array(rank, dtype=np.int32), np.array(days, dtype="datetime64[D]")


def _places(days: Days, calendar: Calendar) -> Numbers:
    origin, rank, _ = _tables(calendar)
    asked = days.astype("datetime64[D]", copy=False)
    if np.isnat(asked).any():
        raise ValueError("日期数组中有空值，无法计算工作日")
    places = asked.view(np.int64) - origin
    if places.size and not (places.min() >= 0 and places.max() < rank.size - 1):
        worst = places.min() if places.min() < 0 else places.max()
        raise _unknown(worst, calendar)
    return places


def _unknown(place: np.int64, calendar: Calendar) -> UnknownYear:
    year = calendar.years[0] - 1 if place < 0 else calendar.years[-1] + 1
    return UnknownYear(f"数组中有日期超出已知的放假安排（{year}年及以外），无法计算工作日")


def is_workday_many(days: Days, *, calendar: Calendar = PUBLISHED) -> NDArray[np.bool_]:
    """Which of *days* are working days (批量判断工作日)."""
    places = _places(days, calendar)
    rank = _tables(calendar)[1]
    return np.asarray(rank[places + 1] > rank[places])


def add_workdays_many(
    starts: Days, workdays: int | NDArray[np.integer], *, calendar: Calendar = PUBLISHED
) -> Days:
    """For each start the day so many working days away (批量推算); *workdays* is a number or an array."""
    places = _places(starts, calendar)
    _, rank, days = _tables(calendar)
    if isinstance(workdays, int):  # one number: move every day of the calendar once, then look up
        wanted = _moved(np.arange(rank.size - 1), workdays, rank)[places]
    else:
        wanted = _moved(places, workdays, rank)
    still = np.asarray(workdays) == 0
    known = ((wanted >= 0) & (wanted < days.size)) | still
    if not known.all():
        raise _unknown(wanted[~known][0], calendar)
    return np.where(still, starts.astype("datetime64[D]", copy=False), days.take(wanted, mode="clip"))


def _moved(places: Numbers, workdays: int | NDArray[np.integer], rank: NDArray[np.int32]) -> Numbers:
    ahead = np.asarray(workdays) > 0
    return np.where(ahead, rank[places + 1] + workdays - 1, rank[places] + workdays).astype(np.int64)


def count_workdays_many(firsts: Days, lasts: Days, *, calendar: Calendar = PUBLISHED) -> Numbers:
    """Working days from each first, not counted, to each last, counted (批量工作日数); negative backwards."""
    begin, end = _places(firsts, calendar), _places(lasts, calendar)
    rank = _tables(calendar)[1].astype(np.int64)
    after = end >= begin
    return np.asarray(rank[end + after] - rank[begin + after])
