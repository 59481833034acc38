"""导入: a background task brings the rows in, chunk by chunk, and goes on where it was stopped."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import islice

from django.core.files.storage import default_storage
from django_tasks import task

from gongkai.documents.models import LegacyImport
from gongkai.documents.services.legacy.acts import fail, finish
from gongkai.documents.services.legacy.chunk import Memory, Rows, Sorted, sort_out, understand, write
from gongkai.documents.services.legacy.entries import Directory
from gongkai.documents.services.legacy.manifest import Manifest
from gongkai.documents.services.legacy.preparing import Preparer
from gongkai.frame.opening.unreadable import Unreadable
from gongkai.frame.today import now
from gongkai.rules.law import Refused

CHUNK = 500
EVERY = timedelta(minutes=1)


@task()
def run_import(pk: int) -> None:
    """Bring in what a manifest lists (执行导入); started again it goes on after the last finished chunk."""
    bring_in(LegacyImport.objects.get(pk=pk))


def bring_in(batch: LegacyImport, told: Callable[[int], None] = lambda _done: None) -> None:
    """Bring the rows in (导入); *told* hears how many are done."""
    if batch.state != "running":
        return
    try:
        with opened(batch) as manifest:
            if not batch.total:
                LegacyImport.objects.filter(pk=batch.pk).update(total=sum(1 for _ in manifest.rows()))
            if not _all_rows(batch, manifest, told):
                return
    except Unreadable as problem:
        fail(batch, note=str(problem), at=now())
    except Exception:
        fail(batch, note="导入程序出错而中断，已导入的部分有效，可以继续；仍不成功请联系技术人员", at=now())
        raise
    else:
        with suppress(Refused):  # another process was quicker with the last rows
            finish(batch, at=now())


@contextmanager
def opened(batch: LegacyImport) -> Iterator[Manifest]:
    """The manifest of an import (打开清单)."""
    with default_storage.open(str(batch.upload.name)) as stored:
        yield Manifest(stored, batch.kind)


def _all_rows(batch: LegacyImport, manifest: Manifest, told: Callable[[int], None]) -> bool:
    """Chunk by chunk; False where another process works on the same import, or it was stopped."""
    moment = now()
    known, memory = Directory(batch, moment.date()), Memory()
    preparer = Preparer(manifest.archive, manifest.base, beat=Beat(batch.pk))
    begun = LegacyImport.objects.get(pk=batch.pk).done
    done = 0
    for rows in chunks(manifest.rows(), CHUNK):
        work = Sorted()
        entries = understand(rows, known, memory, work)
        done += len(rows)
        if done <= begun:
            continue  # of a run that was stopped: only remembered
        sort_out(entries, work, preparer)
        if not write(batch, done - len(rows), len(rows), work, by=batch.by, at=moment):
            return False
        told(done)
    return True


class Beat:
    """A sign of life while rows are made ready (进展信号), once a minute: a long chunk is no dead worker."""

    def __init__(self, pk: int) -> None:
        self.pk, self.last = pk, now()

    def __call__(self) -> None:
        """Somebody works on it."""
        if now() - self.last >= EVERY:
            self.last = now()
            LegacyImport.objects.filter(pk=self.pk, state="running").update(moved_at=self.last)


def chunks(rows: Iterator[tuple[int, list[str]]], size: int) -> Iterator[Rows]:
    """Rows in groups (分批)."""
    while group := list(islice(rows, size)):
        yield group


def rehearse(batch: LegacyImport, told: Callable[[int], None] = lambda _done: None) -> Iterator[Sorted]:
    """What would become of each row (试运行), without writing anything."""
    with opened(batch) as manifest:
        known, memory = Directory(batch, now().date()), Memory()
        preparer = Preparer(manifest.archive, manifest.base)
        done = 0
        for rows in chunks(manifest.rows(), CHUNK):
            work = Sorted()
            sort_out(understand(rows, known, memory, work), work, preparer, store=False)
            done += len(rows)
            told(done)
            yield work
