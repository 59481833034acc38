"""工作台: what waits for one person, most pressing first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet

from gongkai.accounts.models import User
from gongkai.ledger.models import (
    Assignment,
    Extension,
    Feedback,
    LookBackEntry,
    PlanImport,
    Report,
    Supervision,
)
from gongkai.ledger.models.plan import AssignmentQuerySet
from gongkai.ledger.overview.units import UnitRow, unit_rows
from gongkai.ledger.states import Standing

#: so many rows of one kind stand on the desk; the rest is a link away
SHOWN = 20
#: the office has several queues: a long one must not push the others out of sight
QUEUE, WORST = 8, 6


@dataclass(frozen=True, slots=True)
class Pile:
    """One pile of a unit's work (按时限分组): a heading and its assignments."""

    code: str
    label: str
    assignments: Sequence[Assignment]
    total: int

    @property
    def more(self) -> int:
        """How many do not stand on the desk."""
        return self.total - len(self.assignments)


def to_do(user: User) -> AssignmentQuerySet:
    """What the person's units still have to do: unfinished, and not waiting for the office (待办任务)."""
    mine = Assignment.objects.visible_to(user).current().unfinished()
    return mine.exclude(standing=Standing.CHECKING)


def piles_of(user: User, today: date) -> list[Pile]:
    """The work of the person's units by the days that are left; empty piles are left out."""
    sunday = today + timedelta(days=6 - today.weekday())
    spans = {
        "late": ("已经逾期", Q(due_on__lt=today)),
        "today": ("今天到期", Q(due_on=today)),
        "week": ("本周到期", Q(due_on__gt=today, due_on__lte=sunday)),
        "later": ("以后到期", Q(due_on__gt=sunday)),
    }
    work = to_do(user)
    totals = work.aggregate(**{code: Count("pk", filter=span) for code, (_, span) in spans.items()})
    rows = work.select_related("unit", "task__plan").prefetch_related(RETURNED)
    rows = rows.order_by("due_on", "task__position", "id")
    return [
        Pile(code, label, list(rows.filter(span)[:SHOWN]), totals[code])
        for code, (label, span) in spans.items()
        if totals[code]
    ]


#: the returned reports of an assignment, newest first, so that the reason stands in the row
RETURNED = Prefetch("reports", Report.objects.filter(state="returned"), to_attr="returned")


@dataclass(frozen=True, slots=True)
class UnitDesk:
    """The desk of somebody in a unit (单位工作台)."""

    piles: Sequence[Pile]
    drafts: QuerySet[Report]
    supervisions: QuerySet[Supervision]
    entries: QuerySet[LookBackEntry]
    checking: int

    @property
    def demands(self) -> int:
        """How many demands of the office wait for an answer (督办和整改)."""
        return len(self.supervisions) + len(self.entries)


def unit_desk(user: User, today: date) -> UnitDesk:
    """What waits for somebody who works in a unit."""
    mine = Assignment.objects.visible_to(user).current()
    drafts = Report.objects.filter(assignment__in=mine, state="draft")
    demands = Supervision.objects.visible_to(user).filter(state="open")
    entries = LookBackEntry.objects.visible_to(user).filter(state="ordered")
    return UnitDesk(
        piles_of(user, today),
        drafts.select_related("assignment__unit", "assignment__task")[:SHOWN],
        demands.select_related("unit").order_by("answer_by")[:SHOWN],
        entries.select_related("assignment__unit", "assignment__task").order_by("mend_by")[:SHOWN],
        mine.filter(standing=Standing.CHECKING).count(),
    )


def to_sign(user: User) -> QuerySet[Report]:
    """The reports that wait for the person's signature, longest first (待审签)."""
    units = [post.unit_id for post in user.held if post.role == "approver"]
    waiting = Report.objects.filter(state="sent").filter(
        assignment__in=Assignment.objects.visible_to(user).current()
    )
    own = waiting.filter(assignment__unit__in=units) | waiting.filter(assignment__unit__parent__in=units)
    return own.select_related("assignment__unit", "assignment__task", "written_by").order_by("sent_on", "id")


def to_accept() -> QuerySet[Report]:
    """The reports that wait for the office, longest first (待验收)."""
    signed = Report.objects.filter(state="signed", assignment__task__plan__state="running")
    return signed.select_related("assignment__unit", "assignment__task").order_by("signed_on", "id")


@dataclass(frozen=True, slots=True)
class Queue:
    """What else waits for one's decision (待办队列): how many reports, and the first of them."""

    label: str
    count: int
    first: Report


def queue_beyond(user: User, here: Assignment) -> Queue | None:
    """The rest of one's own queue, seen from one assignment, so that one need not go back to the desk."""
    office = user.has_role("office")
    rest = (to_accept() if office else to_sign(user)).exclude(assignment=here)
    first = rest.first()
    return Queue("待验收" if office else "待审签", rest.count(), first) if first else None


@dataclass(frozen=True, slots=True)
class OfficeDesk:
    """The desk of the district office (区政务公开办工作台)."""

    reports: QuerySet[Report]
    reports_total: int
    extensions: QuerySet[Extension]
    silent: QuerySet[Supervision]
    answered: QuerySet[Supervision]
    mended: QuerySet[LookBackEntry]
    late: Sequence[UnitRow]
    feedback: QuerySet[Feedback]
    imports: QuerySet[PlanImport]


def office_desk(today: date) -> OfficeDesk:
    """What waits for the office: to accept, to grant, to press, to answer."""
    signed = to_accept()
    asked = Extension.objects.filter(state="asked").select_related("assignment__unit", "assignment__task")
    demands = Supervision.objects.select_related("unit").order_by("answer_by")
    mended = LookBackEntry.objects.filter(state="mended")
    late = [row for row in unit_rows(Assignment.objects.current(), today) if row.tally.overdue]
    return OfficeDesk(
        signed[:QUEUE],
        signed.count(),
        asked.order_by("asked_on")[:SHOWN],
        demands.unanswered(today)[:SHOWN],
        demands.filter(state="answered")[:SHOWN],
        mended.select_related("assignment__unit", "assignment__task")[:SHOWN],
        sorted(late, key=lambda row: -row.tally.overdue)[:WORST],
        Feedback.objects.filter(handled_on__isnull=True).select_related("plan", "task")[:SHOWN],
        PlanImport.objects.filter(state="checking").select_related("started_by")[:SHOWN],
    )
