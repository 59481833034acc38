"""The calendar of working days, today's and as known on an earlier day (工作日历)."""

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest

from gongkai.rules.calendars import (
    PUBLISHED,
    Calendar,
    UnknownYear,
    calendar_as_of,
    changed_days,
    with_estimate,
)
from gongkai.rules.days import Kind
from gongkai.rules.law import Refused
from gongkai.rules.notices import days_between

EVERY_DAY = days_between(date(2006, 1, 1), date(2026, 12, 31))

OFF = {
    2021: "01-01..01-03 02-11..02-17 04-03..04-05 05-01..05-05 06-12..06-14 09-19..09-21 10-01..10-07",
    2022: "01-01..01-03 01-31..02-06 04-03..04-05 04-30..05-04 06-03..06-05 09-10..09-12 10-01..10-07",
}
WORKED = {
    2021: "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    2022: "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
}


def on(year: int, text: str) -> date:
    return date.fromisoformat(f"{year}-{text}")


def test_the_calendar_equals_chinesecalendar_on_every_day() -> None:
    different = [day for day in EVERY_DAY if PUBLISHED.is_workday(day) != chinese_calendar.is_workday(day)]
    assert different == []


@pytest.mark.parametrize("year", OFF)
def test_the_days_off_are_the_published_ones(year: int) -> None:
    spans = [span.split("..") for span in OFF[year].split()]
    expected = [day for first, last in spans for day in days_between(on(year, first), on(year, last))]
    days = days_between(date(year, 1, 1), date(year, 12, 30))
    assert [day for day in days if PUBLISHED.note(day).kind is Kind.HOLIDAY] == expected


@pytest.mark.parametrize("year", WORKED)
def test_the_worked_weekend_days_are_the_published_ones(year: int) -> None:
    days = days_between(date(year, 1, 1), date(year, 12, 31))
    worked = [day for day in days if PUBLISHED.note(day).kind is Kind.MAKEUP]
    assert worked == [on(year, text) for text in WORKED[year].split()]


@pytest.mark.parametrize(
    ("year", "workdays"),
    [(2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)],
)
def test_a_year_has_its_number_of_working_days(year: int, workdays: int) -> None:
    days = days_between(date(year, 1, 1), date(year, 12, 31))
    assert sum(map(PUBLISHED.is_workday, days)) == workdays


@pytest.mark.parametrize(
    ("day", "why", "number"),
    [
        (date(2021, 2, 12), "春节放假", "国办发明电〔2020〕27号"),
        (date(2021, 4, 25), "劳动节调休上班", "国办发明电〔2020〕27号"),
        (date(2019, 5, 3), "劳动节放假", "国办发明电〔2019〕3号"),
        (date(2020, 2, 1), "春节放假", "国办发明电〔2020〕1号"),
        (date(2020, 10, 1), "国庆节、中秋节放假", "国办发明电〔2019〕16号"),
        (date(2022, 12, 31), "元旦放假", "国办发明电〔2022〕16号"),
    ],
)
def test_a_special_day_says_why_and_by_which_notice(day: date, why: str, number: str) -> None:
    note = PUBLISHED.note(day)
    assert str(note) == why
    assert note.notice is not None
    assert note.notice.number == number


def test_a_plain_day_needs_no_notice() -> None:
    assert (str(PUBLISHED.note(date(2021, 4, 24))), str(PUBLISHED.note(date(2021, 4, 23)))) == (
        "周末",
        "工作日",
    )
    assert PUBLISHED.note(date(2021, 4, 23)).notice is None


def test_a_point_in_time_has_the_note_of_its_day() -> None:
    assert str(PUBLISHED.note(datetime(2021, 4, 25, 9, 30))) == "劳动节调休上班"  # noqa: DTZ001


def test_days_of_part_of_the_people_are_worked() -> None:
    """全国年节及纪念日放假办法第三条: 妇女节、青年节、儿童节、建军节."""
    for day in (date(2021, 3, 8), date(2022, 5, 5), date(2021, 6, 1), date(2022, 8, 1)):
        assert PUBLISHED.is_workday(day)


def test_the_day_decides_which_notices_are_known() -> None:
    labour = date(2019, 5, 2)
    assert calendar_as_of(date(2019, 3, 21)).is_workday(labour)
    assert not calendar_as_of(date(2019, 3, 22)).is_workday(labour)


def test_an_amendment_changes_just_these_days() -> None:
    spring = calendar_as_of(date(2020, 1, 26)), calendar_as_of(date(2020, 1, 27))
    assert changed_days(*spring) == [date(2020, 1, 31), date(2020, 2, 1)]
    victory = calendar_as_of(date(2015, 5, 12)), calendar_as_of(date(2015, 5, 13))
    assert changed_days(*victory) == [date(2015, 9, day) for day in (3, 4, 6)]


def test_a_new_year_changes_only_days_that_were_known_already() -> None:
    before, after = calendar_as_of(date(2018, 12, 5)), calendar_as_of(date(2018, 12, 6))
    assert changed_days(before, after) == [date(2018, 12, 29), date(2018, 12, 31)]
    assert changed_days(PUBLISHED, PUBLISHED) == []


def test_calendars_without_a_common_year_have_no_changed_day() -> None:
    assert changed_days(Calendar(range(2006, 2007), {}), Calendar(range(2008, 2009), {})) == []


def test_every_notice_is_known_from_the_last_publication_on() -> None:
    assert changed_days(calendar_as_of(date(2025, 11, 4)), PUBLISHED) == []
    assert calendar_as_of(date(2025, 11, 3)).years == range(2006, 2026)


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2005, 12, 31), date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_outside_the_published_years_is_refused(day: date) -> None:
    for ask in (PUBLISHED.is_workday, PUBLISHED.note, lambda day: PUBLISHED.add(day, 1)):
        with pytest.raises(UnknownYear, match=f"^{day.year}年的放假安排"):
            ask(day)
    with pytest.raises(UnknownYear):
        PUBLISHED.count(day, date(2021, 1, 1))
    with pytest.raises(UnknownYear):
        PUBLISHED.count(date(2021, 1, 1), day)


def test_running_past_the_last_published_year_is_refused() -> None:
    with pytest.raises(
        UnknownYear, match=r"^2027年的放假安排尚未公布，无法计算工作日（现有2006年至2026年）$"
    ):
        PUBLISHED.add(date(2026, 12, 20), 20)
    with pytest.raises(UnknownYear, match=r"^2005年的放假安排未收录"):
        PUBLISHED.add(date(2006, 1, 10), -20)
    with pytest.raises(UnknownYear):
        PUBLISHED.add(date(2021, 1, 1), 10**9)


def test_an_unknown_year_is_a_refusal_like_every_other() -> None:
    assert issubclass(UnknownYear, Refused)


def test_an_earlier_calendar_says_when_it_was_known() -> None:
    with pytest.raises(UnknownYear, match=r"^截至2021-10-24，2022年的放假安排尚未公布"):
        calendar_as_of(date(2021, 10, 24)).is_workday(date(2022, 1, 4))
    assert calendar_as_of(date(2021, 10, 25)).is_workday(date(2022, 1, 4))


def test_before_the_first_notice_nothing_is_known() -> None:
    with pytest.raises(UnknownYear, match="没有收录任何放假通知"):
        calendar_as_of(date(2005, 12, 15))


def test_an_estimate_is_marked_and_published_years_stay_as_they_are() -> None:
    estimated = with_estimate()
    assert [day for day in EVERY_DAY if estimated.is_workday(day) != PUBLISHED.is_workday(day)] == []
    assert not estimated.is_provisional(date(2026, 12, 31))
    assert estimated.is_provisional(date(2027, 1, 1))
    assert not PUBLISHED.is_provisional(date(2030, 1, 1))


def test_an_estimate_ends_too() -> None:
    with pytest.raises(UnknownYear, match=r"2037年的放假安排尚未公布.*2027年起为暂估"):
        with_estimate().add(date(2036, 12, 1), 40)


def test_an_estimate_can_be_made_as_of_an_earlier_day() -> None:
    then = calendar_as_of(date(2021, 10, 1), estimate=True)
    assert then.is_provisional(date(2022, 1, 4))
    assert str(then.note(date(2022, 2, 1))) == "春节放假"
    assert then.note(date(2022, 2, 1)).notice is None
    assert then.is_workday(date(2022, 2, 4) + timedelta(days=3))
