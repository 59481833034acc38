"""要点的生成: rows become sections, tasks, milestones and assignments, each kind written in batches."""

from collections.abc import Iterable, Iterator
from datetime import date

from gongkai.ledger.models import Assignment, Milestone, Plan, Section, Task
from gongkai.ledger.services.importing.review import Review, RowReview
from gongkai.ledger.services.milestones import steps_of

BATCH = 1000


def make_plan(review: Review, today: date) -> Plan:
    """Write plan, sections, tasks, milestones and assignments, each kind in batches."""
    record = review.record
    assert record.year is not None
    plan = Plan.objects.create(
        year=record.year,
        title=record.title,
        document_number=record.document_number,
        source_name=record.source_name,
        source_text=record.source_text,
        public=record.public,
    )
    sections = make_sections(plan, (each.row.section_path for each in review.rows), {})
    make_tasks(plan, list(enumerate(review.rows, start=1)), sections, today)
    return plan


def make_tasks(
    plan: Plan, placed: list[tuple[int, RowReview]], sections: dict[tuple[str, ...], Section], today: date
) -> list[Task]:
    """The tasks of these rows with their milestones and assignments (批量生成任务)."""
    tasks = [_task(plan, each, sections.get(each.row.section_path), place) for place, each in placed]
    Task.objects.bulk_create(tasks, BATCH)
    pairs = list(zip(tasks, (each for _, each in placed), strict=True))
    Milestone.objects.bulk_create(
        (step for task, each in pairs for step in _milestones(task, each, today)), BATCH
    )
    Assignment.objects.bulk_create(
        (share for task, each in pairs for share in _assignments(task, each, today)), BATCH
    )
    return tasks


def make_sections(
    plan: Plan, paths: Iterable[tuple[str, ...]], known: dict[tuple[str, ...], Section]
) -> dict[tuple[str, ...], Section]:
    """The sections of these paths (章节), *known* ones kept, each new level written in one go."""
    wanted = list(dict.fromkeys(path[:depth] for path in paths for depth in range(1, len(path) + 1)))
    made = dict(known)
    for depth in range(1, max(map(len, wanted), default=0) + 1):
        level = {
            path: Section(plan=plan, parent=made.get(path[:-1]), heading=path[-1][:200], position=at)
            for at, path in enumerate(wanted, start=1)
            if len(path) == depth and path not in known
        }
        Section.objects.bulk_create(level.values(), BATCH)
        made |= level
    return made


def _task(plan: Plan, each: RowReview, section: Section | None, position: int) -> Task:
    """The task of a row, not yet saved."""
    row = each.row
    return Task(
        plan=plan,
        section=section,
        number=row.number[:20],
        position=position,
        text=row.text,
        units_text=row.units_text,
        deadline_text=row.deadline_text[:200],
        cycle=row.cycle,
        due_on=row.last_day(plan.year),
        public=plan.public,
        source_start=row.start,
        source_end=row.end,
    )


def _milestones(task: Task, each: RowReview, today: date) -> Iterator[Milestone]:
    """The dated steps of a row: the printed ones, else those of its cycle."""
    steps = _steps(task, each, today)
    yield from (Milestone(task=task, title=title[:80], due_on=day) for title, day in steps)


def _assignments(task: Task, each: RowReview, today: date) -> Iterator[Assignment]:
    """The assignments of a row, due at its first step."""
    steps = _steps(task, each, today)
    due_on = min((day for _, day in steps), default=task.due_on)
    for place, share in enumerate(each.shares):
        yield Assignment(
            task_id=task.pk,  # keys, not records: ten thousand tasks make many of these
            unit_id=share.unit.pk,
            part=share.part,
            group_id=share.group.pk if share.group else None,
            position=place,
            started_on=today,
            due_on=due_on,
        )


def _steps(task: Task, each: RowReview, today: date) -> Iterable[tuple[str, date]]:
    """The printed steps, else those of the cycle; a plan in force asks nothing for quarters gone by."""
    after = None if task.plan.state == "draft" else today
    return each.row.steps or steps_of(task.cycle, task.due_on, after)
