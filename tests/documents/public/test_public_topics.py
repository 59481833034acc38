"""A topic's saved query is answered by the index; the database has the last word on what stands there."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from gongkai.documents.finding import SOURCE
from gongkai.documents.models import Paper, Topic, TopicPin
from gongkai.documents.overview import topics
from gongkai.search import catch_up, sources
from tests.documents.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2")]


@pytest.fixture(autouse=True)
def _own_index(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SEARCH_INDEX = str(tmp_path / "index")
    monkeypatch.setattr(sources, "_sources", {"paper": SOURCE})


@pytest.fixture
def topic(unit):
    """A topic with a saved query."""
    return lambda **query: Topic.objects.create(name="专题", slug="one", query=query, lead=unit())


def titles(shown: LexborHTMLParser) -> list[str]:
    return [link.text() for link in shown.css(".gk-table tbody th a")]


def test_a_topic_finds_words_that_stand_in_the_text_alone(live, topic, page):
    live(title="关于规划的通知", html="<p>建设鲁南经济圈。</p>")
    live(title="别的通知")
    topic(words="鲁南经济圈")
    catch_up.rebuild()
    assert titles(page("/topics/one/")) == ["关于规划的通知"]


def test_pinned_papers_stand_before_what_the_index_finds(live, topic, page):
    live(title="含有鲁南的通知")
    pinned = live(title="没有这两个字的文件")
    made = topic(words="鲁南")
    TopicPin.objects.create(
        topic=made, paper=pinned, proposed_by=pinned.created_by, proposed_on=TODAY, accepted_on=TODAY
    )
    catch_up.rebuild()
    assert titles(page("/topics/one/")) == ["没有这两个字的文件", "含有鲁南的通知"]


def test_what_left_the_site_is_gone_from_the_topic_before_the_index_knows(live, topic, page):
    left = live(title="鲁南的通知")
    topic(words="鲁南")
    catch_up.rebuild()
    Paper.objects.filter(pk=left.pk).update(state="left")
    assert titles(page("/topics/one/")) == []


@pytest.mark.parametrize("narrow", ["unit", "column", "kind", "theme"])
def test_words_and_conditions_hold_together(live, unit, column, topic, page, narrow):
    home, place = unit(), column()
    for title, of, sort in (("鲁南甲", home, "rules"), ("鲁南乙", unit(), "notice")):
        live(of, title=title, sort=sort)
    Paper.objects.get(title="鲁南甲").columns.add(place)
    query = {"unit": [home.pk], "column": place.pk, "kind": "rules", "theme": 987}[narrow]
    topic(words="鲁南", **{narrow: query})
    catch_up.rebuild()
    assert titles(page("/topics/one/")) == ([] if narrow == "theme" else ["鲁南甲"])


def test_a_topic_of_words_keeps_to_its_days(live, topic, page):
    live(title="鲁南的通知")
    made = topic(words="鲁南", since=TODAY.isoformat(), until=TODAY.isoformat())
    catch_up.rebuild()
    assert titles(page("/topics/one/")) == ["鲁南的通知"]
    Topic.objects.filter(pk=made.pk).update(query={"words": "鲁南", "until": "2021-04-19"})
    assert titles(page("/topics/one/")) == []


def test_the_database_answers_where_the_index_is_lost(live, topic, page):
    live(title="鲁南的通知")
    live(title="别的通知", html="<p>鲁南</p>")
    topic(words="鲁南")
    assert titles(page("/topics/one/")) == ["鲁南的通知"]


def test_more_papers_need_no_more_queries(live, topic, client):
    home = live(title="鲁南1号").unit
    topic(words="鲁南")
    catch_up.rebuild()
    client.get("/topics/one/")
    counted = []
    for number in range(2):
        with CaptureQueriesContext(connection) as few:
            assert client.get("/topics/one/").status_code == 200
        counted.append(len(few))
        for each in range(6):
            live(home, title=f"鲁南{number}第{each}号")
        catch_up.rebuild()
    assert counted[0] == counted[1]


def test_the_newest_that_fit_are_taken_where_too_many_do(live, topic, monkeypatch, page):
    for number in range(3):
        live(title=f"鲁南{number}号", sort="rules" if number else "notice")
    monkeypatch.setattr(topics, "MOST", 2)
    topic(words="鲁南", kind="rules")
    catch_up.rebuild()
    assert sorted(titles(page("/topics/one/"))) == ["鲁南1号", "鲁南2号"]
