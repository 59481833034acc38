"""The shapes that reading yields (读取结果): a plan, its sections, its tasks, and every doubt.

Nothing here reads anything. A `Span` says where a piece stands in `Plan.text`, so that a page can show
the source beside the result and colour the piece; a `Doubt` says in one Chinese sentence why a person
should look. Confidence runs from 0 (guessed) to 1 (printed plainly).
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a plan asks of a body (责任分工)."""

    LEAD = "lead"  # 牵头、主办
    SUPPORT = "support"  # 配合、协办、参与；有牵头单位时的其他责任单位
    IMPLEMENT = "implement"  # 实施单位
    RESPONSIBLE = "responsible"  # 责任单位，文件未分牵头与配合


class DeadlineKind(StrEnum):
    """How a time limit binds (时限类型)."""

    FIXED = "fixed"  # 某日之前
    MONTHLY = "monthly"  # 每月
    QUARTERLY = "quarterly"  # 每季度
    HALFYEAR = "halfyear"  # 每半年
    YEARROUND = "yearround"  # 全年、常态化
    UNKNOWN = "unknown"  # 写了时限，但读不出日期


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the source (原文位置): offsets into `Plan.text`, and page or table row and cell if known."""

    start: int
    end: int
    page: int | None = None
    row: int | None = None  # counted from 1 over the whole table, header included
    cell: int | None = None  # counted from 1


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at (存疑): a short code, one Chinese sentence, and the place."""

    code: str
    reason: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A body made responsible (责任单位), its name as printed and, if a prefix was dropped, as meant."""

    name: str
    role: Role
    resolved: str = ""  # 经发局 after 区旅发委 → 区经发局; empty when nothing was dropped
    group: bool = False  # 各镇人民政府, 区直各部门, 有关单位
    span: Span | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Deadline:
    """One time limit (完成时限): as printed, what kind, and the last day if one can be worked out."""

    text: str
    kind: DeadlineKind
    date: datetime.date | None = None
    span: Span | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the headings under it (章节)."""

    number: str  # 一, （二）, 1 … as printed, as in `PlanTask.number`
    title: str  # the whole heading as printed, its number included
    path: tuple[str, ...]  # titles from the outermost down to this one
    children: tuple["Section", ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PlanTask:
    """One task of the plan (任务), with whom it binds and by when."""

    position: int  # 1, 2, 3 … in document order
    number: str  # as printed: 33, （三）, 十; empty if the source prints none
    text: str
    section_path: tuple[str, ...] = ()
    bodies: tuple[Body, ...] = ()
    units_text: str = ""  # the wording as printed
    others_text: str = ""  # 等, 等部门: the list is open
    deadlines: tuple[Deadline, ...] = ()
    extras: tuple[tuple[str, str], ...] = ()  # other labelled pieces: 责任领导, 备注 …
    confidence: float = 1.0
    doubts: tuple[Doubt, ...] = ()
    span: Span | None = None  # the whole task, from its number to the end of its bodies
    text_span: Span | None = None
    units_span: Span | None = None

    @property
    def units(self) -> tuple[str, ...]:
        """Every body in printed order (全部责任单位)."""
        return tuple(body.name for body in self.bodies)

    @property
    def lead_units(self) -> tuple[str, ...]:
        """Bodies printed as leading (牵头单位)."""
        return self._named(Role.LEAD)

    @property
    def support_units(self) -> tuple[str, ...]:
        """Bodies printed as supporting (配合单位)."""
        return self._named(Role.SUPPORT)

    @property
    def deadline_text(self) -> str:
        """All time limits as printed, joined with ； (完成时限)."""
        return "；".join(limit.text for limit in self.deadlines)

    def _named(self, role: Role) -> tuple[str, ...]:
        return tuple(body.name for body in self.bodies if body.role is role)


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan as read (工作要点、任务分解表)."""

    text: str  # the plain text of the source; every Span points into it
    title: str = ""
    year: int | None = None
    preamble: str = ""  # what stands before the first section or task
    sections: tuple[Section, ...] = ()
    tasks: tuple[PlanTask, ...] = ()
    closing: str = ""  # what stands after the last task: closing paragraphs, signature
    doubts: tuple[Doubt, ...] = ()  # about the plan as a whole
    source_format: str = "text"  # docx, pdf, html, xlsx, csv, text
