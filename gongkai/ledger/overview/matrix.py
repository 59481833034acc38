"""矩阵: units down, tasks across, a mark in each cell that holds an assignment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Unit
from gongkai.ledger.models import Task
from gongkai.ledger.models.plan import AssignmentQuerySet
from gongkai.ledger.overview.marks import MARKS, Mark, code_of


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit's part in one task (单元格)."""

    pk: int
    mark: Mark
    due_on: date
    lead: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One unit's cells, in the order of the tasks; None where it has no part (行)."""

    unit: Unit
    cells: Sequence[Cell | None]


def lines_of(
    units: Sequence[Unit], tasks: Sequence[Task], assignments: AssignmentQuerySet, today: date
) -> list[Line]:
    """The grid of *units* by *tasks*: one query."""
    found = assignments.filter(unit__in=units, task__in=tasks).order_by()
    cells: dict[tuple[int, int], Cell] = {}
    for pk, unit, task, standing, due_on, reported_on, part in found.values_list(
        "pk", "unit_id", "task_id", "standing", "due_on", "reported_on", "part"
    ):
        mark = MARKS[code_of(standing, due_on, reported_on, today)]
        cells[unit, task] = Cell(pk, mark, due_on, part == "lead")
    return [Line(unit, [cells.get((unit.pk, task.pk)) for task in tasks]) for unit in units]
