"""规划体系: plans by series with period and parent, what of them is published, and which periods lack one."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from gongkai.documents.models import Filing
from gongkai.rules.structured import Slot, declaration, slots

FORM = "plan_series"
OUTLINE, YEARLY = "国民经济和社会发展规划纲要", "年度计划"
LENGTH = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan (规划) with its slots today."""

    filing: Filing
    first: int
    last: int
    slots: list[Slot]
    lost_parent: bool

    @property
    def period(self) -> str:
        """The years of the plan.

        >>> Plan(None, 2021, 2025, [], False).period
        '2021—2025年'
        """
        return f"{self.first}年" if self.first == self.last else f"{self.first}—{self.last}年"

    @property
    def historic(self) -> bool:
        """Whether its time is over."""
        return bool(self.filing.head.get("values", {}).get("historic") == "是")


@dataclass(frozen=True, slots=True)
class Series:
    """All plans of one sort (规划类别), the latest first, and the periods without one."""

    name: str
    plans: list[Plan]
    gaps: list[str]


def series(today: date) -> list[Series]:
    """Every series (规划体系); one query."""
    known = declaration(FORM)
    filings = list(
        Filing.objects.public(today).of_form(FORM).select_related("paper__unit").order_by("-year", "name")
    )
    names = {filing.name for filing in filings}
    plans: dict[str, list[Plan]] = defaultdict(list)
    for filing in filings:
        first = filing.year or today.year
        last = int(filing.period) if filing.period.isdigit() else first
        found = slots(known, filing.head, today) if known else []
        lost = bool(filing.parent) and filing.parent not in names and not filing.parent.startswith("上级")
        plans[filing.kind].append(Plan(filing, first, last, found, lost))
    order = known.field("series").choices if known else ()
    return [Series(name, plans[name], gaps(name, plans[name], today.year)) for name in order if plans[name]]


def gaps(name: str, plans: list[Plan], year: int) -> list[str]:
    """The periods without a plan (缺少规划的时期), between the earliest one on file and *year*."""
    if name not in (OUTLINE, YEARLY) or not plans:
        return []
    length = LENGTH if name == OUTLINE else 1
    firsts = {plan.first for plan in plans}
    wanted = range(min(firsts), year + 1, length)
    return [_said(first, length) for first in wanted if first not in firsts]


def _said(first: int, length: int) -> str:
    return f"{first}年" if length == 1 else f"{first}—{first + length - 1}年"
