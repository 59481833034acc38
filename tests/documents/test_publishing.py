"""发布: at once, by the clock, once and only once."""

from datetime import timedelta

import pytest

from gongkai.audit.models import Trace
from gongkai.documents.models import Edition, Paper
from gongkai.documents.services import papers, publication, way
from gongkai.rules.law import Refused
from gongkai.search.models import Change


def test_a_signed_edition_is_published_by_the_officer(draft, walk, at):
    edition = walk(draft(), "ready")
    edition = way.publish(edition, by=edition.written_by, at=at)
    assert (edition.state, edition.paper.state) == ("live", "live")


def test_what_is_due_goes_live_at_the_moment_that_was_signed(draft, walk, at):
    soon, late = at + timedelta(hours=1), at + timedelta(days=1)
    first, second = walk(draft(), when=soon), walk(draft(), when=late)
    assert publication.publish_due(at) == 0
    assert publication.publish_due(soon + timedelta(minutes=7)) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.live_from, second.state) == ("live", soon, "scheduled")
    assert Paper.objects.get(pk=first.paper_id).published_at == soon


def test_publishing_what_is_due_twice_does_no_more(draft, walk, at, acts):
    edition = walk(draft(), when=at + timedelta(hours=1))
    assert [publication.publish_due(at + timedelta(hours=2)) for _ in range(2)] == [1, 0]
    assert acts(edition).count("发布") == 1


def test_a_moment_may_be_taken_back(draft, walk, at):
    edition = walk(draft(), when=at + timedelta(hours=1))
    way.unschedule(edition, by=edition.written_by)
    assert publication.publish_due(at + timedelta(hours=2)) == 0
    edition.refresh_from_db()
    assert (edition.state, edition.publish_at) == ("ready", None)


def test_what_a_gate_stops_at_its_hour_waits_for_people_and_holds_up_nobody_else(draft, walk, at, acts):
    bad, good = (walk(draft(), when=at + timedelta(hours=1)) for _ in range(2))
    bad.content.html = '<p><img src="/files/1/a.png"></p>'
    bad.content.save()
    assert publication.publish_due(at + timedelta(hours=2)) == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == ("ready", "live")
    trace = Trace.objects.filter(act="定时发布未成功").get()
    assert "没有文字说明" in trace.note
    assert trace.actor is None


def test_the_new_edition_takes_the_place_of_the_old_in_one_transaction(live, today, at, monkeypatch):
    paper = live()
    revision = papers.revise(paper, by=paper.created_by, today=today)

    def fail(*_args, **_kept):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(publication, "told", fail)
        with pytest.raises(RuntimeError):
            publication.put_live(revision, by=paper.created_by, at=at)
    states = list(Edition.objects.filter(paper=paper).values_list("state", flat=True))
    assert states == ["live", "draft"]
    publication.put_live(Edition.objects.get(pk=revision.pk), by=paper.created_by, at=at)
    states = list(Edition.objects.filter(paper=paper).values_list("state", flat=True))
    assert states == ["superseded", "live"]


def test_the_first_day_of_publication_stays_and_the_latest_moves(live, today, at):
    paper = live()
    later = at + timedelta(days=30)
    revision = papers.revise(paper, by=paper.created_by, today=today)
    paper = publication.put_live(revision, by=paper.created_by, at=later).paper
    assert (paper.published_at, paper.updated_at) == (at, later)


def test_publication_tells_the_index(draft, at):
    edition = draft()
    Change.objects.all().delete()
    publication.put_live(edition, by=edition.written_by, at=at)
    assert list(Change.objects.values_list("noun", "key")) == [("paper", edition.paper_id)]


def test_an_edition_that_is_not_signed_is_not_published(draft, walk, at):
    edition = walk(draft(), "signing")
    with pytest.raises(Refused, match="待签发"):
        way.publish(edition, by=edition.written_by, at=at)
