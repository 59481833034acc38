"""内置引擎: Tantivy over pairs of units, an index of this host's own beside the database."""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any
from uuid import uuid4

import tantivy as rust
from tantivy import Query

from gongkai.search.engines.building import build, phrase
from gongkai.search.engines.interface import Lost
from gongkai.search.engines.lock import alone
from gongkai.search.entry import FACETS, Answer, Asked, Entry, Hit, Position
from gongkai.search.units import flat, pairs, terms

#: raised with every change of the fields: an index of another make is rebuilt
MAKE = 1
PLACE = "."  # the name of the one document that keeps the position
SMALL_HEAP, LARGE_HEAP = 20_000_000, 200_000_000
#: with so many pieces the writer waits until they are merged: soon where it tidies up, late where people wait
MANY, FAR_TOO_MANY = 8, 60
MOST_VALUES = 200
KEEP_PAIRS = 600  # seconds


def _schema() -> rust.Schema:
    made = rust.SchemaBuilder()
    made.add_text_field("name", tokenizer_name="raw", index_option="basic")
    made.add_bytes_field("shown", stored=True)
    made.add_text_field("exact", tokenizer_name="raw", index_option="basic")
    for name in ("title", "marks", "text"):
        made.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    made.add_text_field("ones", tokenizer_name="whitespace", index_option="freq")
    for name in ("noun", "sort", "standing"):
        made.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("unit", "theme", "year", "column"):
        made.add_unsigned_field(name, indexed=True, fast=True)
    made.add_integer_field("day", indexed=True, fast=True)
    made.add_float_field("weight", fast=True)
    return made.build()


SCHEMA = _schema()


class TantivyEngine:
    """The embedded index of this host (内置引擎). ``folder/current`` names the index in use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: tuple[Path, tuple[int, int], rust.Index] | None = None
        self._lock = Lock()
        self._pairs: tuple[float, dict[str, int]] = (0.0, {})

    # --- reading --------------------------------------------------------------------------------

    def search(self, asked: Asked) -> Answer:
        """Answer one question (检索)."""
        with _readable():
            return self._answer(asked)

    def _answer(self, asked: Asked) -> Answer:
        searcher = self._searcher()
        query = build(SCHEMA, asked)
        offset = (asked.page - 1) * asked.size
        if asked.order == "date":
            found = searcher.search(query, asked.size, order_by_field="day", offset=offset)
        else:
            found = searcher.search(query, asked.size, offset=offset, weight_by_field="weight")
        hits = tuple(_hit(searcher.doc(address)) for _, address in found.hits)
        counts = self._counts(searcher, asked, query) if asked.counts else {}
        return Answer(hits, int(found.count), counts)  # type: ignore[attr-defined]  # the stub leaves it out

    def _counts(
        self, searcher: rust.Searcher, asked: Asked, query: Query
    ) -> dict[str, tuple[tuple[Any, int], ...]]:
        """The counts of each filter (分面计数), itself left out: so people can change it."""
        free = [name for name in FACETS if name not in asked.filters]
        counted = _buckets(searcher, query, free)
        for name in FACETS:
            if name in asked.filters:
                counted |= _buckets(searcher, build(SCHEMA, asked, without=name), [name])
        return counted

    def suggest(self, units: Sequence[str], limit: int) -> list[str]:
        """Titles that hold these units, the last one perhaps half typed (联想)."""
        searcher = self._searcher()
        if len(units) == 1:
            query = Query.regex_query(SCHEMA, "title", f"{_plain(units[0])}.*")
        elif units[-1] <= "z":
            query = _half_typed(units)
        else:
            query = phrase(SCHEMA, "title", units)
        found = searcher.search(query, limit * 3, order_by_field="day", count=False)
        titles = (_hit(searcher.doc(address)).title for _, address in found.hits)
        return list(dict.fromkeys(titles))[:limit]

    def frequent_pairs(self) -> dict[str, int]:
        """The pairs of the titles with their counts (标题字对), kept for ten minutes."""
        since, kept = self._pairs
        if not kept or monotonic() - since > KEEP_PAIRS:
            kept = dict(self._searcher().terms_with_prefix("title", ""))
            self._pairs = (monotonic(), kept)
        return kept

    def position(self) -> Position:
        """How far this index has read (进度)."""
        searcher = self._searcher()
        found = searcher.search(Query.term_query(SCHEMA, "name", PLACE, "basic"), 1).hits
        if not found:
            raise Lost("索引没有写完")
        kept = json.loads(_shown(searcher.doc(found[0][1])))
        if kept.pop("make") != MAKE:
            raise Lost("索引由旧版本建立")
        return Position(kept["last"], kept["stamp"], tuple(tuple(gap) for gap in kept["gaps"]))

    def size(self) -> tuple[int, int]:
        """How many entries, how many bytes (规模)."""
        place = self._current()
        bytes_ = sum(path.stat().st_size for path in place.iterdir() if path.is_file())
        return max(0, self._searcher().num_docs - 1), bytes_

    # --- writing --------------------------------------------------------------------------------

    def change(
        self, entries: Iterable[Entry], gone: Iterable[str], position: Position, *, tidy: bool = True
    ) -> None:
        """Replace and delete, and keep the position, in one commit (更新)."""
        index = self._index()
        with _writing(index, SMALL_HEAP) as writer:
            for name in gone:
                writer.delete_documents_by_term("name", name)
            for entry in entries:
                writer.delete_documents_by_term("name", entry.name)
                writer.add_document(document(entry))
            writer.delete_documents_by_term("name", PLACE)
            writer.add_document(_place(position))
            writer.commit()
            index.reload()
            if index.searcher().num_segments > (MANY if tidy else FAR_TOO_MANY):
                writer.wait_merging_threads()

    @contextmanager
    def rebuild(self) -> Iterator["Rebuilding"]:
        """Fill a new index while the old one answers (重建)."""
        place = self.folder / uuid4().hex
        place.mkdir(parents=True)
        builder = Rebuilding(self, place)
        try:
            yield builder
        except BaseException:
            builder.stop()
            shutil.rmtree(place, ignore_errors=True)
            raise

    def adopt(self, place: Path) -> None:
        """Let *place* be the index in use, and throw the others away (切换)."""
        pointer = self.folder / f"current.{place.name}"
        pointer.write_text(place.name, encoding="ascii")
        pointer.replace(self.folder / "current")
        for other in self.folder.iterdir():
            if other.is_dir() and other != place:
                shutil.rmtree(other, ignore_errors=True)

    def alone(self, *, wait: bool = False) -> AbstractContextManager[bool]:
        """The right to write on this host (独占写入)."""
        return alone(self.folder, wait=wait)

    # --- the open index -------------------------------------------------------------------------

    def _current(self) -> Path:
        try:
            name = (self.folder / "current").read_text(encoding="ascii")
        except (OSError, ValueError):
            raise Lost("还没有建立索引") from None
        return self.folder / name

    def _index(self) -> rust.Index:
        """The index in use (当前索引); a rebuild may have put another in its place this very moment."""
        try:
            return self._read_again(self._current())
        except Lost:
            return self._read_again(self._current())

    def _read_again(self, place: Path) -> rust.Index:
        """The index at this place, as the last commit of any process left it."""
        with self._lock:
            try:
                state = (place / "meta.json").stat()
                mark = (state.st_mtime_ns, state.st_ino)
                if self._open is None or self._open[0] != place:
                    self._open = (place, mark, _opened(place))
                elif self._open[1] != mark:
                    self._open[2].reload()
                    self._open = (place, mark, self._open[2])
            except (OSError, ValueError) as fault:
                self._open = None
                raise Lost(f"索引无法读取：{fault}") from None
            return self._open[2]

    def _searcher(self) -> rust.Searcher:
        return self._index().searcher()


class Rebuilding:
    """A new index being filled (重建中的索引)."""

    def __init__(self, engine: TantivyEngine, place: Path) -> None:
        self._engine, self._place = engine, place
        self._index = rust.Index(SCHEMA, path=str(place))
        self._writer = self._index.writer(LARGE_HEAP, 1)

    def add(self, entries: Iterable[Entry]) -> None:
        """Take more entries in (收录)."""
        for entry in entries:
            self._writer.add_document(document(entry))

    def stop(self) -> None:
        """Write no more (中止): else the writer's threads would go on filling the folder."""
        with suppress(ValueError):  # it has finished already
            self._writer.rollback()
            self._writer.wait_merging_threads()

    def finish(self, position: Position) -> None:
        """Put the new index in the old one's place, at this position (切换)."""
        self._writer.add_document(_place(position))
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._engine.adopt(self._place)


def document(entry: Entry) -> rust.Document:
    """An entry as the index keeps it (索引文档)."""
    made = rust.Document()
    made.add_text("name", entry.name)
    made.add_bytes("shown", json.dumps([entry.noun, entry.key, entry.title], ensure_ascii=False).encode())
    for exact in {flat(entry.title), flat(entry.number), flat(entry.code)} - {""}:
        made.add_text("exact", exact)
    title = terms(entry.title)
    marks = terms("\n".join(filter(None, (entry.number, entry.code, entry.keywords))))
    text = terms(entry.text)
    for name, value in (("title", title.pairs), ("marks", marks.pairs), ("text", text.pairs)):
        made.add_text(name, value)
    made.add_text("ones", f"{title.ones} {title.ones} {marks.ones} {text.ones}")
    for name, word in (("noun", entry.noun), ("sort", entry.sort), ("standing", entry.standing)):
        if word:
            made.add_text(name, word)
    for name, number in (("unit", entry.unit), ("theme", entry.theme), ("year", entry.year)):
        if number is not None:
            made.add_unsigned(name, number)
    for column in dict.fromkeys(entry.columns):
        made.add_unsigned("column", column)
    made.add_integer("day", entry.day)
    made.add_float("weight", 2**entry.weight - 2)  # the engine multiplies the score by log2(2 + weight)
    return made


def _place(position: Position) -> rust.Document:
    made = rust.Document()
    made.add_text("name", PLACE)
    made.add_bytes("shown", json.dumps(asdict(position) | {"make": MAKE}).encode())
    return made


def _opened(place: Path) -> rust.Index:
    """The index at this place (打开索引); damaged files are a loss, whatever the engine calls it."""
    index = rust.Index.open(str(place))
    index.config_reader("manual")
    index.reload()
    return index


@contextmanager
def _writing(index: rust.Index, heap: int) -> Iterator[rust.IndexWriter]:
    writer = index.writer(heap, 1)
    try:
        yield writer
    except BaseException:
        with suppress(Exception):
            writer.rollback()
        raise
    finally:
        del writer  # the engine's own lock goes with the last reference


@contextmanager
def _readable() -> Iterator[None]:
    """Damaged files show only when they are read: that is a loss too (索引损坏)."""
    try:
        yield
    except (OSError, ValueError) as fault:
        raise Lost(f"索引无法读取：{fault}") from fault
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # the engine's own; it cannot be imported
            raise
        raise Lost(f"索引无法读取：{fault}") from fault


def _shown(found: rust.Document) -> str:
    return bytes(found.get_first("shown") or b"").decode()


def _hit(found: rust.Document) -> Hit:
    noun, key, title = json.loads(_shown(found))
    return Hit(noun, key, title)


def _plain(unit: str) -> str:
    return unit.replace(".", r"\.")


def _half_typed(units: Sequence[str]) -> Query:
    """Neighbours whose last run of letters or digits may go on (未输完)."""
    doubles = pairs(list(units))
    if len(doubles) == 1:
        return Query.regex_query(SCHEMA, "title", f"{_plain(doubles[0])}.*")
    return Query.phrase_prefix_query(SCHEMA, "title", list(doubles))


def _buckets(
    searcher: rust.Searcher, query: Query, names: Sequence[str]
) -> dict[str, tuple[tuple[Any, int], ...]]:
    if not names:
        return {}
    wanted = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names}
    found: Mapping[str, Any] = searcher.aggregate(query, wanted)
    return {
        name: tuple((_value(bucket["key"]), int(bucket["doc_count"])) for bucket in found[name]["buckets"])
        for name in names
    }


def _value(key: object) -> object:
    return int(key) if isinstance(key, float) else key
