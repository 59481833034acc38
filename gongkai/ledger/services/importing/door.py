"""导入的门: who may touch an import, and in which state; every act begins here."""

from django.core.exceptions import PermissionDenied

from gongkai.accounts.models import User
from gongkai.ledger.models import PlanImport
from gongkai.ledger.services.importing.rows import Row, rows_of
from gongkai.ledger.states import IMPORT
from gongkai.rules.law import Refused


class Stale(Refused):
    """Somebody else saved in between (已被他人修改)."""


def office(by: User) -> None:
    """Only the district office makes plans (仅限区政务公开办)."""
    if not by.has_role(*IMPORT.acts["edit"].roles):
        raise PermissionDenied("只有区政务公开办可以导入和编制要点。")


def begin(record: PlanImport, code: str, by: User) -> PlanImport:
    """Lock the import and ask FLOW whether *code* may be done."""
    office(by)
    record = PlanImport.objects.select_for_update().get(pk=record.pk)
    IMPORT.after(record.state, code)
    return record


def place(rows: list[Row], key: int, version: int | None = None) -> int:
    """Where the row of *key* stands; Stale where it is gone or is no longer what the person saw."""
    at = next((at for at, row in enumerate(rows) if row.key == key), None)
    if at is None:
        raise Stale("这一项已不在导入内容里，请刷新页面。")
    if version is not None and rows[at].version != version:
        raise Stale("这一项刚被其他人修改过。下面保留了您填写的内容，请对照最新内容后再保存。")
    return at


def rows_in(record: PlanImport) -> list[Row]:
    """The rows of the import, deleted ones included."""
    return rows_of(record.rows)


def keep(record: PlanImport, rows: list[Row]) -> PlanImport:
    """Save the rows, one version on."""
    record.rows = [row.dump() for row in rows]
    record.version += 1
    record.save()
    return record
