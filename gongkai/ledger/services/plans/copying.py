"""沿用上年要点: last year's plan as the draft of the next."""

from datetime import date

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.ledger.models import Assignment, Plan, Section, Task
from gongkai.ledger.services.deriving import first_due
from gongkai.ledger.services.guards import locked
from gongkai.ledger.services.milestones import lay_steps, steps_of
from gongkai.ledger.services.plans.plan import create_plan
from gongkai.ledger.services.reassigning import successor


@transaction.atomic
def copy_plan(plan: Plan, *, year: int, title: str, by: User, today: date) -> Plan:
    """Copy sections, tasks and open assignments into a new draft (沿用要点); no report comes along.

    Groups are resolved anew to the units of today; the work of a unit that is gone goes to its successor.
    """
    old = locked(plan)
    new = create_plan(year=year, title=title, by=by, today=today, public=old.public)
    new.copied_from = old
    new.save()
    sections = _copy_sections(old, new)
    for task in old.tasks.current().select_related("section"):
        _copy_task(task, new, sections, today)
    record(new, "沿用要点", by=by, note=f"沿用自“{old}”")
    return new


def moved_to(day: date, years: int) -> date:
    """The same day in another year (时限顺延); 29 February becomes the 28th.

    >>> str(moved_to(date(2020, 2, 29), 1))
    '2021-02-28'
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _copy_sections(old: Plan, new: Plan) -> dict[int, Section]:
    """New sections by the keys of the old ones; a parent may stand after its child in the order."""
    made: dict[int, Section] = {}
    for section in old.sections.all():
        made[section.pk] = Section.objects.create(
            plan=new, heading=section.heading, position=section.position
        )
    for section in old.sections.filter(parent__isnull=False):
        copied = made[section.pk]
        copied.parent = made[section.parent_id] if section.parent_id else None
        copied.save()
    return made


def _copy_task(task: Task, new: Plan, sections: dict[int, Section], today: date) -> None:
    years = new.year - task.plan.year
    copied = Task.objects.create(
        plan=new,
        section=sections[task.section_id] if task.section_id else None,
        number=task.number,
        position=task.position,
        text=task.text,
        units_text=task.units_text,
        deadline_text=task.deadline_text.replace(str(task.plan.year), str(new.year)),
        cycle=task.cycle,
        due_on=moved_to(task.due_on, years),
        weight=task.weight,
        public=task.public,
        clause=task.clause,
        figure=task.figure,
        target=task.target,
    )
    own = [(step.title, moved_to(step.due_on, years)) for step in task.milestones.all()]
    lay_steps(copied, steps_of(copied.cycle, copied.due_on) or own)
    _copy_assignments(task, copied, today)


def _copy_assignments(task: Task, copied: Task, today: date) -> None:
    """The same parts for the units of today: named ones first, then those that groups stand for."""
    open_ones = task.assignments.filter(ended_on__isnull=True).select_related("unit", "group")
    wanted = [(successor(each.unit, today), each) for each in open_ones if each.group is None]
    groups = {each.group: each for each in open_ones if each.group}
    wanted += [(unit, each) for group, each in groups.items() for unit in group.members(today)]
    due_on = first_due(copied)
    made: dict[int, Assignment] = {}
    for unit, each in wanted:
        if unit and unit.pk not in made:
            made[unit.pk] = Assignment(
                task=copied,
                unit=unit,
                part=each.part,
                group=each.group,
                position=len(made),
                started_on=today,
                due_on=due_on,
            )
    Assignment.objects.bulk_create(made.values())
