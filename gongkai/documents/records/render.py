"""呈现: one record as the public sees it: masked, without rows whose term is over, long tables in pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gongkai.documents.models import Content, Edition
from gongkai.frame.today import today as this_day
from gongkai.rules.personal_data.columns import Treatment
from gongkai.rules.structured import (
    AMOUNTS,
    Declaration,
    Field,
    Record,
    Slot,
    Sort,
    Table,
    Values,
    declaration,
    is_withdrawn,
    masked,
    normalise,
    rows_on,
    shown,
    slots,
    values_of,
)
from gongkai.rules.structured.values import amount, is_address

#: so many rows of a table stand on a page; the whole is beside it to take along
PAGE = 30
EVERY = 1_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One value with the heading above it (单元格): drawn by its sort."""

    field: Field
    value: str

    @property
    def text(self) -> str:
        """The value as people read it."""
        return shown(self.field, self.value) if self.value else ""

    @property
    def unit(self) -> str:
        """The unit of measure beside a value that stands alone."""
        return self.field.measure if self.value else ""

    @property
    def is_link(self) -> bool:
        """Whether it is an address; what was typed there and is none stays text."""
        return self.field.sort is Sort.LINK and is_address(self.value)

    @property
    def kind(self) -> str:
        """How wide the column is: as the frame's tables name it."""
        if self.field.sort in AMOUNTS:
            return "number"
        return (
            "wide" if self.field.sort is Sort.LONG else "narrow" if self.field.sort is Sort.DATE else "text"
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table (明细行)."""

    number: int
    cells: Sequence[Cell]
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One table as the page shows it (明细表): its columns, this page's rows, the sums of all rows."""

    table: Table
    columns: Sequence[Field]
    page: Page[Values]
    totals: Sequence[str]

    @property
    def lines(self) -> list[Line]:
        """The rows of this page."""
        first = self.page.start_index()
        return [
            Line(
                first + place,
                [Cell(each, row.get(each.code, "")) for each in self.columns],
                is_withdrawn(self.table, row),
            )
            for place, row in enumerate(self.page.object_list)
        ]

    @property
    def steps(self) -> list[int | str]:
        """The numbers of the pages to choose from (页码)."""
        return list(self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1))

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self.page.paginator.count

    @property
    def sums(self) -> list[tuple[str, str]]:
        """The sums of all rows below their columns (合计)."""
        headings = (each.heading for each in self.columns)
        return list(zip(headings, self.totals, strict=True)) if self.totals else []

    @property
    def heads(self) -> list[Cell]:
        """The headings with the width of their columns."""
        return [Cell(each, "") for each in self.columns]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One record as the public sees it (公开内容)."""

    declaration: Declaration
    head: Sequence[Cell]
    slots: Sequence[Slot]
    tables: Sequence[Shown]


def public_record(
    edition: Edition, content: Content | None = None, most: int | None = None
) -> tuple[Declaration, Record] | None:
    """The record of an edition in canonical and public form (公开文本), or None where it has no form.

    Who has read the content already hands it in; *most* rows of each table are looked at, else all.
    """
    known = declaration(edition.form)
    if known is None:
        return None
    content = content or Content.objects.filter(edition=edition).first()
    held = content.record if content else {}
    return known, masked(known, normalise(known, held if most is None else _cut(held, most))[0])


def _cut(record: Mapping[str, Any], most: int) -> dict[str, Any]:
    """The record with the first rows of each table (截取)."""
    rows = record.get("rows")
    few = {code: list(each)[:most] for code, each in rows.items()} if isinstance(rows, dict) else {}
    return {**record, "rows": few}


def sheet_of(
    known: Declaration, record: Record, page: int | str | None, today: date, size: int = PAGE
) -> Sheet:
    """What the page of a record shows (页面内容); *size* rows of each table stand on a page."""
    values = values_of(record)
    return Sheet(
        known,
        [Cell(each, values[each.code]) for each in known.fields if values.get(each.code)],
        slots(known, record, today),
        [
            found
            for table in known.tables
            if (found := _table(table, rows_on(record, table, today), page, size))
        ],
    )


def public_columns(table: Table, rows: Sequence[Values]) -> list[Field]:
    """The columns that the public sees (公开栏目): none that is dropped, none that is empty throughout."""
    filled = set().union(*(row.keys() for row in rows)) if rows else set()
    return [each for each in table.columns if each.public is not Treatment.DROP and each.code in filled]


def _table(table: Table, rows: Sequence[Values], page: int | str | None, size: int) -> Shown | None:
    if not rows:
        return None
    columns = public_columns(table, rows)
    totals = [_total(each, rows) for each in columns]
    return Shown(table, columns, Paginator(rows, size).get_page(page), totals if any(totals) else ())


def _total(column: Field, rows: Sequence[Values]) -> str:
    if not column.total:
        return ""
    found = sum((amount(row.get(column.code, "")) or Decimal(0) for row in rows), Decimal(0))
    return shown(column, f"{found:f}")


def whole_sheet(edition: Edition, *, today: date) -> Sheet | None:
    """The record with all its public rows (完整公开内容), for files to take along; None without a form."""
    found = public_record(edition)
    return sheet_of(*found, 1, today, size=EVERY) if found else None


def render(edition: Edition, page: int | str | None = 1, *, today: date | None = None) -> SafeString:
    """The record of an edition as accessible HTML (公开页面); nothing where it has no form."""
    found = public_record(edition)
    if found is None:
        return SafeString("")
    sheet = sheet_of(*found, page, today or this_day())
    return SafeString(
        render_to_string("documents/records/record.html", {"sheet": sheet, "edition": edition, "open": True})
    )


def plain_text(
    edition: Edition, *, today: date | None = None, content: Content | None = None, most: int | None = None
) -> str:
    """The public record as plain text (公开文本), a line for each value and each row: for the search."""
    found = public_record(edition, content, most)
    return "\n".join(_text(*found, today or this_day())) if found else ""


def _text(known: Declaration, record: Record, today: date) -> Iterator[str]:
    values = values_of(record)
    for field in known.fields:
        if values.get(field.code):
            yield f"{field.label}：{shown(field, values[field.code])}{field.measure}"
    for table in known.tables:
        for row in rows_on(record, table, today):
            yield "\t".join(row[each.code] for each in table.columns if row.get(each.code))
