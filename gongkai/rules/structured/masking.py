"""脱敏: what the public may see of a record, and what must not leave the house as it stands."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from gongkai.rules.personal_data.columns import Treatment
from gongkai.rules.personal_data.findings import Kind, masked_name
from gongkai.rules.personal_data.findings import masked as masked_number
from gongkai.rules.personal_data.scan import find, mask, replaced
from gongkai.rules.structured.declaration import Declaration, Field, Sort
from gongkai.rules.structured.record import Fault, Record, Values, rows_of, values_of, where

_KINDS = {Sort.IDENTITY: Kind.IDENTITY, Sort.PHONE: Kind.MOBILE, Sort.ACCOUNT: Kind.ACCOUNT}
_WRITTEN = frozenset({Sort.TEXT, Sort.LONG, Sort.PERSON, Sort.VILLAGE, Sort.ADDRESS})
_SHORTEST = 7  # digits: fewer are no number of a person


def public_value(field: Field, value: str) -> str:
    """*value* as the public may see it (脱敏后): dropped, masked, or shown without stray personal data.

    >>> public_value(Field(code="i", label="身份证号", sort=Sort.IDENTITY, public=Treatment.MASK),
    ...              "370402190001011234")
    '370402********1234'
    """
    if field.public is Treatment.DROP:
        return ""
    if field.public is Treatment.MASK:
        return _hidden(field, value)
    return _without_strays(field, value) if field.sort in _WRITTEN else value


def _hidden(field: Field, value: str) -> str:
    kind = _KINDS.get(field.sort)
    if field.sort is Sort.PERSON:
        return value if "*" in value else masked_name(value)
    if kind is None:
        return mask(value, heading=field.label)
    few = sum(map(str.isdigit, value)) < _SHORTEST
    return value if "*" in value or few else masked_number(kind, value)


def _without_strays(field: Field, value: str) -> str:
    sure = [each for each in find(value, heading=field.label) if each.sure]
    return replaced(value, sure) if sure else value


def _treated(fields: Iterable[Field], row: Values) -> Values:
    made = {}
    for field in fields:
        value = row.get(field.code)
        if value and (shown := public_value(field, value)):
            made[field.code] = shown
    return made


def masked(declaration: Declaration, record: Mapping[str, Any]) -> Record:
    """The record as the public may see it (公开文本): columns that are not public are empty."""
    rows = {
        table.code: [_treated(table.columns, row) for row in rows_of(record, table.code)]
        for table in declaration.tables
    }
    stages = record.get("stages")
    return {
        "values": _treated(declaration.fields, values_of(record)),
        "rows": rows,
        "stages": stages if isinstance(stages, dict) else {},
    }


def exposed(declaration: Declaration, record: Mapping[str, Any]) -> Iterator[Fault]:
    """Where personal data still stands unmasked (未脱敏): publication is stopped until it is gone."""
    yield from _exposed(declaration.fields, values_of(record), "", "", 0)
    for table in declaration.tables:
        for number, row in enumerate(rows_of(record, table.code), start=1):
            yield from _exposed(table.columns, row, table.code, table.label, number)


_SAYS: dict[Treatment, Callable[[Field], str]] = {
    Treatment.DROP: lambda _field: "不得公开，请清空",
    Treatment.MASK: lambda _field: "还没有脱敏",
    Treatment.SHOW: lambda _field: "里有个人信息，请脱敏",
}


def _exposed(fields: Iterable[Field], row: Values, code: str, table: str, number: int) -> Iterator[Fault]:
    for field in fields:
        value = row.get(field.code)
        if value and public_value(field, value) != value:
            says = f"{where(table, number, field.label)}{_SAYS[field.public](field)}"
            yield Fault(says, code, number, field.code, private=True)
