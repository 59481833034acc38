"""归集: what overview pages and lists across papers need to know of a record, in a few plain facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.rules.structured.declaration import Declaration, Table
from gongkai.rules.structured.masking import masked
from gongkai.rules.structured.record import Values, rows_of, values_of
from gongkai.rules.structured.timing import (
    due,
    is_withdrawn,
    row_until,
    shown_until,
    told_row,
    withdrawal_due,
)
from gongkai.rules.structured.values import amount, day, shown


@dataclass(frozen=True, slots=True)
class Summary:
    """The facts of one paper (归集要点)."""

    year: int | None
    kind: str
    place: str
    period: str
    name: str
    number: str
    parent: str
    total: Decimal | None
    rows: int
    event_on: date | None
    due_on: date | None
    shown_until: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row in its public form, with what lists search and sort by (归集明细)."""

    table: str
    number: str
    name: str
    kind: str
    place: str
    amount: Decimal | None
    start: date | None
    until: date | None
    withdrawn: bool
    withdraw_by: date | None
    cells: Values


def summary(declaration: Declaration, record: Mapping[str, Any]) -> Summary:
    """The facts of *record* (归集要点)."""
    values, keys = values_of(record), declaration.keys
    year = values.get(keys.year, "")
    clock = due(declaration, record)
    start = values.get(keys.start) or (values.get(declaration.clock.event) if declaration.clock else "")
    return Summary(
        year=int(year) if year.isdigit() and len(year) == 4 else None,
        kind=values.get(keys.kind, "")[:60],
        place=values.get(keys.place, "")[:60],
        period=values.get(keys.period, "")[:40],
        name=values.get(keys.name, "")[:120],
        number=values.get(keys.number, "")[:80],
        parent=values.get(keys.parent, "")[:120],
        total=amount(values.get(keys.total, "")),
        rows=sum(len(rows_of(record, table.code)) for table in declaration.tables),
        event_on=day(start),
        due_on=clock[1] if clock else None,
        shown_until=shown_until(declaration, record),
    )


def lines(declaration: Declaration, record: Mapping[str, Any]) -> Iterator[Line]:
    """The public rows of *record* that lists across papers show (归集明细)."""
    public = masked(declaration, record)
    for table in declaration.tables:
        if table.keys.number or table.keys.name or table.keys.place:
            for row in rows_of(public, table.code):
                yield _line(table, row)


def _line(table: Table, whole: Values) -> Line:
    """A row for lists; of a withdrawn one only what may still be told."""
    keys, start, until = table.keys, whole.get(table.keys.start), row_until(table, whole)
    row = told_row(table, whole)
    return Line(
        table=table.code,
        number=row.get(keys.number, "")[:80],
        name=row.get(keys.name, "")[:120],
        kind=row.get(keys.kind, "")[:60],
        place=row.get(keys.place, "")[:60],
        amount=amount(row.get(keys.amount, "")),
        start=day(start),
        until=day(row.get(keys.until)) or until,
        withdrawn=is_withdrawn(table, whole),
        withdraw_by=withdrawal_due(table, whole),
        cells=row,
    )


def title_of(declaration: Declaration, record: Mapping[str, Any]) -> str:
    """A title to begin with (拟题), from the pattern of the kind and the values filled in so far."""
    values = values_of(record)
    said = {each.code: shown(each, values.get(each.code, "")) for each in declaration.fields}
    return declaration.title.format_map(said)[:200]
