"""错敏词的维护: kept by the office by hand, or from a sheet, again and again without doubles."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.accounts.guards import fitting, locked, permit
from gongkai.accounts.models import Role, User
from gongkai.administration.rolls import Row
from gongkai.administration.services.rolls import CHANGED, NEW, SAME, Outcome, Report, judge
from gongkai.audit.services import record
from gongkai.documents.models import Word
from gongkai.documents.services.wording import hold_list, renew
from gongkai.rules.law import Refused
from gongkai.rules.wrong_words import starter

HEADS = frozenset({"错误表述", "正确表述"})
FIELDS = ("right", "sort", "grave", "since", "note")
#: so many words come in by one sheet
MOST = 20_000
BATCH = 1000
_YES = {"是": True, "严重": True, "√": True, "": False, "否": False, "一般": False}


@transaction.atomic
def save_word(word: Word | None, *, by: User, **fields: Any) -> Word:
    """Add a word, or change it (保存错敏词)."""
    permit(by, {Role.OFFICE})
    held = hold_list()
    row = locked(word) if word else Word()
    for name, value in fields.items():
        setattr(row, name, value)
    _sensible(row)
    if Word.objects.filter(term=row.term.strip()).exclude(pk=row.pk).exists():
        raise Refused(f"“{row.term.strip()}”已在词表里")
    fitting(row).save()
    renew(held)
    record(row, "修改错敏词" if word else "新增错敏词", by=by, note=str(row))
    return row


@transaction.atomic
def drop_word(word: Word, *, by: User) -> None:
    """Take a word off the list (删除错敏词)."""
    permit(by, {Role.OFFICE})
    held = hold_list()
    row = locked(word)
    record(row, "删除错敏词", by=by, note=str(row))
    row.delete()
    renew(held)


@transaction.atomic
def import_words(rows: Sequence[Row], *, by: User, today: date, keep: bool) -> Report:  # noqa: ARG001 (as all rolls)
    """Import words from a sheet (导入错敏词), many at once; without *keep* only look at each row."""
    permit(by, {Role.OFFICE})
    held = hold_list() if keep else None
    known = {word.term: word for word in Word.objects.all()}
    fresh: list[Word] = []
    outcomes = judge(rows, _one(known, fresh), "错误表述")
    report = Report(outcomes, keep and not any(each.wrong for each in outcomes))
    if report.kept and held:
        # one statement for new words and for changed ones
        Word.objects.bulk_create(
            fresh, BATCH, update_conflicts=True, unique_fields=["term"], update_fields=FIELDS
        )
        renew(held)
        _recorded(report, by)
    return report


@transaction.atomic
def add_starter(*, by: User) -> int:
    """Add those wordings that come with the software and are not on the list (补充随附词表); how many."""
    permit(by, {Role.OFFICE})
    held = hold_list()
    missing = lacking()
    Word.objects.bulk_create(missing, BATCH)
    renew(held)
    if missing:
        record(missing[0], "补充随附词表", by=by, facts={NEW: len(missing)})
    return len(missing)


def lacking() -> list[Word]:
    """The wordings that come with the software and are not on the office's list (尚未收录的随附词)."""
    known = set(Word.objects.values_list("term", flat=True))
    return [
        Word(
            term=term.text,
            right=term.right,
            sort=term.sort,
            grave=term.grave,
            since=term.since,
            note=term.note,
        )
        for term in starter()
        if term.text not in known
    ]


def _one(known: dict[str, Word], fresh: list[Word]) -> Callable[[Row], Outcome]:
    """What is to become of a row; words to be written are put into *fresh*."""

    def judged(row: Row) -> Outcome:
        term = row.get("错误表述")
        word = Word(term=term, **_fields(row))
        _sensible(word)
        fitting(word)
        before = known.get(term)
        if before and all(getattr(before, name) == getattr(word, name) for name in FIELDS):
            return Outcome(row.number, term, SAME)
        fresh.append(word)
        return Outcome(row.number, term, CHANGED if before else NEW, word.right)

    return judged


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


def _recorded(report: Report, by: User) -> None:
    newest = Word.objects.order_by("-pk").first()
    if newest:
        counts = {what: report.count(what) for what in (NEW, CHANGED, SAME)}
        record(newest, "导入错敏词", by=by, facts=counts)
