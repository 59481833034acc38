"""修订的变化: what a revised plan changes, task by task, each change to be taken over or left."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from gongkai.ledger.models import Assignment, Plan, Section, Task
from gongkai.ledger.services.importing.align import align, plain
from gongkai.ledger.services.importing.directory import Share
from gongkai.ledger.services.importing.review import Review, RowReview
from gongkai.ledger.services.importing.rows import Row

Path = tuple[str, ...]
LABELS = {
    "text": "任务内容",
    "section": "所属章节",
    "deadline": "完成时限",
    "bodies": "责任单位",
    "new": "新增任务",
    "dropped": "取消任务",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of a compared text (比对片段): ``same``, ``del`` or ``ins``."""

    sort: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one task (变化). ``key`` names it for good."""

    key: str
    kind: str
    pieces: tuple[Piece, ...] = ()
    added: tuple[Share, ...] = ()
    removed: tuple[Assignment, ...] = ()
    parted: tuple[tuple[Assignment, str], ...] = ()
    old: str = ""
    new: str = ""

    @property
    def label(self) -> str:
        """What changes, in Chinese."""
        return LABELS[self.kind]


@dataclass(frozen=True, slots=True)
class Pair:
    """A task and the row that continues it (对齐的任务)."""

    task: Task
    each: RowReview
    changes: tuple[Change, ...] = field(default=())


class Comparison:
    """A revised plan beside the plan in force (修订比对)."""

    def __init__(self, review: Review, plan: Plan) -> None:
        self.review = review
        self.plan = plan
        self.tasks = list(plan.tasks.current())
        self.paths = section_paths(plan)
        self.assignments = _assignments(plan)
        self.aligned = align(self.tasks, review.rows)

    @cached_property
    def pairs(self) -> list[Pair]:
        """Every row that continues a task."""
        found = ((self.aligned.get(each.row.key), each) for each in self.review.rows)
        return [Pair(task, each, tuple(self._changes(task, each))) for task, each in found if task]

    @cached_property
    def changed(self) -> list[Pair]:
        """The tasks of which something changes."""
        return [pair for pair in self.pairs if pair.changes]

    @cached_property
    def unchanged(self) -> list[Pair]:
        """The tasks that stay as they are."""
        return [pair for pair in self.pairs if not pair.changes]

    @cached_property
    def new(self) -> list[tuple[str, RowReview]]:
        """The rows that no task continues into, with the key of the change."""
        rows = self.review.rows
        return [(f"new:{each.row.key}", each) for each in rows if each.row.key not in self.aligned]

    @cached_property
    def dropped(self) -> list[tuple[str, Task]]:
        """The tasks that the revised plan no longer names."""
        kept = {task.pk for task in self.aligned.values()}
        return [(f"dropped:{task.pk}", task) for task in self.tasks if task.pk not in kept]

    @property
    def keys(self) -> list[str]:
        """The keys of all changes."""
        inner = [change.key for pair in self.changed for change in pair.changes]
        return inner + [key for key, _ in self.new] + [key for key, _ in self.dropped]

    def _changes(self, task: Task, each: RowReview) -> Iterator[Change]:
        old, new = f"{task.number} {task.text}".strip(), f"{each.row.number} {each.row.text}".strip()
        if plain(old) != plain(new):
            yield Change(f"text:{task.pk}", "text", pieces=tuple(compare(old, new)))
        before, after = self.paths.get(task.section_id or 0, ()), each.row.section_path
        if before != after:
            yield Change(f"section:{task.pk}", "section", old=" › ".join(before), new=" › ".join(after))
        yield from self._deadline(task, each)
        yield from self._bodies(task, each)

    def _deadline(self, task: Task, each: RowReview) -> Iterator[Change]:
        if _says_the_same(task, each.row):
            return  # the day that the office has set since then stays
        cycle, day = each.row.cycle, each.row.last_day(self.plan.year)
        if (task.cycle, task.due_on) != (cycle, day):
            old = f"{task.get_cycle_display()}，{task.due_on}"
            yield Change(f"deadline:{task.pk}", "deadline", old=old, new=f"{Task.Cycle(cycle).label}，{day}")

    def _bodies(self, task: Task, each: RowReview) -> Iterator[Change]:
        if each.unsettled:  # who is meant is not known yet: nobody is shown as released
            return
        now = {assignment.unit_id: assignment for assignment in self.assignments.get(task.pk, [])}
        wanted = {share.unit.pk: share for share in each.shares}
        added = tuple(share for key, share in wanted.items() if key not in now)
        removed = tuple(assignment for key, assignment in now.items() if key not in wanted)
        parted = tuple(
            (now[key], share.part)
            for key, share in wanted.items()
            if key in now and now[key].part != share.part
        )
        if added or removed or parted:
            yield Change(f"bodies:{task.pk}", "bodies", added=added, removed=removed, parted=parted)


def _says_the_same(task: Task, row: Row) -> bool:
    """Whether the revised text says of time what the plan said before, and no person says otherwise."""
    if plain(row.deadline_text) != plain(task.deadline_text):
        return False
    silent = not row.deadline_text and row.cycle == Task.Cycle.YEAR_ROUND and row.due_on is None
    return silent or row.version == 1


def compare(old: str, new: str) -> Iterator[Piece]:
    """Two texts as one line of kept, deleted and inserted runs (逐字比对).

    >>> [(piece.sort, piece.text) for piece in compare("每季度公开", "每月公开")]
    [('same', '每'), ('del', '季度'), ('ins', '月'), ('same', '公开')]
    """
    for sort, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if sort == "equal":
            yield Piece("same", old[a1:a2])
            continue
        if a2 > a1:
            yield Piece("del", old[a1:a2])
        if b2 > b1:
            yield Piece("ins", new[b1:b2])


def section_paths(plan: Plan) -> dict[int, Path]:
    """The path of headings down to each section of *plan*, by its key."""
    sections = {section.pk: section for section in plan.sections.all()}
    return {key: _path(section, sections) for key, section in sections.items()}


def _path(section: Section, known: dict[int, Section]) -> Path:
    above = known.get(section.parent_id or 0)
    return (*(_path(above, known) if above else ()), section.heading)


def _assignments(plan: Plan) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = {}
    for each in Assignment.objects.filter(task__plan=plan, ended_on=None).select_related("unit", "task"):
        found.setdefault(each.task_id, []).append(each)
    return found
