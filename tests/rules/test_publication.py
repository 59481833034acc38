"""Limits on publication: worked cases, every row of the data sound, early closing refused (公开期限)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.law import Refused, Unit
from gongkai.rules.publication import (
    Measure,
    check_shown,
    earliest,
    limit,
    limits,
    term,
    terms,
    yearly,
    yearly_days,
)

DAYS = st.dates(date(2019, 1, 1), date(2025, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("code", "event", "due"),
    [
        pytest.param("general", "2021-09-10", "2021-10-14", marks=pytest.mark.clause("1")),
        pytest.param(
            "penalty", "2021-09-24", "2021-10-09", marks=pytest.mark.clause("15")
        ),  # worked Saturday
        pytest.param("penalty_withdrawn", "2021-09-30", "2021-10-11", marks=pytest.mark.clause("15")),
        pytest.param("budget", "2021-02-01", "2021-02-21", marks=pytest.mark.clause("10")),  # a Sunday
        ("unit_budget", "2021-02-01", "2021-02-21"),
        ("permit", "2021-09-24", "2021-10-09"),
        ("enforcement", "2021-09-10", "2021-10-14"),
        ("decision_consultation", "2021-06-01", "2021-07-01"),
        ("land_notice", "2021-04-30", "2021-05-18"),  # 劳动节; Saturday 05-08 worked
        ("land_compensation", "2021-06-01", "2021-07-01"),
        ("land_approved", "2021-04-07", "2021-04-27"),
        ("housing_decision", "2021-09-30", "2021-10-03"),
    ],
)
def test_the_last_day_is_counted_in_the_unit_of_the_article(code: str, event: str, due: str) -> None:
    assert str(limit(code).last_day(day(event))) == due


@pytest.mark.clause("10")
def test_twenty_days_of_the_budget_law_are_not_twenty_working_days() -> None:
    """预算法第十四条: 20日, not the 20个工作日 of 条例第二十六条."""
    approved = day("2021-02-01")
    assert limit("budget").limit.unit is Unit.DAYS
    assert str(limit("general").last_day(approved)) == "2021-03-04"
    assert limit("budget").last_day(approved) < limit("general").last_day(approved)


def test_a_limit_in_calendar_days_moves_off_a_rest_day_only_when_asked() -> None:
    assert str(limit("budget").last_day(day("2021-02-01"), shift=True)) == "2021-02-22"


@pytest.mark.parametrize(
    ("code", "cited"),
    [
        ("general", "第二十六条"),
        ("budget", "《中华人民共和国预算法》第十四条"),
        ("penalty", "国办发〔2018〕118号"),
        ("penalty_withdrawn", "《中华人民共和国行政处罚法》第四十八条、第八十五条"),
        ("market_penalty", "国家市场监督管理总局令第45号"),
    ],
)
def test_a_limit_names_its_article(code: str, cited: str) -> None:
    assert cited in str(limit(code))


def test_a_limit_is_told_with_its_direction() -> None:
    assert str(limit("penalty")).startswith("7个工作日内公开（")
    assert str(limit("land_compensation")).startswith("不少于30日（")


def test_what_was_not_read_is_marked_and_never_binds() -> None:
    doubtful = [code for code, row in limits().items() if not row.confirmed]
    assert doubtful == ["interpretation"]
    assert "未核实" in str(limit("interpretation"))
    assert earliest(["interpretation"], day("2021-09-10"))[0].code == "general"
    assert all(row.confirmed for row in (*yearly_days().values(), *terms().values()))


@pytest.mark.parametrize("row", limits().values(), ids=lambda row: row.code)
def test_every_row_says_what_from_when_and_by_which_instrument(row) -> None:
    assert row.matter
    assert row.event
    assert row.limit.length > 0
    assert row.limit.cite.instrument
    assert not row.limit.cite.instrument.startswith("《")


def test_the_strictest_limit_applies() -> None:
    found, due = earliest(["market_penalty", "penalty"], day("2021-09-24"))
    assert (found.code, str(due)) == ("penalty", "2021-10-09")
    assert earliest([], day("2021-09-10")) == (limit("general"), day("2021-10-14"))
    assert (
        earliest(["land_notice"], day("2021-09-10"))[0].code == "general"
    )  # that one is about staying on show


@given(DAYS, st.sets(st.sampled_from(sorted(limits())), min_size=1))
def test_more_limits_never_give_more_time(event: date, codes: set[str]) -> None:
    within = [code for code in codes if limit(code).measure is Measure.WITHIN and limit(code).confirmed]
    found, due = earliest(codes, event)
    assert due == min([limit(code).last_day(event) for code in within or ["general"]])
    assert found.last_day(event) == due


@given(st.sampled_from(sorted(limits())), DAYS, DAYS)
def test_a_later_event_is_never_due_earlier(code: str, one: date, other: date) -> None:
    first, second = sorted((one, other))
    assert first < limit(code).last_day(first) <= limit(code).last_day(second)


@pytest.mark.clause("27")
def test_a_consultation_is_not_closed_early() -> None:
    rule = limit("decision_consultation")
    check_shown(rule, day("2021-06-01"), day("2021-07-01"))
    with pytest.raises(Refused, match=r"不得早于2021-07-01结束.*第十五条"):
        check_shown(rule, day("2021-06-01"), day("2021-06-30"))


@pytest.mark.clause("27")
def test_a_consultation_is_shortened_for_a_stated_reason_only() -> None:
    rule = limit("decision_consultation")
    with pytest.raises(Refused, match="写明理由"):
        check_shown(rule, day("2021-06-01"), day("2021-06-10"), reason=" ")
    check_shown(rule, day("2021-06-01"), day("2021-06-10"), reason="防汛紧急")


def test_no_reason_shortens_a_notice_on_land() -> None:
    with pytest.raises(Refused, match="第二十六条"):
        check_shown(limit("land_notice"), day("2021-04-30"), day("2021-05-17"), reason="工期紧")


def test_a_limit_to_publish_says_nothing_about_closing() -> None:
    check_shown(limit("general"), day("2021-06-01"), day("2021-06-02"))


@pytest.mark.parametrize(
    ("code", "last"),
    [
        ("unit_report", "2022-01-31"),
        ("district_report", "2022-03-31"),
        ("enforcement_statistics", "2022-01-31"),
    ],
)
def test_the_days_of_the_year_are_fixed(code: str, last: str) -> None:
    assert str(yearly(code).last_day(2022)) == last


@pytest.mark.parametrize(
    ("code", "shown_from", "last"),
    [
        ("market_penalty_minor", "2021-09-15", "2021-12-15"),
        ("market_penalty_minor", "2021-11-30", "2022-02-28"),
        ("market_penalty", "2021-12-31", "2024-12-31"),
        ("market_penalty", "2024-02-29", "2027-02-28"),
    ],
)
def test_a_term_of_months_ends_on_the_same_day_or_the_last_of_the_month(
    code: str, shown_from: str, last: str
) -> None:
    """民法典第二百零二条."""
    assert str(term(code).last_day(day(shown_from))) == last


@pytest.mark.parametrize("ask", [limit, yearly, term])
def test_an_unknown_code_is_refused_not_guessed(ask) -> None:
    with pytest.raises(Refused, match="没有“nothing”"):
        ask("nothing")
