"""公开职责的判定: worked days, each with its reason."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules import publication
from gongkai.rules.duties import Cycle, Standing, Terms, judge, matched, period_of, periods, record_of

START = date(2021, 1, 1)


def standing(terms, day, *, papers=(), events=()):
    return judge(terms, day, papers=papers, events=events).standing


@pytest.mark.clause("10")
@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (date(2021, 2, 1), "due"),
        (date(2021, 2, 15), "due"),
        (date(2021, 2, 16), "amber"),
        (date(2021, 2, 21), "amber"),
        (date(2021, 2, 22), "red"),
    ],
)
def test_a_budget_is_counted_in_calendar_days_from_its_approval(day, wanted):
    """预算法第十四条: 20 calendar days; the last one is a Sunday in a holiday and stays."""
    terms = Terms(Cycle.EVENT, START, "budget")
    found = judge(terms, day, events=[date(2021, 2, 1)])
    assert (found.standing, found.due_on) == (wanted, date(2021, 2, 21))


@pytest.mark.clause("14")
def test_a_penalty_is_counted_in_working_days_past_the_holidays():
    """国办发〔2018〕118号: 7 working days; the last one is a worked Saturday."""
    terms = Terms(Cycle.EVENT, START, "penalty")
    found = judge(terms, date(2021, 10, 9), events=[date(2021, 9, 24)])
    assert (found.standing, found.due_on) == (Standing.AMBER, date(2021, 10, 9))
    assert standing(terms, date(2021, 10, 10), events=[date(2021, 9, 24)]) == "red"


def test_what_was_formed_is_published_within_twenty_working_days():
    terms = Terms(Cycle.ONCE, date(2021, 9, 10))
    assert judge(terms, date(2021, 9, 30)).due_on == date(2021, 10, 14)
    assert [standing(terms, day) for day in (date(2021, 9, 30), date(2021, 10, 8), date(2021, 10, 15))] == [
        "due",
        "amber",
        "red",
    ]


def test_a_late_paper_meets_the_duty_and_says_how_late_it_was():
    found = judge(Terms(Cycle.ONCE, date(2021, 9, 10)), date(2021, 12, 1), papers=[date(2021, 10, 18)])
    assert (found.standing, found.days_late) == (Standing.MET, 4)
    assert "迟 4 天" in found.reason


def test_a_paper_that_is_not_published_yet_meets_nothing():
    assert (
        standing(Terms(Cycle.ONCE, date(2021, 9, 10)), date(2021, 9, 15), papers=[date(2021, 9, 16)]) == "due"
    )


def test_each_event_asks_for_a_paper_of_its_own():
    events = [date(2021, 3, 1), date(2021, 6, 1)]
    terms = Terms(Cycle.EVENT, START)
    assert standing(terms, date(2021, 6, 2), papers=[date(2021, 3, 9)], events=events) == "due"
    assert (
        standing(terms, date(2021, 6, 2), papers=[date(2021, 3, 9), date(2021, 6, 2)], events=events) == "met"
    )


def test_without_an_event_there_is_nothing_to_publish():
    assert standing(Terms(Cycle.EVENT, START), date(2021, 6, 2), papers=[date(2021, 3, 9)]) == "idle"


@pytest.mark.parametrize(
    ("papers", "day", "wanted"),
    [
        ([], date(2021, 3, 1), "due"),
        ([], date(2021, 3, 20), "amber"),
        ([], date(2021, 4, 1), "red"),
        ([date(2021, 2, 3)], date(2021, 3, 30), "met"),
        ([date(2021, 2, 3)], date(2021, 4, 2), "due"),
        ([date(2021, 2, 3)], date(2021, 7, 1), "red"),
        ([date(2021, 7, 2)], date(2021, 8, 1), "met"),
    ],
)
def test_a_quarterly_duty_wants_a_paper_in_every_quarter(papers, day, wanted):
    assert standing(Terms(Cycle.QUARTER, START), day, papers=papers) == wanted


@pytest.mark.parametrize(
    ("day", "papers", "wanted"),
    [
        (date(2021, 1, 10), [], "due"),
        (date(2021, 1, 31), [], "amber"),
        (date(2021, 2, 1), [], "red"),
        (date(2021, 2, 1), [date(2021, 1, 29)], "met"),
        (date(2022, 2, 1), [date(2021, 1, 29)], "red"),
    ],
)
def test_the_yearly_report_of_a_unit_is_due_by_the_end_of_january(day, papers, wanted):
    """条例第四十九条."""
    found = judge(Terms(Cycle.YEAR, START, yearly="unit_report"), day, papers=papers)
    assert found.standing == wanted
    assert "第四十九条" in found.article


def test_a_duty_that_began_after_the_yearly_day_waits_for_the_next_one():
    terms = Terms(Cycle.YEAR, date(2021, 4, 1), yearly="unit_report")
    found = judge(terms, date(2021, 6, 1))
    assert (found.standing, found.due_on) == (Standing.IDLE, date(2022, 1, 31))


@pytest.mark.clause("9")
@pytest.mark.parametrize(
    ("day", "wanted"), [(date(2021, 4, 8), "met"), (date(2021, 4, 12), "amber"), (date(2021, 4, 16), "red")]
)
def test_a_column_of_news_turns_amber_at_three_quarters_of_two_weeks(day, wanted):
    terms = Terms(Cycle.CONTINUOUS, START, stretch="news")
    assert standing(terms, day, papers=[date(2021, 4, 1)]) == wanted


def test_the_record_tells_how_every_period_went():
    entries = record_of(Terms(Cycle.QUARTER, START), date(2021, 8, 1), [date(2021, 2, 3), date(2021, 2, 9)])
    assert [(each.period.label, each.papers, each.standing.value) for each in entries] == [
        ("2021年第三季度", 0, "due"),
        ("2021年第二季度", 0, "red"),
        ("2021年第一季度", 2, "met"),
    ]


days = st.dates(date(2020, 1, 1), date(2022, 12, 31))


@given(st.sampled_from(list(Cycle)), days, st.lists(days, max_size=5), st.lists(days, max_size=5), days)
def test_one_more_paper_today_never_makes_a_duty_worse(cycle, start, papers, events, today):
    order = ["red", "amber", "due", "idle", "met"]
    terms = Terms(cycle, start)
    before = standing(terms, today, papers=papers, events=events)
    after = standing(terms, today, papers=[*papers, today], events=events)
    assert order.index(after) >= order.index(before)


@given(st.sampled_from(["general", "budget", "penalty"]), days, st.integers(0, 60))
def test_red_means_past_the_last_day_and_nothing_else(code, event, later):
    day = event + timedelta(days=later)
    found = judge(Terms(Cycle.EVENT, date(2020, 1, 1), code), day, events=[event])
    last = publication.limit(code).last_day(event)
    assert (found.standing == "red") == (day > last)


@given(st.sampled_from([Cycle.MONTH, Cycle.QUARTER, Cycle.YEAR]), days, days)
def test_periods_join_without_a_gap(cycle, start, today):
    terms = Terms(cycle, start)
    found = list(periods(terms, today))
    for one, two in pairwise(found):
        assert two.first == one.last + timedelta(days=1)
    if found and today >= start:
        assert period_of(terms, today) == found[-1]


@given(st.lists(days, max_size=8), st.lists(days, max_size=8))
def test_no_paper_answers_two_events_and_none_answers_an_event_after_it(events, papers):
    rest = list(papers)
    for event, paper in matched(events, papers):
        if paper is not None:
            assert paper >= event
            rest.remove(paper)
