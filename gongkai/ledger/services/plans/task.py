"""任务: one task of a plan is added, changed, split, withdrawn, bound to a figure."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.ledger.figures import FIGURES
from gongkai.ledger.models import Assignment, Milestone, Plan, Section, Task
from gongkai.ledger.practice import YEARS_AHEAD
from gongkai.ledger.services.deriving import first_due, refresh_task
from gongkai.ledger.services.guards import fitting, locked, permit_act, said, standing_task
from gongkai.ledger.services.milestones import lay_steps, steps_of
from gongkai.ledger.states import PLAN
from gongkai.rules.figure import Measure
from gongkai.rules.law import Refused

EDITABLE = frozenset(
    "section number text cycle due_on units_text deadline_text weight public clause".split()  # noqa: SIM905
)


@transaction.atomic
def add_task(
    plan: Plan,
    *,
    section: Section | None,
    text: str,
    number: str,
    cycle: str,
    due_on: date,
    by: User,
    today: date,
    units_text: str = "",
    deadline_text: str = "",
    weight: int = 1,
    public: bool = True,
    clause: str = "",
    source_start: int | None = None,
    source_end: int | None = None,
) -> Task:
    """Add a task at the end of a plan (添加任务); a cycle brings its steps along."""
    plan = _plan(plan, by)
    task = Task(
        plan=plan,
        section=section,
        number=number.strip(),
        position=(plan.tasks.aggregate(last=Max("position"))["last"] or 0) + 1,
        text=text.strip(),
        units_text=units_text,
        deadline_text=deadline_text,
        cycle=cycle,
        due_on=due_on,
        weight=weight,
        public=public,
        clause=clause,
        source_start=source_start,
        source_end=source_end,
    )
    _check(task)
    task.save()
    lay_steps(task, steps_of(cycle, due_on, today if plan.state == "running" else None))
    record(task, "添加任务", by=by)
    return task


@transaction.atomic
def edit_task(task: Task, *, by: User, today: date, **fields: Any) -> Task:
    """Change a task (修改任务); a new cycle or day works through to every assignment."""
    task = _begin(task, by)
    changes = {}
    for name, value in fields.items():
        if name not in EDITABLE:
            raise TypeError(f"edit_task cannot set {name}")
        if getattr(task, name) != value:
            changes[name] = [str(getattr(task, name)), str(value)]
            setattr(task, name, value)
    _check(task)
    task.save()
    if "cycle" in changes or ("due_on" in changes and steps_of(task.cycle, task.due_on)):
        lay_steps(task, steps_of(task.cycle, task.due_on, today if task.plan.state == "running" else None))
    _check_steps(task)
    refresh_task(task)
    record(task, "修改任务", by=by, facts=changes)
    return task


@transaction.atomic
def withdraw_task(task: Task, *, reason: str, by: User, today: date) -> Task:
    """Take a task out of the plan, with the reason (取消任务); what was done on it stays on record."""
    task = _begin(task, by)
    task.withdrawn_on = today
    task.save()
    record(task, "取消任务", by=by, note=said(reason, "取消理由"))
    return task


@transaction.atomic
def split_task(task: Task, *, texts: list[str], by: User, today: date) -> list[Task]:
    """Split a task into parts with the same units and steps (分解任务); its reports stay with the whole."""
    task = _begin(task, by)
    if len(texts) < 2:
        raise Refused("分解任务至少要有两项")
    later = Task.objects.filter(plan=task.plan_id, position__gt=task.position)
    later.update(position=F("position") + len(texts))
    parts = [_part(task, place, text, today) for place, text in enumerate(texts, start=1)]
    task.split_on = today
    task.save()
    record(task, "分解任务", by=by, note="；".join(str(part) for part in parts))
    return parts


@transaction.atomic
def bind_figure(task: Task, *, figure: str, target: Decimal | None, by: User) -> Task:
    """Bind a task to a live figure with a target (绑定指标); an empty code takes the figure off."""
    task = _begin(task, by)
    if figure and figure not in FIGURES:
        raise Refused("没有这个指标")
    if target is not None and target < 0:
        raise Refused("目标值不能小于0")
    if figure and target is not None and FIGURES[figure].measure is Measure.SHARE and target > 100:
        raise Refused("百分比的目标值不能超过100")
    task.figure, task.target = figure, target if figure else None
    task.save()
    label = FIGURES[figure].label if figure else "取消绑定"
    record(task, "绑定指标", by=by, note=label, facts={"target": str(task.target or "")})
    return task


def _plan(plan: Plan, by: User) -> Plan:
    plan = locked(plan)
    permit_act(PLAN, "edit", by)
    PLAN.after(plan.state, "edit")
    return plan


def _begin(task: Task, by: User) -> Task:
    task = locked(task)
    permit_act(PLAN, "edit", by)
    PLAN.after(task.plan.state, "edit")
    standing_task(task)
    return task


def _check(task: Task) -> None:
    fitting(task)
    first, last = task.plan.year, task.plan.year + YEARS_AHEAD
    if task.cycle not in Task.Cycle.values:
        raise Refused("请选择完成周期")
    if not first <= task.due_on.year <= last:
        raise Refused(f"完成时限应在{first}年至{last}年之间，读到的是{task.due_on}")
    if task.section and task.section.plan_id != task.plan_id:
        raise Refused("所选章节不属于这份要点")
    if not 1 <= task.weight <= 100:
        raise Refused("权重应在1至100之间")


def _check_steps(task: Task) -> None:
    late = task.milestones.filter(due_on__gt=task.due_on).first()
    if late:
        raise Refused(f"“{late}”的时限（{late.due_on}）晚于任务的完成时限，请先调整时间节点")


def _part(task: Task, place: int, text: str, today: date) -> Task:
    """One part of a split task, with copies of the steps and of the assignments that are open."""
    part = Task(
        plan=task.plan,
        section=task.section,
        number=f"{task.number}-{place}" if task.number else "",
        position=task.position + place,
        text=text.strip(),
        units_text=task.units_text,
        deadline_text=task.deadline_text,
        cycle=task.cycle,
        due_on=task.due_on,
        weight=task.weight,
        public=task.public,
        clause=task.clause,
        split_from=task,
        source_start=task.source_start,
        source_end=task.source_end,
    )
    fitting(part).save()
    Milestone.objects.bulk_create(
        Milestone(task=part, title=step.title, due_on=step.due_on) for step in task.milestones.all()
    )
    due_on = first_due(part)
    Assignment.objects.bulk_create(
        Assignment(
            task=part,
            unit_id=each.unit_id,
            part=each.part,
            group_id=each.group_id,
            position=each.position,
            started_on=today,
            due_on=due_on,
        )
        for each in task.assignments.filter(ended_on__isnull=True)
    )
    return part
