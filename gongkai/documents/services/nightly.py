"""每日办理: what the day itself changes: terms end, standings turn, looks fall due. Twice does no more."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet

from gongkai.documents.models import FilingRow, Paper
from gongkai.documents.services.attachment_texts import read_missing
from gongkai.documents.services.leaving import expire_due
from gongkai.documents.services.pictures import measure_missing
from gongkai.documents.services.reassessing import reassess_due
from gongkai.documents.services.standings import refresh_due
from gongkai.documents.services.telling import told
from gongkai.rules.validity import IN_FORCE, period, shifted

LOOK_BACK = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Expiring:
    """A paper whose term ends soon (有效期将届满): to be assessed, and kept on or let go."""

    paper: Paper
    last_on: date


@dataclass(frozen=True, slots=True)
class Counts:
    """What a night did and found (每日办理结果)."""

    expired: int
    turned: int
    expiring: int
    reassess: int


def run_nightly(today: date) -> dict[str, int]:
    """Do the day's work (每日办理); how much of each was done or is now due."""
    read_missing()
    measure_missing()
    retell_ended_rows(today)
    gone, turned = expire_due(today), refresh_due(today)
    return asdict(Counts(gone, turned, len(expiring_soon(today)), reassess_due(today).count()))


@transaction.atomic
def retell_ended_rows(today: date) -> int:
    """Tell the index again of papers with rows whose term ended lately (明细公示期满); how many.

    Pages leave such rows out by themselves, the index holds the text of the day on which it was told.
    It looks back for days, so that nights that did not run are made up for.
    """
    ended = FilingRow.objects.filter(until__lt=today, until__gte=today - LOOK_BACK)
    papers = Paper.objects.public(today).filter(pk__in=ended.order_by().values("filing"))
    found = list(papers.only("pk"))
    told(found)
    return len(found)


def ending_soon(today: date) -> QuerySet[Paper]:
    """The papers in force whose term ends within the months of the warning (有效期将届满)."""
    latest = shifted(today, period("warning").months)
    return Paper.objects.public(today).filter(standing__in=IN_FORCE, expires_on__range=(today, latest))


def expiring_soon(today: date) -> list[Expiring]:
    """The same with their last days (届满预警), the nearest first."""
    rows = ending_soon(today).select_related("unit").order_by("expires_on", "pk")
    return [Expiring(paper, paper.expires_on) for paper in rows if paper.expires_on]
