"""Search at 200,000 papers beside SQLite FTS5 over the same pairs: time by class of query, index rate, size.

``SEARCH_PAPERS=1000000`` measures a larger copy, ``SEARCH_PAPERS=20000`` a small one in a minute.
"""

import os
import sqlite3
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

from bench._search_corpus import papers, probes
from gongkai.search.engines.tantivy import TantivyEngine
from gongkai.search.entry import Asked, Entry, Position
from gongkai.search.units import clauses, pairs, terms
from gongkai.search.wording import read

COUNT = int(os.environ.get("SEARCH_PAPERS", "200000"))
PROBED = min(COUNT, 100_000)
TIMES = 15
CLASSES = {
    "common two-character": ("补贴", "工作", "办理", "实施", "年度", "标准"),
    "rare word": ("甲戊滩湿地", "丁辛滩", "湿地保护"),
    "across borders": ("会保险", "理局关", "区实际", "展工作"),
    "long phrase": ("自受理之日起", "列入年度考核", "创业担保贷款", "人力资源和社会保障局"),
    "numbers": ("2019年", "〔2015〕12号", "第3季度", "5G", "枣政办发〔2018〕7号"),
    "one character": ("办", "局", "号"),
    "two words": ("补贴 办理", "义务教育 通知", "2019年 低保"),
}


def main() -> None:
    """Build both, compare them, measure them."""
    # the index may still be merging its parts when all has been measured
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        engine = TantivyEngine(Path(folder) / "index")
        _build(engine, COUNT)
        rival = _rival(Path(folder) / "fts5.sqlite3", COUNT)
        _queries(engine, rival)
        _publish(engine)
    _exactness()


def _build(engine: TantivyEngine, count: int) -> None:
    made = list(papers(min(count, 20_000)))
    letters = statistics.mean(len(entry.text) + len(entry.title) for entry in made)
    print(f"{count:,} papers of {letters:.0f} characters on average")
    spent, wall, work = 0.0, perf_counter(), 0.0
    with engine.rebuild() as builder:
        stock = papers(count)
        while batch := list(islice(stock, 2000)):
            began = process_time()
            builder.add(batch)
            spent += process_time() - began
        began = process_time()
        builder.finish(Position())
        work = process_time() - began
    cpu = spent + work
    entries, size = engine.size()
    lasted = perf_counter() - wall
    print(
        f"index: {entries / cpu:,.0f} papers per CPU second "
        f"({cpu:.0f} CPU s, without the making of the papers; {lasted:.0f} s in all), "
        f"{size / 2**20:,.0f} MB"
    )


def _rival(path: Path, count: int) -> sqlite3.Connection:
    """SQLite FTS5 over the same pairs, with the facts in an indexed table beside it."""
    rival = sqlite3.connect(path)
    rival.executescript(
        "PRAGMA journal_mode=off; PRAGMA synchronous=off;"
        "CREATE VIRTUAL TABLE words"
        " USING fts5(title, text, content='', tokenize=\"unicode61 tokenchars '_|.'\");"
        "CREATE TABLE facts (id INTEGER PRIMARY KEY, unit INT, sort TEXT, year INT, day INT);"
        "CREATE INDEX facts_unit ON facts (unit, day); CREATE INDEX facts_day ON facts (day);"
    )
    began = process_time()
    with rival:
        for entry in papers(count):
            _put(rival, entry)
    rival.execute("ANALYZE")
    size = path.stat().st_size / 2**20
    rate = count / (process_time() - began)
    print(f"FTS5: {rate:,.0f} papers per CPU second (making included), {size:,.0f} MB")
    return rival


def _put(rival: sqlite3.Connection, entry: Entry) -> None:
    rival.execute(
        "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
        (entry.key, _both(entry.title), _both(entry.number + "\n" + entry.text)),
    )
    rival.execute(
        "INSERT INTO facts VALUES (?, ?, ?, ?, ?)", (entry.key, entry.unit, entry.sort, entry.year, entry.day)
    )


def _both(text: str) -> str:
    made = terms(text)
    return f"{made.pairs} {made.ones}"


def _match(typed: str) -> str:
    """The same query in FTS5's words: a phrase of pairs for each word."""
    parts = []
    for word in typed.split():
        for units in clauses(word):
            doubles = pairs(units) or units
            parts.append('"' + " ".join(doubles) + '"')
    return " AND ".join(parts)


def _queries(engine: TantivyEngine, rival: sqlite3.Connection) -> None:
    heads = ("ranked 20", "FTS5", "newest 20", "unit + dates", "with counts")
    print("\n" + f"{'ms, p50 / p99':26}" + "".join(f"{head:>18}" for head in heads))
    ratios, worst = [], 0.0
    for name, typed in CLASSES.items():
        ranked = _timed(lambda words: engine.search(Asked(words=read(words))), typed)
        plain = _timed(lambda words: _ask(rival, words), typed, times=3)
        newest = _timed(lambda words: engine.search(Asked(words=read(words), order="date")), typed)
        narrow = _timed(lambda words: engine.search(_narrow(words)), typed)
        counts = _timed(lambda words: engine.search(Asked(words=read(words), counts=True)), typed)
        print(
            f"{name:26}" + "".join(f"{_said(each):>18}" for each in (ranked, plain, newest, narrow, counts))
        )
        worst = max(worst, *ranked, *newest, *narrow)
        if name.startswith("common"):
            ratios.append(statistics.median(plain) / statistics.median(ranked))
    print(f"\nworst query {worst:.1f} ms; on common words {ratios[0]:.0f} × FTS5")
    empty = _timed(lambda _: engine.search(Asked(order="date", counts=True)), ("",))
    print(f"everything, newest first, with counts: {_said(empty)} ms")
    offers = _timed(lambda words: engine.suggest(list(words), 8), ("补贴", "就业", "义务教", "行政"))
    print(f"titles while typing: {_said(offers)} ms")


def _narrow(words: str) -> Asked:
    since, until = 17_000 * 86400, 18_500 * 86400
    return Asked(words=read(words), filters={"unit": (3,)}, since=since, until=until, order="date")


def _ask(rival: sqlite3.Connection, words: str) -> list[tuple[int]]:
    return rival.execute(
        "SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, 5.0, 1.0) LIMIT 20",
        (_match(words),),
    ).fetchall()


def _timed(act: Callable[[str], object], typed: Sequence[str], times: int = TIMES) -> list[float]:
    """Milliseconds of each run, the first of each query left out."""
    spent = []
    for words in typed:
        act(words)
        for _ in range(times):
            began = perf_counter()
            act(words)
            spent.append((perf_counter() - began) * 1000)
    return spent


def _said(spent: Sequence[float]) -> str:
    return f"{statistics.median(spent):.1f} / {statistics.quantiles(spent, n=100)[98]:.1f}"


def _publish(engine: TantivyEngine) -> None:
    """One paper saved: the work until it can be found, early and late."""
    spent = []
    for entry in papers(20, seed=5, start=COUNT + 1):
        began = perf_counter()
        engine.change([entry], [], Position(), tidy=False)
        assert engine.search(Asked(words=read(entry.code))).total
        spent.append((perf_counter() - began) * 1000)
    print(f"publish → searchable: {_said(spent)} ms, at {COUNT:,} papers")


def _exactness() -> None:
    """The same papers as a LIKE scan, for 200 words."""
    entries = list(papers(PROBED))
    with tempfile.TemporaryDirectory() as folder:
        engine = TantivyEngine(Path(folder))
        with engine.rebuild() as builder:
            builder.add(entries)
            builder.finish(Position())
        same = sum(found == wanted for _, found, wanted in compared(engine, entries, probes(200, entries)))
    print(f"exactness: {same} of 200 words give the same papers as a LIKE scan over {len(entries):,}")


def compared(
    engine: TantivyEngine, entries: Sequence[Entry], words: Sequence[str]
) -> Iterator[tuple[str, int, int]]:
    """Each word with how many papers the index and a LIKE scan find, -1 where they are not the same ones."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE TABLE paper (id INTEGER PRIMARY KEY, said TEXT)")
    said = ((entry.key, "\n".join((entry.title, entry.number, entry.code, entry.text))) for entry in entries)
    table.executemany("INSERT INTO paper VALUES (?, ?)", said)
    for word in words:
        wanted = {key for (key,) in table.execute("SELECT id FROM paper WHERE said LIKE ?", (f"%{word}%",))}
        answer = engine.search(Asked(words=read(word), size=len(entries), order="date"))
        found = {hit.key for hit in answer.hits}
        yield word, len(found) if found == wanted else -1, len(wanted)


if __name__ == "__main__":
    main()
