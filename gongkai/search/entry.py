"""检索条目: what an engine is told about one record, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: filters in the order of the page; a record has one value of each, but any number of columns
FACETS = ("sort", "unit", "theme", "year", "standing", "column")
PAGE_SIZE = 20
LAST_PAGE = 50  # who has leafed through a thousand results needs a filter, not more pages
CURRENT, LESSENED = 2.0, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record that can be found (检索条目). ``day`` is when it was published, in seconds; 0 is unknown.

    ``weight`` stands between 1 and 2: what is no longer in force comes after what is.
    """

    noun: str
    key: int
    title: str
    text: str = ""
    number: str = ""
    code: str = ""
    keywords: str = ""
    unit: int | None = None
    sort: str = ""
    theme: int | None = None
    year: int | None = None
    day: int = 0
    standing: str = ""
    columns: tuple[int, ...] = ()
    weight: float = CURRENT

    @property
    def name(self) -> str:
        """Its name over all nouns (条目标识)."""
        return name_of(self.noun, self.key)


def name_of(noun: str, key: int) -> str:
    """The name of a record over all nouns (条目标识)."""
    return f"{noun}:{key}"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query (检索词): its own units first, then those of its synonyms; all mean the same.

    ``exact`` are the whole terms, a number as the standard writes it among them.
    """

    variants: tuple[tuple[str, ...], ...]
    exact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question to an engine (检索请求). ``least`` below 1 asks for that share of the pairs only."""

    words: tuple[Word, ...] = ()
    filters: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    since: int | None = None
    until: int | None = None
    order: str = "relevance"
    page: int = 1
    size: int = PAGE_SIZE
    counts: bool = False
    least: float = 1.0
    titles_only: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found (命中): its title comes along, for suggestions."""

    noun: str
    key: int
    title: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine found (检索结果): a page of hits, how many in all, and the counts of each filter."""

    hits: tuple[Hit, ...]
    total: int
    counts: Mapping[str, tuple[tuple[Any, int], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Position:
    """How far an index has read the sequence of changes (进度), kept inside the index's own commit.

    ``stamp`` is the time of change ``last``: where the database says otherwise, the index is not its own.
    ``gaps`` are numbers not yet seen below ``last``: (first, last, since when). An overlapping transaction
    may still bring them; what a rolled-back one took never comes and is given up after a while.
    """

    last: int = 0
    stamp: str = ""
    gaps: tuple[tuple[int, int, float], ...] = ()
