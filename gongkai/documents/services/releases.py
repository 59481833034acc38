"""发布批次: several editions go live at one moment, or none of them: a policy with its reading."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.guards import fitting, locked, permit
from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Unit
from gongkai.audit.services import record
from gongkai.documents.models import Edition, Release
from gongkai.documents.services.gates import stop_at_gates
from gongkai.documents.services.guards import WRITERS
from gongkai.documents.services.publication import check_public, put_live
from gongkai.documents.services.standings import lock_around
from gongkai.documents.states import OPEN
from gongkai.rules.law import Refused

LEADERS = frozenset({*WRITERS, Role.OFFICE.value})


@transaction.atomic
def make_release(
    *, title: str, unit: Unit, by: User, today: date, embargo_until: datetime | None = None
) -> Release:
    """Begin a release (建立发布批次); before *embargo_until* nothing of it is published."""
    permit(by, LEADERS, unit)
    release = Release(title=title.strip(), unit=unit, embargo_until=embargo_until, made_by=by, made_on=today)
    fitting(release).save()
    record(release, "建立发布批次", by=by, unit=unit)
    return release


@transaction.atomic
def add(release: Release, edition: Edition, *, by: User) -> Edition:
    """Put an edition into a release (列入批次): its own unit says so."""
    release, edition = _open(release), locked(edition)
    permit(by, LEADERS, edition.paper.unit)
    if edition.state not in OPEN or edition.state == "scheduled":
        raise Refused("只有在办、未定时的稿件可以列入发布批次")
    if edition.release_id and edition.release_id != release.pk:
        raise Refused(f"该稿件已列入“{edition.release}”")
    edition.release = release
    edition.save()
    record(edition, "列入发布批次", by=by, note=str(release))
    return edition


@transaction.atomic
def take_out(edition: Edition, *, by: User) -> Edition:
    """Take an edition out of its release (移出批次)."""
    held = Release.objects.filter(editions=edition).first()
    if held is None:
        raise Refused("该稿件不在任何发布批次中")
    release, edition = _open(held), locked(edition)  # in the order in which a release is published
    permit(by, LEADERS, edition.paper.unit)
    if edition.release_id != release.pk:
        raise Refused("该稿件已移出这个批次，请刷新页面")
    edition.release = None
    edition.save()
    record(edition, "移出发布批次", by=by, note=str(release))
    return edition


@transaction.atomic
def change_embargo(release: Release, *, embargo_until: datetime | None, by: User, at: datetime) -> Release:
    """Set another moment, or none (调整解禁时间); at a new one the release goes out by itself."""
    release = _open(release)
    permit(by, LEADERS, release.unit)
    if embargo_until and embargo_until <= at:
        raise Refused("解禁时间应晚于现在；现在就要发布的，请直接点“整批发布”")
    release.embargo_until, release.held = embargo_until, ""
    release.save()
    told = f"{timezone.localtime(embargo_until):%Y-%m-%d %H:%M}" if embargo_until else "不设"
    record(release, "调整解禁时间", by=by, note=told)
    return release


@transaction.atomic
def publish_release(release: Release, *, by: User, at: datetime) -> Release:
    """Publish all editions of the release at one moment (整批发布); one that cannot go holds all."""
    release = _open(release)
    permit(by, LEADERS, release.unit)
    if release.embargo_until and at < release.embargo_until:
        moment = timezone.localtime(release.embargo_until)
        raise Refused(f"解禁时间为{moment:%Y-%m-%d %H:%M}，此前不能发布")
    return _put_out(release, by=by, at=at)


def publish_due_releases(now: datetime) -> int:
    """Publish the releases whose embargo is over (到时整批发布); how many went out. Two at once do no harm.

    One that cannot go is held once, with the reason on record and on the desk of those who lead it.
    """
    due = Release.objects.due(now).order_by("embargo_until", "pk")
    return sum(_publish_one(pk, now) for pk in due.values_list("pk", flat=True))


def _publish_one(pk: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            release = Release.objects.due(now).select_for_update().filter(pk=pk).first()
            if release is None:
                return False  # another process was quicker, or somebody set another moment
            _put_out(release, by=None, at=now)
            return True
    except Refused as refused:
        _hold(pk, now, str(refused))
        return False


@transaction.atomic
def _hold(pk: int, now: datetime, reason: str) -> None:
    release = Release.objects.due(now).select_for_update().filter(pk=pk).first()
    if release:
        release.held = reason
        release.save()
        record(release, "到时未能整批发布", by=None, note=reason)


def _put_out(release: Release, *, by: User | None, at: datetime) -> Release:
    editions = list(release.editions.select_for_update().order_by("pk"))
    _all_ready(editions)
    lock_around(edition.paper_id for edition in editions)
    for edition in editions:
        check_public(edition)
        stop_at_gates(edition)
        put_live(edition, by=by, at=at, note=f"发布批次：{release}")
    release.done_at, release.held = at, ""
    release.save()
    record(release, "整批发布", by=by, facts={"editions": [edition.pk for edition in editions]})
    return release


def _open(release: Release) -> Release:
    release = locked(release)
    if release.done_at:
        raise Refused("该批次已发布")
    return release


def _all_ready(editions: Iterable[Edition]) -> None:
    rows = list(editions)
    if not rows:
        raise Refused("批次中没有稿件")
    waiting = [f"“{row}”{row.get_state_display()}" for row in rows if row.state != "ready"]
    if waiting:
        raise Refused(f"批次中还有稿件未签发：{'、'.join(waiting)}")
