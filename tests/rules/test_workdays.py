"""Working days: the literal tables of the worked cases (工作日推算)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.calendars import PUBLISHED, UnknownYear, calendar_as_of, with_estimate
from gongkai.rules.law import REGULATION, Instrument, Limit, Refused, Unit
from gongkai.rules.pauses import Pause, merged, pause_between
from gongkai.rules.workdays import (
    add_days,
    add_workdays,
    count_workdays,
    is_workday,
    last_day,
    next_workday,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


# received, 7 working days to ask for a supplement, 20 to answer, 40 with the full extension
AFTER_RECEIPT = [
    ("2021-01-04", "2021-01-13", "2021-02-01", "2021-03-04"),  # plain
    ("2021-01-20", "2021-01-29", "2021-02-22", "2021-03-22"),  # 春节; Sunday 02-07 and Saturday 02-20 worked
    ("2021-02-05", "2021-02-20", "2021-03-10", "2021-04-08"),  # day 1 is a Sunday, day 7 a Saturday
    ("2021-03-31", "2021-04-12", "2021-04-28", "2021-05-28"),  # 清明; Sunday 04-25 worked
    ("2021-04-25", "2021-05-07", "2021-05-25", "2021-06-23"),  # received on a worked Sunday
    ("2021-04-30", "2021-05-13", "2021-06-01", "2021-06-30"),  # day 1 is 05-06
    ("2021-09-18", "2021-09-29", "2021-10-22", "2021-11-19"),  # received on a worked Saturday, two holidays
    ("2021-12-31", "2022-01-12", "2022-01-29", "2022-03-03"),  # crosses years; day 20 is a worked Saturday
    ("2025-01-24", "2025-02-10", "2025-02-27", "2025-03-27"),  # the law of 2025
]


@pytest.mark.clause("30")
@pytest.mark.parametrize(("received", "seven", "twenty", "forty"), AFTER_RECEIPT)
def test_limits_after_receipt(received: str, seven: str, twenty: str, forty: str) -> None:
    """条例第三十条（7个工作日）、第三十三条第二款（20个工作日，延长20个工作日）."""
    assert [str(add_workdays(day(received), n)) for n in (7, 20, 40)] == [seven, twenty, forty]


@pytest.mark.clause("30")
@pytest.mark.parametrize(
    ("received", "workdays", "known_on", "due"),
    [
        ("2020-01-22", 7, "2020-01-26", "2020-02-06"),
        ("2020-01-22", 7, "2020-01-27", "2020-02-10"),
        ("2020-01-22", 20, "2020-01-26", "2020-02-25"),
        ("2020-01-22", 20, "2020-01-27", "2020-02-27"),
        ("2019-04-22", 7, "2019-03-21", "2019-05-02"),
        ("2019-04-22", 7, "2019-03-22", "2019-04-30"),  # the amendment moved the limit earlier
    ],
)
def test_an_amended_notice_moves_a_limit_from_its_publication_on(
    received: str, workdays: int, known_on: str, due: str
) -> None:
    calendar = calendar_as_of(day(known_on))
    assert str(add_workdays(day(received), workdays, calendar=calendar)) == due


@pytest.mark.parametrize(
    ("received", "workdays", "due"),
    [("2020-01-22", 7, "2020-02-10"), ("2020-01-22", 20, "2020-02-27"), ("2019-04-22", 7, "2019-04-30")],
)
def test_todays_calendar_has_the_amendments(received: str, workdays: int, due: str) -> None:
    assert str(add_workdays(day(received), workdays)) == due


@pytest.mark.parametrize(
    ("start", "workdays", "due"),
    [
        ("2021-04-07", 15, "2021-04-27"),  # third party asked (条例第三十二条)
        ("2021-03-31", 7, "2021-04-12"),  # notice that a supplement is needed
        ("2021-04-19", 20, "2021-05-18"),  # the answer clock restarts in full
        ("2021-05-10", 20, "2021-06-07"),  # fee notice: pay by (国办函〔2020〕109号)
        ("2021-05-20", 20, "2021-06-18"),  # paid: answer due if the period restarts
        ("2021-09-10", 20, "2021-10-14"),  # proactive disclosure (条例第二十六条)
        ("2021-09-24", 7, "2021-10-09"),  # penalty decided (国办发〔2018〕118号): a worked Saturday
        ("2021-09-30", 3, "2021-10-11"),  # penalty revoked (行政处罚法第四十八条、第八十五条)
        ("2021-02-08", 5, "2021-02-20"),  # hotline order
        ("2021-02-08", 15, "2021-03-05"),  # hotline order with ten days more
        ("2021-02-01", 20, "2021-03-04"),  # what the budget limit would be in working days
    ],
)
def test_other_limits_in_working_days(start: str, workdays: int, due: str) -> None:
    assert str(add_workdays(day(start), workdays)) == due


BUDGET = Limit(20, Instrument("中华人民共和国预算法", "主席令第22号").article("第十四条"), Unit.DAYS)


@pytest.mark.clause("10")
def test_the_budget_limit_counts_calendar_days_and_does_not_shift() -> None:
    """预算法第十四条: 二十日内, a Sunday here."""
    assert str(last_day(day("2021-02-01"), BUDGET)) == "2021-02-21"
    assert str(last_day(day("2021-02-01"), BUDGET, shift=True)) == "2021-02-22"
    assert str(add_days(day("2021-02-01"), 20)) == "2021-02-21"


@pytest.mark.clause("27")
def test_a_consultation_of_thirty_days_closes_no_earlier_than() -> None:
    assert str(add_days(day("2021-06-01"), 30)) == "2021-07-01"


def test_a_limit_in_working_days_may_be_paused() -> None:
    reply = Limit(20, REGULATION.article("第三十三条第二款"))
    pauses = pause_between(day("2021-04-06"), day("2021-04-20"))
    assert str(last_day(day("2021-03-31"), reply)) == "2021-04-28"
    assert str(last_day(day("2021-03-31"), reply, pauses=pauses)) == "2021-05-14"


@pytest.mark.clause("30")
@pytest.mark.parametrize(
    ("sending_counts", "answering_counts", "due"),
    [
        (True, False, "2021-05-14"),  # the convention: paused from 04-07 to 04-20
        (True, True, "2021-05-13"),
        (False, False, "2021-05-17"),
        (False, True, "2021-05-14"),
    ],
)
def test_the_ends_of_a_third_party_pause_are_a_convention(
    sending_counts: bool, answering_counts: bool, due: str
) -> None:
    """条例第三十三条第三款: 征求意见所需时间不计算在内."""
    pauses = pause_between(
        day("2021-04-06"),
        day("2021-04-20"),
        sending_counts=sending_counts,
        answering_counts=answering_counts,
    )
    assert str(add_workdays(day("2021-03-31"), 20, pauses=pauses)) == due


def test_an_answer_on_the_same_day_stops_nothing() -> None:
    assert pause_between(day("2021-04-06"), day("2021-04-06")) == ()


def test_an_answer_before_the_question_is_refused() -> None:
    with pytest.raises(Refused, match="收到意见的日期2021-04-05早于发出日期2021-04-06"):
        pause_between(day("2021-04-06"), day("2021-04-05"))


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refused, match="止日2021-04-05早于起日2021-04-06"):
        add_workdays(day("2021-03-31"), 20, pauses=[(day("2021-04-06"), day("2021-04-05"))])


def test_overlapping_and_touching_pauses_count_once() -> None:
    spans = [
        (day("2021-04-10"), day("2021-04-12")),
        (day("2021-04-06"), day("2021-04-08")),
        (day("2021-04-07"), day("2021-04-09")),
    ]
    assert merged(spans) == [Pause(day("2021-04-06"), day("2021-04-12"))]
    assert add_workdays(day("2021-04-01"), 5, pauses=spans) == day("2021-04-16")


def test_a_pause_may_come_from_a_generator() -> None:
    spans = (span for span in [(day("2021-04-07"), day("2021-04-20"))])
    assert str(add_workdays(day("2021-03-31"), 20, pauses=spans)) == "2021-05-14"


def test_zero_gives_the_starting_day_even_on_a_rest_day() -> None:
    for text in ("2021-02-11", "2021-02-10", "2021-02-07"):
        assert add_workdays(day(text), 0) == day(text)
        assert add_workdays(day(text), 0, pauses=[(day("2021-02-01"), day("2021-03-01"))]) == day(text)


@pytest.mark.parametrize(
    ("start", "workdays", "due"),
    [
        ("2021-02-18", -1, "2021-02-10"),
        ("2021-02-14", -1, "2021-02-10"),
        ("2021-02-08", -1, "2021-02-07"),
        ("2021-02-22", -20, "2021-01-20"),
    ],
)
def test_a_negative_number_counts_backwards(start: str, workdays: int, due: str) -> None:
    assert str(add_workdays(day(start), workdays)) == due


@pytest.mark.parametrize(
    ("first", "last", "workdays"),
    [
        ("2021-01-20", "2021-02-22", 20),
        ("2021-01-20", "2021-01-20", 0),
        ("2021-02-10", "2021-02-17", 0),
        ("2021-02-06", "2021-02-07", 1),
        ("2021-02-22", "2021-01-20", -20),
        ("2021-02-22", "2021-02-20", -1),
        ("2021-02-17", "2021-02-10", -1),
    ],
)
def test_the_first_day_never_counts_and_the_last_does(first: str, last: str, workdays: int) -> None:
    assert count_workdays(day(first), day(last)) == workdays


def test_counting_leaves_paused_days_out() -> None:
    pauses = [(day("2021-04-07"), day("2021-04-20"))]
    assert count_workdays(day("2021-03-31"), day("2021-05-14"), pauses=pauses) == 20
    assert count_workdays(day("2021-05-14"), day("2021-03-31"), pauses=pauses) == -20
    assert count_workdays(day("2021-04-08"), day("2021-04-09"), pauses=pauses) == 0
    assert count_workdays(day("2021-05-10"), day("2021-05-14"), pauses=pauses) == 4


def test_a_rest_day_shifts_to_the_next_working_day() -> None:
    """民法典第二百零三条."""
    assert str(next_workday(day("2021-02-11"))) == "2021-02-18"
    assert str(next_workday(day("2021-02-20"))) == "2021-02-20"
    assert str(add_days(day("2021-02-04"), 7, shift=True)) == "2021-02-18"


def test_calendar_days_need_no_published_year_unless_they_shift() -> None:
    assert str(add_days(day("2030-12-31"), 30)) == "2031-01-30"
    with pytest.raises(UnknownYear):
        add_days(day("2030-12-31"), 30, shift=True)
    assert add_days(day("2021-01-20"), -20) == day("2020-12-31")


def test_a_day_beyond_all_calendars_is_refused_in_chinese() -> None:
    with pytest.raises(Refused, match="超出了可以表示的日期范围"):
        add_days(day("9999-12-31"), 1)


def test_a_limit_past_the_published_years_is_refused_or_marked() -> None:
    with pytest.raises(UnknownYear, match="2027年的放假安排尚未公布"):
        add_workdays(day("2026-12-20"), 20)
    estimated = with_estimate()
    due = add_workdays(day("2026-12-20"), 20, calendar=estimated)
    assert str(due) == "2027-01-18"
    assert estimated.is_provisional(due)


# properties: dates far enough from the ends that every answer lies within the published years

STARTS = st.dates(date(2008, 1, 1), date(2024, 12, 31))
NUMBERS = st.integers(-250, 250)
SPANS = st.lists(
    st.builds(
        lambda first, length: (first, first + timedelta(days=length)),
        st.dates(date(2008, 1, 1), date(2025, 3, 1)),
        st.integers(0, 40),
    ),
    max_size=4,
)


@given(STARTS, NUMBERS)
def test_what_is_added_is_what_is_counted(start: date, workdays: int) -> None:
    assert count_workdays(start, add_workdays(start, workdays)) == workdays


@given(STARTS, NUMBERS)
def test_one_working_day_more_is_always_later(start: date, workdays: int) -> None:
    assert add_workdays(start, workdays) < add_workdays(start, workdays + 1)


@given(STARTS, STARTS, st.integers(1, 100))
def test_who_starts_later_never_ends_earlier(one: date, other: date, workdays: int) -> None:
    first, second = sorted([one, other])
    assert add_workdays(first, workdays) <= add_workdays(second, workdays)


@given(STARTS, NUMBERS.filter(bool))
def test_a_period_ends_on_a_working_day(start: date, workdays: int) -> None:
    assert is_workday(add_workdays(start, workdays))


@given(STARTS, st.integers(1, 100), st.integers(1, 100))
def test_two_periods_in_a_row_are_one(start: date, first: int, second: int) -> None:
    assert add_workdays(add_workdays(start, first), second) == add_workdays(start, first + second)


@given(STARTS.filter(is_workday), NUMBERS)
def test_going_back_leads_home_from_a_working_day(start: date, workdays: int) -> None:
    assert add_workdays(add_workdays(start, workdays), -workdays) == start


@given(STARTS, STARTS)
def test_counting_agrees_with_looking_at_every_day(first: date, last: date) -> None:
    first, last = sorted([first, min(last, first + timedelta(days=400))])
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert count_workdays(first, last) == sum(map(is_workday, days))


@given(STARTS, st.integers(1, 60), SPANS)
def test_a_pause_never_brings_a_day_forward(
    start: date, workdays: int, spans: list[tuple[date, date]]
) -> None:
    paused = add_workdays(start, workdays, pauses=spans)
    assert paused >= add_workdays(start, workdays)
    assert paused >= add_workdays(start, workdays, pauses=spans[1:])
    assert is_workday(paused)
    assert not any(Pause(*span).covers(paused) for span in spans)


@given(STARTS, st.integers(-60, 60), SPANS)
def test_paused_days_are_added_and_counted_alike(
    start: date, workdays: int, spans: list[tuple[date, date]]
) -> None:
    due = add_workdays(start, workdays, pauses=spans)
    assert count_workdays(start, due, pauses=spans) == workdays


@given(STARTS, st.integers(-300, 300))
def test_calendar_days_are_plain_days(start: date, days: int) -> None:
    assert (add_days(start, days) - start).days == days
    assert add_days(start, days, shift=True) == next_workday(add_days(start, days))


@given(STARTS)
def test_the_next_working_day_is_the_first_one(start: date) -> None:
    found = next_workday(start)
    assert PUBLISHED.is_workday(found)
    assert found == start or PUBLISHED.count(start, found) == 1
