"""发布: one transaction puts an edition on the site; a kill at any point leaves the old one standing."""

from datetime import datetime

from django.db import transaction

from gongkai.accounts.guards import locked
from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.documents.models import Attribute, Edition, Paper
from gongkai.documents.services.filing import file_record
from gongkai.documents.services.gates import stop_at_gates
from gongkai.documents.services.guards import begin
from gongkai.documents.services.papers import copy_elements
from gongkai.documents.services.standings import lock_around, refresh_around
from gongkai.documents.services.telling import told
from gongkai.documents.states import EDITION
from gongkai.rules.attribute import AT_SOURCE
from gongkai.rules.law import Refused


@transaction.atomic
def publish(edition: Edition, *, by: User, at: datetime) -> Edition:
    """Put a signed edition on the site (发布)."""
    edition = begin(edition, "publish", by)
    if edition.release_id and edition.release and edition.release.done_at is None:
        raise Refused(f"该稿件已列入发布批次“{edition.release}”，请在批次中一并发布")
    check_public(edition)
    stop_at_gates(edition)
    return put_live(edition, by=by, at=at)


@transaction.atomic
def schedule(edition: Edition, *, when: datetime, by: User, at: datetime) -> Edition:
    """Let a signed edition go live at a moment to come (定时发布)."""
    edition = begin(edition, "schedule", by)
    if edition.release_id:
        raise Refused("该稿件已列入发布批次，不能单独定时发布")
    check_public(edition)
    check_moment(when, at)
    stop_at_gates(edition)
    edition.publish_at = when
    edition.save()
    record(edition, "定时发布", by=by, facts={"publish_at": when.isoformat()})
    return edition


@transaction.atomic
def unschedule(edition: Edition, *, by: User) -> Edition:
    """Take the moment of publication back (取消定时)."""
    edition = begin(edition, "unschedule", by)
    edition.publish_at = None
    edition.save()
    record(edition, "取消定时", by=by)
    return edition


def publish_due(now: datetime) -> int:
    """Publish what was scheduled up to *now* (到时发布); how many went live. Two at once do no harm.

    What a gate stops now (a list of wrong words grew) waits for people, with the reason on record.
    """
    due = Edition.objects.filter(state="scheduled", publish_at__lte=now).order_by("publish_at", "pk")
    return sum(_publish_one(pk, now) for pk in due.values_list("pk", flat=True))


def _publish_one(pk: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            edition = Edition.objects.select_for_update().filter(pk=pk, state="scheduled").first()
            if edition is None or edition.publish_at is None or edition.publish_at > now:
                return False  # another process was quicker, or somebody took the moment back
            check_public(edition)
            stop_at_gates(edition)
            put_live(edition, by=None, at=edition.publish_at)
            return True
    except Refused as refused:
        _hold(pk, str(refused))
        return False


@transaction.atomic
def _hold(pk: int, reason: str) -> None:
    edition = Edition.objects.select_for_update().filter(pk=pk, state="scheduled").first()
    if edition:
        edition.state, edition.publish_at = EDITION.after("scheduled", "unschedule"), None
        edition.save()
        record(edition, "定时发布未成功", by=None, note=reason)


@transaction.atomic
def put_live(edition: Edition, *, by: User | None, at: datetime, note: str = "") -> Edition:
    """The edition becomes what the paper says (上线): without gates; for acts that asked them before."""
    lock_around([edition.paper_id])
    paper: Paper = locked(edition.paper)
    for former in paper.editions.select_for_update().filter(state__in=("live", "withdrawn")):
        if former.pk != edition.pk:
            former.state, former.live_until = "superseded", former.live_until or at
            former.save()
    edition.state, edition.live_from, edition.live_until, edition.publish_at = "live", at, None, None
    edition.save()
    copy_elements(edition, paper)
    paper.state, paper.live = "live", edition
    paper.published_at, paper.updated_at = paper.published_at or at, at
    paper.left_by, paper.left_at, paper.left_note, paper.merged_into = "", None, "", None
    paper.reassess_on = None
    paper.save()
    edition.paper = paper
    file_record(edition)
    refresh_around(paper, at=at)
    told([paper])
    record(edition, "发布", by=by, note=note)
    return edition


def check_public(edition: Edition) -> None:
    """Refuse to put on the site what is not to be made public (核对公开属性)."""
    if edition.attribute != Attribute.ACTIVE:
        named = edition.get_attribute_display() if edition.attribute else "未标明"
        raise Refused(f"公开属性为“{named}”，只有主动公开的信息可以发布", AT_SOURCE)


def check_moment(when: datetime, at: datetime) -> None:
    """Refuse a moment that is over (核对定时)."""
    if when <= at:
        raise Refused("定时发布的时间应晚于现在，请重新选择时间")
