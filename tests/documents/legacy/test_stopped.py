"""An import that was cut off: it ends as if nothing had happened, or stands there as stopped and goes on."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.audit.models import Trace
from gongkai.documents.models import LegacyImport, Paper
from gongkai.documents.services.legacy import acts, queueing, running, watching
from gongkai.frame.background import TRIES, take_up_again
from gongkai.frame.today import standing_on
from gongkai.rules.law import Refused
from tests import legacy_crowd
from tests.documents.legacy.conftest import NOW, as_csv, counts, row

ROOT = Path(__file__).resolve().parents[3]
RUN = "import sys, django; django.setup(); from tests import legacy_crowd as c; c.main(*sys.argv[1:])"
SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
FILE = pytest.mark.skipif(not SQLITE, reason="on SQLite, in a program of its own")
POSTGRES = pytest.mark.skipif(SQLITE, reason="on PostgreSQL, in threads")
Make = Callable[..., Any]


# --- killed -----------------------------------------------------------------------------------------


def program(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run the crowd's program on the database and the uploads of a folder."""
    given = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "GONGKAI_DATABASE": f"sqlite:///{folder / 'site.sqlite3'}",
        "GONGKAI_UPLOADS": str(folder / "uploads"),
        "GONGKAI_TODAY": "2021-04-20",
    }
    command = [sys.executable, "-c", RUN, *map(str, words)]
    env = {**os.environ, **given}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def answer(folder: Path, *words: object) -> Any:
    done = program(folder, *words)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def copied(folder: Path, name: str) -> Path:
    return Path(shutil.copytree(folder, folder.parent / name))


@pytest.mark.once
@FILE
@pytest.mark.slow
@pytest.mark.clause("29")
def test_an_import_whose_worker_is_killed_ends_as_if_nothing_had_happened(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    begun.mkdir()
    answer(begun, "build")
    answer(begun, "press", "start")
    whole = copied(begun, "whole")
    writes = answer(whole, "work", 0)
    wanted = answer(whole, "state")
    assert wanted["batch"][:3] == ["done", legacy_crowd.MANY, legacy_crowd.MANY]
    assert all(wanted["batch"][place] for place in (3, 5, 6))  # made, the same, refused
    killed = copied(begun, "killed")
    assert program(killed, "work", writes // 2).returncode == -signal.SIGKILL
    found = answer(killed, "state")
    assert found["batch"][0] == "running"
    assert 0 < found["batch"][2] < legacy_crowd.MANY
    assert (len(found["rows"]), found["chain"]) == (found["batch"][2], "")
    assert program(killed, "work", 5).returncode == -signal.SIGKILL  # and once more, soon after it began
    answer(killed, "work", 0)
    assert answer(killed, "state") == wanted


# --- pressed twice ----------------------------------------------------------------------------------


def judge(found: dict[str, Any], tasks: int) -> None:
    assert found["answers"].count("running") == 1, found
    assert sum(each.startswith("refused") for each in found["answers"]) == 3, found
    assert (found["tasks"], found["traces"]) == (tasks, 1)


@pytest.mark.once
@FILE
@pytest.mark.slow
def test_on_sqlite_a_button_that_is_pressed_four_times_starts_one_import(tmp_path: Path) -> None:
    answer(tmp_path, "build")
    judge(answer(tmp_path, "race", "start"), tasks=1)


@POSTGRES
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_a_button_that_is_pressed_four_times_starts_one_import() -> None:
    legacy_crowd.build()
    judge(legacy_crowd.race("start"), tasks=1)
    LegacyImport.objects.update(state="failed")
    judge(legacy_crowd.race("resume"), tasks=2)


# --- given up by the worker -------------------------------------------------------------------------


@pytest.fixture
def begun(db: None, home: Unit, keeper: User) -> LegacyImport:
    """An import that waits in the queue."""
    with standing_on(NOW):
        content = ContentFile(as_csv([row(number) for number in range(1, 31)]))
        batch = acts.take_in(content, name="目录.csv", kind="csv", by=keeper)
        return queueing.start(batch, by=keeper, at=NOW)


@pytest.fixture
def desk(keeper: User) -> Client:
    client = Client()
    client.force_login(keeper)
    return client


def given_up(batch: LegacyImport, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten rows come in, then the worker dies, and dies of it again and again."""
    monkeypatch.setattr(running, "CHUNK", 10)
    written = running.write

    def dies(batch: LegacyImport, start: int, *args: Any, **more: Any) -> bool:
        if start:
            raise KeyboardInterrupt
        return written(batch, start, *args, **more)

    with monkeypatch.context() as patch, standing_on(NOW):
        patch.setattr(running, "write", dies)
        with pytest.raises(KeyboardInterrupt):
            running.run_import.func(batch.pk)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, worker_ids=["one"] * TRIES)
    take_up_again("one")
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


def test_an_import_that_its_workers_did_not_survive_stands_there_as_stopped_and_goes_on(
    begun: LegacyImport, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up(begun, monkeypatch)
    assert watching.stop_abandoned(NOW) == 1
    begun.refresh_from_db()
    assert (begun.state, begun.done, begun.ended_at) == ("failed", 10, NOW)
    page = desk.get(begun.get_absolute_url()).content.decode()
    assert "后台程序多次中断" in page
    assert "继续导入" in page
    assert Trace.objects.filter(act="导入中断").count() == 1
    with standing_on(NOW):
        said = desk.post(reverse("legacy_resume", args=[begun.pk]), follow=True).content.decode()
        assert "从停下的地方接着处理" in said
        desk.post(reverse("legacy_resume", args=[begun.pk]))
        assert DBTaskResult.objects.count() == 2
        running.run_import.func(begun.pk)
    begun.refresh_from_db()
    assert (begun.state, counts(begun), Paper.objects.count()) == ("done", (30, 0, 0, 0), 30)
    assert Trace.objects.filter(act="继续导入").count() == 1


def test_before_anybody_looked_after_it_the_page_offers_to_go_on_all_the_same(
    begun: LegacyImport, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up(begun, monkeypatch)
    page = desk.get(begun.get_absolute_url()).content.decode()
    assert "后台程序多次中断" in page
    assert "hx-trigger" not in page
    desk.post(reverse("legacy_resume", args=[begun.pk]))
    begun.refresh_from_db()
    assert (begun.state, begun.task) == ("running", DBTaskResult.objects.ready().get().pk)


def test_an_import_that_waits_or_moves_is_left_alone_however_long_it_takes(begun: LegacyImport) -> None:
    late = NOW + timedelta(days=2)
    assert watching.stop_abandoned(late) == 0  # it waits for a worker
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    LegacyImport.objects.update(moved_at=late - watching.QUIET)
    assert watching.stop_abandoned(late) == 0
    assert watching.stop_abandoned(late + timedelta(seconds=1)) == 1


def test_one_that_was_run_by_hand_and_killed_is_told_as_stopped_after_a_while(
    home: Unit, keeper: User
) -> None:
    with standing_on(NOW):
        batch = acts.take_in(ContentFile(as_csv([row(1)])), name="目录.csv", kind="csv", by=keeper)
        acts.start(batch, by=keeper, at=NOW)
    assert watching.stop_abandoned(NOW + watching.QUIET) == 0
    assert watching.stop_abandoned(NOW + watching.QUIET + timedelta(minutes=1)) == 1
    batch.refresh_from_db()
    assert "长时间没有进展" in batch.note


def test_a_long_chunk_gives_a_sign_of_life_and_asks_little(
    begun: LegacyImport, django_assert_num_queries: Make
) -> None:
    with standing_on(NOW):
        beat = running.Beat(begun.pk)
        with django_assert_num_queries(0):
            beat()
    later = NOW + running.EVERY
    with standing_on(later), django_assert_num_queries(1):
        beat()
        beat()
    begun.refresh_from_db()
    assert begun.moved_at == later


def test_only_what_was_stopped_goes_on_and_only_by_those_who_may(
    begun: LegacyImport, keeper: User, officer: Make, unit: Make
) -> None:
    with pytest.raises(Refused, match="当前状态为“导入中”，不能继续导入"):
        queueing.resume(begun, by=keeper, at=NOW)
    acts.fail(begun, note="中断", at=NOW)
    stranger = officer(unit())
    with pytest.raises(PermissionDenied):
        queueing.resume(begun, by=stranger, at=NOW)
    with pytest.raises(Refused, match="不能开始导入"):
        queueing.start(begun, by=keeper, at=NOW)
    begun.refresh_from_db()
    assert (begun.state, DBTaskResult.objects.count()) == ("failed", 1)


def test_a_worker_that_comes_to_the_end_after_another_one_ends_in_peace(
    begun: LegacyImport, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = running.finish
    monkeypatch.setattr(running, "finish", lambda batch, **more: (known(batch, **more), known(batch, **more)))
    with standing_on(NOW):
        running.run_import.func(begun.pk)
    begun.refresh_from_db()
    assert (begun.state, begun.made) == ("done", 30)
