"""期限: by when a record is published, until when it and each of its rows is shown, which stages are due."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from gongkai.rules import publication
from gongkai.rules.calendars import Calendar, UnknownYear, with_estimate
from gongkai.rules.law import Limit
from gongkai.rules.publication import PublicationLimit
from gongkai.rules.structured.declaration import Declaration, Stage, Table
from gongkai.rules.structured.record import ABSENT, DONE, Values, rows_of, stage_of, values_of
from gongkai.rules.structured.values import day, is_address
from gongkai.rules.workdays import last_day


def months_after(start: date, months: int) -> date:
    """The same day so many months later, or the month's last one (民法典第二百零二条).

    >>> str(months_after(date(2021, 11, 30), 3))
    '2022-02-28'
    """
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def due(
    declaration: Declaration,
    record: Mapping[str, Any],
    *,
    event: date | None = None,
    calendar: Calendar | None = None,
) -> tuple[PublicationLimit, date] | None:
    """The limit that binds and its last day (公开时限), or None where no clock runs yet."""
    clock = declaration.clock
    started = event or (day(values_of(record).get(clock.event)) if clock else None)
    if not (clock and started):
        return None
    try:
        return publication.earliest(clock.limits, started, calendar=calendar or with_estimate())
    except UnknownYear:  # years before the first notice on file
        return None


def shown_until(declaration: Declaration, record: Mapping[str, Any]) -> date | None:
    """The last day on show (公示截止): as filled in, else the shortest that the rule allows."""
    term = declaration.show
    if term is None:
        return None
    values = values_of(record)
    start, until = day(values.get(term.start)), day(values.get(term.until))
    if until or not (start and term.least):
        return until
    return _counted(start, term.least)


def row_until(table: Table, row: Values) -> date | None:
    """The last day on which one row is shown (逐条公示截止), or None where it stays."""
    term = table.term
    start = day(row.get(term.start)) if term else None
    months = dict(term.months).get(row.get(term.choice, ""), 0) if term else 0
    return months_after(start, months) if start and months else None


def is_withdrawn(table: Table, row: Values) -> bool:
    """Whether the row's decision was changed, revoked or found void (已撤回)."""
    return bool(table.term and row.get(table.term.state) in table.term.withdrawn)


def withdrawal_due(table: Table, row: Values) -> date | None:
    """By when a row whose decision fell is taken off the site (撤回期限)."""
    term = table.term
    if term is None or not term.limit or not is_withdrawn(table, row):
        return None
    changed = day(row.get(term.changed))
    return _counted(changed, publication.limit(term.limit).limit) if changed else None


def told_row(table: Table, row: Values) -> Values:
    """What may be told of a row (可公开内容): of a withdrawn one its number, its state and the reason."""
    term = table.term
    if term is None or not is_withdrawn(table, row):
        return row
    kept = {table.keys.number, term.state, term.changed, term.reason}
    return {code: value for code, value in row.items() if code in kept}


def public_row(table: Table, row: Values, today: date) -> Values | None:
    """A row as it stands on the site today (公开明细): None after its term."""
    until = row_until(table, row)
    return None if until and until < today else told_row(table, row)


def rows_on(record: Mapping[str, Any], table: Table, today: date) -> list[Values]:
    """The rows on the site today (当日公开明细)."""
    rows = rows_of(record, table.code)
    if table.term is None:
        return rows
    return [found for row in rows if (found := public_row(table, row, today)) is not None]


class SlotState(StrEnum):
    """How a slot stands (环节状态)."""

    FILLED = "已公开"
    ABSENT = "不涉及"
    OVERDUE = "逾期未公开"
    DUE = "待公开"
    WAITING = "未到环节"


@dataclass(frozen=True, slots=True)
class Slot:
    """One stage of one record today (环节)."""

    stage: Stage
    state: SlotState
    on: date | None
    due: date | None
    note: str
    link: str


def slots(declaration: Declaration, record: Mapping[str, Any], today: date) -> list[Slot]:
    """Every stage with what fills it, or by when it is due (环节进展)."""
    return [_slot(record, stage, today) for stage in declaration.stages]


def _slot(record: Mapping[str, Any], stage: Stage, today: date) -> Slot:
    found = stage_of(record, stage.code)
    limit = stage_due(record, stage)
    note, link, on = found.get("note", ""), found.get("link", ""), day(found.get("on"))
    link = link if is_address(link) else ""
    if found.get("state") == DONE:
        state = SlotState.FILLED
    elif found.get("state") == ABSENT:
        state = SlotState.ABSENT
    elif limit is None:
        state = SlotState.WAITING
    else:
        state = SlotState.OVERDUE if limit < today else SlotState.DUE
    return Slot(stage, state, on, limit, note, link)


def stage_due(record: Mapping[str, Any], stage: Stage) -> date | None:
    """The last day of a stage (环节时限), once the event from which it is counted is on file."""
    name = stage.due_from
    event = day(values_of(record).get(name)) or day(stage_of(record, name).get("on")) if name else None
    if event is None:
        return None
    if stage.months:
        return months_after(event, stage.months)
    return _counted(event, publication.limit(stage.limit or publication.GENERAL).limit)


def _counted(start: date, limit: Limit) -> date | None:
    """The last day of *limit*, or None in years for which no calendar is on file."""
    try:
        return last_day(start, limit, calendar=with_estimate())
    except UnknownYear:
        return None
