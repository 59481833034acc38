"""登记变更: called by every room's services inside the act's transaction; and the words of the office."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.frame.today import now
from gongkai.rules.law import Refused
from gongkai.search.catch_up import after_commit
from gongkai.search.models import Change, SavedSearch, Searched, Synonym
from gongkai.search.wording import members

_waiting: ContextVar[bool] = ContextVar("waiting", default=False)
FEWEST = 2


def note(noun: str, keys: Iterable[int]) -> None:
    """Tell the index that these records changed, or left (登记变更); cheap and constant for each record."""
    moment = now()
    changes = [Change(noun=noun, key=key, at=moment) for key in keys]
    Change.objects.bulk_create(changes, batch_size=1000)
    if changes and not _waiting.get():
        transaction.on_commit(after_commit, robust=True)


@contextmanager
def left_to_the_worker() -> Iterator[None]:
    """Large imports note as ever, but do not index themselves (成批导入时暂不跟进)."""
    token = _waiting.set(True)
    try:
        yield
    finally:
        _waiting.reset(token)


def _group(words: str) -> str:
    terms = members(words)
    if len(terms) < FEWEST:
        raise Refused("同义词至少要有两个词，用顿号隔开，如“社保、社会保险”")
    return "、".join(terms)


@transaction.atomic
def add_synonym(*, words: str, note: str = "", by: User, today: date) -> Synonym:
    """Words that mean the same from now on (添加同义词)."""
    group = _group(words)
    if Synonym.objects.filter(words=group).exists():
        raise Refused("这组同义词已经有了")
    synonym = Synonym.objects.create(words=group, note=note, made_by=by, made_on=today)
    record(synonym, "添加同义词", by=by, note=note)
    return synonym


@transaction.atomic
def change_synonym(synonym: Synonym, *, words: str, note: str = "", by: User, today: date) -> Synonym:
    """Change a group (修改同义词)."""
    synonym = Synonym.objects.select_for_update().get(pk=synonym.pk)
    group = _group(words)
    if Synonym.objects.filter(words=group).exclude(pk=synonym.pk).exists():
        raise Refused("这组同义词已经有了")
    before = synonym.words
    synonym.words, synonym.note, synonym.made_by, synonym.made_on = group, note, by, today
    synonym.save()
    record(synonym, "修改同义词", by=by, note=note, facts={"原来": before})
    return synonym


@transaction.atomic
def drop_synonym(synonym: Synonym, *, by: User) -> None:
    """These words no longer mean the same (删除同义词)."""
    synonym = Synonym.objects.select_for_update().get(pk=synonym.pk)
    record(synonym, "删除同义词", by=by)
    synonym.delete()


@transaction.atomic
def keep_search(*, name: str, query: str, by: User, today: date) -> SavedSearch:
    """Keep a search for oneself (保存检索); no act on anybody's record, so no trace."""
    kept, _ = SavedSearch.objects.update_or_create(
        user=by, query=query, defaults={"name": name, "made_on": today}
    )
    return kept


@transaction.atomic
def forget_search(kept: SavedSearch) -> None:
    """Throw a kept search away (删除保存的检索)."""
    kept.delete()


def count_searches(counted: Mapping[str, tuple[str, int, int]], *, today: date) -> None:
    """Add to the counts (计数): folded wording → (as typed, times, found the last time)."""
    for folded, (words, times, found) in counted.items():
        changed = Searched.objects.filter(folded=folded).update(
            times=F("times") + times, found=found, last_on=today
        )
        if not changed:
            _first_count(folded, words, times, found, today)


def _first_count(folded: str, words: str, times: int, found: int, today: date) -> None:
    try:
        with transaction.atomic():
            Searched.objects.create(folded=folded, words=words, times=times, found=found, last_on=today)
    except IntegrityError:  # another process counted it first
        Searched.objects.filter(folded=folded).update(times=F("times") + times, found=found)
