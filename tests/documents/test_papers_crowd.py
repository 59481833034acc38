"""Many publishers and sudden death: a paper is published once, and stands on the site whole or not at all."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests import papers_crowd

ROOT = Path(__file__).resolve().parents[2]
RUN = "import sys, django; django.setup(); from tests import papers_crowd as c; c.main(*sys.argv[1:])"
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
    command = [sys.executable, "-c", RUN, *map(str, words)]
    env = {**os.environ, **given}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def answer(database: Path, *words: object) -> Any:
    done = program(database, *words)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def judge(found: dict[str, Any]) -> None:
    """What must come of the races, whoever wins."""
    many = papers_crowd.MANY
    assert len(set(found["codes"])) == many, found["codes"]
    assert not [code for code in found["codes"] if ":" in code], found["codes"]
    assert found["manual"].count("live") == 1, found["manual"]
    assert all(each.startswith(("live", "refused")) for each in found["manual"]), found["manual"]
    assert sum(map(int, found["published"])) == many - 1, found["published"]
    assert found["publications"] == 2 * many
    assert found["live"] == ["新。"] * many
    assert (found["mixed"], found["chain"]) == (0, "")


@POSTGRES
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_nobody_publishes_a_second_time() -> None:
    judge(papers_crowd.crowd())


@POSTGRES
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_papers_that_repeal_each_other_in_a_ring_are_published_at_once_without_a_deadlock() -> None:
    papers_crowd.build()
    for _ in range(5):
        assert papers_crowd.ring() == ["live"] * papers_crowd.MANY


@pytest.mark.once
@FILE
@pytest.mark.slow
def test_on_sqlite_nobody_publishes_a_second_time(tmp_path: Path) -> None:
    judge(answer(tmp_path / "crowd.sqlite3", "crowd"))


@pytest.mark.once
@FILE
@pytest.mark.slow
def test_a_publisher_that_is_killed_leaves_every_paper_whole_and_the_next_one_finishes(
    tmp_path: Path,
) -> None:
    before = tmp_path / "before.sqlite3"
    answer(before, "build")
    whole = shutil.copy(before, tmp_path / "whole.sqlite3")
    writes = answer(whole, "publish", 0)
    wanted = answer(whole, "state")
    assert wanted["live"] == ["新。"] * papers_crowd.MANY
    for die_at in (writes // 3, writes - 1):
        copy = shutil.copy(before, tmp_path / f"killed{die_at}.sqlite3")
        assert program(copy, "publish", die_at).returncode == -signal.SIGKILL
        found = answer(copy, "state")
        assert (found["mixed"], found["chain"], len(found["live"])) == (0, "", papers_crowd.MANY)
        told = {key for key, state in found["editions"] if state == "live"}
        assert told == set(found["changes"]), "the index knows what went live, and nothing else"
        answer(copy, "publish", 0)
        assert answer(copy, "state") == wanted
