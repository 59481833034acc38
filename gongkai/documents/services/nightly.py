"""每日办理: what the day itself changes: terms end, standings turn, looks fall due. Twice does no more."""

from dataclasses import asdict, dataclass
from datetime import date

from gongkai.documents.models import Paper
from gongkai.documents.services.attachment_texts import read_missing
from gongkai.documents.services.leaving import expire_due
from gongkai.documents.services.reassessing import reassess_due
from gongkai.documents.services.standings import refresh_due
from gongkai.rules.validity import IN_FORCE, period, shifted


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
    gone, turned = expire_due(today), refresh_due(today)
    return asdict(Counts(gone, turned, len(expiring_soon(today)), reassess_due(today).count()))


def expiring_soon(today: date) -> list[Expiring]:
    """The papers in force whose term ends within the months of the warning (届满预警), the nearest first."""
    latest = shifted(today, period("warning").months)
    soon = Paper.objects.public().filter(standing__in=IN_FORCE, expires_on__range=(today, latest))
    rows = soon.select_related("unit").order_by("expires_on", "pk")
    return [Expiring(paper, paper.expires_on) for paper in rows if paper.expires_on]
