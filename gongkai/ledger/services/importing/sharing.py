"""调整责任单位: make the units of a task these and no others; who stays keeps its reports."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.audit.services import record as trace
from gongkai.ledger.models import Assignment, Task
from gongkai.ledger.services.assignments import assign, release
from gongkai.ledger.services.guards import locked, permit_office
from gongkai.ledger.services.importing.directory import Share


@transaction.atomic
def share_task(task: Task, shares: Iterable[Share], *, reason: str, by: User, today: date) -> Task:
    """Release, assign and change parts until the task is shared out as *shares* say (调整责任单位)."""
    permit_office(by)
    task = locked(task)
    wanted = {share.unit.pk: share for share in shares}
    # all locks before the first trace: whoever holds one of these rows waits for the trail, not the reverse
    open_parts = task.assignments.filter(ended_on=None).select_related("unit").select_for_update(of=("self",))
    held = {each.unit_id: each for each in open_parts.order_by("pk")}
    for key, assignment in held.items():
        if key not in wanted:
            release(assignment, reason=reason, by=by, today=today)
        elif assignment.part != wanted[key].part:
            _change_part(assignment, wanted[key].part, by)
    for key, share in wanted.items():
        if key not in held:
            assign(task, unit=share.unit, part=share.part, by=by, today=today, group=share.group)
    return task


def _change_part(assignment: Assignment, part: str, by: User) -> None:
    old, assignment.part = assignment.part, part
    assignment.save(update_fields=["part"])
    trace(assignment, "调整分工", by=by, facts={"part": [old, part]})
