"""The holiday notices on file (放假通知)."""

import re
from dataclasses import replace
from datetime import date

import pytest

from gongkai.rules.notices import Notice, days_between, festivals, in_force, notices, statutes

NUMBERS = {
    "国办发明电〔2018〕15号",
    "国办发明电〔2019〕3号",
    "国办发明电〔2019〕16号",
    "国办发明电〔2020〕1号",
    "国办发明电〔2020〕27号",
    "国办发明电〔2021〕11号",
    "国办发明电〔2022〕16号",
    "国办发明电〔2023〕7号",
    "国办发明电〔2024〕12号",
    "国办发明电〔2025〕7号",
}


def test_every_notice_from_2019_to_2026_is_on_file() -> None:
    assert {notice.number for notice in notices() if notice.year >= 2019} == NUMBERS


def test_every_year_has_one_yearly_notice() -> None:
    yearly = [notice.year for notice in notices() if not notice.amends]
    assert yearly == list(range(2006, 2027))


@pytest.mark.parametrize("notice", notices(), ids=lambda notice: notice.number)
def test_a_notice_has_a_number_of_the_right_form_and_came_before_its_days(notice: Notice) -> None:
    assert re.fullmatch(r"国(办)?发明电〔\d{4}〕\d+号", notice.number)
    assert notice.number.partition("〔")[2].startswith(str(notice.dated.year))
    assert notice.dated <= notice.published
    assert notice.confirmed
    assert notice.published < max(holiday.last for holiday in notice.holidays)


@pytest.mark.parametrize("notice", notices(), ids=lambda notice: notice.number)
def test_worked_days_are_weekend_days_outside_the_holiday(notice: Notice) -> None:
    for holiday in notice.holidays:
        assert holiday.first <= holiday.last
        assert not set(holiday.worked) & set(holiday.days_off())
        assert all(day.weekday() >= 5 for day in holiday.worked)


@pytest.mark.parametrize("notice", notices(), ids=lambda notice: notice.number)
def test_a_notice_gives_every_holiday_of_the_law(notice: Notice) -> None:
    if notice.amends:
        assert notice.amends in {each.number for each in notices()}
        return
    names = {name for holiday in notice.holidays for name in holiday.name.split("、")}
    old, new = {"元旦", "春节", "劳动节", "国庆节"}, {"清明节", "端午节", "中秋节"}
    assert names == (old if notice.year < 2008 else old | new)


def test_no_day_is_both_off_and_worked() -> None:
    held = [holiday for _, holiday in in_force(notices())]
    off = [day for holiday in held for day in holiday.days_off()]
    worked = [day for holiday in held for day in holiday.worked]
    assert len(off) == len(set(off))
    assert not set(off) & set(worked)


def test_a_statutory_festival_lies_within_its_published_holiday() -> None:
    for _, holiday in in_force(notices()):
        for name in holiday.name.split("、"):
            day = festivals().get(holiday.last.year, {}).get(name)
            if day and holiday.first.year == holiday.last.year and name not in ("端午节",):
                assert holiday.first <= day <= holiday.last, holiday


def test_an_unconfirmed_number_would_say_so() -> None:
    assert "文号未核实" in str(replace(notices()[0], confirmed=False))
    assert str(notices()[0]) == "《国务院办公厅关于2006年部分节假日安排的通知》（国办发明电〔2005〕35号）"


def test_the_versions_of_the_law_follow_each_other() -> None:
    assert [each.from_year for each in statutes()] == [2008, 2014, 2025]
    assert [sum(map(len, each.days.values())) for each in statutes()] == [11, 11, 13]


def test_days_between_has_both_ends() -> None:
    assert days_between(date(2021, 2, 27), date(2021, 3, 1)) == [
        date(2021, 2, 27),
        date(2021, 2, 28),
        date(2021, 3, 1),
    ]
