"""有效性与沿革: what a page says about the life of a paper, today or on an earlier day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from gongkai.documents.models import Edition, Paper, Sort, Standing
from gongkai.documents.overview.bonds import Tie, Ties
from gongkai.rules.validity import Change, Facts, status_on, timeline

#: kinds of paper that are in force or not; of a piece of news nobody asks that
BINDING = frozenset(
    {
        Sort.ORDER,
        Sort.DECISION,
        Sort.OPINION,
        Sort.NOTICE,
        Sort.CIRCULAR,
        Sort.ANNOUNCEMENT,
        Sort.REPLY,
        Sort.RULES,
        Sort.PLAN,
        Sort.GUIDE,
    }
)
TONES = {
    Standing.PENDING: "wait",
    Standing.VALID: "good",
    Standing.AMENDED: "warn",
    Standing.REPEALED: "bad",
    Standing.EXPIRED: "bad",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """The standing as a tag (有效性标识): code, word and tone."""

    code: str
    label: str
    tone: str


@dataclass(frozen=True, slots=True)
class Step:
    """One day in the life of a paper (沿革)."""

    on: date
    text: str
    title: str = ""
    url: str = ""
    place: str = ""
    note: str = ""
    to_come: bool = False


def bears(paper: Paper) -> bool:
    """Whether people ask if such a paper is in force (是否标明有效性)."""
    return paper.normative or paper.sort in BINDING or paper.standing != Standing.VALID


def mark(code: str) -> Mark:
    """The tag of a standing (有效性标识)."""
    standing = Standing(code)
    return Mark(standing.value, str(standing.label), TONES[standing])


def facts_of(paper: Paper, changes: list[Tie]) -> Facts:
    """The facts from which the standing follows (有效性所依据的事实), from what the page has read anyway."""
    published = timezone.localdate(paper.published_at) if paper.published_at else None
    bonds = tuple(Change(tie.bond, tie.on, tie.title) for tie in changes)
    return Facts(paper.made_on, published, paper.commences_on, paper.expires_on, bonds)


def on_day(facts: Facts, day: date) -> Mark:
    """The standing on a day (某日有效性)."""
    return mark(status_on(facts, day).value)


def steps(facts: Facts, known: Ties, editions: list[Edition], today: date) -> list[Step]:
    """The life of the paper, the earliest day first (沿革), with links to what changed it."""
    later = {(tie.bond, tie.title): tie for tie in known.changes}
    found = []
    for event in timeline(facts):
        tie = later.get((event.kind, event.title))
        url, place = (tie.url, tie.place) if tie else ("", "")
        found.append(Step(event.on, event.text, event.title, url, place, to_come=event.on > today))
    found += [_update(each, each.live_from) for each in editions[1:] if each.live_from]
    return sorted(found, key=lambda step: step.on)


def _update(edition: Edition, at: datetime) -> Step:
    word = "更正文字" if edition.minor else "更新内容"
    return Step(timezone.localdate(at), word, note=edition.change_note)


def standing_then(editions: list[Edition], day: date) -> Edition | None:
    """The edition that stood on the site at the end of *day* (当日在网版本)."""
    return next((each for each in reversed(editions) if _covers(each, day)), None)


def _covers(edition: Edition, day: date) -> bool:
    begun, over = _day(edition.live_from), _day(edition.live_until)
    return begun is not None and begun <= day and (over is None or day < over)


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
