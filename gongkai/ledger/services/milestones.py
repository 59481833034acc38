"""时间节点: the dated steps of a task: those of its cycle, or those that the office sets."""

from calendar import monthrange
from datetime import date

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.ledger.models import Milestone, Plan, Task
from gongkai.ledger.services.deriving import CYCLIC, refresh_task
from gongkai.ledger.services.guards import fitting, locked, permit_act, standing_task
from gongkai.ledger.states import PLAN
from gongkai.rules.law import Refused

Step = tuple[str, date]

_ENDS: dict[str, tuple[tuple[str, int], ...]] = {
    Task.Cycle.QUARTERLY.value: (("第一季度", 3), ("第二季度", 6), ("第三季度", 9), ("第四季度", 12)),
    Task.Cycle.HALF_YEARLY.value: (("上半年", 6), ("下半年", 12)),
    Task.Cycle.MONTHLY.value: tuple((f"{month}月", month) for month in range(1, 13)),
}


def steps_of(cycle: str, due_on: date, after: date | None = None) -> list[Step]:
    """The steps of a cycle in the year of *due_on*, the last one not later than that day (周期节点).

    With *after*, steps that ended before that day are left out, but never all of them.

    >>> [str(day) for _, day in steps_of("quarterly", date(2021, 11, 30), date(2021, 4, 20))]
    ['2021-06-30', '2021-09-30', '2021-11-30']
    >>> steps_of("yearround", date(2021, 12, 31))
    []
    """
    steps: list[Step] = []
    for title, month in _ENDS.get(cycle, ()):
        end = date(due_on.year, month, monthrange(due_on.year, month)[1])
        steps.append((title, min(end, due_on)))
        if end >= due_on:
            break
    return [step for step in steps if after is None or step[1] >= after] or steps[-1:]


@transaction.atomic
def set_milestones(task: Task, *, steps: list[Step], by: User) -> list[Milestone]:
    """Set the dated steps of a task (设置时间节点); a step that was reported on can move but not go."""
    task = locked(task)
    permit_act(PLAN, "edit", by)
    PLAN.after(task.plan.state, "edit")
    standing_task(task)
    _check(task, steps)
    kept = lay_steps(task, steps)
    refresh_task(task)
    record(task, "设置时间节点", by=by, facts={title: str(day) for title, day in steps})
    return kept


def lay_steps(task: Task, steps: list[Step]) -> list[Milestone]:
    """Make the task's steps these and no others (写入时间节点); the caller holds the lock."""
    names = [title for title, _ in steps]
    gone = task.milestones.exclude(title__in=names)
    reported = gone.filter(reports__isnull=False).first()
    if reported:
        raise Refused(f"“{reported}”已有报送，不能删除")
    gone.delete()
    for title, day in steps:
        Milestone.objects.update_or_create(task=task, title=title, defaults={"due_on": day})
    return list(task.milestones.all())


def drop_past_steps(plan: Plan, today: date) -> None:
    """Forget unreported steps of cycles that ended before the plan was sent out (清理已过节点)."""
    for task in plan.tasks.current().filter(cycle__in=CYCLIC, milestones__due_on__lt=today).distinct():
        past = task.milestones.filter(due_on__lt=today, reports__isnull=True)
        if task.milestones.filter(due_on__gte=today).exists():
            past.delete()


def _check(task: Task, steps: list[Step]) -> None:
    names = [title.strip() for title, _ in steps]
    if len(set(names)) < len(names):
        raise Refused("时间节点的名称不能重复")
    for title, day in steps:
        fitting(Milestone(task=task, title=title, due_on=day))
        if day > task.due_on:
            raise Refused(f"“{title}”的时限晚于任务的完成时限（{task.due_on}）")
