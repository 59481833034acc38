"""States and days in words: colour is never the only cue, a date is never alone."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import path
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai.frame.dates import remaining
from gongkai.frame.states import SIGNS, tone_of
from gongkai.rules.flow import act

TODAY = date(2021, 4, 2)
urlpatterns = [
    path("papers/<int:pk>/send/", HttpResponse, name="paper_send"),
    path("papers/<int:pk>/drop/", HttpResponse, name="paper_drop"),
]
pytestmark = pytest.mark.urls(__name__)


def drawn(source: str, **names: object) -> str:
    return Template(source).render(Context(names))


@pytest.mark.parametrize(
    ("due", "text", "weight"),
    [
        (date(2021, 4, 1), "逾期 1 天", "late"),
        (date(2021, 4, 2), "今天到期", "today"),
        (date(2021, 4, 4), "剩余 2 天，均为休息日", "soon"),
        (date(2021, 4, 6), "剩余 1 个工作日", "soon"),
        (date(2021, 4, 13), "剩余 6 个工作日", "later"),
        (date(2999, 1, 1), f"剩余 {(date(2999, 1, 1) - TODAY).days} 天", "later"),
    ],
)
def test_the_days_left_are_said_in_words(due: date, text: str, weight: str) -> None:
    rest = remaining(due, TODAY)
    assert (rest.text, rest.weight) == (text, weight)


def test_days_left_carry_the_date_and_a_machine_readable_one() -> None:
    html = drawn("{{ due|days_left:today }}", due=date(2021, 4, 6), today=TODAY)
    assert "剩余 1 个工作日" in html
    assert '<time class="gk-days__date" datetime="2021-04-06">2021-04-06</time>' in html
    assert drawn("{{ due|days_left:today }}", due=None, today=TODAY) == ""


def test_a_state_is_a_sign_a_word_and_a_colour() -> None:
    html = drawn('{% state "accepted" "已验收" %}')
    assert "gk-state--good" in html
    assert "✓" in html
    assert "已验收" in html
    assert "gk-state--bad" in drawn('{% state "odd" "其他" "bad" %}')


def test_no_two_tones_share_a_sign() -> None:
    assert len(set(SIGNS.values())) == len(SIGNS)
    assert tone_of("never heard of") in SIGNS


def test_an_address_that_does_not_exist_is_empty() -> None:
    assert drawn('{% address "no_such_room" as url %}[{{ url }}]') == "[]"


def test_the_query_keeps_what_was_asked_and_changes_one_value() -> None:
    request = RequestFactory().get("/?q=公开&page=3")
    context = Context({"request": request})
    assert Template("{% query page=4 %}").render(context) == "?q=%E5%85%AC%E5%BC%80&amp;page=4"
    assert Template('{% query_without "q" %}').render(context) == "?"


def test_acts_become_buttons_that_lead_to_their_pages() -> None:
    acts = [act("send", "报送", "draft", "sent", "officer"), act("drop", "放弃", "draft", None, "officer")]
    source = '{% act_buttons acts record "paper_" %}'
    html = HTMLParser(drawn(source, acts=acts, record=SimpleNamespace(pk=7)))
    buttons = [(each.text(), each.attributes["href"]) for each in html.css("a.govuk-button")]
    assert buttons == [("报送", "/papers/7/send/"), ("放弃", "/papers/7/drop/")]
    assert drawn(source, acts=[], record=SimpleNamespace(pk=7)).strip() == ""


def test_a_moment_is_told_by_the_day_on_the_wall_and_not_by_that_of_greenwich() -> None:
    early = datetime(2021, 9, 14, 23, 36, tzinfo=UTC)  # 07:36 on the next morning
    assert drawn("{{ at|date_zh }} {{ day|date_zh }}", at=early, day=TODAY) == "2021年9月15日 2021年4月2日"
