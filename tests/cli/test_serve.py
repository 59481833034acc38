"""One command runs the whole site: what dies is started again, what stops leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gongkai.cli.children import LONGEST_WAIT, STEADY, Child
from gongkai.cli.tick import Job, Nightly, Ticker
from gongkai.frame import background
from gongkai.frame.today import standing_on
from gongkai.rules.law import Refused

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]


@pytest.fixture
def child() -> Iterator[Child]:
    """A program that only waits, and the sentences said about it."""
    said: list[str] = []
    made = Child("网页服务", SLEEPER, said.append)
    made.said = said  # type: ignore[attr-defined]
    yield made
    made.ask_to_end()
    made.end(5)


def killed(child: Child) -> None:
    assert child.process
    child.process.kill()
    child.process.wait()


def test_a_program_that_is_killed_is_started_again(child: Child) -> None:
    child.tend(0)
    first = child.process
    killed(child)
    child.tend(100)
    assert child.process is None
    child.tend(101)
    assert child.process is not None
    assert child.process is not first
    assert child.said == ["网页服务意外停止（退出码 -9），0.5 秒后重新启动"]  # type: ignore[attr-defined]


def test_a_program_that_dies_again_and_again_waits_longer_each_time(child: Child) -> None:
    moment, waits = 0.0, []
    for _ in range(8):
        child.tend(moment)
        killed(child)
        child.tend(moment)
        waits.append(child.again - moment)
        moment = child.again
    assert waits == sorted(waits)
    assert waits[:3] == [0.5, 1, 2]
    assert waits[-1] == LONGEST_WAIT


def test_after_a_steady_run_the_next_death_counts_as_the_first(child: Child) -> None:
    child.deaths = 6
    child.tend(0)
    killed(child)
    child.tend(STEADY + 1)
    assert child.deaths == 1


def test_what_a_program_started_ends_with_it() -> None:
    """A server that was killed outright must not leave workers that hold its port."""
    script = "import subprocess, sys; print(subprocess.Popen(sys.argv[1:]).pid, flush=True); sys.stdin.read()"
    child = Child("网页服务", [sys.executable, "-c", script, *SLEEPER], print)
    process = subprocess.Popen(
        child.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    assert process.stdin
    assert process.stdout
    grandchild = int(process.stdout.readline())
    process.stdout.close()
    child.process = process
    killed(child)
    process.stdin.close()
    child.tend(0)
    assert gone(grandchild)


def gone(pid: int) -> bool:
    """Whether a process ends; looked at for as long as a busy machine may need."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
            return True
    return False


# --- the ticker -------------------------------------------------------------------------------------


def test_a_job_runs_when_it_is_due_and_not_before() -> None:
    ran: list[int] = []
    job = Job("检查", 10, lambda: ran.append(1))
    assert [job.turn(moment) for moment in (0, 5, 10, 19, 20)] == [True, False, True, False, True]
    assert len(ran) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("problem", [ValueError("broken"), SystemExit(2)])
def test_a_job_that_fails_stops_neither_the_others_nor_its_own_next_turn(
    problem: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    ran: list[str] = []

    def fails() -> None:
        ran.append("fails")
        raise problem

    ticker = Ticker([Job("坏", 1, fails), Job("好", 1, lambda: ran.append("works"))])
    ticker.round(0)
    ticker.round(2)
    assert ran == ["fails", "works"] * 2
    assert "坏 failed" in caplog.text


@pytest.mark.django_db
def test_the_work_of_the_day_is_done_once_and_again_when_a_new_day_has_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from datetime import UTC, datetime

    days: list[str] = []
    monkeypatch.setattr("gongkai.cli.tick.run", days.append)
    nightly = Nightly()
    for day in (12, 12, 13):
        with standing_on(datetime(2021, 11, day, 9, tzinfo=UTC)):
            nightly()
    assert days == ["nightly", "nightly"]


# --- the worker -------------------------------------------------------------------------------------


def running(*workers: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="nowhere",
        backend_name="default",
        worker_ids=list(workers),
        run_after="2021-01-01T00:00:00Z",
        exception_class_path="",
        traceback="",
    )


@pytest.mark.django_db
def test_what_a_killed_worker_had_in_hand_is_taken_up_again_and_nothing_else() -> None:
    mine, other = running("one"), running("two")
    assert background.take_up_again("one") == 1
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.status, other.status) == (TaskResultStatus.READY, TaskResultStatus.RUNNING)


@pytest.mark.django_db
def test_a_task_that_kills_its_worker_each_time_is_given_up() -> None:
    task = running(*["one"] * background.TRIES)
    background.take_up_again("one")
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED


def test_two_workers_of_one_name_do_not_run_at_once() -> None:
    with background.held("test-of-names"), pytest.raises(Refused, match="--name"):
        background.held("test-of-names")
    background.held("test-of-names").close()


# --- the whole --------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int, program: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + 90
    while time.monotonic() < until and program.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/accessibility/", timeout=5) as page:
                return page.status == 200
        except OSError:
            continue
    return False


def children_of(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes as Linux shows them")
def test_the_site_survives_the_death_of_each_part_and_stops_in_order(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "GONGKAI_DATABASE": f"sqlite:///{tmp_path / 'site.sqlite3'}",
        "GONGKAI_UPLOADS": str(tmp_path),
        "GONGKAI_INDEX": str(tmp_path / "index"),
        "GONGKAI_DEBUG": "1",  # a fresh copy has no collected static files
    }
    gongkai = [sys.executable, "-m", "gongkai.cli"]
    port = free_port()
    start = [*gongkai, "serve", f"--port={port}", "--workers=1"]
    refused = subprocess.run(start, env=environment, capture_output=True, text=True, check=False)
    assert (refused.returncode, "migrate" in refused.stderr) == (2, True)
    subprocess.run([*gongkai, "manage", "migrate", "--verbosity=0"], env=environment, check=True)
    site = subprocess.Popen(start, env=environment)
    try:
        assert answers(port, site)
        parts = children_of(site.pid)
        assert len(parts) == 3
        for part in parts:
            os.kill(part, signal.SIGKILL)
            assert gone(part)
        assert answers(port, site)
        parts = children_of(site.pid)
        held = [*parts, *(each for part in parts for each in children_of(part))]
        site.send_signal(signal.SIGINT)
        assert site.wait(30) == 0
        assert all(gone(each) for each in held)
    finally:
        site.kill()
        site.wait()
