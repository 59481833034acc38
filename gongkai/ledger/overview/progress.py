"""社会监督: what everybody may see of a plan: public tasks, who, how far, and public evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from gongkai.ledger.models import Assignment, Evidence, Feedback, Plan, Report, Task
from gongkai.ledger.models.plan import AssignmentQuerySet, TaskQuerySet
from gongkai.ledger.overview.board import binding
from gongkai.ledger.overview.marks import having, per_cent
from gongkai.ledger.overview.units import IN_TIME
from gongkai.ledger.states import Standing


@dataclass(frozen=True, slots=True)
class Word:
    """A state in words that citizens use (公众用语)."""

    code: str
    label: str
    sign: str
    colour: str
    meaning: str


WORDS = {
    each.code: each
    for each in (
        Word("done", "已完成", "✓", "good", "责任单位已报送完成情况，并经区政务公开办核验"),
        Word("late", "超过时限", "!", "bad", "时限已过，尚未核验完成"),
        Word("doing", "正在办理", "→", "work", "时限未到，已有进展或正在核验"),
        Word("waiting", "尚未开始", "○", "wait", "时限未到，责任单位还没有报送进展"),
    )
}


def word_of(assignment: Assignment, today: date) -> Word:
    """How *assignment* stands, in the public's words."""
    if assignment.standing == Standing.DONE:
        return WORDS["done"]
    if assignment.is_overdue(today):
        return WORDS["late"]
    return WORDS["waiting" if assignment.standing == Standing.WAITING else "doing"]


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of the bar (占比): where it starts and how wide it is, in per cent."""

    word: Word
    number: int
    start: str
    width: str
    share: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A tally in the public's words (公众统计): the parts add up to the total."""

    rows: Sequence[tuple[Word, int]]
    in_time: int

    @property
    def bars(self) -> list["Bar"]:
        """The rows as parts of one bar; shares of a whole."""
        bars, start = [], 0.0
        for word, number in self.rows:
            width = 100 * number / self.total if self.total else 0.0
            bars.append(Bar(word, number, f"{start:.2f}", f"{width:.2f}", f"{width:.1f}"))
            start += width
        return bars

    @property
    def total(self) -> int:
        """All parts of units in public tasks."""
        return sum(number for _, number in self.rows)

    @property
    def done(self) -> int:
        """Those that were accepted as done."""
        return self.rows[0][1]

    @property
    def share(self) -> int:
        """Done, in whole per cent."""
        return per_cent(self.done, self.total)

    @property
    def in_time_share(self) -> int | None:
        """Done in time, in per cent of what should be done by now; None while nothing is due."""
        fell_due = self.done + self.rows[1][1]
        return per_cent(self.in_time, fell_due) if fell_due else None


def spoken(assignments: AssignmentQuerySet, today: date) -> Spoken:
    """The tally of *assignments* by the rule of ``word_of``, in one query."""
    late = having("overdue", today)
    done, waiting = Q(standing=Standing.DONE), Q(standing=Standing.WAITING)
    rules = {
        "done": done,
        "late": late,
        "doing": ~done & ~late & ~waiting,
        "waiting": waiting & ~late,
        "in_time": IN_TIME,
    }
    counts = {code: Count("pk", filter=rule) for code, rule in rules.items()}
    found = assignments.order_by().aggregate(**counts)
    return Spoken([(word, found[code]) for code, word in WORDS.items()], found["in_time"])


def public_tasks(plan: Plan) -> TaskQuerySet:
    """The tasks of a public plan that are not kept inside (公开任务)."""
    return Task.objects.current().filter(plan=plan, public=True)


def public_assignments(plan: Plan) -> AssignmentQuerySet:
    """The units' parts in public tasks."""
    return binding(plan).filter(task__public=True)


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One public task with its units (公开任务行)."""

    task: Task
    parts: Sequence[tuple[Assignment, Word]]

    @property
    def counts(self) -> list[tuple[Word, int]]:
        """How many units stand how."""
        codes = [word.code for _, word in self.parts]
        return [(word, codes.count(code)) for code, word in WORDS.items() if code in codes]

    @property
    def done(self) -> int:
        """How many units have finished."""
        return sum(word.code == "done" for _, word in self.parts)


def public_rows(tasks: Iterable[Task], assignments: AssignmentQuerySet, today: date) -> list[PublicRow]:
    """Rows for *tasks*: one query more."""
    tasks = list(tasks)
    parts: dict[int, list[tuple[Assignment, Word]]] = {task.pk: [] for task in tasks}
    for each in assignments.filter(task__in=tasks).select_related("unit").order_by("position", "id"):
        parts[each.task_id].append((each, word_of(each, today)))
    return [PublicRow(task, parts[task.pk]) for task in tasks]


def public_reports(task: Task) -> QuerySet[Report]:
    """The accepted reports on a task, newest first, with the evidence that is public (已核验进展)."""
    evidence = Prefetch("evidence", Evidence.objects.filter(public=True), to_attr="shown")
    accepted = Report.objects.filter(assignment__task=task, state="accepted")
    accepted = accepted.filter(assignment__ended_on__isnull=True)
    return accepted.select_related("assignment__unit").prefetch_related(evidence)


@dataclass(frozen=True, slots=True)
class Messages:
    """How many messages came and were handled (留言办理)."""

    received: int
    handled: int


def messages_of(plan: Plan) -> Messages:
    """The counts that stand below the public pages."""
    handled = Count("pk", filter=Q(handled_on__isnull=False))
    found = Feedback.objects.filter(plan=plan).aggregate(n=Count("pk"), handled=handled)
    return Messages(found["n"], found["handled"])
