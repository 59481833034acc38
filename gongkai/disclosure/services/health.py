"""栏目体检的办理: findings are opened, reopened and closed by the check; people mend and pass on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.accounts.guards import fitting, locked, permit_act, said
from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.audit.services import record
from gongkai.disclosure.checking import Fault, faults_of
from gongkai.disclosure.models import ColumnFinding
from gongkai.disclosure.practice import MEND_WORKDAYS
from gongkai.disclosure.states import FINDING
from gongkai.documents.models import Column
from gongkai.rules.calendars import with_estimate
from gongkai.rules.law import Refused
from gongkai.rules.workdays import add_workdays


@dataclass
class Counts:
    """What one check did (体检结果)."""

    opened: int = 0
    closed: int = 0
    reopened: int = 0


@transaction.atomic
def check_columns(today: date, *, columns: Iterable[int] | None = None) -> Counts:
    """Look at every open column, or at *columns* (栏目体检): run twice it opens nothing twice."""
    wanted = Column.objects.open().select_related("unit", "keeper")
    if columns is not None:
        wanted = wanted.filter(pk__in=list(columns))
    rows = list(wanted)
    found = {_key(each): each for each in faults_of(rows, today)}
    counts = Counts()
    known = ColumnFinding.objects.unsettled().filter(column__in=[row.pk for row in rows])
    if columns is None:
        known = ColumnFinding.objects.unsettled()
    for finding in known.select_for_update():
        fault = found.pop((finding.column_id, finding.sort, finding.paper_id, finding.place), None)
        if fault is None:
            _close(finding, today, counts)
        else:
            _still_there(finding, fault, counts)
    for fault in found.values():
        _open(fault, today, counts)
    return counts


def _key(fault: Fault) -> tuple[int, str, int | None, str]:
    return fault.column.pk, fault.sort, fault.paper, fault.place


def _open(fault: Fault, today: date, counts: Counts) -> None:
    unit = fault.column.unit
    finding = ColumnFinding(
        column=fault.column,
        paper_id=fault.paper,
        sort=fault.sort,
        place=fault.place,
        text=fault.text[:300],
        rule=fault.rule[:200],
        unit_id=fault.unit or (unit.pk if unit else None),
        keeper=fault.column.keeper,
        found_on=today,
        due_on=add_workdays(today, MEND_WORKDAYS, calendar=with_estimate()),
    )
    fitting(finding).save()
    record(finding, "发现栏目问题", note=finding.text, by=None, unit=finding.unit)
    counts.opened += 1


def _still_there(finding: ColumnFinding, fault: Fault, counts: Counts) -> None:
    """What was said to be mended and is found again is open again; the text follows what is found now."""
    finding.text = fault.text[:300]
    if finding.state == "mended":
        finding.state = "open"
        finding.reopened += 1
        counts.reopened += 1
        record(finding, "复查未通过", note=finding.text, by=None, unit=finding.unit)
    finding.save()


def _close(finding: ColumnFinding, today: date, counts: Counts) -> None:
    finding.state, finding.closed_on = "closed", today
    finding.save()
    record(finding, "复查通过销号", by=None, unit=finding.unit)
    counts.closed += 1


@transaction.atomic
def mend_finding(finding: ColumnFinding, *, note: str, by: User, today: date) -> ColumnFinding:
    """Say that the fault is mended (已整改); the column is checked again at once."""
    finding = locked(finding)
    permit_act(FINDING, "mend", by, finding.unit)
    finding.state = FINDING.after(finding.state, "mend")
    finding.mended_on, finding.mend_note = today, said(note, "整改说明")
    finding.save()
    record(finding, "报告已整改", note=finding.mend_note, by=by, unit=finding.unit)
    check_columns(today, columns=[finding.column_id])
    finding.refresh_from_db()
    return finding


@transaction.atomic
def assign_finding(finding: ColumnFinding, *, unit: Unit, by: User, today: date) -> ColumnFinding:
    """Pass a finding on to the unit that can mend it (转交), with fresh days."""
    finding = locked(finding)
    permit_act(FINDING, "assign", by)
    FINDING.after(finding.state, "assign")
    if unit.ended_on:
        raise Refused(f"{unit}已撤销，请选择承继单位")
    finding.unit, finding.keeper = unit, None
    finding.due_on = add_workdays(today, MEND_WORKDAYS, calendar=with_estimate())
    finding.save()
    record(finding, "转交栏目问题", note=str(unit), by=by, unit=unit)
    return finding
