"""关联两向: how papers bear on each other, as the public may know it; drafts are never given away."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils import timezone

from gongkai.documents.models import Bond, Paper, Relation
from gongkai.documents.states import Departure

#: the relation read from the earlier paper: 被……
BORNE = {
    Bond.AMENDS: "被修改",
    Bond.REPEALS: "被废止",
    Bond.REPLACES: "被替代",
    Bond.ENDS: "被宣布失效",
    Bond.BASED_ON: "作为依据",
    Bond.IMPLEMENTS: "配套落实",
    Bond.FOLLOWS: "后续进展",
    Bond.PART_OF: "包含",
}
#: papers that still do what they say, though they may have left the site for another reason than an error
KNOWN = Q(paper__state="live") | (Q(paper__state="left") & ~Q(paper__left_by=Departure.ERROR))
#: those that change whether the earlier paper is in force
CHANGING = (Bond.AMENDS, Bond.REPEALS, Bond.REPLACES, Bond.ENDS)


@dataclass(frozen=True, slots=True)
class Tie:
    """One relation as a page shows it (关联): to which paper, since when, which articles."""

    bond: str
    word: str
    title: str
    number: str
    url: str
    on: date | None
    place: str
    sort: str = ""


@dataclass(slots=True)
class Ties:
    """All relations of a paper (关联两向)."""

    readings: list[Tie] = field(default_factory=list)
    read: list[Tie] = field(default_factory=list)
    own: list[Tie] = field(default_factory=list)
    borne: list[Tie] = field(default_factory=list)

    @property
    def changes(self) -> list[Tie]:
        """What changed whether this paper is in force (效力变动), the earliest first."""
        changing = [tie for tie in self.borne if tie.bond in CHANGING]
        return sorted(changing, key=lambda tie: tie.on or date.max)

    @property
    def others(self) -> list[Tie]:
        """Everything but readings, for the list of related papers (相关文件)."""
        return [*self.own, *self.borne]


def effective(relation: Relation) -> date | None:
    """Since when the relation holds (生效日期): its own day, else that of the later paper."""
    later = relation.paper
    published = timezone.localdate(later.published_at) if later.published_at else None
    return relation.effective_on or later.commences_on or later.made_on or published


def ties(paper: Paper, today: date) -> Ties:
    """The relations of a paper, both ways (关联两向), in two queries."""
    found = Ties()
    for relation in paper.relations.select_related("target", "paper"):
        tie = _own(relation, today)
        if tie:
            (found.read if relation.bond == Bond.INTERPRETS else found.own).append(tie)
    for relation in paper.borne.filter(KNOWN).select_related("paper"):
        (found.readings if relation.bond == Bond.INTERPRETS else found.borne).append(_borne(relation, today))
    return found


def _own(relation: Relation, today: date) -> Tie | None:
    """The relation read from its own paper; a target that never was public is not named."""
    target, word = relation.target, relation.get_bond_display()
    if target is None:
        named = (relation.target_title, relation.target_number, "")
        return Tie(relation.bond, word, *named, effective(relation), relation.place)
    if target.state == "draft":
        return None
    on = effective(relation)
    return Tie(
        relation.bond, word, target.title, target.number, _url(target, today), on, relation.place, target.sort
    )


def _url(paper: Paper, today: date) -> str:
    """Where the paper stands; one that left the site is named without a link."""
    return paper.get_absolute_url() if paper.state == "live" and not paper.over(today) else ""


def _borne(relation: Relation, today: date) -> Tie:
    later, word = relation.paper, BORNE.get(Bond(relation.bond), relation.get_bond_display())
    url, on = _url(later, today), effective(relation)
    return Tie(relation.bond, word, later.title, later.number, url, on, relation.place, later.sort)
