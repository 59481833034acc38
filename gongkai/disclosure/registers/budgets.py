"""预决算矩阵: unit by year by kind, with the clock of twenty calendar days from approval, and the gaps."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from gongkai.agencies.models import Kind, Unit
from gongkai.documents.models import Filing
from gongkai.rules import publication

FORM = "budget"
OF_UNITS = ("部门预算", "部门决算")
OF_DISTRICT = ("政府预算", "政府预算调整", "政府预算执行情况", "政府决算", "政府债务")
#: units that have a budget of their own
SPENDING = (Kind.OFFICE, Kind.BUREAU, Kind.PARTY, Kind.ZONE, Kind.TOWN, Kind.STREET)
YEARS = 3
#: final accounts of a year are approved in the next one
LATER = frozenset({"部门决算", "政府决算"})


class Mark(StrEnum):
    """How one cell stands (公开情况)."""

    IN_TIME = "按时公开"
    LATE = "逾期公开"
    MISSING = "未公开"
    TO_COME = "未到时间"


_TONES = {Mark.IN_TIME: "good", Mark.LATE: "warn", Mark.MISSING: "bad", Mark.TO_COME: "wait"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix (单元格): the paper, or by when there should be one."""

    unit: Unit
    year: int
    kind: str
    mark: Mark
    filing: Filing | None = None
    published: date | None = None
    due: date | None = None

    @property
    def tone(self) -> str:
        """The tone of the mark."""
        return _TONES[self.mark]

    @property
    def total(self) -> str:
        """What was spent, or is to be spent."""
        return f"{self.filing.total:,.2f}" if self.filing and self.filing.total is not None else ""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one unit (一行)."""

    unit: Unit
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matrix (预决算公开矩阵) of some years."""

    years: list[int]
    heads: list[tuple[int, str]]
    rows: list[Row]

    @property
    def cells(self) -> Iterator[Cell]:
        """Every cell."""
        return (cell for row in self.rows for cell in row.cells)

    @property
    def gaps(self) -> list[Cell]:
        """The cells that are red."""
        return [cell for cell in self.cells if cell.mark is Mark.MISSING]

    def count(self, mark: Mark) -> int:
        """How many cells stand so."""
        return sum(cell.mark is mark for cell in self.cells)

    @property
    def counts(self) -> list[tuple[Mark, int, str]]:
        """The number of each mark with its tone."""
        return [(mark, self.count(mark), _TONES[mark]) for mark in Mark]


Key = tuple[int, int | None, str]


def matrix(units: Iterable[Unit], years: list[int], kinds: Iterable[str], today: date) -> Matrix:
    """The matrix of *units* and *kinds* (矩阵): two queries, however many cells."""
    rows = list(units)
    found = _filings(rows, years, today)
    heads = [(year, kind) for year in years for kind in kinds]
    dues = _deemed(found, heads)
    made = [Row(unit, [_cell(unit, year, kind, found, dues, today) for year, kind in heads]) for unit in rows]
    return Matrix(years, heads, made)


def _filings(units: list[Unit], years: list[int], today: date) -> dict[Key, Filing]:
    known = Filing.objects.public(today).of_form(FORM).filter(year__in=years, paper__unit__in=units)
    rows = known.select_related("paper").defer("head").order_by("-paper__published_at")
    found: dict[Key, Filing] = {}
    for filing in rows:
        found[(filing.paper.unit_id, filing.year, filing.kind)] = filing
    return found


def _deemed(found: Mapping[Key, Filing], heads: Iterable[tuple[int, str]]) -> dict[tuple[int, str], date]:
    """By when a missing one is due: counted from the latest approval known for that year and kind.

    Where none is known yet, a month after the time in which such ones are usually approved.
    """
    events: dict[tuple[int, str], list[date]] = defaultdict(list)
    for (_unit, year, kind), filing in found.items():
        if filing.event_on and year:
            events[(year, kind)].append(filing.event_on)
    limit = publication.limit("unit_budget")
    return {head: limit.last_day(max(events[head])) if events[head] else _usual(*head) for head in heads}


def _usual(year: int, kind: str) -> date:
    return date(year + 1, 10, 31) if kind in LATER else date(year, 3, 31)


def _cell(
    unit: Unit,
    year: int,
    kind: str,
    found: Mapping[Key, Filing],
    dues: Mapping[tuple[int, str], date],
    today: date,
) -> Cell:
    filing = found.get((unit.pk, year, kind))
    if filing is None:
        due = dues[(year, kind)]
        return Cell(unit, year, kind, Mark.MISSING if due < today else Mark.TO_COME, due=due)
    published = timezone.localdate(filing.paper.published_at) if filing.paper.published_at else None
    late = bool(filing.due_on and published and published > filing.due_on)
    return Cell(unit, year, kind, Mark.LATE if late else Mark.IN_TIME, filing, published, filing.due_on)


def spending_units(today: date) -> list[Unit]:
    """The units that must publish a budget (预决算公开主体)."""
    return list(Unit.objects.on(today).filter(kind__in=SPENDING).order_by("position", "id"))


def years_to(today: date) -> list[int]:
    """The years on show, the latest first (年度)."""
    return [today.year - back for back in range(YEARS)]


def late_by(cell: Cell) -> int:
    """How many days a publication was late (逾期天数)."""
    return (cell.published - cell.due) // timedelta(days=1) if cell.published and cell.due else 0
