"""按章节看: the tasks of a plan under their headings, each with the marks of its units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.ledger.models import Assignment, Plan, Section, Task
from gongkai.ledger.models.plan import AssignmentQuerySet
from gongkai.ledger.overview.marks import MARKS, Mark, Tally, added, mark_of, tallies_by

#: so many units are named in a row; the rest opens on demand
SHOWN = 12
ORDER = {code: place for place, code in enumerate(MARKS)}


@dataclass(frozen=True, slots=True)
class Badge:
    """One unit's mark in a row (单位标记)."""

    assignment: Assignment
    mark: Mark


@dataclass(frozen=True, slots=True)
class Row:
    """One task of the board (任务行)."""

    task: Task
    badges: Sequence[Badge]
    tally: Tally

    @property
    def unfinished(self) -> str:
        """The keys of the assignments that still can be urged (未完成的分工)."""
        return ",".join(str(badge.assignment.pk) for badge in self.badges if badge.mark.code != "done")

    @property
    def shown(self) -> Sequence[Badge]:
        """The units that stand in the row, those in trouble first."""
        return self.badges[:SHOWN]

    @property
    def folded(self) -> Sequence[Badge]:
        """The units that open on demand."""
        return self.badges[SHOWN:]


@dataclass(slots=True)
class Block:
    """One heading of the board with its tasks (章节)."""

    section: Section | None
    path: str
    tally: Tally
    rows: list[Row] = field(default_factory=list)


def binding(plan: Plan) -> AssignmentQuerySet:
    """The assignments of *plan* that bind: not ended, of tasks that still stand (有效分工)."""
    return Assignment.objects.filter(
        ended_on__isnull=True,
        task__plan=plan,
        task__withdrawn_on__isnull=True,
        task__split_on__isnull=True,
    )


def badges_of(assignments: Iterable[Assignment], today: date) -> list[Badge]:
    """The badges of one task, those in trouble first."""
    badges = [Badge(each, mark_of(each, today)) for each in assignments]
    return sorted(badges, key=lambda badge: ORDER[badge.mark.code])


def rows_of(tasks: Iterable[Task], assignments: AssignmentQuerySet, today: date) -> list[Row]:
    """Rows for *tasks*: two queries, however many tasks."""
    tasks = list(tasks)
    by_task: dict[int, list[Assignment]] = {task.pk: [] for task in tasks}
    for each in assignments.filter(task__in=by_task).select_related("unit").order_by("position", "id"):
        by_task[each.task_id].append(each)
    rows = []
    for task in tasks:
        badges = badges_of(by_task[task.pk], today)
        rows.append(Row(task, badges, added(Tally({badge.mark.code: 1}) for badge in badges)))
    return rows


def blocks_of(plan: Plan, rows: Sequence[Row], assignments: AssignmentQuerySet, today: date) -> list[Block]:
    """The rows under their headings, in printed order; a heading's tally counts its whole section."""
    sections = {each.pk: each for each in plan.sections.all()}
    tallies = tallies_by(assignments, "task__section", today)
    blocks: list[Block] = []
    for row in rows:
        section = sections.get(row.task.section_id or 0)
        if not blocks or blocks[-1].section != section:
            tally = tallies.get(row.task.section_id, Tally({}))
            blocks.append(Block(section, path_of(section, sections), tally))
        blocks[-1].rows.append(row)
    return blocks


def path_of(section: Section | None, sections: dict[int, Section]) -> str:
    """The headings above *section*, outermost first (所属章节)."""
    headings: list[str] = []
    above = sections.get(section.parent_id or 0) if section else None
    while above is not None:
        headings.insert(0, above.heading)
        above = sections.get(above.parent_id or 0)
    return " › ".join(headings)
