"""Many at once and sudden death: nothing is done twice, nothing that was confirmed is lost."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings

from scripts.postgres import free_port
from scripts.server import wait_for
from tests import crowd

ROOT = Path(__file__).resolve().parent.parent
RUN = "import sys, django; django.setup(); from tests import crowd; crowd.main(*sys.argv[1:])"
SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
FILE = pytest.mark.skipif(not SQLITE, reason="on SQLite, in a program of its own")
POSTGRES = pytest.mark.skipif(SQLITE, reason="on PostgreSQL, in threads")


def program(database: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run the crowd's program on a database file."""
    given = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "GONGKAI_DATABASE": f"sqlite:///{database}",
        "GONGKAI_TODAY": "",
    }
    return subprocess.run(
        [sys.executable, "-c", RUN, *map(str, words)],
        cwd=ROOT,
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=False,
    )


def answer(database: Path, *words: object) -> Any:
    done = program(database, *words)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def judge(found: dict[str, Any]) -> None:
    """What must come of the races, whoever wins."""
    numbers = found["numbers"]
    assert found["supervisions"] == len(set(numbers)) == crowd.MANY, numbers
    assert not [each for each in numbers if ":" in each], numbers
    assert found["accepted"].count("accepted") == found["acceptances"] == 1, found["accepted"]
    assert all(each.startswith(("accepted", "refused")) for each in found["accepted"]), found["accepted"]
    assert len(set(found["plans"])) == found["confirmations"] == 1, found["plans"]
    assert found["accounts"].count("新人") == 1, found["accounts"]
    assert all(each.startswith(("新人", "refused", "collided")) for each in found["accounts"])
    assert found["left"] == 1, found["administrators"]
    assert found["chain"] == ""


@POSTGRES
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_nobody_overtakes_anybody() -> None:
    judge(crowd.crowd())


@pytest.mark.once
@FILE
@pytest.mark.slow
def test_on_sqlite_eight_writers_wait_for_each_other(tmp_path: Path) -> None:
    judge(answer(tmp_path / "crowd.sqlite3", "crowd"))


def letters(path: Path) -> list[str]:
    return path.read_text().split() if path.exists() else []


@dataclass(frozen=True)
class Night:
    """A day's work that nobody disturbed: the database before it, its writes, its letters, what it left."""

    before: Path
    writes: int
    letters: list[str]
    state: Any


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Night:
    folder = tmp_path_factory.mktemp("night")
    before, after = folder / "before.sqlite3", folder / "after.sqlite3"
    answer(before, "build")
    shutil.copy(before, after)
    writes = answer(after, "nightly", 0, folder / "letters")
    return Night(before, writes, letters(folder / "letters"), answer(after, "state"))


@pytest.mark.once
@FILE
@pytest.mark.slow
@pytest.mark.parametrize("part", [0.2, 0.6, 0.95])
def test_a_night_that_was_killed_is_made_up_for(calm: Night, tmp_path: Path, part: float) -> None:
    database, sent = tmp_path / "killed.sqlite3", tmp_path / "letters"
    shutil.copy(calm.before, database)
    dead = program(database, "nightly", 1 + int(part * calm.writes), sent)
    assert dead.returncode == -signal.SIGKILL
    assert answer(database, "state") != calm.state
    answer(database, "nightly", 0, sent)
    assert answer(database, "state") == calm.state
    assert set(letters(sent)) == set(calm.letters)
    assert len(letters(sent)) <= len(calm.letters) + 1


@pytest.fixture
def served(calm: Night, tmp_path: Path) -> Iterator[tuple[Path, int, subprocess.Popen[bytes]]]:
    """The house behind its real server, on a database file."""
    database, port = tmp_path / "served.sqlite3", free_port()
    shutil.copy(calm.before, database)
    words = ["--interface=wsgi", f"--port={port}", "--blocking-threads=3", "config.wsgi:application"]
    server = subprocess.Popen(
        [Path(sys.executable).parent / "granian", *words],
        cwd=ROOT,
        env={**os.environ, "GONGKAI_DATABASE": f"sqlite:///{database}", "GONGKAI_TODAY": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(port, server)
        yield database, port, server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def post(port: int, address: str, **typed: str) -> int:
    """Send a form as a browser does, with its token."""
    token = "a" * 32
    body = urlencode({**typed, "csrfmiddlewaretoken": token})
    kind = "application/x-www-form-urlencoded"
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        line.request("POST", address, body, {"Content-Type": kind, "Cookie": f"csrftoken={token}"})
        return line.getresponse().status


@pytest.mark.once
@FILE
@pytest.mark.slow
def test_a_server_that_is_killed_loses_nothing_that_it_confirmed(
    served: tuple[Path, int, subprocess.Popen[bytes]],
) -> None:
    database, port, server = served
    (plan,) = (each for each in answer(database, "state")["plans"])
    for place in range(3):
        assert post(port, f"/progress/{plan}/feedback/", text=f"第{place}条意见建议。") == 302
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    left = answer(database, "state")
    assert left["messages"] == ["第0条意见建议。", "第1条意见建议。", "第2条意见建议。"]
    assert left["chain"] == ""
