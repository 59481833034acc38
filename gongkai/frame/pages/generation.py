"""代次: pages belong to a generation; an act that changes what the public sees begins a new one."""

import logging
import mmap
import os
import time
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.db import DatabaseError, close_old_connections, transaction

from gongkai.frame.models import Generation

WIDTH = 8
#: how many of the newest rows mark the state of the database: transactions that overlap may show
#: their rows out of order, and the mark must change for each of them
NEWEST = 100
KEPT = 1000
PATIENCE = 1.0
log = logging.getLogger(__name__)


def changed() -> None:
    """Say that public pages have changed (页面已变): called in the transaction of the act that changes them.

    All processes of this host drop their pages the moment the transaction is through; other hosts, and this
    one when the process dies in between, see the row within a second. Said twice in one transaction it
    counts once.
    """
    if any(after is begin for _, after, _ in transaction.get_connection().run_on_commit):
        return
    row = Generation.objects.create()
    if row.pk % KEPT == 0:
        Generation.objects.filter(pk__lte=row.pk - KEPT).delete()
    transaction.on_commit(begin)


def begin() -> None:
    """Begin a new generation on this host (换代)."""
    token().write()


class Token:
    """Eight bytes that all processes of this host share (本机代次): a fresh random word for each generation.

    A random word needs no lock, as a counter would: two that are written at once are both new.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o660)
        try:
            if os.fstat(handle).st_size < WIDTH:
                os.ftruncate(handle, WIDTH)
            self._bytes = mmap.mmap(handle, WIDTH)
        finally:
            os.close(handle)

    def read(self) -> bytes:
        """The word as it stands now (当前代次)."""
        return self._bytes[:WIDTH]

    def write(self) -> None:
        """A fresh word (新代次)."""
        self._bytes[:WIDTH] = os.urandom(WIDTH)


_tokens: dict[Path, Token] = {}


def token() -> Token:
    """The shared word of this copy of the site (本站代次)."""
    path: Path = settings.PAGE_GENERATION
    if path not in _tokens:
        _tokens[path] = Token(path)
    return _tokens[path]


class Watch:
    """Which generation it is now (代次): the word of the host, and the newest rows, asked once a second."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked = -PATIENCE
        self._mark = b""

    def now(self) -> bytes:
        """The generation that a page drawn from here on belongs to (当前代次)."""
        word = token().read()
        if time.monotonic() - self._asked >= PATIENCE and self._lock.acquire(blocking=False):
            try:
                self._mark = newest(self._mark)
                self._asked = time.monotonic()
            finally:
                self._lock.release()
        return word + self._mark


def newest(before: bytes) -> bytes:
    """A mark of the newest rows (最新代次); where the database is silent, nothing was published either."""
    try:
        rows = list(Generation.objects.order_by("-pk").values_list("pk", flat=True)[:NEWEST])
    except DatabaseError as error:
        log.warning("page generation not readable: %s", error)
        return before
    finally:
        if not transaction.get_connection().in_atomic_block:
            close_old_connections()
    return blake2b(repr(rows).encode(), digest_size=WIDTH).digest()
