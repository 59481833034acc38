"""When an application must be answered: the published cases, and what must hold for any facts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.answering import Facts, Inquiry, Party, deadline, supplement_notice_due
from gongkai.rules.calendars import calendar_as_of, with_estimate
from gongkai.rules.law import Refused
from gongkai.rules.workdays import add_workdays

LATER = date(2021, 12, 31)
DAYS = st.dates(date(2019, 6, 3), date(2025, 6, 30))
#: receipt, last day to ask for a supplement, to answer, to answer after a full extension
CASES = [
    ("2021-01-04", "2021-01-13", "2021-02-01", "2021-03-04"),
    ("2021-01-20", "2021-01-29", "2021-02-22", "2021-03-22"),
    ("2021-02-05", "2021-02-20", "2021-03-10", "2021-04-08"),
    ("2021-03-31", "2021-04-12", "2021-04-28", "2021-05-28"),
    ("2021-04-25", "2021-05-07", "2021-05-25", "2021-06-23"),
    ("2021-04-30", "2021-05-13", "2021-06-01", "2021-06-30"),
    ("2021-09-18", "2021-09-29", "2021-10-22", "2021-11-19"),
    ("2021-12-31", "2022-01-12", "2022-01-29", "2022-03-03"),
    ("2025-01-24", "2025-02-10", "2025-02-27", "2025-03-27"),
]


def day(text: str) -> date:
    return date.fromisoformat(text)


def due(facts: Facts, today: date = LATER) -> str:
    return str(deadline(facts, today=today, calendar=with_estimate()).due)


@pytest.mark.clause("30")
@pytest.mark.parametrize(("received", "supplement", "answer", "extended"), CASES)
def test_the_clocks_of_an_application_end_on_the_published_days(received, supplement, answer, extended):
    assert str(supplement_notice_due(day(received))) == supplement
    assert due(Facts(day(received))) == answer
    assert due(Facts(day(received), extension=20)) == extended


def test_an_amended_notice_of_holidays_moves_the_day_and_the_old_calendar_still_tells_the_old_one():
    facts, old = Facts(date(2020, 1, 22)), calendar_as_of(date(2020, 1, 22))
    assert str(deadline(facts, today=LATER, calendar=old).due) == "2020-02-25"
    assert due(facts) == "2020-02-27"


def test_asking_a_third_party_stops_the_clock_from_the_day_after_sending_to_the_day_of_the_opinion():
    asked = Inquiry(Party.THIRD, date(2021, 4, 6), date(2021, 4, 7), date(2021, 4, 20))
    assert due(Facts(date(2021, 3, 31), inquiries=(asked,))) == "2021-05-14"


def test_a_third_party_has_fifteen_working_days_from_receipt():
    assert Inquiry(Party.THIRD, date(2021, 4, 6), date(2021, 4, 7)).due() == date(2021, 4, 27)


def test_a_supplement_starts_the_full_clock_anew():
    assert due(Facts(date(2021, 3, 31), supplemented=date(2021, 4, 19))) == "2021-05-18"


def test_payment_starts_the_full_clock_anew():
    assert due(Facts(date(2021, 4, 1), paid=date(2021, 5, 20))) == "2021-06-18"


def test_an_opinion_that_comes_after_its_limit_stops_the_clock_no_longer_than_the_limit():
    in_time = Inquiry(Party.THIRD, date(2021, 4, 6), date(2021, 4, 7), date(2021, 4, 27))
    late = Inquiry(Party.THIRD, date(2021, 4, 6), date(2021, 4, 7), date(2021, 5, 25))
    facts = [Facts(date(2021, 3, 31), inquiries=(each,)) for each in (in_time, late)]
    assert due(facts[0]) == due(facts[1])


def test_while_an_opinion_is_awaited_the_clock_stands_and_the_page_says_so():
    asked = Inquiry(Party.MAKER, date(2021, 4, 6), date(2021, 4, 7))
    facts = Facts(date(2021, 3, 31), inquiries=(asked,))
    waiting = deadline(facts, today=date(2021, 4, 12))
    assert waiting.stopped
    assert waiting.open_inquiries == (asked,)
    assert not deadline(facts, today=date(2021, 4, 28)).stopped


def test_a_letter_still_on_its_way_moves_the_day_with_every_day():
    facts = Facts(date(2021, 3, 31), inquiries=(Inquiry(Party.THIRD, date(2021, 4, 6)),))
    assert due(facts, date(2021, 4, 12)) < due(facts, date(2021, 4, 13))


def test_two_inquiries_at_once_stop_the_clock_once():
    third = Inquiry(Party.THIRD, date(2021, 4, 6), date(2021, 4, 7), date(2021, 4, 20))
    maker = Inquiry(Party.MAKER, date(2021, 4, 7), date(2021, 4, 8), date(2021, 4, 16))
    both, one = ((third, maker), (third,))
    received = date(2021, 3, 31)
    assert due(Facts(received, inquiries=both)) == due(Facts(received, inquiries=one))


def test_an_inquiry_from_before_the_supplement_does_not_stop_the_new_clock():
    asked = Inquiry(Party.THIRD, date(2021, 4, 2), date(2021, 4, 6), date(2021, 4, 12))
    plain = Facts(date(2021, 3, 31), supplemented=date(2021, 4, 19))
    assert due(Facts(plain.received, plain.supplemented, inquiries=(asked,))) == due(plain)


def test_a_later_day_for_very_many_applications_holds_when_it_is_later():
    assert due(Facts(date(2021, 3, 31), postponed=date(2021, 8, 2))) == "2021-08-02"


@pytest.mark.parametrize(
    ("given_facts", "says"),
    [
        ({"extension": 21}, "最多20个工作日"),
        ({"extension": -1}, "最多20个工作日"),
        ({"supplemented": date(2021, 3, 30)}, "补正日期"),
        ({"paid": date(2021, 3, 30)}, "缴费日期"),
        ({"inquiries": (Inquiry(Party.THIRD, date(2021, 3, 30)),)}, "征求意见日期"),
    ],
)
def test_facts_that_cannot_be_are_refused_in_words(given_facts, says):
    with pytest.raises(Refused, match=says):
        Facts(date(2021, 3, 31), **given_facts)


def test_the_day_is_explained_day_by_day_and_in_sentences_with_articles():
    asked = Inquiry(Party.THIRD, date(2021, 4, 6), date(2021, 4, 7), date(2021, 4, 20))
    found = deadline(Facts(date(2021, 3, 31), inquiries=(asked,), extension=5), today=LATER)
    said = "\n".join(found.reasons())
    for words in (
        "2021年3月31日收到申请",
        "第三十三条第二款",
        "经批准延长5个工作日",
        "征求第三方意见",
        "第三十三条第三款",
    ):
        assert words in said
    assert any("调休上班，计入" in line for line in found.way.lines())
    assert any("中止计算期间，不计入" in line for line in found.way.lines())


@given(DAYS, st.integers(0, 20))
def test_twenty_working_days_and_the_extension_lie_between_receipt_and_the_last_day(received, extension):
    found = deadline(Facts(received, extension=extension), today=received, calendar=with_estimate())
    assert sum(step.counted for step in found.way.steps) == 20 + extension
    assert with_estimate().is_workday(found.due)


@given(DAYS, st.integers(0, 10), st.integers(0, 30), st.integers(0, 60))
def test_an_inquiry_never_brings_the_day_forward_and_moves_it_by_the_working_days_it_takes(
    received, before, travel, thinking
):
    sent = received + timedelta(before)
    delivered = sent + timedelta(travel)
    answered = delivered + timedelta(thinking)
    asked = Inquiry(Party.THIRD, sent, delivered, answered)
    calendar = with_estimate()
    plain = deadline(Facts(received), today=answered, calendar=calendar)
    found = deadline(Facts(received, inquiries=(asked,)), today=answered, calendar=calendar)
    stop = min(answered, asked.due(calendar) or answered)
    moved = calendar.count(sent, stop) if sent < plain.due else 0
    assert found.due == add_workdays(plain.due, moved, calendar=calendar)
