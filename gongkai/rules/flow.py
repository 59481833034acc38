"""办理流程: a table of acts (FLOW) that drives guards, buttons, tests and diagrams of every room."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gongkai.rules.law import Article, Refused


@dataclass(frozen=True, slots=True)
class Act:
    """One act (操作): from which states, to which state, done by whom.

    ``role`` is a role's code of accounts; ``target`` None means that the state stays as it is.
    ``others`` are further targets, between which the facts of the record decide.
    """

    code: str
    label: str
    sources: frozenset[str]
    target: str | None
    roles: frozenset[str]
    cite: Article | None = None
    others: frozenset[str] = frozenset()


class Flow:
    """The acts of one noun (状态表), asked before each change.

    >>> flow = Flow({"draft": "起草", "sent": "已报"}, [act("send", "报送", "draft", "sent", "officer")])
    >>> flow.after("draft", "send")
    'sent'
    >>> flow.after("sent", "send")
    Traceback (most recent call last):
    ...
    gongkai.rules.law.Refused: 当前状态为“已报”，不能报送
    """

    def __init__(self, states: Mapping[str, str], acts: Iterable[Act]) -> None:
        self.states = dict(states)
        self.acts = {each.code: each for each in acts}

    def __iter__(self) -> Iterator[Act]:
        return iter(self.acts.values())

    def after(self, state: str, code: str, to: str = "") -> str:
        """The state after act *code*, or *to* where the table names it; raises Refused where it does not."""
        wanted = self.acts[code]
        if state not in wanted.sources:
            raise Refused(f"当前状态为“{self.states[state]}”，不能{wanted.label}", wanted.cite)
        if to and to != wanted.target and to not in wanted.others:
            raise ValueError(f"{code} does not lead to {to}")
        return to or wanted.target or state

    def open_to(self, state: str, roles: Iterable[str]) -> list[Act]:
        """The acts that somebody with *roles* may do now: the buttons of a page."""
        held = frozenset(roles)
        return [each for each in self if state in each.sources and each.roles & held]


def act(
    code: str,
    label: str,
    sources: str,
    target: str | None,
    roles: str,
    cite: Article | None = None,
    others: str = "",
) -> Act:
    """Write one row of a table of acts; *sources*, *roles* and *others* are words parted by spaces."""
    held, further = frozenset(roles.split()), frozenset(others.split())
    return Act(code, label, frozenset(sources.split()), target, held, cite, further)
