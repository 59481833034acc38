"""修订的办理: the changes that the office takes over reach the plan in force; reported work stays."""

from datetime import date
from typing import Any

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.audit.services import record as trace
from gongkai.ledger.models import Assignment, Plan, PlanImport, Section, Task
from gongkai.ledger.services.importing.changes import Change, Comparison, Pair, Path
from gongkai.ledger.services.importing.door import begin
from gongkai.ledger.services.importing.making import BATCH, make_sections, make_tasks
from gongkai.ledger.services.importing.review import Review
from gongkai.ledger.services.importing.sharing import share_task
from gongkai.ledger.services.plans import edit_task, withdraw_task

GONE = "修订后的要点不再包含这项任务"
RELEASED = "修订后的要点不再列为责任单位"


@transaction.atomic
def leave_changes(record: PlanImport, keys: list[str], *, by: User) -> PlanImport:
    """Name the changes that are not taken over (不采纳的变化); all others are."""
    record = begin(record, "edit", by)
    record.left = sorted(set(keys))
    record.version += 1
    record.save()
    trace(record, "选择要采纳的变化", by=by, facts={"left": record.left})
    return record


def take_over(review: Review, *, by: User, today: date) -> Plan:
    """Carry out the accepted changes (采纳变化); the caller holds the transaction."""
    assert review.record.revises is not None
    plan = Plan.objects.select_for_update().get(pk=review.record.revises.pk)
    # all locks before the first trace: whoever holds one of these rows waits for the trail, not the reverse
    for rows in (Task.objects.filter(plan=plan), Assignment.objects.filter(task__plan=plan)):
        list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    revision = _Revision(Comparison(review, plan), by, today)
    revision.carry_out()
    return plan


class _Revision:
    """One revised plan being taken over."""

    def __init__(self, found: Comparison, by: User, today: date) -> None:
        self.found = found
        self.by = by
        self.today = today
        self.left = frozenset(found.review.record.left)
        self.sections = self._sections()

    def carry_out(self) -> None:
        """Dropped, changed and new tasks, then the order of all."""
        for key, task in self.found.dropped:
            if key not in self.left:
                withdraw_task(task, reason=GONE, by=self.by, today=self.today)
        for pair in self.found.changed:
            self._change(pair)
        self._add()
        self._order()

    def _sections(self) -> dict[Path, Section]:
        plan = self.found.plan
        held = {section.pk: section for section in plan.sections.all()}
        known = {path: held[key] for key, path in self.found.paths.items()}
        wanted = [each.row.section_path for each in self.found.review.rows]
        return make_sections(plan, wanted, known)

    def _change(self, pair: Pair) -> None:
        taken = [change for change in pair.changes if change.key not in self.left]
        fields = {name: value for change in taken for name, value in self._fields(pair, change).items()}
        if fields:
            edit_task(pair.task, by=self.by, today=self.today, **fields)
        if any(change.kind == "bodies" for change in taken):
            share_task(pair.task, pair.each.shares, reason=RELEASED, by=self.by, today=self.today)

    def _fields(self, pair: Pair, change: Change) -> dict[str, Any]:
        row = pair.each.row
        fields: dict[str, dict[str, Any]] = {
            "text": {"text": row.text, "number": row.number[:20]},
            "section": {"section": self.sections.get(row.section_path)},
            "deadline": {
                "cycle": row.cycle,
                "due_on": row.last_day(self.found.plan.year),
                "deadline_text": row.deadline_text[:200],
            },
            "bodies": {"units_text": row.units_text},
        }
        return fields.get(change.kind, {})

    def _add(self) -> None:
        places = {each.row.key: at for at, each in enumerate(self.found.review.rows, start=1)}
        added = [(places[each.row.key], each) for key, each in self.found.new if key not in self.left]
        for task in make_tasks(self.found.plan, added, self.sections, self.today):
            trace(task, "修订新增任务", by=self.by)

    def _order(self) -> None:
        """Number the places of the tasks anew, as the revised plan prints them."""
        tasks = [pair.task for pair in self.found.pairs]
        places = {each.row.key: at for at, each in enumerate(self.found.review.rows, start=1)}
        for pair in self.found.pairs:
            pair.task.position = places[pair.each.row.key]
        Task.objects.bulk_update(tasks, ["position"], BATCH)
