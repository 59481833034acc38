"""落实状态的存储: reads the dated facts of many assignments in a few queries and stores what follows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from gongkai.ledger.models import Assignment, Extension, Milestone, Report, Task
from gongkai.ledger.models.plan import AssignmentQuerySet
from gongkai.ledger.services.guards import locked
from gongkai.ledger.standing import Derived, Facts, Filed, derive

CYCLIC = (Task.Cycle.QUARTERLY, Task.Cycle.MONTHLY, Task.Cycle.HALF_YEARLY)
STORED = ["standing", "due_on", "done_on", "reported_on"]
BATCH = 500


@transaction.atomic
def refresh(assignment: Assignment) -> Assignment:
    """Store again how the assignment stands, worked out from its dated facts alone (重新推导落实状态)."""
    kept = locked(assignment)
    _store([kept])
    if kept.passed_to:
        refresh(kept.passed_to)
    return kept


@transaction.atomic
def refresh_all(assignments: AssignmentQuerySet) -> int:
    """Store again how open assignments stand, five queries for some hundreds (批量重新推导); how many."""
    keys = list(assignments.filter(ended_on__isnull=True).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        chunk = Assignment.objects.filter(pk__in=keys[start : start + BATCH]).order_by("pk")
        _store(list(chunk.select_related("task").select_for_update(of=("self",))))
    return len(keys)


def refresh_task(task: Task) -> None:
    """Work out every open assignment of a task again (重新推导全部分工)."""
    refresh_all(Assignment.objects.filter(task=task))


def derived(assignment: Assignment) -> Derived:
    """How the assignment stands by its dated facts (推导), whatever is stored."""
    return derive(_facts([assignment])[assignment.pk])


def first_due(task: Task) -> date:
    """The deadline of a new assignment, on which nothing was reported yet (首个时限)."""
    return derive(Facts(task.due_on, steps=_steps([task.pk]).get(task.pk, {}))).due_on


def _store(rows: Sequence[Assignment]) -> None:
    """Save those whose results are not what the facts say; the caller holds the locks."""
    facts = _facts(rows)
    changed = []
    for row in rows:
        found = derive(facts[row.pk])
        results = (found.standing.value, found.due_on, found.done_on, found.reported_on)
        if results != tuple(getattr(row, name) for name in STORED):
            row.standing, row.due_on, row.done_on, row.reported_on = results
            changed.append(row)
    if changed:
        Assignment.objects.bulk_update(changed, STORED, batch_size=BATCH)


def _facts(rows: Sequence[Assignment]) -> dict[int, Facts]:
    """The facts of each of *rows*, by its key (推导依据)."""
    heirs = _heirs(rows)
    steps = _steps({row.task_id for row in rows})
    reports: dict[int, list[Filed]] = defaultdict(list)
    for report in Report.objects.filter(assignment__in=heirs):
        heir = heirs[report.assignment_id]
        # of a predecessor counts what reached the office and was not turned back
        if report.assignment_id == heir or report.state in ("signed", "accepted"):
            reports[heir].append(_filed(report))
    granted: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for extension in Extension.objects.filter(assignment__in=heirs, state="granted"):
        granted[heirs[extension.assignment_id]].append((extension.old_due_on, extension.until_on))
    return {
        row.pk: Facts(
            due_on=row.task.due_on,
            reports=tuple(reports[row.pk]),
            cyclic=row.task.cycle in CYCLIC,
            steps=steps.get(row.task_id, {}),
            extensions=tuple(granted[row.pk]),
        )
        for row in rows
    }


def _filed(report: Report) -> Filed:
    return Filed(report.state, report.completes, report.milestone_id, report.signed_on, report.decided_on)


def _steps(tasks: Iterable[int]) -> dict[int, dict[int, date]]:
    found: dict[int, dict[int, date]] = defaultdict(dict)
    for task, key, day in Milestone.objects.filter(task__in=tasks).values_list("task", "pk", "due_on"):
        found[task][key] = day
    return found


def _heirs(rows: Sequence[Assignment]) -> dict[int, int]:
    """For each of *rows*, and for all that it continues through mergers of units, the row it counts for."""
    heirs = {row.pk: row.pk for row in rows}
    last = list(heirs)
    while last:
        earlier = Assignment.objects.filter(passed_to__in=last).exclude(pk__in=list(heirs))
        fresh = {key: heirs[heir] for key, heir in earlier.values_list("pk", "passed_to") if heir}
        heirs |= fresh
        last = list(fresh)
    return heirs
