"""留存的页面: whole answers in the memory of one process, the longest unused ones dropped first."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

#: what a kept page costs besides its bytes (keys, headers, the row itself)
OVERHEAD = 1500


@dataclass(frozen=True, slots=True)
class Page:
    """One kept answer (留存页面): ready to send, plain and packed, with the headers of each."""

    status: str
    etag: str
    plain: bytes
    packed: bytes
    plain_headers: list[tuple[str, str]]
    packed_headers: list[tuple[str, str]]
    unchanged_headers: list[tuple[str, str]]

    @property
    def weight(self) -> int:
        """How much memory it takes (占用)."""
        return len(self.plain) + len(self.packed) + OVERHEAD


class Shelf:
    """Kept pages within a number of bytes (页面架)."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.weight = 0
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Page | None:
        """The page under *key*, now the last to be dropped (取)."""
        with self._lock:
            page = self._pages.get(key)
            if page:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Hashable, page: Page) -> None:
        """Keep a page; the longest unused make room (存). One that would fill a quarter is not kept."""
        if page.weight * 4 > self.room:
            return
        with self._lock:
            old = self._pages.pop(key, None)
            self.weight += page.weight - (old.weight if old else 0)
            self._pages[key] = page
            while self.weight > self.room:
                self.weight -= self._pages.popitem(last=False)[1].weight

    def clear(self) -> None:
        """Drop all (清空)."""
        with self._lock:
            self._pages.clear()
            self.weight = 0

    def __len__(self) -> int:
        return len(self._pages)


class Cabinet:
    """The pages of one process (页面柜). Keys begin with a generation: an older page is never found.

    Pages that a stranger can multiply (queries, wrong addresses, odd host names) stand on a shelf of
    their own and push out nothing but each other.
    """

    def __init__(self, room: int) -> None:
        self.plain = Shelf(room * 3 // 4)
        self.made_up = Shelf(room // 4)
        self._generation: Hashable = None

    def turn(self, generation: Hashable) -> None:
        """Make room where a new generation has begun (换代)."""
        if generation != self._generation:
            self._generation = generation
            self.plain.clear()
            self.made_up.clear()

    def get(self, key: Hashable) -> Page | None:
        """The page under *key*, on whichever shelf (取)."""
        return self.plain.get(key) or self.made_up.get(key)
