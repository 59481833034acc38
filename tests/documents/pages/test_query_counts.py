"""查询次数: a list of fifty rows asks the database no more often than one of five; each list exports."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.documents.models import (
    Cleanup,
    CleanupEntry,
    Column,
    Countersign,
    Edition,
    Erratum,
    Override,
    Paper,
    Relation,
    Release,
    Topic,
    TopicPin,
    Word,
)
from gongkai.frame.sheets import XLSX
from tests.documents.conftest import NOW, TODAY, person
from tests.documents.pages.walking import browser

pytestmark = [pytest.mark.django_db, pytest.mark.clause("29")]
LISTS = ["papers", "papers_queue", "papers_closed", "countersigns", "releases", "errata", "cleanups"]
LISTS += ["columns", "topics", "words", "overrides"]


@pytest.fixture(autouse=True)
def _day(settings):
    settings.FIXED_TODAY = TODAY.isoformat()


@pytest.fixture
def world(unit, office, draft):
    """A unit's head, somebody of the office, and a way to make so many rows more of everything."""
    home, other = unit(), unit()
    head, clerk = person(home, "approver"), office()
    cleanup = Cleanup.objects.create(title="清理", since=TODAY, until=TODAY, made_by=clerk, made_on=TODAY)
    release = Release.objects.create(title="批次", unit=home, made_by=head, made_on=TODAY)
    topic = Topic.objects.create(name="专题", slug="t0", lead=home)
    hub = draft(home)

    def grow(rows):
        for number in range(rows):
            mark = Edition.objects.count() * 100 + number
            edition = draft(home)
            Edition.objects.filter(pk=edition.pk).update(state="unit_review", release=release)
            closed = draft(home, attribute="request", ground_note="内部").paper
            Paper.objects.filter(pk=closed.pk).update(reassess_on=date(2021, 4, 1))
            Countersign.objects.create(edition=edition, unit=other)
            Countersign.objects.create(edition=draft(other), unit=home)
            Release.objects.create(title=f"批次{mark}", unit=home, made_by=head, made_on=TODAY)
            Erratum.objects.create(paper=edition.paper, text="错字", received_at=NOW, due_on=TODAY)
            CleanupEntry.objects.create(cleanup=cleanup, paper=edition.paper, unit=home, before="valid")
            Cleanup.objects.create(title="清理", since=TODAY, until=TODAY, made_by=clerk, made_on=TODAY)
            shelf = Column.objects.create(name=f"栏目{mark}", slug=f"c{mark}", unit=home, keeper=head)
            hub.paper.columns.add(shelf)
            shown = Topic.objects.create(name=f"专题{mark}", slug=f"t{mark}", lead=home)
            TopicPin.objects.create(topic=shown, paper=edition.paper, proposed_by=head, proposed_on=TODAY)
            TopicPin.objects.create(topic=topic, paper=edition.paper, proposed_by=head, proposed_on=TODAY)
            Word.objects.create(term=f"错词{mark}", right="正词")
            Override.objects.create(edition=edition, gate="reading", remark="急", by=head, at=NOW)
            Relation.objects.create(
                paper=hub.paper, bond="based_on", target=edition.paper, made_by=head, made_on=TODAY
            )

    return (
        {"head": head, "office": clerk},
        {"release": release, "cleanup": cleanup, "topic_staff": topic},
        hub,
        grow,
    )


def queries(client, url):
    client.get(url)  # the first visit warms what is kept between visits
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def addresses(places, hub):
    for name in LISTS:
        yield reverse(name)
    for name, row in places.items():
        yield reverse(name, args=[row.pk])
    for name in ("edition", "edition_edit", "edition_submit"):
        yield reverse(name, args=[hub.pk])
    for name in ("paper_history", "paper_relations"):
        yield reverse(name, args=[hub.paper.pk])
    yield reverse("desk")


@pytest.mark.parametrize("role", ["head", "office"])
def test_a_page_asks_as_often_for_many_rows_as_for_few(role, world):
    people, places, hub, grow = world
    client = browser(people[role])
    grow(3)
    urls = [url for url in addresses(places, hub) if client.get(url).status_code == 200]
    assert len(urls) > len(LISTS)
    few = {url: queries(client, url) for url in urls}
    grow(12)
    many = {url: queries(client, url) for url in urls}
    assert {url: (few[url], many[url]) for url in urls if many[url] > few[url]} == {}
    assert max(few.values()) <= 45


@pytest.mark.parametrize("name", LISTS)
def test_every_list_goes_out_as_a_sheet(name, world):
    people, _, _, grow = world
    grow(1)
    answer = browser(people["office"]).get(reverse(name), {"export": "xlsx"})
    assert (answer.status_code, answer["Content-Type"]) == (200, XLSX)
