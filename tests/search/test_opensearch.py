"""The second engine: what it says to the server and what it makes of the answers.

The answers stand as the server's reference describes them; where GONGKAI_OPENSEARCH names a server, the last
test asks a real one.
"""

import json
import os
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from gongkai.search.engines.dialect import body, document
from gongkai.search.engines.interface import Lost
from gongkai.search.engines.opensearch import OpenSearchEngine
from gongkai.search.entry import Asked, Entry, Position
from gongkai.search.wording import read
from tests.search.conftest import keys

PLACE = {"_source": {"place": json.dumps({"last": 7, "stamp": "s", "gaps": [[1, 2, 3.0]], "make": 1})}}
FOUND = {
    "hits": {
        "total": {"value": 41, "relation": "eq"},
        "hits": [
            {"_id": "paper:5", "_score": 3.1, "_source": {"noun": "paper", "key": 5, "shown": "低保办法"}}
        ],
    },
    "aggregations": {"year": {"doc_count": 3, "values": {"buckets": [{"key": 2021, "doc_count": 3}]}}},
}
DONE = {"took": 3, "errors": False, "items": [{"index": {"_id": "paper:5", "status": 200}}]}
STATS = {"_all": {"primaries": {"docs": {"count": 4}, "store": {"size_in_bytes": 900}}}}


class Server:
    """A server that answers from a table and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []
        self.answers: dict[str, tuple[int, Any]] = {
            r"POST /gongkai-x/_search": (200, FOUND),
            r"GET /gongkai-x/_doc/position": (200, PLACE),
            r"POST /gongkai-x[^/]*/_bulk\?refresh=true": (200, DONE),
            r"GET /gongkai-x/_stats.*": (200, STATS),
            r"PUT /gongkai-x-[0-9a-f]{32}": (200, {"acknowledged": True}),
            r"GET /gongkai-x-\*/_alias": (200, {"gongkai-x-old": {"aliases": {"gongkai-x": {}}}}),
            r"POST /_aliases": (200, {"acknowledged": True}),
            r"DELETE /gongkai-x-[0-9a-f]{32}": (200, {"acknowledged": True}),
        }

    def answer(self, line: str, said: str) -> tuple[int, Any]:
        """What the table holds for this request."""
        self.asked.append((*line.split(" ", 1), said))  # type: ignore[arg-type]
        found = next((each for wanted, each in self.answers.items() if re.fullmatch(wanted, line)), None)
        assert found, line
        return found


@pytest.fixture
def server() -> Iterator[tuple[Server, str]]:
    """The recorded server and its address."""
    table = Server()

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            said = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            status, found = table.answer(f"{self.command} {self.path}", said)
            content = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = _do  # noqa: N815 (names of http.server)

        def log_message(self, *_: Any) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=listening.serve_forever, daemon=True).start()
    yield table, f"http://127.0.0.1:{listening.server_port}"
    listening.shutdown()
    listening.server_close()


@pytest.fixture
def engine(server: tuple[Server, str], tmp_path: Path) -> Iterator[OpenSearchEngine]:
    """The engine before that server."""
    made = OpenSearchEngine(server[1], tmp_path / "x")
    yield made
    made.leave()


def test_a_question_comes_back_as_an_answer(engine: OpenSearchEngine) -> None:
    answer = engine.search(Asked(words=read("低保"), counts=True))
    assert (answer.total, answer.hits[0].key, answer.hits[0].title) == (41, 5, "低保办法")
    assert answer.counts == {"year": ((2021, 3),)}


def test_position_and_size_are_read(engine: OpenSearchEngine) -> None:
    assert engine.position() == Position(7, "s", ((1, 2, 3.0),))
    assert engine.size() == (3, 900)


def test_a_change_is_one_request_with_the_position_last_and_the_number_as_version(
    engine: OpenSearchEngine, server: tuple[Server, str]
) -> None:
    engine.change([Entry(noun="paper", key=5, title="低保办法")], ["paper:6"], Position(8, "t"))
    lines = [json.loads(line) for line in server[0].asked[-1][2].splitlines()]
    heads = [line for line in lines if "index" in line or "delete" in line]
    assert [(next(iter(head)), next(iter(head.values()))["_id"]) for head in heads] == [
        ("index", "paper:5"),
        ("delete", "paper:6"),
        ("index", "position"),
    ]
    assert all(next(iter(head.values()))["version"] == 8 for head in heads)
    assert all(next(iter(head.values()))["version_type"] == "external_gte" for head in heads)


def test_being_overtaken_by_a_faster_host_is_no_fault_and_a_real_fault_is(
    engine: OpenSearchEngine, server: tuple[Server, str]
) -> None:
    bulk = r"POST /gongkai-x[^/]*/_bulk\?refresh=true"
    server[0].answers[bulk] = (200, {"errors": True, "items": [{"index": {"status": 409, "error": {}}}]})
    engine.change([], [], Position(8, "t"))
    server[0].answers[bulk] = (200, {"errors": True, "items": [{"index": {"status": 400, "error": "bad"}}]})
    with pytest.raises(OSError, match="bad"):
        engine.change([], [], Position(8, "t"))


def test_a_rebuild_fills_a_new_index_and_changes_the_alias_in_one_step(
    engine: OpenSearchEngine, server: tuple[Server, str]
) -> None:
    with engine.rebuild() as builder:
        builder.add([Entry(noun="paper", key=1, title="低保")])
        builder.finish(Position(3, "s"))
    actions = json.loads(server[0].asked[-1][2])["actions"]
    assert [next(iter(each)) for each in actions] == ["add", "remove_index"]
    assert actions[0]["add"]["alias"] == "gongkai-x"
    assert actions[1]["remove_index"]["index"] == "gongkai-x-old"


def test_a_server_that_is_away_or_empty_means_a_lost_index(
    engine: OpenSearchEngine, server: tuple[Server, str], tmp_path: Path
) -> None:
    server[0].answers = {r".*": (404, {"error": "no such index"})}
    with pytest.raises(Lost, match="还没有索引"):
        engine.position()
    away = OpenSearchEngine("http://127.0.0.1:1", tmp_path)
    with pytest.raises(Lost, match="连不上"):
        away.search(Asked())
    away.leave()


def test_han_words_ask_the_cjk_field_and_words_with_digits_the_units() -> None:
    said = json.dumps(body(Asked(words=read("补贴 2019年 办 5"))), ensure_ascii=False)
    assert '{"match_phrase": {"title": {"query": "补贴"' in said
    assert '{"match_phrase": {"text.units": {"query": "2019 年"' in said
    assert '{"match_phrase": {"text.units": {"query": "办"' in said
    assert '{"prefix": {"text.units": {"value": "5"' in said


def test_a_filter_leaves_its_own_counts_free() -> None:
    asked = body(Asked(words=read("补贴"), filters={"unit": (2,)}, since=5, counts=True))
    assert asked["post_filter"]["bool"]["filter"] == [
        {"terms": {"unit": [2]}},
        {"range": {"day": {"gte": 5}}},
    ]
    assert asked["aggs"]["unit"]["filter"]["bool"]["filter"] == [{"range": {"day": {"gte": 5}}}]
    assert {"terms": {"unit": [2]}} in asked["aggs"]["year"]["filter"]["bool"]["filter"]


def test_brackets_inside_a_title_do_not_part_its_characters() -> None:
    kept = document(Entry(noun="paper", key=1, title="印发《就業办法》，2019 年", columns=(3, 3)))
    assert (kept["title"], kept["column"]) == ("印发就业办法,2019 年", [3])


@pytest.mark.skipif(not os.environ.get("GONGKAI_OPENSEARCH"), reason="GONGKAI_OPENSEARCH names no server")
def test_a_live_server_finds_what_the_embedded_index_finds(tmp_path: Path) -> None:
    engine = OpenSearchEngine(os.environ["GONGKAI_OPENSEARCH"], tmp_path / "contract-test")
    with engine.rebuild() as builder:
        builder.add(
            [
                Entry(noun="leaf", key=1, title="2019年度就业补贴办法", number="枣政办发〔2015〕12号"),
                Entry(noun="leaf", key=2, title="低保", text="转发枣政办发〔2015〕12号，2019年就业补贴。5G"),
            ]
        )
        builder.finish(Position(3, "s"))
    assert keys(engine, "补贴")[0] == 1
    assert sorted(keys(engine, "2019年")) == [1, 2]
    assert keys(engine, "枣政办发(2015)12号")[0] == 1
    assert keys(engine, "5g") == [2]
    assert sorted(keys(engine, "就")) == [1, 2]
    assert engine.position() == Position(3, "s")
    engine.change([], ["leaf:1"], Position(4, "t"))
    assert keys(engine, "2019年") == [2]
    engine.leave()
