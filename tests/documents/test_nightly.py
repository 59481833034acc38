"""每日办理: what the day itself changes."""

from datetime import date

import pytest

from gongkai.documents.models import Paper
from gongkai.documents.services.nightly import expiring_soon, run_nightly


@pytest.mark.clause("29")
def test_the_day_turns_standings_and_ends_terms_once(live):
    trial = live(expires_on=date(2021, 8, 31))
    listed = live(shown_until=date(2021, 8, 31))
    waiting = live(commences_on=date(2021, 9, 1))
    quiet = {"expired": 0, "turned": 0, "expiring": 1, "reassess": 0}
    assert run_nightly(date(2021, 8, 31)) == quiet
    assert run_nightly(date(2021, 9, 1)) == {"expired": 1, "turned": 2, "expiring": 0, "reassess": 0}
    assert run_nightly(date(2021, 9, 1)) == {"expired": 0, "turned": 0, "expiring": 0, "reassess": 0}
    states = Paper.objects.in_bulk([trial.pk, listed.pk, waiting.pk])
    assert states[trial.pk].standing == "expired"
    assert states[listed.pk].left_by == "expired"
    assert states[waiting.pk].standing == "valid"


def test_a_night_that_was_left_out_is_made_up_for(live):
    paper = live(commences_on=date(2021, 5, 1), expires_on=date(2021, 6, 30))
    assert run_nightly(date(2021, 8, 1))["turned"] == 1
    paper.refresh_from_db()
    assert (paper.standing, paper.standing_until) == ("expired", None)


@pytest.mark.clause("29")
def test_the_office_is_warned_six_months_before_a_term_is_over(live):
    near, far = live(expires_on=date(2021, 10, 20)), live(expires_on=date(2021, 10, 21))
    today = date(2021, 4, 20)
    assert [each.paper for each in expiring_soon(today)] == [near]
    assert {each.paper for each in expiring_soon(date(2021, 4, 21))} == {near, far}
    assert not expiring_soon(date(2022, 1, 1))
