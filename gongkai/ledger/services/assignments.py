"""分工: who is responsible for a task, and how each assignment stands."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.agencies.models import Group, Unit
from gongkai.audit.services import record
from gongkai.ledger.models import Assignment, Extension, Milestone, Report, Task
from gongkai.ledger.services.guards import locked, permit_act, said, standing_task
from gongkai.ledger.standing import Derived, Facts, Filed, derive
from gongkai.ledger.states import PLAN
from gongkai.rules.law import Refused

CYCLIC = (Task.Cycle.QUARTERLY, Task.Cycle.MONTHLY, Task.Cycle.HALF_YEARLY)


@transaction.atomic
def assign(
    task: Task, *, unit: Unit, part: str, by: User, today: date, group: Group | None = None
) -> Assignment:
    """Make a unit responsible for a task (分派任务)."""
    task = _editable(task, by)
    _existing(unit, today)
    if task.assignments.filter(unit=unit, ended_on__isnull=True).exists():
        raise Refused(f"{unit}已是该任务的责任单位")
    assignment = _bind(task, unit, part, today, group)
    record(assignment, "分派任务", by=by, facts={"part": part, "group": str(group or "")})
    return assignment


@transaction.atomic
def assign_group(task: Task, *, group: Group, part: str, by: User, today: date) -> list[Assignment]:
    """Make each unit of a group responsible, as the group stands today (按统称分派).

    Units that already have a part in the task keep it: the plan names them with a part of their own.
    """
    task = _editable(task, by)
    members = list(group.members(today))
    if not members:
        raise Refused(f"“{group}”目前不对应任何单位，请另行指定责任单位")
    taken = set(task.assignments.filter(ended_on__isnull=True).values_list("unit", flat=True))
    made = [_bind(task, unit, part, today, group) for unit in members if unit.pk not in taken]
    names = "、".join(str(each.unit) for each in made)
    record(task, "按统称分派", by=by, note=f"{group}：{names}" if made else f"{group}：均已分派")
    return made


@transaction.atomic
def release(assignment: Assignment, *, reason: str, by: User, today: date) -> Assignment:
    """End a unit's part in a task, with the reason (解除分工)."""
    kept = locked(assignment)
    permit_act(PLAN, "edit", by)
    PLAN.after(kept.task.plan.state, "edit")
    if kept.ended_on:
        raise Refused("该分工已经解除")
    kept.ended_on = today
    kept.save()
    record(kept, "解除分工", by=by, note=said(reason, "解除理由"))
    return kept


@transaction.atomic
def refresh(assignment: Assignment) -> Assignment:
    """Store again how the assignment stands, worked out from its dated facts alone (重新推导落实状态)."""
    kept = locked(assignment)
    found = derived(kept)
    stored = Derived(kept.standing, kept.due_on, kept.done_on, kept.reported_on)  # type: ignore[arg-type]
    if found != stored:
        kept.standing, kept.due_on = found.standing.value, found.due_on
        kept.done_on, kept.reported_on = found.done_on, found.reported_on
        kept.save()
    if kept.passed_to:
        refresh(kept.passed_to)
    return kept


def refresh_task(task: Task) -> None:
    """Work out every open assignment of a task again (重新推导全部分工)."""
    for assignment in task.assignments.filter(ended_on__isnull=True).order_by("pk"):
        refresh(assignment)


def derived(assignment: Assignment) -> Derived:
    """How the assignment stands by its dated facts (推导), whatever is stored."""
    earlier = _forerunners(assignment)
    task = assignment.task
    reports = _filed(Report.objects.filter(assignment=assignment))
    if earlier:  # of a predecessor, what reached the office and was not turned back
        reports += _filed(Report.objects.filter(assignment__in=earlier, state__in=("signed", "accepted")))
    granted = Extension.objects.filter(assignment__in=[assignment.pk, *earlier], state="granted")
    facts = Facts(
        due_on=task.due_on,
        reports=tuple(reports),
        cyclic=task.cycle in CYCLIC,
        steps=dict(Milestone.objects.filter(task=task).values_list("pk", "due_on")),
        extensions=tuple(granted.values_list("old_due_on", "until_on")),
    )
    return derive(facts)


def _filed(reports: Iterable[Report]) -> list[Filed]:
    return [
        Filed(each.state, each.completes, each.milestone_id, each.signed_on, each.decided_on)
        for each in reports
    ]


def _forerunners(assignment: Assignment) -> list[int]:
    """The assignments that this one continues, through every merger of units (前手分工)."""
    found: list[int] = []
    last = [assignment.pk]
    while last:
        earlier = Assignment.objects.filter(passed_to__in=last).exclude(pk__in=found)
        last = list(earlier.values_list("pk", flat=True))
        found += last
    return found


def _editable(task: Task, by: User) -> Task:
    task = locked(task)
    permit_act(PLAN, "edit", by)
    PLAN.after(task.plan.state, "edit")
    standing_task(task)
    return task


def _existing(unit: Unit, today: date) -> None:
    if unit.ended_on and unit.ended_on <= today:
        heir = f"，职责由{unit.successor}承继" if unit.successor else ""
        raise Refused(f"{unit}已撤销{heir}，请改派")


def _bind(task: Task, unit: Unit, part: str, today: date, group: Group | None) -> Assignment:
    if part not in Assignment.Part.values:
        raise Refused("请选择分工方式：牵头、配合或分别落实")
    assignment = Assignment.objects.create(
        task=task,
        unit=unit,
        part=part,
        group=group,
        position=task.assignments.count(),
        started_on=today,
        due_on=task.due_on,
    )
    return refresh(assignment)
