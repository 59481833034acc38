"""错敏词的维护: kept by the office by hand, or from a sheet, again and again without doubles."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.accounts.guards import fitting, locked, permit
from gongkai.accounts.models import Role, User
from gongkai.administration.rolls import Row
from gongkai.administration.services.rolls import CHANGED, NEW, SAME, Outcome, Report, run
from gongkai.audit.services import record
from gongkai.documents.models import Word
from gongkai.rules.law import Refused

HEADS = frozenset({"错误表述", "正确表述"})
FIELDS = ("right", "sort", "grave", "since", "note")
_YES = {"是": True, "严重": True, "√": True, "": False, "否": False, "一般": False}


@transaction.atomic
def save_word(word: Word | None, *, by: User, **fields: Any) -> Word:
    """Add a word, or change it (保存错敏词)."""
    permit(by, {Role.OFFICE})
    row = locked(word) if word else Word()
    for name, value in fields.items():
        setattr(row, name, value)
    _sensible(row)
    fitting(row).save()
    record(row, "修改错敏词" if word else "新增错敏词", by=by, note=str(row))
    return row


@transaction.atomic
def drop_word(word: Word, *, by: User) -> None:
    """Take a word off the list (删除错敏词)."""
    permit(by, {Role.OFFICE})
    row = locked(word)
    record(row, "删除错敏词", by=by, note=str(row))
    row.delete()


def import_words(rows: Sequence[Row], *, by: User, today: date, keep: bool) -> Report:  # noqa: ARG001 (as all rolls)
    """Import words from a sheet (导入错敏词); without *keep* only try."""
    permit(by, {Role.OFFICE})
    known = {word.term: word for word in Word.objects.filter(term__in=[row.get("错误表述") for row in rows])}
    report = run(rows, lambda row: _word(row, known), "错误表述", keep)
    if report.kept:
        _recorded(report, by)
    return report


def _word(row: Row, known: dict[str, Word]) -> Outcome:
    term = row.get("错误表述")
    word = known.get(term)
    before = [getattr(word, name) for name in FIELDS] if word else []
    found = word or Word(term=term)
    for name, value in _fields(row).items():
        setattr(found, name, value)
    _sensible(found)
    if before == [getattr(found, name) for name in FIELDS]:
        return Outcome(row.number, term, SAME)
    fitting(found).save()
    return Outcome(row.number, term, CHANGED if word else NEW, found.right)


def _fields(row: Row) -> dict[str, Any]:
    sorts = {str(label): code for code, label in Word.Sort.choices}
    sort, grave, since = row.get("类别") or "表述错误", row.get("严重"), row.get("适用起")
    if sort not in sorts:
        raise Refused(f"类别“{sort}”不认识，应为：{'、'.join(sorts)}")
    if grave not in _YES:
        raise Refused(f"“严重”一栏应填是或否，现为“{grave}”")
    return {
        "right": row.get("正确表述"),
        "sort": sorts[sort],
        "grave": _YES[grave],
        "since": _day(since),
        "note": row.get("说明"),
    }


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.replace("/", "-")) if typed else None
    except ValueError:
        raise Refused(f"适用起“{typed}”不是日期，请按 2021-03-29 的格式填写") from None


def _sensible(word: Word) -> None:
    """Refuse what would find everything, or put a word in its own place."""
    term = word.term.strip()
    if len(term) < 2:
        raise Refused("错误表述至少两个字")
    if term == word.right:
        raise Refused("正确表述与错误表述相同")
    if Word.objects.filter(term=term).exclude(pk=word.pk).exists():
        raise Refused(f"“{term}”已在词表里")


def _recorded(report: Report, by: User) -> None:
    newest = Word.objects.order_by("-pk").first()
    if newest:
        counts = {what: report.count(what) for what in (NEW, CHANGED, SAME)}
        record(newest, "导入错敏词", by=by, facts=counts)
