"""落实状态的推导: how an assignment stands is a function of its dated facts, and of nothing else.

What counts is the report's last round. A report *leaves the unit* on the day when the unit's approver
signed it: from then on it is under review, and whether work was in time is judged by that day, not by the
day on which the office came to accept it. A report that the office returned stays returned until it is
signed again, whatever happens to it inside the unit meanwhile.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from gongkai.ledger.states import Standing


@dataclass(frozen=True, slots=True)
class Filed:
    """One report as the derivation sees it (报送的事实)."""

    state: str
    completes: bool = False
    milestone: int | None = None
    signed_on: date | None = None
    decided_on: date | None = None

    @property
    def returned(self) -> bool:
        """Returned by the office and not signed again; what an approver sends back stays inside the unit."""
        return self.decided_on is not None and self.state in ("draft", "sent", "returned")


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the standing of one assignment follows from (推导依据)."""

    due_on: date
    reports: tuple[Filed, ...] = ()
    cyclic: bool = False
    steps: Mapping[int, date] = field(default_factory=dict)
    extensions: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Derived:
    """The stored results (推导结果)."""

    standing: Standing
    due_on: date
    done_on: date | None
    reported_on: date | None


def derive(facts: Facts) -> Derived:
    """Work out how the assignment stands (推导落实状态).

    >>> year_end = date(2021, 12, 31)
    >>> derive(Facts(year_end)).standing.value
    'waiting'
    >>> filed = Filed("accepted", True, None, date(2021, 6, 2), date(2021, 6, 9))
    >>> derive(Facts(year_end, (filed,)))
    Derived(standing=<Standing.DONE: 'done'>, due_on=..., done_on=datetime.date(2021, 6, 2), ...)
    """
    done_on = _done_on(facts)
    return Derived(
        standing=Standing.DONE if done_on else _unfinished(facts.reports),
        due_on=_moved(_printed_due(facts, done=done_on is not None), facts.extensions),
        done_on=done_on,
        reported_on=max((filed.signed_on for filed in facts.reports if filed.signed_on), default=None),
    )


def _done_on(facts: Facts) -> date | None:
    """The day of the completing report; of a cyclic task, that of its last step."""
    accepted = [filed for filed in facts.reports if filed.state == "accepted"]
    if facts.cyclic and facts.steps:
        days = [_first_day(filed for filed in accepted if filed.milestone == step) for step in facts.steps]
        met = [day for day in days if day]
        return max(met) if len(met) == len(facts.steps) else None
    return _first_day(filed for filed in accepted if filed.completes)


def _first_day(reports: Iterable[Filed]) -> date | None:
    return min((filed.signed_on for filed in reports if filed.signed_on), default=None)


def _unfinished(reports: tuple[Filed, ...]) -> Standing:
    """Under review, returned, working or waiting; on one day a return outweighs an acceptance."""
    if any(filed.state == "signed" for filed in reports):
        return Standing.CHECKING
    decided = [
        (filed.decided_on, filed.returned)
        for filed in reports
        if filed.decided_on and (filed.returned or filed.state == "accepted")
    ]
    if not decided:
        return Standing.WAITING
    return Standing.RETURNED if max(decided)[1] else Standing.WORKING


def _printed_due(facts: Facts, *, done: bool) -> date:
    """The next open step's day, else the task's."""
    met = {filed.milestone for filed in facts.reports if filed.state == "accepted"}
    still = [day for step, day in facts.steps.items() if step not in met]
    return min(still) if still and not done else facts.due_on


def _moved(due_on: date, extensions: tuple[tuple[date, date], ...]) -> date:
    """The day moved by what was granted: each extension moves the very deadline that it was asked for."""
    while True:
        later = max((until for old, until in extensions if old == due_on), default=due_on)
        if later <= due_on:
            return due_on
        due_on = later
