"""演示用结构化内容: invented values for every kind of structured paper; nobody's numbers, nobody's names."""

from collections.abc import Callable, Sequence
from random import Random

from gongkai.demo.record_makers import money, registers, slots
from gongkai.demo.record_makers.inventor import Inventor, Record
from gongkai.rules.structured import declaration, title_of


def invented_record(
    code: str, chance: Random, unit_name: str, year: int, villages: Sequence[str], *, number: int = 0
) -> Record:
    """A whole record of the kind *code* (演示内容) that passes every check of its declaration.

    *number* tells apart several records of one unit and year: the kind of budget, the programme, the project.
    """
    return MAKERS[code](Inventor(chance, unit_name, year, villages), number)


def title(code: str, record: Record) -> str:
    """The title that the declaration proposes (标题)."""
    known = declaration(code)
    return title_of(known, record) if known else ""


MAKERS: dict[str, Callable[[Inventor, int], Record]] = {
    "plan_series": slots.plan_series,
    "project": slots.project,
    "budget": money.budget,
    "subsidy": money.subsidy,
    "powers": registers.powers,
    "organ": registers.organ,
    "measures": registers.measures,
    "supervision": registers.supervision,
    "enforcement": registers.enforcement,
    "jobs": registers.jobs,
    "admission": slots.admission,
    "relief": money.relief,
    "standards": registers.standards,
    "permits": registers.permits,
    "actions": registers.actions,
    "registration": slots.registration,
    "accident": slots.accident,
    "fees": registers.fees,
}
