"""名册导入: rows one by one, all or nothing, and again without doubles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction

from gongkai.administration.rolls import Row
from gongkai.rules.law import Refused

NEW, CHANGED, SAME, WRONG = "新增", "更新", "未变", "有误"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row (导入结果); *word* is the one-time password of a new account."""

    number: int
    name: str
    what: str
    detail: str = ""
    word: str = ""

    @property
    def wrong(self) -> bool:
        """Whether the row cannot be imported (有误)."""
        return self.what == WRONG


@dataclass(frozen=True, slots=True)
class Report:
    """What became of all rows (导入报告)."""

    outcomes: tuple[Outcome, ...]
    kept: bool

    @property
    def wrong(self) -> list[Outcome]:
        """The rows that cannot be imported."""
        return [each for each in self.outcomes if each.wrong]

    def count(self, what: str) -> int:
        """How many rows were new, changed or the same."""
        return sum(each.what == what for each in self.outcomes)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """The count of each kind, in order."""
        return [(what, self.count(what)) for what in (NEW, CHANGED, SAME, WRONG)]


@transaction.atomic
def run(rows: Sequence[Row], one: Callable[[Row], Outcome], key: str, keep: bool) -> Report:
    """Do each row (逐行导入); keep all or nothing. Without *keep* it is a trial that is taken back."""
    outcomes = judge(rows, lambda row: _apart(row, one), key)
    kept = keep and not any(each.wrong for each in outcomes)
    transaction.set_rollback(not kept)
    return Report(outcomes, kept)


def judge(rows: Sequence[Row], one: Callable[[Row], Outcome], key: str) -> tuple[Outcome, ...]:
    """What becomes of each row (逐行判断); the fault of one does not hide those of the next."""
    seen: dict[str, int] = {}
    outcomes = []
    for row in rows:
        name = row.get(key)
        outcomes.append(_tried(row, name, seen.get(name), one))
        seen.setdefault(name, row.number)
    return tuple(outcomes)


def _tried(row: Row, name: str, twin: int | None, one: Callable[[Row], Outcome]) -> Outcome:
    if twin is not None:
        return Outcome(row.number, name, WRONG, f"与第{twin}行重复")
    try:
        return one(row)
    except Refused as refused:
        return Outcome(row.number, name, WRONG, str(refused))


def _apart(row: Row, one: Callable[[Row], Outcome]) -> Outcome:
    """One row in a transaction of its own."""
    with transaction.atomic():
        return one(row)


def check_email(text: str) -> None:
    """Refuse what is no mail address (电子邮箱)."""
    try:
        validate_email(text)
    except ValidationError:
        raise Refused(f"电子邮箱“{text}”的格式不对") from None


def check_length(model: type[models.Model], name: str, text: str) -> None:
    """Refuse what does not fit into a field (字数)."""
    field = model._meta.get_field(name)
    longest = getattr(field, "max_length", None)
    if longest and len(text) > longest:
        raise Refused(f"{getattr(field, 'verbose_name', name)}最多{longest}字，现在有{len(text)}字")
