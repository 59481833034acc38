"""发布批次: all at one moment, or none."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.accounts.models import Post, Role, User
from gongkai.documents.models import Edition, Paper
from gongkai.documents.overview.waiting import paper_desk
from gongkai.documents.services import relations, releases, way
from gongkai.rules.law import Refused

pytestmark = pytest.mark.clause("21")


@pytest.fixture
def release(draft, walk, unit, today):
    """A release of two signed editions, a notice and its reading."""

    def make(**fields):
        home = unit()
        editions = [draft(home), draft(home, sort="reading")]
        by = editions[0].written_by
        made = releases.make_release(title="联合发布", unit=home, by=by, today=today, **fields)
        relations.relate(editions[1].paper, bond="interprets", target=editions[0].paper, by=by, today=today)
        for edition in editions:
            releases.add(made, edition, by=edition.written_by)
        return made, [walk(edition, "ready") for edition in editions], by

    return make


def test_all_editions_go_live_at_the_same_moment(release, at):
    made, editions, by = release()
    made = releases.publish_release(made, by=by, at=at)
    rows = Edition.objects.filter(pk__in=[edition.pk for edition in editions])
    assert {(row.state, row.live_from) for row in rows} == {("live", at)}
    assert made.done_at == at


def test_signing_an_edition_of_a_release_leaves_it_to_the_release(release, at):
    _, editions, by = release()
    assert {edition.state for edition in editions} == {"ready"}
    with pytest.raises(Refused, match="请在批次中一并发布"):
        way.publish(editions[0], by=by, at=at)
    with pytest.raises(Refused, match="不能单独定时"):
        way.schedule(editions[0], when=at + timedelta(hours=1), by=by, at=at)


def test_one_that_cannot_go_holds_all(release, at):
    made, editions, by = release()
    content = editions[1].content
    content.html = '<p><img src="/files/1/a.png"></p>'
    content.save()
    with pytest.raises(Refused, match="没有文字说明"):
        releases.publish_release(made, by=by, at=at)
    assert set(Edition.objects.values_list("state", flat=True)) == {"ready"}
    made.refresh_from_db()
    assert made.done_at is None


def test_one_that_is_not_signed_holds_all(release, draft, at):
    made, _, by = release()
    late = draft(made.unit, title="未签发的稿件")
    releases.add(made, late, by=by)
    with pytest.raises(Refused, match="“未签发的稿件”起草中"):
        releases.publish_release(made, by=by, at=at)
    releases.take_out(late, by=by)
    assert releases.publish_release(made, by=by, at=at).done_at == at


def test_nothing_is_published_under_embargo(release, at):
    made, _, by = release(embargo_until=at + timedelta(hours=3))
    with pytest.raises(Refused, match="解禁时间为2021-04-20 12:30"):
        releases.publish_release(made, by=by, at=at)
    assert releases.publish_release(made, by=by, at=at + timedelta(hours=3)).done_at


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.ADMINISTRATOR])
def test_a_draft_under_embargo_is_seen_by_those_who_work_on_it_alone(release, office, at, role):
    made, _, by = release(embargo_until=at + timedelta(hours=3))
    outsider = User.objects.create(username="outsider", full_name="旁人")
    Post.objects.create(user=outsider, unit=made.unit, role=role, started_on=at.date())
    for model in (Edition, Paper):
        assert not model.objects.visible_to(outsider).exists()
        assert model.objects.visible_to(by).count() == model.objects.visible_to(office()).count() == 2
    releases.publish_release(made, by=by, at=at + timedelta(hours=3))
    assert Paper.objects.visible_to(outsider).count() == Edition.objects.visible_to(outsider).count() == 2


def test_a_release_happens_once_and_by_its_own_unit(release, officer, unit, at):
    made, _, by = release()
    with pytest.raises(PermissionDenied):
        releases.publish_release(made, by=officer(unit()), at=at)
    releases.publish_release(made, by=by, at=at)
    with pytest.raises(Refused, match="已发布"):
        releases.publish_release(made, by=by, at=at)


def test_an_empty_release_is_not_published(unit, officer, today, at):
    home = unit()
    by = officer(home)
    made = releases.make_release(title="空批次", unit=home, by=by, today=today)
    with pytest.raises(Refused, match="没有稿件"):
        releases.publish_release(made, by=by, at=at)


def test_a_release_goes_out_by_itself_when_its_embargo_ends(release, at, acts):
    made, editions, _ = release(embargo_until=at + timedelta(hours=3))
    assert releases.publish_due_releases(at) == 0
    later = at + timedelta(hours=3, seconds=7)
    assert releases.publish_due_releases(later) == 1
    rows = Edition.objects.filter(pk__in=[edition.pk for edition in editions])
    assert {(row.state, row.live_from) for row in rows} == {("live", later)}
    assert releases.publish_due_releases(later) == 0
    assert acts(made) == ["建立发布批次", "整批发布"]


def test_a_release_without_an_hour_waits_for_people(release, at):
    release()
    assert releases.publish_due_releases(at + timedelta(days=400)) == 0
    assert set(Edition.objects.values_list("state", flat=True)) == {"ready"}


def test_a_release_that_cannot_go_out_at_its_hour_is_told_once(
    release, draft, at, acts, officer, unit, office
):
    made, _, by = release(embargo_until=at + timedelta(hours=3))
    late = draft(made.unit, title="未签发的稿件")
    releases.add(made, late, by=by)
    later = at + timedelta(hours=4)
    assert [releases.publish_due_releases(later) for _ in range(3)] == [0, 0, 0]
    made.refresh_from_db()
    assert "“未签发的稿件”起草中" in made.held
    assert acts(made).count("到时未能整批发布") == 1
    assert paper_desk(by, later.date()).held == [made]
    assert paper_desk(office(), later.date()).held == [made]
    assert paper_desk(officer(unit()), later.date()).held == []


def test_a_held_release_goes_out_at_the_new_hour(release, draft, at):
    made, _, by = release(embargo_until=at + timedelta(hours=3))
    late = draft(made.unit, title="未签发的稿件")
    releases.add(made, late, by=by)
    releases.publish_due_releases(at + timedelta(hours=4))
    releases.take_out(late, by=by)
    with pytest.raises(Refused, match="应晚于现在"):
        releases.change_embargo(made, embargo_until=at, by=by, at=at + timedelta(hours=4))
    releases.change_embargo(made, embargo_until=at + timedelta(hours=6), by=by, at=at + timedelta(hours=4))
    assert releases.publish_due_releases(at + timedelta(hours=6)) == 1
    made.refresh_from_db()
    assert (made.held, made.done_at) == ("", at + timedelta(hours=6))


def test_another_unit_does_not_change_the_hour(release, officer, unit, at, client):
    made, _, by = release(embargo_until=at + timedelta(hours=3))
    with pytest.raises(PermissionDenied):
        releases.change_embargo(made, embargo_until=None, by=officer(unit()), at=at)
    client.force_login(by)
    shown = client.get(f"/staff/releases/{made.pk}/").content.decode()
    assert "到时自动整批发布" in shown
    assert "定时发布" in client.get("/staff/releases/").content.decode()
    answer = client.post(f"/staff/releases/{made.pk}/moment/", {"embargo_until": "2099-01-01T09:00"})
    assert answer.status_code == 302
    made.refresh_from_db()
    assert made.embargo_until.year == 2099
