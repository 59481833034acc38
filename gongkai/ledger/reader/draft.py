"""From found pieces to a task (组成任务): shared by running text, flattened tables and real tables."""

import datetime
from dataclasses import dataclass, field

from gongkai.ledger.reader.bodies import Reading, read_bodies, settle_roles
from gongkai.ledger.reader.deadlines import is_ambiguous, is_limit, limits_in_prose, read_limit, stretch_in
from gongkai.ledger.reader.duties import Duty, Part
from gongkai.ledger.reader.flow import Flow
from gongkai.ledger.reader.labels import Kind
from gongkai.ledger.reader.names import split_list
from gongkai.ledger.reader.plan import Body, Deadline, DeadlineKind, Doubt, PlanTask, Role, Span


@dataclass(slots=True)
class Context:
    """What holds for the whole plan while its tasks are read (全文约定)."""

    year: int | None = None
    place: str = ""
    first_leads: bool = False


@dataclass(slots=True)
class Draft:
    """A task being put together (任务草稿)."""

    number: str
    text: str
    section_path: tuple[str, ...]
    span: Span | None
    text_span: Span | None
    doubts: list[Doubt] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    units_text: str = ""
    units_span: Span | None = None
    others: str = ""
    deadlines: list[Deadline] = field(default_factory=list)
    extras: list[tuple[str, str]] = field(default_factory=list)
    first_leads: bool = False

    def add_duties(self, flow: Flow, duties: list[Duty], context: Context) -> None:
        """Read every part of the statements that name who and when."""
        self.add_parts(flow, [part for duty in duties for part in duty.parts], context)

    def add_parts(self, flow: Flow, parts: list[Part], context: Context) -> None:
        """Read labelled pieces: bodies, time limits, and others that are kept as they are."""
        for part in parts:
            if part.kind is Kind.UNITS:
                self.add_units(flow, part, context)
            elif part.kind is Kind.DEADLINE:
                self.add_limit(flow, part.start, part.end, context.year)
            elif flow.text[part.start : part.end]:
                self.extras.append((part.label, flow.text[part.start : part.end]))
        units = [part for part in parts if part.kind is Kind.UNITS and part.end > part.start]
        labelled = len({part.label for part in units}) > 1
        wordings = [
            (f"{part.label}：" if labelled and part.label else "") + flow.text[part.start : part.end]
            for part in units
        ]
        self.units_text = " ".join([self.units_text, *wordings]).strip()
        if units:
            self.units_span = flow.span(units[0].start, units[-1].end)

    def add_units(self, flow: Flow, part: Part, context: Context) -> None:
        """Add the bodies of one list."""
        reading = read_bodies(flow, part.start, part.end, part.role, context.place)
        self._merge(reading, context)

    def add_limit(self, flow: Flow, start: int, end: int, year: int | None) -> None:
        """Add the time limits of a label or a cell, as printed."""
        for piece in split_list(flow.key, start, end, ";"):
            words = flow.key[piece.start : piece.end].strip("。,、")
            if not words or words in "-—/无":
                continue
            kind, day = read_limit(words, year)
            printed = flow.text[piece.start : piece.end].rstrip("。，、")
            span = flow.span(piece.start, piece.end)
            confidence = 0.5 if kind is DeadlineKind.UNKNOWN else 1.0
            self.deadlines.append(Deadline(printed, kind, day, span, confidence))
            self._doubt_month(words, printed, day, span)
            if kind is DeadlineKind.UNKNOWN:
                self.doubts.append(Doubt("deadline", f"时限“{printed}”读不出日期，请填写。", span))

    def find_limits(self, flow: Flow, start: int, end: int, year: int | None) -> None:
        """Look for time limits in the sentences of the task itself."""
        for limit in limits_in_prose(flow.key, start, end, year):
            printed, span = flow.text[limit.start : limit.end], flow.span(limit.start, limit.end)
            self.deadlines.append(Deadline(printed, limit.kind, limit.date, span, 0.9))
            self._doubt_month(flow.key[limit.start : limit.end], printed, limit.date, span)

    def _doubt_month(self, key: str, printed: str, day: datetime.date | None, span: Span | None) -> None:
        """4月前 may mean the end of March or of April."""
        if day and is_ambiguous(key):
            reason = f"“{printed}”可能指上月底或本月底，暂按{day.month}月{day.day}日，请核对。"
            self.doubts.append(Doubt("month", reason, span))

    def add_bracketed_limits(self, flow: Flow, duties: list[Duty], year: int | None) -> None:
        """Limits beside the bodies that name no day: （区财政局负责，长期坚持）."""
        seen = "".join(limit.text for limit in self.deadlines)
        for part in (part for duty in duties for part in duty.parts if part.kind is Kind.UNITS):
            for piece in split_list(flow.key, part.start, part.end, ",;"):
                words = flow.key[piece.start : piece.end]
                stretch = stretch_in(flow.key, piece.start, piece.end)
                if is_limit(words) and words not in seen and not limits_in_prose(words, 0, len(words), year):
                    self.add_limit(flow, piece.start, piece.end, year)
                elif stretch and stretch[0] == piece.start:
                    self.add_limit(flow, *stretch, year)

    def find_stage(self, flow: Flow, start: int, end: int, year: int | None) -> None:
        """The time of a stage in brackets behind its name: 第一阶段：调查摸底（5月1日—5月31日）."""
        opening = flow.key.find("(", start, min(end, start + LONGEST_NAME_OF_STAGE))
        stretch = (
            stretch_in(flow.key, opening, min(end, opening + LONGEST_NAME_OF_STAGE)) if opening >= 0 else None
        )
        if stretch and stretch[0] == opening + 1 and flow.key[stretch[1] : stretch[1] + 1] == ")":
            self.add_limit(flow, *stretch, year)

    def finish(self, position: int, context: Context) -> PlanTask:
        """The task, with its doubts counted into its confidence."""
        bodies = settle_roles(self.bodies, self.first_leads or context.first_leads)
        self._doubt(bodies)
        return PlanTask(
            position=position,
            number=self.number,
            text=self.text,
            section_path=self.section_path,
            bodies=bodies,
            units_text=self.units_text,
            others_text=self.others,
            deadlines=tuple(self.deadlines),
            extras=tuple(self.extras),
            confidence=round(_confidence(self.doubts), 2),
            doubts=tuple(self.doubts),
            span=self.span,
            text_span=self.text_span,
            units_span=self.units_span,
        )

    def _merge(self, reading: Reading, context: Context) -> None:
        seen = {(body.name, body.role) for body in self.bodies}
        self.bodies += [body for body in reading.bodies if (body.name, body.role) not in seen]
        self.others = self.others or reading.others
        self.first_leads = self.first_leads or reading.first_leads
        context.first_leads = context.first_leads or (reading.first_leads and reading.for_all)
        self.doubts += reading.doubts

    def _doubt(self, bodies: tuple[Body, ...]) -> None:
        if not bodies:
            self.doubts.append(Doubt("nobody", "没有读到责任单位，请补充。", self.span))
        if self.others:
            reason = f"责任单位以“{self.others}”结尾，没有列全，请确认还有哪些单位。"
            self.doubts.append(Doubt("open", reason, self.units_span))
        guessed = [body for body in bodies if body.resolved]
        if guessed:
            pairs = "、".join(f"“{body.name}”按“{body.resolved}”理解" for body in guessed)
            self.doubts.append(Doubt("prefix", f"{pairs}，请核对。", self.units_span))
        if any(body.role is Role.RESPONSIBLE for body in bodies) and len(self.text) < 4:
            self.doubts.append(Doubt("short", "任务内容过短，请核对。", self.text_span))


#: The name of a stage is no longer than this.
LONGEST_NAME_OF_STAGE = 60

#: How far each kind of doubt lowers the confidence of a task.
WEIGHTS = {"nobody": 0.5, "open": 0.9, "prefix": 0.9, "name": 0.6, "run": 0.7, "flat": 0.7, "deadline": 0.7}


def _confidence(doubts: list[Doubt]) -> float:
    confidence = 1.0
    for code in {doubt.code for doubt in doubts}:
        confidence *= WEIGHTS.get(code, 0.8)
    return confidence
