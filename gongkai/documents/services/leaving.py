"""离线与恢复: a paper leaves the site in one of four ways; its address keeps answering."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.guards import locked, said
from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.documents.models import Attribute, Edition, Paper
from gongkai.documents.services.guards import begin_paper
from gongkai.documents.services.standings import lock_around, refresh_around
from gongkai.documents.services.telling import told
from gongkai.documents.states import DEPARTURES, PAPER, Departure
from gongkai.rules.law import Refused

#: so many papers may have been merged one into the next
DEPTH = 20


@transaction.atomic
def remove(paper: Paper, *, how: str, note: str, by: User, at: datetime, into: Paper | None = None) -> Paper:
    """Take a paper off the site (撤下): as an error, merged into another, withdrawn, or expired."""
    lock_around([paper.pk, *([into.pk] if into else [])])
    paper = begin_paper(paper, "remove", by)
    if how not in DEPARTURES:
        raise Refused("请选择离线方式")
    reason = said(note, "离线原因")
    if how == Departure.MERGED:
        _mergeable(paper, into)
    paper.merged_into = into if how == Departure.MERGED else None
    return _leave(paper, how, reason, by, at)


@transaction.atomic
def restore(paper: Paper, *, note: str, by: User, at: datetime) -> Paper:
    """Put a paper back on the site as it was (恢复上线)."""
    lock_around([paper.pk])
    paper = begin_paper(paper, "restore", by)
    reason = said(note, "恢复原因")
    edition = paper.live
    if edition is None:
        raise Refused("这条信息没有可以恢复的版本，请修订后重新发布")
    if edition.attribute != Attribute.ACTIVE:
        raise Refused("公开属性不是主动公开，不能恢复上线")
    if paper.shown_until and paper.shown_until < timezone.localdate(at):
        raise Refused(f"公示期已于{paper.shown_until}届满，不能恢复上线")
    Edition.objects.filter(pk=edition.pk).update(state="live", live_until=None)
    paper.left_by, paper.left_at, paper.left_note, paper.merged_into = "", None, "", None
    paper.updated_at = at
    paper.save()
    refresh_around(paper, at=at)
    told([paper])
    record(paper, "恢复上线", by=by, note=reason)
    return paper


def expire_due(today: date) -> int:
    """Take off what was to be shown until a day now past (公示期满下线); how many. Twice does no more."""
    due = Paper.objects.filter(state="live", shown_until__lt=today)
    return sum(_expire(pk, today) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _expire(pk: int, today: date) -> bool:
    lock_around([pk])
    paper = Paper.objects.select_for_update().filter(pk=pk, state="live", shown_until__lt=today).first()
    if paper is None or paper.shown_until is None:
        return False
    paper.state = PAPER.after(paper.state, "remove")
    over = datetime.combine(paper.shown_until + timedelta(days=1), time.min)
    _leave(paper, Departure.EXPIRED, f"公示期至{paper.shown_until}届满", None, timezone.make_aware(over))
    return True


def _leave(paper: Paper, how: str, reason: str, by: User | None, at: datetime) -> Paper:
    paper.left_by, paper.left_at, paper.left_note = how, at, reason
    paper.save()
    paper.editions.filter(state="live").update(state="withdrawn", live_until=at)
    refresh_around(paper, at=at)
    told([paper])
    record(paper, "从网站撤下", by=by, note=f"{DEPARTURES[Departure(how)]}：{reason}")
    return paper


def _mergeable(paper: Paper, into: Paper | None) -> None:
    """Refuse to merge into nothing, into what is not on the site, or round in a circle."""
    if into is None:
        raise Refused("请选择并入的信息")
    into = locked(into)
    if into.pk == paper.pk:
        raise Refused("不能并入自身")
    if into.state != "live":
        raise Refused("只能并入网站上的信息")


def final_of(paper: Paper) -> Paper:
    """Where the address of a merged paper leads in the end (最终去向)."""
    for _ in range(DEPTH):
        if paper.merged_into is None:
            break
        paper = paper.merged_into
    return paper
