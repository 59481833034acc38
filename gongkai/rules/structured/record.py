"""结构化内容: values, rows and stages of one paper as plain data, and what is wrong with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from gongkai.rules.structured.declaration import Declaration, Field, Sort, Stage, Table
from gongkai.rules.structured.values import Unfit, read

Values: TypeAlias = dict[str, str]
#: {"values": {field: text}, "rows": {table: [{column: text}]}, "stages": {stage: {state, on, note, link}}}
Record: TypeAlias = dict[str, Any]

DONE, ABSENT = "done", "none"
STAGE_KEYS = ("state", "on", "note", "link")
_STAGE_STATES = {DONE: "已公开", ABSENT: "不涉及", "": "未填"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong (问题): a whole sentence, and where it stands (row counted from one)."""

    text: str
    table: str = ""
    row: int = 0
    column: str = ""
    private: bool = False

    def __str__(self) -> str:
        return self.text


def empty() -> Record:
    """A record that holds nothing yet (空内容)."""
    return {"values": {}, "rows": {}, "stages": {}}


def values_of(record: Mapping[str, Any]) -> Values:
    """The values of the head (表头字段)."""
    found = record.get("values")
    return found if isinstance(found, dict) else {}


def rows_of(record: Mapping[str, Any], table: str) -> list[Values]:
    """The rows of one table (明细)."""
    tables = record.get("rows")
    found = tables.get(table) if isinstance(tables, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def stage_of(record: Mapping[str, Any], stage: str) -> Values:
    """What is on file about one stage (环节)."""
    stages = record.get("stages")
    found = stages.get(stage) if isinstance(stages, dict) else None
    return found if isinstance(found, dict) else {}


def where(table: str, row: int, column: str) -> str:
    """A place in words (位置).

    >>> where("发放明细", 3, "身份证号")
    '“发放明细”第3行“身份证号”'
    """
    return f"“{table}”第{row}行“{column}”" if table else f"“{column}”"


def normalise(declaration: Declaration, raw: Mapping[str, Any]) -> tuple[Record, list[Fault]]:
    """The record in canonical form, and every value that does not fit (规范化).

    What does not fit stays as it was typed, so that nothing is lost; what nobody declared is left out,
    and so are empty rows.
    """
    faults: list[Fault] = []
    record = empty()
    record["values"] = _read(declaration.fields, values_of(raw), faults, "", "", 0)
    for table in declaration.tables:
        rows: list[Values] = []
        for row in rows_of(raw, table.code):
            if any(row.get(each.code) not in (None, "") for each in table.columns):
                rows.append(read_row(table, row, faults, len(rows) + 1))
        record["rows"][table.code] = rows
    for stage in declaration.stages:
        if found := _stage(stage, stage_of(raw, stage.code), faults):
            record["stages"][stage.code] = found
    return record, faults


def read_row(table: Table, row: Mapping[str, Any], faults: list[Fault], number: int) -> Values:
    """One row in canonical form (规范化一行); *number* is the one by which people find it."""
    return _read(table.columns, row, faults, table.code, table.label, number)


def _read(
    columns: Iterable[Field], row: Mapping[str, Any], faults: list[Fault], code: str, table: str, number: int
) -> Values:
    made = {}
    for column in columns:
        raw = row.get(column.code)
        if raw is None or raw == "":
            continue
        try:
            value = read(column, raw)
        except Unfit as unfit:
            text = f"{where(table, number, column.label)}{unfit}"
            faults.append(Fault(text, code, number, column.code))
            value = str(raw)[:2000]
        if value:
            made[column.code] = value
    return made


_STAGE_FIELDS = (
    Field(code="on", label="公开日期", sort=Sort.DATE),
    Field(code="note", label="说明", longest=300),
    Field(code="link", label="链接", sort=Sort.LINK),
)


def _stage(stage: Stage, raw: Mapping[str, Any], faults: list[Fault]) -> Values:
    found = _read(_STAGE_FIELDS, raw, faults, "", "", 0)
    state = str(raw.get("state") or "")
    if state in _STAGE_STATES and state:
        found["state"] = state
    elif state:
        faults.append(Fault(f"“{stage.label}”的状态“{state[:20]}”不认识", column=stage.code))
    if found.get("state") == DONE and not found.get("on"):
        faults.append(Fault(f"“{stage.label}”已公开，请填写公开日期", column=stage.code))
    if found.get("state") == ABSENT and not found.get("note"):
        faults.append(Fault(f"“{stage.label}”不涉及，请写明原因", column=stage.code))
    return found
