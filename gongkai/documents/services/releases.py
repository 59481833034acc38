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
    edition = locked(edition)
    permit(by, LEADERS, edition.paper.unit)
    if edition.release is None:
        raise Refused("该稿件不在任何发布批次中")
    release = _open(edition.release)
    edition.release = None
    edition.save()
    record(edition, "移出发布批次", by=by, note=str(release))
    return edition


@transaction.atomic
def publish_release(release: Release, *, by: User, at: datetime) -> Release:
    """Publish all editions of the release at one moment (整批发布); one that cannot go holds all."""
    release = _open(release)
    permit(by, LEADERS, release.unit)
    if release.embargo_until and at < release.embargo_until:
        moment = timezone.localtime(release.embargo_until)
        raise Refused(f"解禁时间为{moment:%Y-%m-%d %H:%M}，此前不能发布")
    editions = list(release.editions.select_for_update().order_by("pk"))
    _all_ready(editions)
    for edition in editions:
        check_public(edition)
        stop_at_gates(edition)
        put_live(edition, by=by, at=at, note=f"发布批次：{release}")
    release.done_at = at
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
