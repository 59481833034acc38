"""提醒: duties near their day or past it, and releases that cannot go out: told once, until they are met."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from gongkai.disclosure.models import Duty
from gongkai.documents.models import Column, Release
from gongkai.documents.services import papers, publication, releases
from gongkai.ledger.models import Notice
from gongkai.ledger.services.nightly import run_nightly
from tests.ledger.conftest import person

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]
ZONE = ZoneInfo("Asia/Shanghai")
STARTS = date(2021, 3, 1)


@pytest.fixture
def kept(unit):
    """A duty for each month, with its keeper and the head of the unit."""
    home = unit()
    keeper, head = (
        person(home, "officer", email="k@example.cn"),
        person(home, "approver", email="h@example.cn"),
    )
    person(home, "officer")
    column = Column.objects.create(name="财政资金", slug="money", unit=home)
    duty = Duty.objects.create(
        title="每月资金公开", unit=home, column=column, keeper=keeper, cycle="month", starts_on=STARTS
    )
    return duty, keeper, head


def told(start: str = "duty:") -> list[tuple[str, str]]:
    """Who is told what (提醒)."""
    found = Notice.objects.filter(key__startswith=start).order_by("pk")
    return [(each.reader.username, each.key.rpartition(":")[2]) for each in found.select_related("reader")]


def night(day: date) -> dict[str, int]:
    return run_nightly(day, sender=lambda _: None)


def days_of(duty: Duty) -> dict[str, date]:
    """The first day of each colour, as the nights find it."""
    found: dict[str, date] = {}
    for number in range(1, 120):
        day = date.fromordinal(STARTS.toordinal() + number)
        night(day)
        duty.refresh_from_db()
        found.setdefault(duty.standing, day)
        if "red" in found:
            break
    return found


def test_the_keeper_is_told_at_amber_and_the_head_too_at_red_once_each(kept):
    duty, keeper, head = kept
    days = days_of(duty)
    amber, *red = told()
    assert amber == (keeper.username, "amber")
    assert sorted(red) == sorted([(keeper.username, "red"), (head.username, "red")])
    first = Notice.objects.get(key__endswith="amber")
    assert (first.raised_on, first.link) == (days["amber"], duty.get_absolute_url())
    assert "每月资金公开" in first.text
    assert night(days["red"])["notices"] == 0
    assert night(date.fromordinal(days["red"].toordinal() + 1))["notices"] == 0
    assert len(told()) == 3


def test_a_duty_that_is_met_ends_its_notices_and_their_mail(kept):
    duty, keeper, head = kept
    red = days_of(duty)["red"]
    Notice.objects.filter(reader=head).update(mailed_at=None, mail_due_at=datetime(2021, 6, 1, tzinfo=ZONE))
    at = datetime.combine(red, datetime.min.time(), ZONE).replace(hour=9)
    made = papers.create_paper(
        unit=duty.unit,
        title="资金公开",
        by=keeper,
        today=red,
        html="<p>表。</p>",
        attribute="active",
        made_on=red,
    )
    publication.put_live(made, by=keeper, at=at).paper.columns.add(duty.column)
    sent: list[object] = []
    run_nightly(date.fromordinal(red.toordinal() + 1), sender=sent.append)
    duty.refresh_from_db()
    assert duty.standing == "met"
    assert not Notice.objects.filter(key__startswith="duty:", seen_on=None).exists()
    assert not Notice.objects.filter(key__startswith="duty:", mail_due_at__isnull=False).exists()
    assert sent == []


def test_a_duty_that_nobody_keeps_is_told_to_the_officers(kept):
    duty, keeper, _ = kept
    Duty.objects.filter(pk=duty.pk).update(keeper=None)
    days_of(duty)
    officers = {name for name, colour in told() if colour == "amber"}
    assert keeper.username in officers
    assert len(officers) == 2


@pytest.fixture
def release(unit):
    """A release whose embargo ends at nine, of one draft that nobody signed."""
    home = unit()
    by = person(home, "officer")
    made = releases.make_release(
        title="联合发布",
        unit=home,
        by=by,
        today=date(2021, 4, 20),
        embargo_until=datetime(2021, 4, 22, 9, tzinfo=ZONE),
    )
    edition = papers.create_paper(
        unit=home, title="消息", by=by, today=date(2021, 4, 20), html="<p>消息。</p>", attribute="active"
    )
    releases.add(made, edition, by=by)
    return made, edition, by


def test_who_leads_a_release_is_told_on_the_day_on_which_its_embargo_ends(release):
    made, _, by = release
    night(date(2021, 4, 21))
    assert told("release:") == []
    for _ in range(2):
        night(date(2021, 4, 22))
    assert told("release:") == [(by.username, "unsigned")]
    assert "还有1件稿件没有签发" in Notice.objects.get(key__startswith="release:").text
    assert Notice.objects.get(key__startswith="release:").link == f"/staff/releases/{made.pk}/"


def test_what_could_not_go_out_is_told_with_its_reason_until_it_is_out(release):
    made, _, by = release
    assert releases.publish_due_releases(datetime(2021, 4, 22, 9, 1, tzinfo=ZONE)) == 0
    night(date(2021, 4, 23))
    assert told("release:") == [(by.username, "held")]
    assert "未签发" in Notice.objects.get(key__startswith="release:").text
    Release.objects.filter(pk=made.pk).update(done_at=datetime(2021, 4, 23, 10, tzinfo=ZONE))
    night(date(2021, 4, 24))
    assert Notice.objects.get(key__startswith="release:").seen_on == date(2021, 4, 24)


def test_a_release_that_is_all_signed_presses_nobody(release):
    _, edition, _ = release
    type(edition).objects.filter(pk=edition.pk).update(state="ready")
    night(date(2021, 4, 22))
    assert told("release:") == []
