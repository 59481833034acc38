"""核对: sums, numbers, dates and personal data of one record; each fault is one sentence with its place."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from gongkai.rules.calendars import with_estimate
from gongkai.rules.structured.declaration import Check, Declaration, Field, Table
from gongkai.rules.structured.masking import exposed
from gongkai.rules.structured.record import Fault, Record, Values, normalise, rows_of, values_of, where
from gongkai.rules.structured.values import amount, day, shown
from gongkai.rules.workdays import last_day

#: a product of area and rate is rounded by hand in many sheets: one unit of the last place is no fault
ROUNDING = Decimal("0.01")
NOTHING = Decimal(0)


def validate(declaration: Declaration, raw: Mapping[str, Any]) -> list[Fault]:
    """Everything that stands against publication (核对结果): values, required ones, checks, personal data."""
    record, faults = normalise(declaration, raw)
    faults += _missing(declaration, record)
    for table in declaration.tables:
        rows = rows_of(record, table.code)
        faults += row_faults(table, rows, range(1, len(rows) + 1), known=faults)
    spoilt = {(each.table, each.row, each.column) for each in faults}
    for check in declaration.checks:
        found = _CHECKS[check.kind](declaration, check, record)
        faults += [each for each in found if (each.table, each.row, each.column) not in spoilt]
    faults += _show_term(declaration, record)
    return [*faults, *exposed(declaration, record)]


def _missing(declaration: Declaration, record: Record) -> Iterator[Fault]:
    values = values_of(record)
    for field in declaration.fields:
        if field.required and not values.get(field.code):
            yield Fault(f"请填写“{field.label}”", column=field.code)
    for table in declaration.tables:
        rows = rows_of(record, table.code)
        if len(rows) < table.least:
            yield Fault(f"“{table.label}”至少要有{table.least}行，现在有{len(rows)}行", table.code)
        if len(rows) > table.most:
            yield Fault(f"“{table.label}”最多{table.most}行，现在有{len(rows)}行，请分成几件发布", table.code)


def row_faults(
    table: Table, rows: Sequence[Values], numbers: Sequence[int], *, known: Iterable[Fault] = ()
) -> list[Fault]:
    """What is missing in rows and what stands there twice (逐行核对); *numbers* say which row is which.

    Where a fault is *known* already, nothing more is said.
    """
    spoilt = {(each.row, each.column) for each in known if each.table == table.code}
    found = [*_gaps(table, rows, numbers), *_doubles(table, rows, numbers)]
    return [each for each in found if (each.row, each.column) not in spoilt]


def _gaps(table: Table, rows: Sequence[Values], numbers: Sequence[int]) -> Iterator[Fault]:
    needed = [each for each in table.columns if each.required]
    for number, row in zip(numbers, rows, strict=True):
        for column in needed:
            if not row.get(column.code):
                text = f"{where(table.label, number, column.label)}没有填写"
                yield Fault(text, table.code, number, column.code)


def _doubles(table: Table, rows: Sequence[Values], numbers: Sequence[int]) -> Iterator[Fault]:
    for keys in table.unique:
        seen: dict[tuple[str, ...], int] = {}
        label = "、".join(table.column(code).label for code in keys)
        for number, row in zip(numbers, rows, strict=True):
            key = tuple(row.get(code, "") for code in keys)
            if not all(key) or any("*" in part for part in key):
                continue
            if key in seen:
                text = f"“{table.label}”第{number}行“{label}”与第{seen[key]}行重复：{' '.join(key)}"
                yield Fault(text, table.code, number, keys[0])
            seen.setdefault(key, number)


def _column(rows: Iterable[Values], code: str) -> Decimal:
    return sum((amount(row.get(code, "")) or NOTHING for row in rows), NOTHING)


def _tree_level(declaration: Declaration, table: str) -> str:
    found = (each.level for each in declaration.checks if each.kind == "tree" and each.table == table)
    return next(found, "")


def table_total(declaration: Declaration, record: Mapping[str, Any], table: str, column: str) -> Decimal:
    """The sum of a column (合计); in a table with levels of codes only the top level is added up."""
    rows = rows_of(record, table)
    level = _tree_level(declaration, table)
    codes = {row.get(level, ""): 0 for row in rows} if level else {}
    return _column((row for row in rows if not level or not _above(row.get(level, ""), codes)), column)


def _said(field: Field, number: Decimal) -> str:
    return f"{shown(field, f'{number:f}')}{field.measure}"


def _sum(declaration: Declaration, check: Check, record: Record) -> Iterator[Fault]:
    total = amount(values_of(record).get(check.total, ""))
    if total is None:
        return
    found = table_total(declaration, record, check.table, check.column) * Decimal(check.times)
    head, table = declaration.field(check.total), declaration.table(check.table)
    if found != total and table:
        says = f"“{head.label}”填的是{_said(head, total)}，“{table.label}”合计是{_said(head, found)}"
        yield Fault(f"{says}，相差{_said(head, abs(total - found))}", column=check.total)


def _count(declaration: Declaration, check: Check, record: Record) -> Iterator[Fault]:
    total = amount(values_of(record).get(check.total, ""))
    rows, table = rows_of(record, check.table), declaration.table(check.table)
    if total is None or table is None:
        return
    found = len({row.get(check.column) for row in rows}) if check.column else len(rows)
    if found != total:
        head = declaration.field(check.total)
        yield Fault(f"“{head.label}”填的是{total}，“{table.label}”里是{found}，请核对", column=check.total)


Line = tuple[int, Values, Callable[[str], Field]]


def _lines(declaration: Declaration, check: Check, record: Record) -> Iterator[Line]:
    table = declaration.table(check.table)
    if table is None:
        yield 0, values_of(record), declaration.field
    else:
        for number, row in enumerate(rows_of(record, check.table), start=1):
            yield number, row, table.column


def _place(declaration: Declaration, check: Check, number: int, label: str) -> str:
    table = declaration.table(check.table)
    return where(table.label if table else "", number, label)


def _row_sum(declaration: Declaration, check: Check, record: Record) -> Iterator[Fault]:
    for number, row, column in _lines(declaration, check, record):
        total = amount(row.get(check.total, ""))
        parts = [found for part in check.parts if (found := amount(row.get(part, ""))) is not None]
        if total is None or not parts or sum(parts, NOTHING) == total:
            continue
        head = column(check.total)
        names = "、".join(f"“{column(part).label}”" for part in check.parts)
        place = _place(declaration, check, number, head.label)
        says = f"{place}是{_said(head, total)}，{names}相加是{_said(head, sum(parts, NOTHING))}"
        yield Fault(says, check.table, number, check.total)


def _product(declaration: Declaration, check: Check, record: Record) -> Iterator[Fault]:
    for number, row, column in _lines(declaration, check, record):
        total = amount(row.get(check.total, ""))
        parts = [amount(row.get(part, "")) for part in check.parts]
        if total is None or None in parts:
            continue
        found = Decimal(check.times)
        for part in parts:
            found *= part or NOTHING
        if abs(found - total) > ROUNDING:
            head = column(check.total)
            names = "×".join(f"“{column(part).label}”" for part in check.parts)
            place = _place(declaration, check, number, head.label)
            says = f"{place}是{_said(head, total)}，{names}算出来是{_said(head, round(found, head.places))}"
            yield Fault(says, check.table, number, check.total)


def _order(declaration: Declaration, check: Check, record: Record) -> Iterator[Fault]:
    for number, row, column in _lines(declaration, check, record):
        known = [(code, found) for code in check.fields if (found := day(row.get(code)))]
        for (first, one), (second, two) in pairwise(known):
            if one > two:
                place = _place(declaration, check, number, column(second).label)
                says = f"{place}（{two}）早于“{column(first).label}”（{one}），请核对"
                yield Fault(says, check.table, number, second)


def _match(declaration: Declaration, check: Check, record: Record) -> Iterator[Fault]:
    table, other = declaration.table(check.table), declaration.table(check.other_table)
    if not (table and other and rows_of(record, table.code) and rows_of(record, other.code)):
        return
    one = table_total(declaration, record, table.code, check.column)
    two = table_total(declaration, record, other.code, check.other_column)
    if one != two:
        head = table.column(check.column)
        says = (
            f"“{table.label}”合计是{_said(head, one)}，“{other.label}”合计是{_said(head, two)}，两表应当相等"
        )
        yield Fault(f"{says}，相差{_said(head, abs(one - two))}", check.table)


def _tree(declaration: Declaration, check: Check, record: Record) -> Iterator[Fault]:
    """Each code's amount is the sum of the codes right below it (类、款、项逐级相加)."""
    table = declaration.table(check.table)
    if table is None:
        return
    rows = rows_of(record, check.table)
    codes = {row[check.level]: number for number, row in enumerate(rows, start=1) if row.get(check.level)}
    below: dict[str, list[Values]] = defaultdict(list)
    for row in rows:
        if above := _above(row.get(check.level, ""), codes):
            below[above].append(row)
    for above, children in below.items():
        row, number = rows[codes[above] - 1], codes[above]
        for part in check.parts:
            total, found = amount(row.get(part, "")), _column(children, part)
            if total is not None and total != found:
                head = table.column(part)
                says = f"{where(table.label, number, head.label)}是{_said(head, total)}，下级科目相加是"
                yield Fault(f"{says}{_said(head, found)}", check.table, number, part)


def _above(code: str, codes: Mapping[str, int]) -> str:
    """The code right above *code* among *codes*, or nothing."""
    return next((code[:end] for end in range(len(code) - 1, 0, -1) if code[:end] in codes), "")


def _show_term(declaration: Declaration, record: Record) -> Iterator[Fault]:
    """Whether it is on show long enough (公示期)."""
    term = declaration.show
    if not (term and term.least and term.confirmed):
        return
    values = values_of(record)
    opened, closes = day(values.get(term.start)), day(values.get(term.until))
    if opened and closes:
        from_rules = last_day(opened, term.least, calendar=with_estimate())
        if closes < from_rules:
            label = declaration.field(term.until).label
            says = f"“{label}”不得早于{from_rules}：公示不少于{term.least}（{term.least.cite}）"
            yield Fault(says, column=term.until)


_CHECKS: dict[str, Callable[[Declaration, Check, Record], Iterable[Fault]]] = {
    "sum": _sum,
    "row_sum": _row_sum,
    "tree": _tree,
    "match": _match,
    "order": _order,
    "count": _count,
    "product": _product,
}
