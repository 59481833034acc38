"""核对中的修改: every correction is saved at once, and only over what the person saw."""

from dataclasses import replace
from typing import Any

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.audit.services import record as trace
from gongkai.ledger.models import PlanImport
from gongkai.ledger.services.importing.door import begin, keep, place, rows_in
from gongkai.ledger.services.importing.rows import Row, corrected
from gongkai.rules.law import Refused


@transaction.atomic
def edit_import(record: PlanImport, *, by: User, **fields: Any) -> PlanImport:
    """Correct title, year, document number or publicity (修改要点信息)."""
    record = begin(record, "edit", by)
    for name, value in fields.items():
        setattr(record, name, value)
    record.version += 1
    record.save()
    trace(record, "修改要点信息", by=by)
    return record


@transaction.atomic
def edit_row(record: PlanImport, key: int, *, version: int, by: User, **fields: Any) -> PlanImport:
    """Correct one task (修改任务)."""
    record, rows = _open(record, by)
    at = place(rows, key, version)
    rows[at] = corrected(rows[at], **fields)
    return _saved(record, rows, "修改待核对任务", rows[at], by)


@transaction.atomic
def check_row(record: PlanImport, key: int, *, version: int, by: User) -> PlanImport:
    """Say that a doubtful task was read correctly (核对无误)."""
    record, rows = _open(record, by)
    at = place(rows, key, version)
    rows[at] = corrected(rows[at])
    return _saved(record, rows, "核对无误", rows[at], by)


@transaction.atomic
def add_row(record: PlanImport, *, after: int | None, by: User) -> Row:
    """Put an empty task behind another one, or at the end (增加任务)."""
    record, rows = _open(record, by)
    at = len(rows) - 1 if after is None else place(rows, after)
    path = rows[at].section_path if rows else ()
    added = Row(key=_next_key(rows), text="", section_path=path)
    rows.insert(at + 1, added)
    _saved(record, rows, "增加待核对任务", added, by)
    return added


@transaction.atomic
def split_row(record: PlanImport, key: int, *, texts: list[str], version: int, by: User) -> PlanImport:
    """Make several tasks of one (拆分任务): the same bodies and days, each its own text."""
    if len(texts) < 2:
        raise Refused("请在要拆开的地方空一行，再点“拆分”")
    record, rows = _open(record, by)
    at = place(rows, key, version)
    first = _next_key(rows)
    parts = [
        replace(rows[at], key=first + step, text=text, number="", version=1, checked=True)
        for step, text in enumerate(texts[1:])
    ]
    rows[at] = corrected(rows[at], text=texts[0])
    rows[at + 1 : at + 1] = parts
    return _saved(record, rows, "拆分待核对任务", rows[at], by)


@transaction.atomic
def merge_row(record: PlanImport, key: int, *, version: int, by: User) -> PlanImport:
    """Join a task with the one behind it (与下一项合并)."""
    record, rows = _open(record, by)
    at = place(rows, key, version)
    behind = next((spot for spot in range(at + 1, len(rows)) if not rows[spot].dropped), None)
    if behind is None:
        raise Refused("这已经是最后一项，后面没有可合并的任务")
    rows[at] = _joined(rows[at], rows[behind])
    del rows[behind]
    return _saved(record, rows, "合并待核对任务", rows[at], by)


@transaction.atomic
def drop_row(record: PlanImport, key: int, *, version: int, by: User) -> PlanImport:
    """Leave a row out (删除): it is kept aside and can be brought back."""
    record, rows = _open(record, by)
    at = place(rows, key, version)
    rows[at] = replace(rows[at], dropped=True, version=version + 1)
    return _saved(record, rows, "删除待核对任务", rows[at], by)


@transaction.atomic
def restore_row(record: PlanImport, key: int, *, by: User) -> PlanImport:
    """Bring a deleted row back (恢复)."""
    record, rows = _open(record, by)
    at = place(rows, key)
    rows[at] = replace(rows[at], dropped=False, version=rows[at].version + 1)
    return _saved(record, rows, "恢复待核对任务", rows[at], by)


def _open(record: PlanImport, by: User) -> tuple[PlanImport, list[Row]]:
    record = begin(record, "edit", by)
    return record, rows_in(record)


def _saved(record: PlanImport, rows: list[Row], act: str, row: Row, by: User) -> PlanImport:
    keep(record, rows)
    trace(record, act, by=by, note=f"第{row.number}项" if row.number else "", facts={"row": row.key})
    return record


def _next_key(rows: list[Row]) -> int:
    return max((row.key for row in rows), default=0) + 1


def _joined(one: Row, other: Row) -> Row:
    known = {body.wording for body in one.bodies}
    return corrected(
        one,
        text=one.text + other.text,
        bodies=one.bodies + tuple(body for body in other.bodies if body.wording not in known),
        units_text="；".join(filter(None, [one.units_text, other.units_text])),
        others_text=one.others_text or other.others_text,
        deadline_text=one.deadline_text or other.deadline_text,
        cycle=one.cycle if one.deadline_text else other.cycle,
        due_on=one.due_on or other.due_on,
        steps=tuple(dict(one.steps + other.steps).items()),
        end=other.end or one.end,
    )
