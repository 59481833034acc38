"""撤回执法信息: a decision that was revoked or found void is taken off in a new edition of its list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.accounts.guards import said
from gongkai.accounts.models import User
from gongkai.audit.services import record as trace
from gongkai.documents.models import Edition, FilingRow, Paper
from gongkai.documents.services.papers import revise
from gongkai.documents.services.records import declared, record_of, set_rows
from gongkai.documents.states import EDITABLE, OPEN
from gongkai.rules.law import Refused
from gongkai.rules.structured import Table, declarations, is_withdrawn, rows_of
from gongkai.rules.structured.timing import withdrawal_due

#: the kinds whose rows may fall
FORMS = frozenset(
    code
    for code, known in declarations().items()
    if any(each.term and each.term.limit for each in known.tables)
)


@dataclass(frozen=True, slots=True)
class Pending:
    """A row that is to be taken off and still stands on the site (待撤回), with its last day."""

    edition: Edition
    number: str
    reason: str
    due: date | None


def _table(edition: Edition) -> Table:
    table = next((each for each in declared(edition).tables if each.term and each.term.limit), None)
    if table is None:
        raise Refused("这种样式的明细不需要撤回")
    return table


@transaction.atomic
def revoke_row(
    paper: Paper, *, number: str, state: str, changed_on: date, reason: str, by: User, today: date
) -> Edition:
    """Note that a decision fell (登记撤回): the row is marked in the open draft, or in a new one."""
    if changed_on > today:
        raise Refused("变更或撤销日期不能晚于今天")
    draft = paper.editions.filter(state__in=OPEN).first()
    if draft and draft.state not in EDITABLE:
        raise Refused("这张表有一份稿件正在审核，请先撤回修改，再登记")
    draft = draft or revise(paper, by=by, today=today, note=f"撤回{number}：{reason.strip()}")
    table, rows = _marked(draft, number, state, changed_on, said(reason, "撤回理由"))
    draft = set_rows(draft, table=table.code, rows=rows, by=by)
    trace(draft, "登记撤回", by=by, note=reason.strip(), facts={"number": number, "changed_on": changed_on})
    return draft


def _marked(
    draft: Edition, number: str, state: str, changed_on: date, reason: str
) -> tuple[Table, list[dict[str, str]]]:
    table = _table(draft)
    term = table.term
    assert term is not None
    if state not in term.withdrawn:
        raise Refused(f"请选择变动情况：{'、'.join(term.withdrawn)}")
    rows = rows_of(record_of(draft), table.code)
    found = next((row for row in rows if row.get(table.keys.number) == number), None)
    if found is None:
        raise Refused(f"表里没有“{number}”这一件")
    found |= {term.state: state, term.changed: changed_on.isoformat(), term.reason: reason}
    return table, rows


def pending(editions: Iterable[Edition]) -> list[Pending]:
    """What of these drafts still has to be taken off the site (待撤回), the most urgent first."""
    drafts = [each for each in editions if each.form in FORMS and each.state in OPEN]
    live = FilingRow.objects.filter(filing__in=[each.paper_id for each in drafts], withdrawn=True)
    gone = set(live.values_list("filing_id", "number"))
    found = [
        each for draft in drafts for each in _pending(draft) if (draft.paper_id, each.number) not in gone
    ]
    return sorted(found, key=lambda each: (each.due or date.max, each.number))


def _pending(draft: Edition) -> list[Pending]:
    table = _table(draft)
    assert table.term is not None
    return [
        Pending(
            draft, row.get(table.keys.number, ""), row.get(table.term.reason, ""), withdrawal_due(table, row)
        )
        for row in rows_of(record_of(draft), table.code)
        if is_withdrawn(table, row)
    ]
