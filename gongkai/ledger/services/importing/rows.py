"""导入的行: one task between reading and confirmation, as people correct it, and its shape in JSON."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from gongkai.ledger.models import Assignment, Task
from gongkai.ledger.reader.plan import Body, DeadlineKind, Doubt, PlanTask, Role

PARTS = {
    Role.LEAD: Assignment.Part.LEAD,
    Role.SUPPORT: Assignment.Part.SUPPORT,
    Role.IMPLEMENT: Assignment.Part.EACH,
    Role.RESPONSIBLE: Assignment.Part.EACH,
}
CYCLES = {
    DeadlineKind.MONTHLY: Task.Cycle.MONTHLY,
    DeadlineKind.QUARTERLY: Task.Cycle.QUARTERLY,
    DeadlineKind.HALFYEAR: Task.Cycle.HALF_YEARLY,
    DeadlineKind.YEARROUND: Task.Cycle.YEAR_ROUND,
}
UNSURE = 0.7
#: the fields of a row that JSON takes as they are
PLAIN = (
    *("key", "text", "number", "units_text", "others_text", "deadline_text"),
    *("cycle", "start", "end", "checked", "dropped", "version"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says a wording means (对应): units, a group, or nobody; empty: not yet said."""

    units: tuple[int, ...] = ()
    group: int | None = None
    skip: bool = False

    def __bool__(self) -> bool:
        return bool(self.units or self.group or self.skip)

    def dump(self) -> dict[str, Any]:
        """Write as JSON."""
        return {"units": list(self.units), "group": self.group, "skip": self.skip}

    @classmethod
    def load(cls, stored: dict[str, Any] | None) -> "Answer":
        """Read back from JSON."""
        if not stored:
            return UNSAID
        return cls(tuple(stored.get("units", ())), stored.get("group"), bool(stored.get("skip")))


UNSAID = Answer()


@dataclass(frozen=True, slots=True)
class RowBody:
    """A body of a row (责任主体): the wording, the name meant by it, its part, and an answer of its own."""

    name: str
    part: str = Assignment.Part.EACH.value
    meant: str = ""
    answer: Answer = UNSAID

    @property
    def wording(self) -> str:
        """The name to look up: with the prefix that the plan dropped."""
        return self.meant or self.name

    def dump(self) -> dict[str, Any]:
        """Write as JSON; most bodies have no answer of their own."""
        made: dict[str, Any] = {"name": self.name, "part": self.part, "meant": self.meant}
        return made | {"answer": self.answer.dump()} if self.answer else made


@dataclass(frozen=True, slots=True)
class RowDoubt:
    """Why a person should look (疑点), with the place in the source where it is known."""

    reason: str
    start: int | None = None
    end: int | None = None

    def dump(self) -> dict[str, Any]:
        """Write as JSON."""
        return {"reason": self.reason, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Row:
    """One task of an import (待核对任务). ``key`` names it for good, ``version`` counts its corrections."""

    key: int
    text: str
    number: str = ""
    section_path: tuple[str, ...] = ()
    bodies: tuple[RowBody, ...] = ()
    units_text: str = ""
    others_text: str = ""
    deadline_text: str = ""
    cycle: str = Task.Cycle.YEAR_ROUND.value
    due_on: date | None = None
    steps: tuple[tuple[str, date], ...] = ()
    doubts: tuple[RowDoubt, ...] = field(default=())
    start: int | None = None
    end: int | None = None
    checked: bool = False
    dropped: bool = False
    version: int = 1

    @classmethod
    def load(cls, stored: dict[str, Any]) -> "Row":
        """Read back from JSON."""
        made = dict(stored)
        made["section_path"] = tuple(stored["section_path"])
        made["bodies"] = tuple(
            RowBody(**{**body, "answer": Answer.load(body.get("answer"))}) for body in stored["bodies"]
        )
        made["doubts"] = tuple(RowDoubt(**doubt) for doubt in stored["doubts"])
        made["due_on"] = _day(stored["due_on"])
        made["steps"] = tuple((title, date.fromisoformat(day)) for title, day in stored["steps"])
        return cls(**made)

    def dump(self) -> dict[str, Any]:
        """Write as JSON; by hand, for `asdict` copies every string of ten thousand rows."""
        made = {name: getattr(self, name) for name in PLAIN}
        made["section_path"] = list(self.section_path)
        made["bodies"] = [body.dump() for body in self.bodies]
        made["doubts"] = [
            {"reason": each.reason, "start": each.start, "end": each.end} for each in self.doubts
        ]
        made["due_on"] = self.due_on and self.due_on.isoformat()
        made["steps"] = [[title, day.isoformat()] for title, day in self.steps]
        return made

    def last_day(self, year: int) -> date:
        """The day by which all is done (完成时限): the printed one, else the last of the year."""
        return self.due_on or date(year, 12, 31)


def rows_of(stored: Iterable[dict[str, Any]]) -> list[Row]:
    """All rows of an import, deleted ones included."""
    return [Row.load(each) for each in stored]


def standing_rows(rows: Iterable[Row]) -> list[Row]:
    """The rows that will become tasks: without the deleted ones."""
    return [row for row in rows if not row.dropped]


def read_row(task: PlanTask, key: int) -> Row:
    """The row of a task as read (读取结果转为待核对任务)."""
    fixed = [(limit.text, limit.date) for limit in task.deadlines if limit.date]
    last = max((day for _, day in fixed), default=None)
    cycle = _cycle(task)
    return Row(
        key=key,
        text=task.text,
        number=task.number,
        section_path=task.section_path,
        bodies=tuple(_bodies(task.bodies)),
        units_text=task.units_text,
        others_text=task.others_text,
        deadline_text=task.deadline_text,
        cycle=cycle,
        due_on=last,
        steps=_steps(cycle, fixed),
        doubts=tuple(_doubts(task)),
        start=task.span.start if task.span else None,
        end=task.span.end if task.span else None,
    )


def corrected(row: Row, **fields: Any) -> Row:
    """The row after a correction: looked at by a person, one version on."""
    return replace(row, **fields, checked=True, version=row.version + 1)


def _bodies(bodies: Iterable[Body]) -> Iterator[RowBody]:
    for body in bodies:
        yield RowBody(body.name, PARTS[body.role].value, body.resolved)


def _steps(cycle: str, fixed: list[tuple[str, date]]) -> tuple[tuple[str, date], ...]:
    """Several printed days are steps of a dated task; a cycle has steps of its own."""
    several = len(dict(fixed)) > 1 and cycle == Task.Cycle.FIXED
    return tuple(dict(fixed).items()) if several else ()


def _cycle(task: PlanTask) -> str:
    """The cycle of the first limit that says one; a day behind a cycle is where the cycle ends."""
    for limit in task.deadlines:
        if limit.kind is DeadlineKind.FIXED and limit.date:
            return Task.Cycle.FIXED.value
        if limit.kind in CYCLES:
            return CYCLES[limit.kind].value
    return Task.Cycle.YEAR_ROUND.value


def _doubts(task: PlanTask) -> Iterator[RowDoubt]:
    for doubt in task.doubts:
        yield _doubt(doubt)
    for limit in task.deadlines:
        if limit.kind is DeadlineKind.UNKNOWN:
            yield RowDoubt(f"时限写作“{limit.text}”，换算不出日期，请填写完成时限")
    if not task.doubts and task.confidence < UNSURE:
        yield RowDoubt("这一项识别把握不大，请对照原文看一遍")


def _doubt(doubt: Doubt) -> RowDoubt:
    place = doubt.span
    return RowDoubt(doubt.reason, place.start, place.end) if place else RowDoubt(doubt.reason)


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
