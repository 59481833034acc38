"""有效性: tables of literal dates, and what must hold for any paper."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules import validity
from gongkai.rules.validity import IN_FORCE, Change, Facts, Standing, next_change, status_on, timeline

pytestmark = pytest.mark.clause("29")

#: made and published in March, in force from 1 May 2019, until 30 April 2024; amended and repealed on the way
WHOLE = Facts(
    made_on=date(2019, 3, 20),
    published_on=date(2019, 3, 25),
    commences_on=date(2019, 5, 1),
    expires_on=date(2024, 4, 30),
    bonds=(Change("amends", date(2020, 6, 1), "修改决定"), Change("repeals", date(2022, 1, 1), "新办法")),
)


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2019-03-20", "pending"),
        ("2019-04-30", "pending"),
        ("2019-05-01", "valid"),
        ("2020-05-31", "valid"),
        ("2020-06-01", "amended"),
        ("2021-12-31", "amended"),
        ("2022-01-01", "repealed"),
        ("2024-05-01", "repealed"),
    ],
)
def test_a_paper_is_pending_then_valid_then_amended_then_repealed(day, standing):
    assert status_on(WHOLE, date.fromisoformat(day)) == standing


@pytest.mark.parametrize(
    ("facts", "day", "standing"),
    [
        (Facts(), "2021-01-01", "valid"),
        (Facts(made_on=date(2021, 3, 1)), "2021-02-28", "pending"),
        (Facts(made_on=date(2021, 3, 1)), "2021-03-01", "valid"),
        (Facts(published_on=date(2021, 3, 5)), "2021-03-04", "pending"),
        (Facts(made_on=date(2021, 3, 1), published_on=date(2021, 3, 5)), "2021-03-03", "valid"),
        (Facts(made_on=date(2019, 3, 1), expires_on=date(2021, 2, 28)), "2021-02-28", "valid"),
        (Facts(made_on=date(2019, 3, 1), expires_on=date(2021, 2, 28)), "2021-03-01", "expired"),
        (Facts(expires_on=date(2020, 2, 29)), "2020-02-29", "valid"),
        (Facts(expires_on=date(2020, 2, 29)), "2020-03-01", "expired"),
        # repealed after its term was over: it had ended already
        (
            Facts(expires_on=date(2020, 12, 31), bonds=(Change("repeals", date(2021, 6, 1)),)),
            "2021-06-01",
            "expired",
        ),
        # repealed on the very day after its last one
        (
            Facts(expires_on=date(2020, 12, 31), bonds=(Change("repeals", date(2021, 1, 1)),)),
            "2021-01-01",
            "repealed",
        ),
        (Facts(bonds=(Change("replaces", date(2021, 5, 1)),)), "2021-05-01", "repealed"),
        (Facts(bonds=(Change("ends", date(2021, 5, 1)),)), "2021-05-01", "expired"),
        # repealed before it ever came into force
        (
            Facts(commences_on=date(2021, 9, 1), bonds=(Change("repeals", date(2021, 8, 1)),)),
            "2021-09-01",
            "repealed",
        ),
        # amended before it came into force: pending until then
        (
            Facts(commences_on=date(2021, 9, 1), bonds=(Change("amends", date(2021, 8, 1)),)),
            "2021-08-15",
            "pending",
        ),
        (Facts(bonds=(Change("repeals", None),)), "2021-01-01", "valid"),
        (Facts(bonds=(Change("interprets", date(2020, 1, 1)),)), "2021-01-01", "valid"),
    ],
)
def test_the_standing_on_a_day(facts, day, standing):
    assert status_on(facts, date.fromisoformat(day)) == standing


@pytest.mark.parametrize(
    ("day", "turn"),
    [
        ("2019-03-20", "2019-05-01"),
        ("2019-05-01", "2020-06-01"),
        ("2020-06-01", "2022-01-01"),
        ("2022-01-01", None),
    ],
)
def test_the_next_change_is_the_first_day_of_another_standing(day, turn):
    found = next_change(WHOLE, date.fromisoformat(day))
    assert str(found) == str(turn and date.fromisoformat(turn))


def test_the_timeline_tells_the_days_in_order_and_no_expiry_after_a_repeal():
    assert [(str(event.on), event.text, event.title) for event in timeline(WHOLE)] == [
        ("2019-03-20", "成文", ""),
        ("2019-03-25", "公布", ""),
        ("2019-05-01", "施行", ""),
        ("2020-06-01", "被修改", "修改决定"),
        ("2022-01-01", "被废止", "新办法"),
    ]


def test_the_timeline_tells_no_commencement_that_the_paper_does_not_name():
    silent = Facts(made_on=date(2019, 3, 20), published_on=date(2019, 3, 25))
    assert [event.text for event in timeline(silent)] == ["成文", "公布"]


def test_the_timeline_tells_the_day_on_which_a_term_is_over():
    trial = Facts(made_on=date(2019, 3, 1), expires_on=date(2021, 2, 28))
    assert [str(event.on) for event in timeline(trial) if event.kind == "expires"] == ["2021-03-01"]


@pytest.mark.parametrize(
    ("today", "warned"),
    [("2023-10-29", False), ("2023-10-30", True), ("2024-04-30", True), ("2024-05-01", False)],
)
def test_a_warning_begins_six_months_before_the_term_is_over(today, warned):
    facts = Facts(made_on=date(2019, 5, 1), expires_on=date(2024, 4, 30))
    assert bool(validity.expiring(facts, date.fromisoformat(today))) is warned


def test_what_is_repealed_before_its_term_is_over_gives_no_warning():
    facts = Facts(expires_on=date(2024, 4, 30), bonds=(Change("repeals", date(2024, 3, 1)),))
    assert validity.expiring(facts, date(2024, 2, 1)) is None


@pytest.mark.parametrize(
    ("start", "trial", "last"),
    [
        ("2021-05-01", False, "2026-04-30"),
        ("2021-05-01", True, "2023-04-30"),
        ("2020-02-29", False, "2025-02-27"),
    ],
)
def test_the_usual_term_is_a_hint_of_the_province(start, trial, last):
    assert str(validity.proposed_expiry(date.fromisoformat(start), trial=trial)) == last
    assert not validity.period("ordinary").confirmed


def test_every_period_names_its_source():
    assert all(period.cite.instrument and period.months > 0 for period in validity.periods().values())


# --- any paper --------------------------------------------------------------------------------------

DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))
MAYBE = st.none() | DAYS
CHANGES = st.builds(Change, st.sampled_from(["amends", "repeals", "replaces", "ends", "interprets"]), MAYBE)
FACTS = st.builds(Facts, MAYBE, MAYBE, MAYBE, MAYBE, st.lists(CHANGES, max_size=5).map(tuple))


@given(FACTS, DAYS)
def test_nothing_changes_before_the_next_change_and_something_does_then(facts, day):
    turn, now = next_change(facts, day), status_on(facts, day)
    if turn is None:
        assert status_on(facts, date(2100, 1, 1)) is now
        return
    assert turn > day
    assert status_on(facts, turn) is not now
    assert status_on(facts, turn - timedelta(days=1)) is now


@given(FACTS, DAYS, DAYS)
def test_what_has_ended_never_comes_back(facts, one, other):
    first, later = sorted((one, other))
    if status_on(facts, first) in (Standing.REPEALED, Standing.EXPIRED):
        assert status_on(facts, later) is status_on(facts, first)


@given(FACTS, DAYS)
def test_the_order_in_which_changes_are_told_does_not_matter(facts, day):
    turned = Facts(facts.made_on, facts.published_on, facts.commences_on, facts.expires_on, facts.bonds[::-1])
    assert status_on(turned, day) is status_on(facts, day)
    assert next_change(turned, day) == next_change(facts, day)


@given(FACTS, DAYS)
def test_one_more_repeal_never_makes_a_paper_more_valid(facts, day):
    more = Facts(
        facts.made_on,
        facts.published_on,
        facts.commences_on,
        facts.expires_on,
        (*facts.bonds, Change("repeals", day)),
    )
    assert status_on(more, day) not in IN_FORCE
    assert status_on(more, day - timedelta(days=1)) is status_on(facts, day - timedelta(days=1))


@given(FACTS)
def test_the_timeline_is_in_order_and_tells_every_change_of_standing(facts):
    told = [event.on for event in timeline(facts)]
    assert told == sorted(told)
    day = date(2000, 1, 1)
    while turn := next_change(facts, day):
        assert turn in told
        day = turn
