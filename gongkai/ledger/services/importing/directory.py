"""责任主体对应: what each wording of a plan means today: a unit, a group, nobody, or not yet known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from gongkai.agencies.entries import CERTAIN, Target
from gongkai.agencies.matching import Candidate, Match, NameIndex
from gongkai.agencies.models import Group, Unit
from gongkai.ledger.services.importing.rows import Answer, Row, RowBody

NOBODY = "不指派"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a wording means (对应结果). Without units and not skipped, somebody still has to say."""

    wording: str
    units: tuple[Unit, ...] = ()
    group: Group | None = None
    skipped: bool = False
    by_person: bool = False
    likely: bool = False

    @property
    def settled(self) -> bool:
        """Whether nothing more has to be said about it."""
        return bool(self.units) or self.skipped

    @property
    def label(self) -> str:
        """How pages show it: 区发改局; 各镇人民政府（6 个单位）; 不指派."""
        if self.skipped:
            return NOBODY
        if self.group:
            return f"{self.group}（{len(self.units)} 个单位）"
        return "、".join(unit.short_name for unit in self.units)


@dataclass(frozen=True, slots=True)
class Share:
    """A unit's part in a row (拟分工): what becomes an assignment."""

    unit: Unit
    part: str
    group: Group | None


class Directory:
    """Units and groups as they stand on a day (单位名录), read once for a page."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.index = NameIndex.load(today)
        self._members: dict[int, tuple[Unit, ...]] = {}
        self._meanings: dict[tuple[str, Answer], Meaning] = {}

    @cached_property
    def units(self) -> dict[int, Unit]:
        """The units of today by their key."""
        return {unit.pk: unit for unit in Unit.objects.on(self.today)}

    @cached_property
    def groups(self) -> dict[int, Group]:
        """All groups by their key."""
        return {group.pk: group for group in Group.objects.prefetch_related("also", "but")}

    def members(self, group: Group) -> tuple[Unit, ...]:
        """The units that *group* means today, worked out without a query for each."""
        if group.pk not in self._members:
            known = self.groups[group.pk]
            also, but = (
                {unit.pk for unit in known.also.all()},
                {unit.pk for unit in known.but.all()},
            )
            self._members[group.pk] = tuple(
                unit
                for unit in self.units.values()
                if (unit.kind in known.kinds or unit.pk in also) and unit.pk not in but
            )
        return self._members[group.pk]

    def match(self, wording: str) -> Match:
        """What the name alone says, with suggestions."""
        return self.index.match(wording.strip())

    def is_open_group(self, candidate: Candidate) -> bool:
        """Whether a candidate names nobody by itself (需另行指定的统称)."""
        group = self.groups.get(candidate.pk) if candidate.kind is Target.GROUP else None
        return bool(group and group.open_ended)

    def meaning(self, body: RowBody, answers: Mapping[str, Any]) -> Meaning:
        """What *body* means: its own answer first, then that for its wording, then its name (对应)."""
        answer = body.answer or Answer.load(answers.get(body.wording))
        key = body.wording, answer
        if key not in self._meanings:
            said = self._said(body.wording, answer)
            self._meanings[key] = said if said.settled else self._named(body.wording)
        return self._meanings[key]

    def find(self, name: str) -> Answer | None:
        """The answer that a person typed: names parted by 、, a group, or 不指派; None: no such unit."""
        if name == NOBODY:
            return Answer(skip=True)
        whole = self._named(name)
        if whole.group and whole.units:
            return Answer(group=whole.group.pk)
        found = [self._named(part) for part in name.replace("，", "、").split("、") if part.strip()]
        if not found or not all(each.units for each in found):
            return None
        return Answer(units=tuple(dict.fromkeys(unit.pk for each in found for unit in each.units)))

    def typed(self, answer: Answer) -> str:
        """The answer as a person would type it: the reverse of `find`."""
        if answer.skip:
            return NOBODY
        if answer.group in self.groups:
            return self.groups[answer.group].name
        return "、".join(self.units[key].short_name for key in answer.units if key in self.units)

    def shares(self, row: Row, answers: Mapping[str, Any]) -> list[Share]:
        """Who gets the row (拟分工): each unit once; a unit named by itself comes before its group."""
        meanings = [(body, self.meaning(body, answers)) for body in row.bodies]
        alone = {unit.pk for _, meaning in meanings if not meaning.group for unit in meaning.units}
        taken: dict[int, Share] = {}
        for body, meaning in meanings:
            for unit in meaning.units:
                if not (meaning.group and unit.pk in alone):
                    taken.setdefault(unit.pk, Share(unit, body.part, meaning.group))
        return list(taken.values())

    def choices(self) -> Iterator[str]:
        """Everything that may be typed into a field for units (可选名称)."""
        yield from (unit.short_name for unit in self.units.values())
        yield from (group.name for group in self.groups.values() if not group.open_ended)
        yield NOBODY

    def _said(self, wording: str, answer: Answer) -> Meaning:
        group = self.groups.get(answer.group) if answer.group else None
        units = self.members(group) if group else self._known(answer.units)
        return Meaning(wording, tuple(units), group, answer.skip, by_person=True)

    def _known(self, keys: Iterable[int]) -> Iterator[Unit]:
        return (self.units[key] for key in keys if key in self.units)

    def _named(self, wording: str) -> Meaning:
        match = self.match(wording)
        likely = match.score < CERTAIN
        if match.unit_id in self.units:
            return Meaning(wording, (self.units[match.unit_id],), likely=likely)
        group = self.groups.get(match.group_id or 0)
        if group and not group.open_ended:
            return Meaning(wording, self.members(group), group, likely=likely)
        return Meaning(wording)


def wordings(rows: Iterable[Row]) -> dict[str, list[tuple[Row, RowBody]]]:
    """Each distinct wording with the places where it stands, in printed order."""
    places: dict[str, list[tuple[Row, RowBody]]] = {}
    for row in rows:
        for body in row.bodies:
            places.setdefault(body.wording, []).append((row, body))
    return places
