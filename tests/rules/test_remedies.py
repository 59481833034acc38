"""What a decision says about review and court, by its day."""

from datetime import date

import pytest

from gongkai.rules.law import Refused
from gongkai.rules.remedies import remedies

BODIES = {"reviewer": "甲市人民政府", "court": "甲区人民法院"}


@pytest.mark.clause("30")
@pytest.mark.parametrize(
    ("decided", "first"), [("2021-06-01", False), ("2023-12-31", False), ("2024-01-01", True)]
)
def test_a_refusal_goes_to_review_first_since_2024(decided, first):
    told = remedies(date.fromisoformat(decided)).text(refused=True, **BODIES)
    assert ("应当先自收到本决定书之日起60日内向甲市人民政府申请行政复议" in told) is first
    assert ("6个月内向甲区人民法院" in told) is not first
    assert ("15日内向甲区人民法院" in told) is first


def test_what_is_no_refusal_leaves_the_choice_under_both_laws():
    for day in (date(2021, 6, 1), date(2024, 6, 1)):
        assert "也可以自收到本决定书之日起6个月内" in remedies(day).text(refused=False, **BODIES)


def test_a_decision_sent_online_offers_review_online_since_2024():
    assert "互联网" in remedies(date(2024, 1, 1)).text(refused=True, online=True, **BODIES)
    assert "互联网" not in remedies(date(2023, 1, 1)).text(refused=True, online=True, **BODIES)


def test_times_are_counted_in_days_and_months_of_the_calendar():
    found = remedies(date(2021, 5, 1))
    assert str(found.review_until(date(2021, 5, 10))) == "2021-07-09"
    assert str(found.court_until(date(2021, 8, 31))) == "2022-02-28"


def test_every_time_has_its_article():
    assert [article.place for article in remedies(date(2024, 5, 1)).cites()] == [
        "第二十条",
        "第二十三条第一款第四项",
        "第四十六条",
        "第四十五条",
    ]


def test_a_day_before_the_oldest_law_on_file_is_refused():
    with pytest.raises(Refused, match="没有2010-01-01适用"):
        remedies(date(2010, 1, 1))
