"""A small world of findable things that are no papers: the room of the search knows none."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongkai.search import sources
from gongkai.search.engines.tantivy import TantivyEngine
from gongkai.search.entry import Asked, Entry, Position
from gongkai.search.sources import Shown, Source
from gongkai.search.wording import read

NOUN = "leaf"


class Shelf:
    """What the database holds, as a plain dictionary."""

    def __init__(self) -> None:
        self.entries: dict[int, Entry] = {}

    def put(self, key: int, title: str, **fields: Any) -> Entry:
        """Write or change one entry."""
        self.entries[key] = Entry(noun=NOUN, key=key, title=title, **fields)
        return self.entries[key]

    def source(self) -> Source:
        """The shelf as the search sees it."""
        return Source(
            NOUN,
            "叶子",
            lambda keys: [self.entries[key] for key in keys if key in self.entries],
            lambda after, most: [key for key in sorted(self.entries) if key > after][:most],
            lambda: len(self.entries),
            lambda keys: {
                key: Shown(entry.title, f"/leaf/{key}/", [("正文", entry.text)])
                for key, entry in self.entries.items()
                if key in keys
            },
            lambda name, values: {value: str(value) for value in values},
        )


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """The one source of these tests."""
    made = Shelf()
    monkeypatch.setattr(sources, "_sources", {NOUN: made.source()})
    return made


@pytest.fixture
def engine(tmp_path: Path) -> TantivyEngine:
    """An empty embedded index of its own."""
    return TantivyEngine(tmp_path / "index")


@pytest.fixture
def filled(engine: TantivyEngine) -> Callable[..., TantivyEngine]:
    """An index that holds these entries."""

    def fill(*entries: Entry) -> TantivyEngine:
        with engine.rebuild() as builder:
            builder.add(entries)
            builder.finish(Position())
        return engine

    return fill


@pytest.fixture
def site_index(settings: Any, tmp_path: Path) -> Path:
    """The site's own index in a folder of this test."""
    settings.SEARCH_INDEX = str(tmp_path / "site")
    return tmp_path / "site"


def keys(engine: Any, typed: str, **more: Any) -> list[int]:
    """The keys that a query finds, in order."""
    return [hit.key for hit in engine.search(Asked(words=read(typed), **more)).hits]
