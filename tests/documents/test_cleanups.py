"""文件清理: every paper in force is looked at, and the result takes effect in one act."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.documents.models import Paper
from gongkai.documents.services import cleanups
from gongkai.documents.services.standings import facts_of
from gongkai.rules.law import Refused
from gongkai.rules.validity import timeline

pytestmark = pytest.mark.clause("29")
YEARS = {"since": date(2016, 1, 1), "until": date(2021, 12, 31)}


@pytest.fixture
def shelf(live):
    """Four notices in force, one repealed already, one too old, one piece of news."""
    kept = [live(title=f"关于事项{name}的通知", made_on=date(2018, 5, 1)) for name in "甲乙丙丁"]
    gone = live(made_on=date(2018, 5, 1))
    Paper.objects.filter(pk=gone.pk).update(standing="repealed")
    live(made_on=date(2015, 12, 31))
    live(sort="news")
    return kept


@pytest.fixture
def cleanup(shelf, office, today):
    return cleanups.start_cleanup(title="2021年文件清理", by=office(), today=today, **YEARS)


def judged(cleanup, today, verdicts=("keep", "amend", "repeal", "end")):
    for entry, verdict in zip(cleanup.entries.all(), verdicts, strict=True):
        cleanups.judge_entry(
            entry, verdict=verdict, reason="已不适用", by=entry.paper.created_by, today=today
        )


def test_a_cleanup_takes_in_the_policies_in_force_of_its_years(cleanup, shelf):
    assert [entry.paper for entry in cleanup.entries.all()] == shelf
    assert {entry.before for entry in cleanup.entries.all()} == {"valid"}


def test_the_result_changes_all_standings_in_one_act(cleanup, shelf, office, today, at):
    judged(cleanup, today)
    home = office().held[0].unit
    done = cleanups.decide_cleanup(cleanup, unit=home, by=office(), at=at)
    for paper in shelf:
        paper.refresh_from_db()
    assert [paper.standing for paper in shelf] == ["valid", "valid", "repealed", "expired"]
    assert (done.state, done.decided_on, done.notice.state) == ("decided", today, "live")
    assert [str(row) for row in done.notice.relations.all()] == [
        "废止：关于事项丙的通知",
        "宣布失效：关于事项丁的通知",
    ]
    assert "废止的文件（1件）" in done.notice.live.content.html
    assert [event.title for event in timeline(facts_of(shelf[2]))][-1] == "关于公布2021年文件清理结果的公告"


def test_the_result_waits_for_every_verdict(cleanup, office, today, at):
    entry = cleanup.entries.first()
    cleanups.judge_entry(entry, verdict="keep", by=entry.paper.created_by, today=today)
    with pytest.raises(Refused, match="还有3件文件"):
        cleanups.decide_cleanup(cleanup, unit=entry.unit, by=office(), at=at)
    assert not Paper.objects.filter(title__contains="清理结果").exists()


def test_each_unit_judges_its_own_papers_with_a_reason(cleanup, officer, unit, today):
    entry = cleanup.entries.first()
    with pytest.raises(PermissionDenied):
        cleanups.judge_entry(entry, verdict="keep", by=officer(unit()), today=today)
    with pytest.raises(Refused, match="理由"):
        cleanups.judge_entry(entry, verdict="repeal", by=entry.paper.created_by, today=today)
    with pytest.raises(Refused, match="请选择"):
        cleanups.judge_entry(entry, verdict="maybe", by=entry.paper.created_by, today=today)


def test_a_result_is_published_once_and_by_the_office_alone(cleanup, shelf, office, today, at):
    judged(cleanup, today)
    home = office().held[0].unit
    with pytest.raises(PermissionDenied):
        cleanups.decide_cleanup(cleanup, unit=home, by=shelf[0].created_by, at=at)
    cleanups.decide_cleanup(cleanup, unit=home, by=office(), at=at)
    with pytest.raises(Refused, match="已公布结果"):
        cleanups.decide_cleanup(cleanup, unit=home, by=office(), at=at)
    with pytest.raises(Refused):
        judged(cleanup, today)


def test_a_title_cannot_smuggle_markup_into_the_notice(live, office, today):
    live(title="<b>甲</b>", made_on=date(2018, 5, 1))
    cleanup = cleanups.start_cleanup(title="清理", by=office(), today=today, **YEARS)
    entries = list(cleanup.entries.all())
    entries[0].verdict = "keep"
    assert "&lt;b&gt;甲" in cleanups.notice_html(cleanup, entries)


def test_a_cleanup_may_be_given_up_and_changes_nothing(cleanup, shelf, office, today):
    judged(cleanup, today)
    assert cleanups.drop_cleanup(cleanup, by=office()).state == "dropped"
    assert set(
        Paper.objects.filter(pk__in=[paper.pk for paper in shelf]).values_list("standing", flat=True)
    ) == {"valid"}


def test_years_without_any_paper_are_refused(db, office, today):
    with pytest.raises(Refused, match="没有现行有效的文件"):
        cleanups.start_cleanup(title="清理", by=office(), today=today, **YEARS)
