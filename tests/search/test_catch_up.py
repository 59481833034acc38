"""The index follows the database, whatever happens in between."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.db import transaction

from gongkai.search import catch_up as reading
from gongkai.search import services
from gongkai.search.choice import engine
from gongkai.search.engines.interface import Lost
from gongkai.search.engines.tantivy import TantivyEngine
from gongkai.search.entry import Entry, Position
from gongkai.search.models import Change
from gongkai.search.progress import LATEST, MOST_GAPS, advanced
from tests.search.conftest import NOUN, Shelf, keys

pytestmark = pytest.mark.usefixtures("site_index")
MOMENT = datetime(2021, 4, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "told_lost", Event())


def change(number: int, key: int) -> None:
    """One change with a number of its own, as an overlapping transaction brings it."""
    Change.objects.create(pk=number, noun=NOUN, key=key, at=MOMENT + timedelta(seconds=number))


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_can_be_found_at_once(shelf: Shelf) -> None:
    shelf.put(1, "低保办法")
    with transaction.atomic():
        services.note(NOUN, [1])
        with pytest.raises(Lost):
            engine().position()
    assert keys(engine(), "低保") == [1]
    del shelf.entries[1]
    services.note(NOUN, [1])
    assert keys(engine(), "低保") == []


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_never_reaches_the_index(shelf: Shelf) -> None:
    reading.rebuild()
    shelf.put(1, "低保办法")
    with pytest.raises(RuntimeError):
        _broken_off()
    assert (keys(engine(), "低保"), Change.objects.count()) == ([], 0)


@pytest.mark.django_db
def test_a_death_between_the_database_and_the_index_heals_with_the_next_reading(shelf: Shelf) -> None:
    """The act is committed, the process dies before it indexes: nothing was lost but time."""
    reading.rebuild()
    shelf.put(1, "低保办法")
    change(1, 1)
    assert (keys(engine(), "低保"), reading.status().behind) == ([], 1)
    assert (reading.catch_up(), keys(engine(), "低保"), reading.status().behind) == (1, [1], 0)


def test_a_process_killed_while_it_writes_leaves_the_last_commit_and_no_lock(tmp_path: Path) -> None:
    """Killed after some documents were taken in, before the commit: neither they nor the position count."""
    script = (
        "import os, sys; from pathlib import Path\n"
        "from gongkai.search.engines.tantivy import TantivyEngine\n"
        "from gongkai.search.entry import Entry, Position\n"
        "engine = TantivyEngine(Path(sys.argv[1]))\n"
        "with engine.rebuild() as builder:\n"
        "    builder.add([Entry(noun='leaf', key=1, title='低保')]); builder.finish(Position(5, 's'))\n"
        "def entries():\n"
        "    yield Entry(noun='leaf', key=2, title='低保')\n"
        "    os._exit(9)\n"
        "with engine.alone():\n"
        "    engine.change(entries(), ['leaf:1'], Position(6, 't'))\n"
    )
    died = subprocess.run([sys.executable, "-c", script, str(tmp_path / "x")], check=False)
    assert died.returncode == 9
    left = TantivyEngine(tmp_path / "x")
    assert (keys(left, "低保"), left.position()) == ([1], Position(5, "s"))
    with left.alone() as mine:
        assert mine
        left.change([Entry(noun="leaf", key=2, title="低保")], ["leaf:1"], Position(6, "t"))
    assert (keys(left, "低保"), left.position().last) == ([2], 6)


@pytest.mark.django_db
def test_while_another_process_writes_nothing_is_done_and_nothing_lost(shelf: Shelf) -> None:
    reading.rebuild()
    shelf.put(1, "低保办法")
    change(1, 1)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from gongkai.search.engines.lock import alone\n"
            "with alone(Path(sys.argv[1])) as mine:\n    print(mine, flush=True); sys.stdin.read()",
            str(engine().folder),  # type: ignore[attr-defined]
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdin
    assert holder.stdout
    assert holder.stdout.readline() == b"True\n"
    assert (reading.catch_up(), keys(engine(), "低保")) == (0, [])
    holder.stdin.close()
    holder.wait()
    holder.stdout.close()
    assert (reading.catch_up(), keys(engine(), "低保")) == (1, [1])


@pytest.mark.django_db
def test_the_holder_looks_again_after_letting_go(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit that found the lock taken left its change to the holder, who had already read his last."""
    reading.rebuild()
    shelf.put(1, "低保办法")
    shelf.put(2, "低保标准")
    change(1, 1)
    real = TantivyEngine.alone

    @contextmanager
    def late(self: TantivyEngine, *, wait: bool = False) -> Iterator[bool]:
        with real(self, wait=wait) as mine:
            yield mine
            if not Change.objects.filter(pk=2).exists():
                change(2, 2)

    monkeypatch.setattr(TantivyEngine, "alone", late)
    assert reading.catch_up() == 2
    assert sorted(keys(engine(), "低保")) == [1, 2]


@pytest.mark.django_db
def test_a_number_that_comes_late_is_read_all_the_same(shelf: Shelf) -> None:
    """Two transactions overlap on PostgreSQL: the later number is there first."""
    reading.rebuild()
    change(5, 5)
    reading.catch_up()
    shelf.put(3, "低保办法")
    change(3, 3)
    assert reading.catch_up() == 1
    assert keys(engine(), "低保") == [3]
    assert [gap[:2] for gap in engine().position().gaps] == [(1, 2), (4, 4)]
    assert reading.catch_up() == 0


@pytest.mark.django_db
def test_a_rebuild_looks_back_over_numbers_that_were_under_way(shelf: Shelf) -> None:
    change(5, 5)
    reading.rebuild()
    shelf.put(4, "低保办法")
    change(4, 4)
    assert reading.catch_up() == 1
    assert keys(engine(), "低保") == [4]


def test_a_number_that_never_comes_is_given_up() -> None:
    gone = advanced(Position(0), [3], "s", 100.0)
    assert gone.gaps == ((1, 2, 100.0),)
    assert advanced(gone, [4], "t", 100.0 + LATEST).gaps == ()


def test_too_many_gaps_become_one() -> None:
    numbers = list(range(2, 2 * MOST_GAPS + 6, 2))
    assert advanced(Position(0), numbers, "s", 1.0).gaps == ((1, numbers[-1] - 1, 1.0),)


@pytest.mark.django_db
def test_the_index_of_another_database_is_not_trusted(shelf: Shelf) -> None:
    """A backup was put back: the same number, another time."""
    change(1, 1)
    reading.rebuild()
    Change.objects.update(at=MOMENT + timedelta(days=1))
    with pytest.raises(Lost, match="不一致"):
        reading.catch_up()
    assert reading.status().fault
    reading.rebuild()
    assert not reading.status().fault


@pytest.mark.django_db
def test_a_lost_index_is_rebuilt_with_progress(shelf: Shelf) -> None:
    for key in range(1, 1203):
        shelf.put(key, f"低保{key}号")
    steps: list[int] = []
    assert reading.rebuild(steps.append) == 1202
    assert steps == [500, 500, 202]
    assert reading.status().entries == 1202


@pytest.mark.django_db(transaction=True)
def test_few_records_are_read_again_by_themselves_and_many_are_left(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.put(1, "低保办法")
    monkeypatch.setattr(reading, "FEW", 0)
    services.note(NOUN, [1])
    assert "gongkai search rebuild" in caplog.text
    monkeypatch.setattr(reading, "FEW", 1)
    services.note(NOUN, [1])
    assert keys(engine(), "低保") == [1]


@pytest.mark.django_db(transaction=True)
def test_an_index_that_cannot_be_written_never_breaks_the_act(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError("no space left")

    reading.rebuild()
    monkeypatch.setattr(TantivyEngine, "change", full)
    services.note(NOUN, [1])
    assert Change.objects.count() == 1
    assert "no space left" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_large_imports_leave_the_indexing_to_the_worker(shelf: Shelf) -> None:
    reading.rebuild()
    shelf.put(1, "低保办法")
    with services.left_to_the_worker():
        services.note(NOUN, [1])
    assert keys(engine(), "低保") == []
    assert (reading.catch_up(), keys(engine(), "低保")) == (1, [1])


@pytest.mark.django_db(transaction=True)
def test_a_web_process_reads_a_few_changes_and_leaves_the_rest(shelf: Shelf) -> None:
    reading.rebuild()
    for key in range(1, 251):
        shelf.put(key, "低保办法")
        change(key, key)
    reading.after_commit()
    assert reading.status().behind == 250 - reading.QUICK


@pytest.mark.django_db
def test_a_lost_index_is_told_of_once_until_it_is_whole_again(
    shelf: Shelf, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "FEW", 0)
    shelf.put(1, "低保办法")

    def act() -> int:
        change(Change.objects.count() + 1, 1)
        reading.after_commit()
        return sum("search rebuild" in line for line in caplog.messages)

    assert [act() for _ in range(3)] == [1, 1, 1]
    reading.rebuild()
    assert act() == 1
    shutil.rmtree(engine().folder)
    assert [act() for _ in range(2)] == [2, 2]
    reading.rebuild()
    reading.after_commit()


@pytest.mark.django_db(transaction=True)
def test_the_worker_rebuilds_what_is_lost_and_stops_when_told(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put(1, "低保办法")
    stop, turns = Event(), []
    real = reading._turn

    def turn(pause: float) -> float:
        turns.append(real(pause))
        stop.set()
        return pause

    monkeypatch.setattr(reading, "_turn", turn)
    monkeypatch.setattr(reading, "close_old_connections", lambda: None)
    reading.run(stop)
    assert (turns, keys(engine(), "低保")) == ([reading.PAUSE], [1])


@pytest.mark.django_db
def test_old_changes_are_forgotten_but_never_the_newest(shelf: Shelf) -> None:
    for number in (1, 2, 3):
        change(number, number)
    Change.objects.before(MOMENT + timedelta(days=1)).delete()
    assert list(Change.objects.values_list("pk", flat=True)) == [3]


@pytest.mark.django_db
def test_a_record_that_changed_often_is_fetched_once(shelf: Shelf) -> None:
    reading.rebuild()
    shelf.put(1, "低保办法")
    for number in range(1, 6):
        change(number, 1)
    assert reading.catch_up() == 5
    assert engine().size()[0] == 1


def test_threads_of_one_process_exclude_each_other_too(tmp_path: Path) -> None:
    told: list[bool] = []

    def other() -> None:
        with TantivyEngine(tmp_path).alone() as mine:
            told.append(mine)

    with TantivyEngine(tmp_path).alone():
        thread = Thread(target=other)
        thread.start()
        thread.join()
    assert told == [False]


@transaction.atomic
def _broken_off() -> None:
    services.note(NOUN, [1])
    raise RuntimeError
