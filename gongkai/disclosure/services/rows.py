"""目录调整: a change is proposed with a reason and decided by the office; every change stays on record."""

from dataclasses import asdict
from datetime import date

from django.db import IntegrityError, models, transaction

from gongkai.accounts.guards import fitting, locked, permit, permit_act, said
from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Unit
from gongkai.audit.services import record
from gongkai.disclosure.models import Catalogue, CatalogueRow, RowChange
from gongkai.disclosure.models.catalogue import facts_from
from gongkai.disclosure.services.catalogues import UnitFinder
from gongkai.disclosure.services.links import link_rows
from gongkai.disclosure.states import ROW_CHANGE
from gongkai.documents.models import Column
from gongkai.rules.catalogue import RowFacts, read_limit
from gongkai.rules.law import Refused

STAFF = (Role.OFFICER, Role.APPROVER, Role.OFFICE)


@transaction.atomic
def propose_change(
    catalogue: Catalogue,
    *,
    kind: str,
    row: CatalogueRow | None,
    facts: RowFacts | None,
    reason: str,
    unit: Unit,
    by: User,
    today: date,
) -> RowChange:
    """Propose a change of the catalogue (提出调整)."""
    permit(by, STAFF, unit)
    before = asdict(row.facts) if row else {}
    after = asdict(facts) if facts and kind != RowChange.Kind.REMOVE else {}
    if kind == RowChange.Kind.AMEND and before == after:
        raise Refused("内容没有改动")
    named = facts or (row.facts if row else None)
    change = RowChange(
        catalogue=catalogue,
        row=row,
        kind=kind,
        title=f"{named.first}：{named.second}" if named else "",
        before=before,
        after=after,
        reason=said(reason, "调整理由"),
        unit=unit,
        proposed_by=by,
        proposed_on=today,
    )
    fitting(change).save()
    record(change, "提出目录调整", note=change.reason, by=by, unit=unit)
    return change


@transaction.atomic
def change_row(
    catalogue: Catalogue,
    *,
    kind: str,
    row: CatalogueRow | None,
    facts: RowFacts | None,
    reason: str,
    by: User,
    today: date,
) -> RowChange:
    """The office changes the catalogue itself (直接调整): the same record, decided at once."""
    permit(by, [Role.OFFICE])
    unit = by.held[0].unit
    change = propose_change(
        catalogue, kind=kind, row=row, facts=facts, reason=reason, unit=unit, by=by, today=today
    )
    return accept_change(change, by=by, today=today)


@transaction.atomic
def accept_change(change: RowChange, *, by: User, today: date, remark: str = "") -> RowChange:
    """Take over a proposal (采纳): the row changes, what it was stays in the log."""
    change = _decide(change, "accept", by=by, today=today, remark=remark)
    if change.kind == RowChange.Kind.REMOVE:
        _remove(change)
    else:
        _write(change)
    change.save()
    record(change, "采纳目录调整", note=remark, by=by, unit=change.unit)
    return change


@transaction.atomic
def refuse_change(change: RowChange, *, by: User, today: date, remark: str) -> RowChange:
    """Turn a proposal down with a reason (不采纳)."""
    change = _decide(change, "refuse", by=by, today=today, remark=said(remark, "理由"))
    change.save()
    record(change, "不采纳目录调整", note=remark, by=by, unit=change.unit)
    return change


@transaction.atomic
def drop_change(change: RowChange, *, by: User, today: date) -> RowChange:
    """Take one's own proposal back (撤回)."""
    change = _decide(change, "drop", by=by, today=today)
    change.save()
    record(change, "撤回目录调整", by=by, unit=change.unit)
    return change


def _decide(change: RowChange, code: str, *, by: User, today: date, remark: str = "") -> RowChange:
    change = locked(change)
    permit_act(ROW_CHANGE, code, by, change.unit)
    change.state = ROW_CHANGE.after(change.state, code)
    change.decided_by, change.decided_on, change.remark = by, today, remark.strip()
    return fitting(change)


def _remove(change: RowChange) -> None:
    row = change.row
    if row is None:
        raise Refused("这个公开事项已不存在")
    change.row = None
    change.save()
    try:
        row.delete()
    except models.ProtectedError:
        raise Refused("这个事项还有公开职责，请先终止职责再删除") from None


def _write(change: RowChange) -> None:
    """The row as the proposal has it; its limit is read anew, its units where the subject changed."""
    facts = facts_from(change.after)
    row = change.row or CatalogueRow(catalogue=change.catalogue)
    subject_before = row.subject
    row.take(facts)
    row.limit_code = read_limit(facts.limit, f"{facts.first}{facts.second}")
    try:
        with transaction.atomic():
            fitting(row).save()
    except IntegrityError:
        raise Refused(f"目录中已有“{facts.first}：{facts.second}”") from None
    if row.subject != subject_before:
        row.units.set(UnitFinder().spoken_of(row.subject) or row.units.all())
    change.row = row


@transaction.atomic
def set_matching(
    row: CatalogueRow, *, column: Column | None, keywords: str, units: list[Unit], by: User, today: date
) -> CatalogueRow:
    """Say by what a row finds its papers and who answers for it (设置对应关系)."""
    permit(by, [Role.OFFICE])
    row = locked(row)
    row.column, row.keywords = column, " ".join(keywords.split())
    fitting(row).save()
    row.units.set(units)
    link_rows(today, rows=[row.pk])
    record(row, "设置事项对应关系", by=by, facts={"栏目": str(column or ""), "匹配词": row.keywords})
    return row
