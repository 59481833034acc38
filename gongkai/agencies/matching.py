"""名称匹配: from a name as a plan prints it to the unit or group that it means on a day.

    index = NameIndex.load(today)
    index.match("区发改局").unit_id

Loading takes four queries, matching none; the same name on the same day always gives the same answer.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from gongkai.agencies import naming
from gongkai.agencies.entries import CERTAIN, Entry, Target, group_entries, unit_entries

LIKELY = 0.75  # from this score on, and without a rival, a name counts as matched
OTHER_ENDING = 0.7
SUGGESTED = 5  # candidates shown to a person
OPEN = re.compile(r"(?:有关|相关|涉及|承担|负责|编制|主管).*(?:部门|单位|机构|镇|街道)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One unit or group that a name may mean (候选), with a Chinese reason."""

    kind: Target
    pk: int
    name: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a printed name means (匹配): at most one of ``unit_id`` and ``group_id`` is set."""

    name: str
    kind: Target
    unit_id: int | None
    group_id: int | None
    score: float
    reason: str
    candidates: tuple[Candidate, ...] = ()


class NameIndex:
    """Every name that units and groups bear on a day (名称索引), read once."""

    def __init__(self, entries: Iterable[Entry], district: str) -> None:
        self.entries = list(entries)
        self.district = district
        self.exact: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for form in entry.forms:
                self.exact.setdefault(form, []).append(entry)
        self.known: dict[str, Match] = {}

    @classmethod
    def load(cls, day: date) -> "NameIndex":
        """The index of the units and groups that stand on *day*."""
        district = settings.SITE["government"].removesuffix("人民政府")
        return cls([*unit_entries(day, district), *group_entries(district)], district)

    def match(self, name: str) -> Match:
        """The unit or group that *name* means, or candidates for a person to choose from."""
        if name not in self.known:
            self.known[name] = self._match(name)
        return self.known[name]

    def _match(self, name: str) -> Match:
        forms = naming.forms(name, self.district)
        found = self._exactly(forms) or self._openly(name) or self._loosely(forms)
        best = sorted(found, key=lambda each: (-each.score, each.kind, each.pk))[:SUGGESTED]
        bar = CERTAIN if best and best[0].score == CERTAIN else LIKELY
        rivals = [each for each in best if each.score >= bar]
        if len(rivals) == 1:
            return _decided(name, rivals[0], best)
        reason = "这个名称可能指多个单位，请选择" if rivals else "没有找到对应的单位，请选择或新增"
        return Match(name, Target.UNKNOWN, None, None, 0.0, reason, tuple(best))

    def _exactly(self, forms: list[str]) -> list[Candidate]:
        """By a name on file: the surest form that anybody bears."""
        for form in forms:
            if form in self.exact:
                return _best_of_each(_candidate(entry, entry.score) for entry in self.exact[form])
        return []

    def _openly(self, name: str) -> list[Candidate]:
        """有关部门 and the like name nobody: the first open-ended group, for the office to fill."""
        if not OPEN.search(name):
            return []
        return [_candidate(entry, 0.8) for entry in self.entries if entry.open_ended][:1]

    def _loosely(self, forms: list[str]) -> list[Candidate]:
        """By abbreviation, by a different organ ending, or by looks.

        Forms with the district's name are left out: 市发改局 is no short form of 市中区发改局.
        """
        others = {form: found for form, found in self.exact.items() if not form.startswith(self.district)}
        return _best_of_each(
            _candidate(entry, score, reason)
            for theirs, entries in others.items()
            for score, reason in (_compare(mine, theirs) for mine in forms)
            for entry in entries
            if score
        )


def _compare(mine: str, theirs: str) -> tuple[float, str]:
    """How sure it is that two different forms mean one body, and why."""
    if naming.abbreviates(mine, theirs) or naming.abbreviates(theirs, mine):
        share = min(len(mine), len(theirs)) / max(len(mine), len(theirs))
        return round(LIKELY + 0.15 * share, 3), "与单位名称的简写相符"
    if naming.same_but_ending(mine, theirs):
        return OTHER_ENDING, "名称相符，机构后缀不同"
    alike = naming.likeness(mine, theirs)
    return (round(alike * OTHER_ENDING, 3), "写法相近") if alike >= naming.ALIKE else (0.0, "")


def _candidate(entry: Entry, score: float, reason: str = "") -> Candidate:
    return Candidate(entry.kind, entry.pk, entry.label, score, reason or entry.reason)


def _best_of_each(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate for each body: its best."""
    best: dict[tuple[Target, int], Candidate] = {}
    for each in candidates:
        kept = best.setdefault((each.kind, each.pk), each)
        if each.score > kept.score:
            best[each.kind, each.pk] = each
    return list(best.values())


def _decided(name: str, chosen: Candidate, best: list[Candidate]) -> Match:
    unit = chosen.pk if chosen.kind is Target.UNIT else None
    group = chosen.pk if chosen.kind is Target.GROUP else None
    return Match(name, chosen.kind, unit, group, chosen.score, chosen.reason, tuple(best))
