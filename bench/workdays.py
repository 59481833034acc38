"""工作日: one call, a million deadlines, a cold start; beside chinesecalendar and numpy busday_offset."""

import subprocess
import sys
import timeit
from collections.abc import Callable
from datetime import date, timedelta

import chinese_calendar
import numpy as np

from gongkai.rules.calendars import PUBLISHED
from gongkai.rules.workdays import add_workdays, count_workdays, is_workday
from gongkai.rules.workdays_array import add_workdays_many

MILLION = 1_000_000
SAMPLE = 5_000
SEED = 20210120
START = date(2021, 1, 20)
FIRST, LAST = date(2019, 1, 1), date(2026, 11, 1)


def seconds(act: Callable[[], object], number: int, repeat: int = 5) -> float:
    """The best time of one call."""
    return min(timeit.repeat(act, number=number, repeat=repeat)) / number


def line(what: str, measured: str, limit: str = "", held: bool | None = None) -> None:
    """One row of the table, with its limit and whether it holds."""
    verdict = "" if held is None else ("ok" if held else "MISSED")
    print(f"  {what:<58}{measured:>14}  {limit:<12}{verdict}")


def per_call() -> float:
    """Scalar calls; returns the microseconds of one add_workdays."""
    acts: list[tuple[str, Callable[[], object]]] = [
        ("is_workday(day)", lambda: is_workday(START)),
        ("add_workdays(day, 20)", lambda: add_workdays(START, 20)),
        ("count_workdays(day, day)", lambda: count_workdays(START, LAST)),
    ]
    times = [seconds(act, 50_000) * 1e6 for _, act in acts]
    for (name, _), spent in zip(acts, times, strict=True):
        line(name, f"{spent:.2f} µs", "<= 2 µs", spent <= 2)
    return times[1]


def chinesecalendar_add(start: date, workdays: int) -> date:
    """What a user of chinesecalendar writes: walk day by day."""
    day = start
    while workdays:
        day += timedelta(days=1)
        workdays -= chinese_calendar.is_workday(day)
    return day


def starts() -> np.ndarray:
    """A million starting days, the same in every run."""
    numbers = np.random.default_rng(SEED).integers(0, (LAST - FIRST).days, MILLION)
    return np.datetime64(FIRST) + numbers


def million(days: np.ndarray) -> float:
    """A million deadlines with numpy; returns the milliseconds."""
    add_workdays_many(days[:10], 20)
    spent = seconds(lambda: add_workdays_many(days, 20), 1) * 1e3
    line("a million deadlines, one number of working days", f"{spent:.1f} ms", "<= 50 ms", spent <= 50)
    numbers = np.random.default_rng(SEED).choice([7, 15, 20, 40], MILLION)
    mixed = days[days < np.datetime64("2026-10-01")]
    each = seconds(lambda: add_workdays_many(mixed, numbers[: mixed.size]), 1) * 1e3
    line(f"{mixed.size:,} deadlines, each with its own number", f"{each:.1f} ms", "<= 50 ms", each <= 50)
    return spent


def wrong_share(days: np.ndarray, holidays: list[date]) -> float:
    """The share of wrong deadlines of numpy busday_offset with weekends and the given holidays."""
    rolled = np.busday_offset(days, 0, roll="preceding", holidays=holidays)
    return float(np.mean(np.busday_offset(rolled, 20, holidays=holidays) != add_workdays_many(days, 20)))


def beside(days: np.ndarray, one_call: float, all_of_them: float) -> None:
    """The same question put to chinesecalendar and to numpy busday_offset."""
    sample = days[:SAMPLE].tolist()
    spent = seconds(lambda: [chinesecalendar_add(day, 20) for day in sample[:1000]], 1, 3) / 1000
    line("chinesecalendar, day by day, one deadline", f"{spent * 1e6:.1f} µs")
    same = np.mean([chinesecalendar_add(day, 20) == add_workdays(day, 20) for day in sample])
    line(f"answers equal to chinesecalendar ({SAMPLE:,} deadlines)", f"{same:.2%}", "= 100 %", same == 1)
    one_by_one = spent * 1e6 / one_call
    line("one call, times faster than chinesecalendar", f"{one_by_one:,.0f} x", ">= 10 x", one_by_one >= 10)
    many = spent * MILLION * 1e3 / all_of_them
    line(
        f"a million ({spent * MILLION:,.0f} s there), times faster",
        f"{many:,.0f} x",
        ">= 1000 x",
        many >= 1000,
    )
    every = np.arange(np.datetime64("2006-01-01"), np.datetime64("2027-01-01")).tolist()
    off = [day for day in every if day.weekday() < 5 and not PUBLISHED.is_workday(day)]
    line("numpy busday_offset without holidays, wrong", f"{wrong_share(days, []):.1%}")
    line("numpy busday_offset with the days off, but no make-up days", f"{wrong_share(days, off):.1%}")


def cold_start() -> None:
    """The whole command in a fresh process (开机时间)."""
    code = "import sys, gongkai.cli as cli; sys.argv = ['gongkai', *sys.argv[1:]]; cli.main()"
    command = [sys.executable, "-c", code, "workdays", "2021-01-20", "+20"]
    spent = seconds(lambda: subprocess.run(command, capture_output=True, check=True), 1, 12)
    line("gongkai workdays 2021-01-20 +20, cold", f"{spent:.2f} s", "<= 0.3 s", spent <= 0.3)


def main() -> None:
    """Print every figure with its limit."""
    days = starts()
    one_call = per_call()
    all_of_them = million(days)
    beside(days, one_call, all_of_them)
    cold_start()


if __name__ == "__main__":
    main()
