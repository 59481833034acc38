"""检索来源: which rooms' records can be found; each room registers its own when the site starts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongkai.search.entry import Entry


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page of results says about one record (结果条目), read from the database, not from the index.

    ``passages`` are (place, text) in the order in which a passage is looked for; facts are (label, value).
    """

    title: str
    url: str
    passages: Sequence[tuple[str, str]] = ()
    facts: Sequence[tuple[str, str]] = ()
    published_at: datetime | None = None
    standing: str = ""
    standing_label: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of record (检索来源): how its records are fetched, listed and shown.

    ``fetch`` gives entries only of what the public may find now: a key without an entry leaves the index.
    ``keys`` gives up to so many keys after one, in order; ``labels`` names the values of the filters.
    """

    noun: str
    label: str
    fetch: Callable[[Sequence[int]], Iterable[Entry]]
    keys: Callable[[int, int], Sequence[int]]
    count: Callable[[], int]
    show: Callable[[Sequence[int]], Mapping[int, Shown]]
    labels: Callable[[str, Sequence[object]], Mapping[object, str]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let these records be found (登记来源)."""
    _sources[source.noun] = source


def source(noun: str) -> Source | None:
    """The source of this noun, where its room is there (取来源)."""
    return _sources.get(noun)


def sources() -> list[Source]:
    """All sources (全部来源)."""
    return list(_sources.values())
