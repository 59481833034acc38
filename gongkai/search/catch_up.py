"""跟进: each host's index reads on in the sequence of changes; a crash heals with the next reading."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from time import time

from django.db import close_old_connections
from django.db.models import Max

from gongkai.frame import pages
from gongkai.frame.today import now
from gongkai.search.choice import engine
from gongkai.search.engines.interface import Engine, Lost
from gongkai.search.entry import Entry, Position, name_of
from gongkai.search.models import Change
from gongkai.search.progress import advanced
from gongkai.search.sources import source, sources

log = logging.getLogger(__name__)
BATCH = 500
#: what a web process does itself after a commit; the rest is the worker's
QUICK = 100
#: so few records are read again at once where the index is lost
FEW = 200
LOOK_BACK = 500
PAUSE, LONG_PAUSE = 0.3, 30.0
#: a host that was away for longer rebuilds its index
KEPT = timedelta(days=30)
FORGET_EVERY = 6 * 3600.0
#: that the index is lost was said by this process; until it is whole again nothing more is said
told_lost = Event()


@dataclass(frozen=True, slots=True)
class Status:
    """How the index of this host stands (索引状态)."""

    fault: str = ""
    entries: int = 0
    size: int = 0
    records: int = 0
    last: int = 0
    behind: int = 0


def catch_up(*, most: int | None = None) -> int:
    """Read what this index has not read (跟进), unless another process does so; how many changes were read.

    Whoever holds the lock looks again after letting go: what came meanwhile found the lock taken and left it.
    """
    chosen, read = engine(), 0
    while _waiting(chosen):
        with chosen.alone() as mine:
            if not mine:
                return read
            read += _drain(chosen, None if most is None else most - read)
        if most is not None and read >= most:
            return read
    return read


def _waiting(chosen: Engine) -> bool:
    return Change.objects.unread(trusted(chosen)).exists()


def trusted(chosen: Engine) -> Position:
    """The position of the index, if it is this database's (核对进度); Lost where it is not."""
    position = chosen.position()
    if position.last:
        mark = Change.objects.filter(pk=position.last).first()
        if mark is None or mark.stamp != position.stamp:
            raise Lost("索引与数据库不一致")
    return position


def _drain(chosen: Engine, most: int | None) -> int:
    read = 0
    while most is None or read < most:
        position = trusted(chosen)
        size = BATCH if most is None else min(BATCH, most - read)
        changes = list(Change.objects.unread(position)[:size])
        if not changes:
            break
        entries, gone = _state_of(changes)
        numbers = [change.pk for change in changes]
        reached = advanced(position, numbers, changes[-1].stamp, time())
        chosen.change(entries, gone, reached, tidy=most is None)
        pages.begin()  # kept pages of feeds and suggestions are older than the index now
        read += len(changes)
    return read


def _state_of(changes: Sequence[Change]) -> tuple[list[Entry], list[str]]:
    """What these records say now (现状), and which may not be found any more."""
    wanted: dict[str, dict[int, None]] = {}
    for change in changes:
        wanted.setdefault(change.noun, {})[change.key] = None
    entries = [entry for noun, keys in wanted.items() for entry in _fetched(noun, list(keys))]
    found = {entry.name for entry in entries}
    named = (name_of(noun, key) for noun, keys in wanted.items() for key in keys)
    return entries, [name for name in named if name not in found]


def _fetched(noun: str, keys: Sequence[int]) -> Iterable[Entry]:
    asked = source(noun)
    return asked.fetch(keys) if asked else ()


def rebuild(done: Callable[[int], object] = lambda _: None) -> int:
    """Read everything into a new index while the old one answers (重建索引); *done* hears of the progress."""
    chosen, count = engine(), 0
    with chosen.alone(wait=True):
        start = _here()
        with chosen.rebuild() as builder:
            for asked in sources():
                last = 0
                while keys := asked.keys(last, BATCH):
                    builder.add(asked.fetch(keys))
                    last = keys[-1]
                    count += len(keys)
                    done(len(keys))
            builder.finish(start)
            pages.begin()
    catch_up()
    return count


def _here() -> Position:
    """Where the sequence stands now (当前进度); what runs beside us may bring lower numbers yet."""
    newest = Change.objects.order_by("-pk").first()
    if newest is None:
        return Position()
    return Position(newest.pk, newest.stamp, ((max(1, newest.pk - LOOK_BACK), newest.pk - 1, time()),))


def after_commit() -> None:
    """What a web process does when an act is committed (提交后跟进): a few milliseconds."""
    try:
        catch_up(most=QUICK)
    except Lost as lost:
        if sum(each.count() for each in sources()) > FEW:
            _tell(lost)
            return
        rebuild()
    told_lost.clear()


def _tell(lost: Lost) -> None:
    """Say that the index is lost (索引缺失); once, however many acts come before it is rebuilt."""
    if not told_lost.is_set():
        told_lost.set()
        log.warning("search: %s; rebuild it with `gongkai search rebuild`", lost)


def run(stop: Event, *, pause: float = PAUSE) -> None:
    """The worker's loop (后台跟进): reads on until told to stop, and rebuilds a lost index by itself."""
    forgot = 0.0
    while not stop.is_set():
        close_old_connections()
        rest = pause
        try:
            rest = _turn(pause)
            if time() - forgot > FORGET_EVERY:
                forgot = time()
                Change.objects.before(now() - KEPT).delete()
        except Exception:  # a database that is away comes back: the loop must live on
            log.exception("search: could not catch up")
            rest = LONG_PAUSE
        stop.wait(rest)
    close_old_connections()


def _turn(pause: float) -> float:
    try:
        catch_up()
    except Lost as lost:
        log.warning("search: %s; rebuilding", lost)
        rebuild()
    return pause


def status() -> Status:
    """How the index of this host stands (索引状态)."""
    chosen = engine()
    records = sum(each.count() for each in sources())
    newest = Change.objects.aggregate(newest=Max("pk"))["newest"] or 0
    try:
        position = trusted(chosen)
        entries, size = chosen.size()
    except Lost as lost:
        return Status(str(lost), records=records, behind=newest)
    behind = Change.objects.unread(position).count()
    return Status("", entries, size, records, position.last, behind)
