"""台账办理的门槛: what every act of the ledger asks first: the right role, the task and the plan in force."""

from datetime import date

from gongkai.accounts.guards import Row, fitting, locked, permit, permit_act, said
from gongkai.accounts.models import Role, User
from gongkai.ledger.models import Assignment, Plan, Task
from gongkai.rules.law import Refused

__all__ = [
    "UNIT_ROLES",
    "Row",
    "bound",
    "fitting",
    "in_force",
    "locked",
    "permit",
    "permit_act",
    "permit_office",
    "said",
    "spoken",
    "standing_task",
]

UNIT_ROLES = frozenset({Role.OFFICER.value, Role.APPROVER.value})


def permit_office(by: User) -> None:
    """Let through only the district office (区政务公开办)."""
    permit(by, {Role.OFFICE})


def bound(assignment: Assignment) -> None:
    """Refuse work on what binds nobody any more (任务是否仍有效)."""
    if assignment.ended_on:
        raise Refused("该任务已不再由本单位承担")
    standing_task(assignment.task)
    in_force(assignment.task.plan)


def standing_task(task: Task) -> None:
    """Refuse work on a task that was withdrawn or split (任务是否仍在)."""
    if task.withdrawn_on:
        raise Refused("该任务已取消")
    if task.split_on:
        raise Refused("该任务已分解，请在分解后的任务中办理")


def in_force(plan: Plan) -> None:
    """Refuse work on a plan that is not sent out yet or already closed (要点是否在执行)."""
    if plan.state == "draft":
        raise Refused("要点尚未下发，不能办理")
    if plan.state == "closed":
        raise Refused("要点已归档，不能办理")


def spoken(day: date) -> str:
    """A day as a letter writes it (日期写法).

    >>> spoken(date(2021, 6, 30))
    '2021年6月30日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
