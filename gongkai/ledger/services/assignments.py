"""分工: who is responsible for a task, and how each assignment stands."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.agencies.models import Group, Unit
from gongkai.audit.services import record
from gongkai.ledger.models import Assignment, Task
from gongkai.ledger.services.deriving import first_due, refresh
from gongkai.ledger.services.guards import locked, permit_act, said, standing_task
from gongkai.ledger.states import PLAN
from gongkai.rules.law import Refused

__all__ = ["assign", "assign_group", "refresh", "release"]


@transaction.atomic
def assign(
    task: Task, *, unit: Unit, part: str, by: User, today: date, group: Group | None = None
) -> Assignment:
    """Make a unit responsible for a task (分派任务)."""
    task = _editable(task, by)
    _existing(unit, today)
    if task.assignments.filter(unit=unit, ended_on__isnull=True).exists():
        raise Refused(f"{unit}已是该任务的责任单位")
    (assignment,) = _parts(task, [unit], part, today, group)
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
    made = _parts(task, [unit for unit in members if unit.pk not in taken], part, today, group)
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


def _parts(
    task: Task, units: Iterable[Unit], part: str, today: date, group: Group | None
) -> list[Assignment]:
    """New parts in a task for these units (新分工), in their order."""
    if part not in Assignment.Part.values:
        raise Refused("请选择分工方式：牵头、配合或分别落实")
    due_on, before = first_due(task), task.assignments.count()
    return Assignment.objects.bulk_create(
        Assignment(
            task=task,
            unit=unit,
            part=part,
            group=group,
            position=place,
            started_on=today,
            due_on=due_on,
        )
        for place, unit in enumerate(units, start=before)
    )
