"""外置引擎: an OpenSearch server for many districts, behind the same interface."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from gongkai.search.engines.dialect import MAPPING, body, counts, document
from gongkai.search.engines.interface import Lost
from gongkai.search.engines.lock import alone
from gongkai.search.entry import Answer, Asked, Entry, Hit, Position

MAKE = 1
PLACE = "position"
PATIENCE = 10.0
BULK = 500
#: a newer writing of the same record has come first: nothing is lost
OVERTAKEN, MISSING = 409, 404


class OpenSearchEngine:
    """An index on a server (外置引擎), named after this site's database; all hosts share it.

    Every writing carries the number of the change it follows from: a slow host never undoes a fast one.
    """

    def __init__(self, server: str, folder: Path) -> None:
        self.folder = folder
        self.alias = f"gongkai-{folder.name}"
        self._client = httpx.Client(base_url=server.rstrip("/"), timeout=PATIENCE)

    # --- reading --------------------------------------------------------------------------------

    def search(self, asked: Asked) -> Answer:
        """Answer one question (检索)."""
        found = self._ask("POST", f"/{self.alias}/_search", body(asked))
        return Answer(_hits(found), found["hits"]["total"]["value"], counts(found.get("aggregations", {})))

    def suggest(self, units: Sequence[str], limit: int) -> list[str]:
        """Titles that hold these units, the last one perhaps half typed (联想)."""
        phrase = {"match_phrase_prefix": {"title.units": {"query": " ".join(units)}}}
        wanted = {
            "size": limit * 3,
            "_source": ["noun", "key", "shown"],
            "query": phrase,
            "sort": [{"day": "desc"}],
        }
        hits = _hits(self._ask("POST", f"/{self.alias}/_search", wanted))
        return list(dict.fromkeys(hit.title for hit in hits))[:limit]

    def frequent_pairs(self) -> dict[str, int]:
        """The server gives no list of its terms (标题字对): two-character words go uncorrected here."""
        return {}

    def position(self) -> Position:
        """How far the index has read (进度)."""
        kept = json.loads(self._ask("GET", f"/{self.alias}/_doc/{PLACE}")["_source"]["place"])
        if kept["make"] != MAKE:
            raise Lost("索引由旧版本建立")
        return Position(kept["last"], kept["stamp"], tuple(tuple(gap) for gap in kept["gaps"]))

    def size(self) -> tuple[int, int]:
        """How many entries, how many bytes (规模)."""
        total = self._ask("GET", f"/{self.alias}/_stats/docs,store")["_all"]["primaries"]
        return max(0, total["docs"]["count"] - 1), total["store"]["size_in_bytes"]

    # --- writing --------------------------------------------------------------------------------

    def change(
        self,
        entries: Iterable[Entry],
        gone: Iterable[str],
        position: Position,
        *,
        tidy: bool = True,  # noqa: ARG002 (the server does so by itself)
    ) -> None:
        """Replace and delete, the position last (更新): what breaks off in between is read again."""
        puts = [_put(entry.name, document(entry), position.last) for entry in entries]
        drops = [[{"delete": _mark(name, position.last)}] for name in gone]
        self._send(self.alias, [*puts, *drops, _place(position)])

    @contextmanager
    def rebuild(self) -> Iterator["Rebuilding"]:
        """Fill a new index while the old one answers (重建)."""
        name = f"{self.alias}-{uuid4().hex}"
        self._ask("PUT", f"/{name}", MAPPING)
        try:
            yield Rebuilding(self, name)
        except BaseException:
            self._client.delete(f"/{name}")
            raise

    def adopt(self, name: str) -> None:
        """Let *name* be the index in use, and delete the others (切换)."""
        listed = self._ask("GET", f"/{self.alias}-*/_alias")
        others = [{"remove_index": {"index": other}} for other in listed if other != name]
        add = {"add": {"index": name, "alias": self.alias}}
        self._ask("POST", "/_aliases", {"actions": [add, *others]})

    def fill(self, name: str, entries: Iterable[Entry], version: int) -> None:
        """Take entries into an index (收录)."""
        puts = [_put(entry.name, document(entry), version) for entry in entries]
        for start in range(0, len(puts), BULK):
            self._send(name, puts[start : start + BULK])

    def close(self, name: str, position: Position) -> None:
        """Write the position into a filled index (写入进度)."""
        self._send(name, [_place(position)])

    def alone(self, *, wait: bool = False) -> AbstractContextManager[bool]:
        """The right to write on this host (独占写入); between hosts the numbers of the changes decide."""
        return alone(self.folder, wait=wait)

    def leave(self) -> None:
        """Close the connections (断开)."""
        self._client.close()

    # --- the wire -------------------------------------------------------------------------------

    def _send(self, name: str, acts: Sequence[Sequence[dict[str, Any]]]) -> None:
        lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for act in acts for line in act)
        answer = self._call("POST", f"/{name}/_bulk?refresh=true", lines.encode(), "application/x-ndjson")
        results = [next(iter(each.values())) for each in answer["items"]]
        bad = [
            each for each in results if each["status"] >= 400 and each["status"] not in (OVERTAKEN, MISSING)
        ]
        if bad:
            raise OSError(f"OpenSearch: {bad[0].get('error')}")

    def _ask(self, method: str, path: str, wanted: dict[str, Any] | None = None) -> dict[str, Any]:
        content = json.dumps(wanted, ensure_ascii=False).encode() if wanted is not None else None
        return self._call(method, path, content, "application/json")

    def _call(self, method: str, path: str, content: bytes | None, kind: str) -> dict[str, Any]:
        try:
            answer = self._client.request(method, path, content=content, headers={"Content-Type": kind})
        except httpx.HTTPError as fault:
            raise Lost(f"检索服务器连不上：{fault}") from None
        if answer.status_code == MISSING:
            raise Lost("检索服务器上还没有索引")
        if answer.is_error:
            raise OSError(f"OpenSearch: {answer.status_code} {answer.text[:300]}")
        found: dict[str, Any] = answer.json()
        return found


class Rebuilding:
    """A new index being filled on the server (重建中的索引). Version 0: any later change goes over it."""

    def __init__(self, engine: OpenSearchEngine, name: str) -> None:
        self._engine, self._name = engine, name

    def add(self, entries: Iterable[Entry]) -> None:
        """Take more entries in (收录)."""
        self._engine.fill(self._name, entries, 0)

    def finish(self, position: Position) -> None:
        """Put the new index in the old one's place, at this position (切换)."""
        self._engine.close(self._name, position)
        self._engine.adopt(self._name)


def _mark(name: str, version: int) -> dict[str, Any]:
    return {"_id": name, "version": version, "version_type": "external_gte"}


def _put(name: str, said: dict[str, Any], version: int) -> list[dict[str, Any]]:
    return [{"index": _mark(name, version)}, said]


def _place(position: Position) -> list[dict[str, Any]]:
    kept = {"last": position.last, "stamp": position.stamp, "gaps": position.gaps, "make": MAKE}
    return _put(PLACE, {"place": json.dumps(kept)}, position.last)


def _hits(found: dict[str, Any]) -> tuple[Hit, ...]:
    sources = (hit["_source"] for hit in found["hits"]["hits"])
    return tuple(Hit(each["noun"], each["key"], each["shown"]) for each in sources)
