"""An import whose worker is killed, and buttons that are pressed twice at once: by programs of their own.

Run in threads on PostgreSQL; on SQLite in a program of its own, on a database file.
"""

import io
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Kind, Unit
from gongkai.audit.chain import verify
from gongkai.audit.models import Trace
from gongkai.documents.models import (
    Attachment,
    AttachmentText,
    Column,
    LegacyImport,
    LegacyOrigin,
    LegacyRow,
    OldAddress,
    Paper,
    Word,
)
from gongkai.documents.services.legacy import acts, queueing, running
from gongkai.frame.background import take_up_again
from gongkai.search.models import Change
from tests.crowd import member, together
from tests.documents.legacy.conftest import HEADS, as_csv, as_zip, row

NOW = datetime(2021, 4, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
MANY = 200
CHUNK = 40
WORKER = "one"


def build() -> LegacyImport:
    """An office and a manifest of two hundred rows with files, doubles, faults and findings, not started."""
    Unit.objects.create(name="示例财政局", short_name="财政局", kind=Kind.BUREAU)
    keeper = member(
        "office", Unit.objects.create(name="示例办公室", short_name="办公室", kind=Kind.OFFICE), Role.OFFICE
    )
    Column.objects.create(name="通知公告", slug="notices")
    Word.objects.create(term="某禁用词", grave=True)
    rows = [[*_row(number), f"f/{number % 7}.txt"] for number in range(1, MANY + 1)]
    files = {
        f"f/{number}.txt": f"附件{number}，身份证号码{'379901199001011237' if number == 3 else '略'}".encode()
        for number in range(7)
    }
    content = as_zip({"清单.csv": as_csv(rows, [*HEADS, "附件"]), **files})
    return acts.take_in(io.BytesIO(content), name="旧站.zip", kind="zip", by=keeper)


def _row(number: int) -> list[str]:
    if number % 50 == 0:
        return row(number, 信息标题="")
    if number % 31 == 0:
        return row(number - 1, 网址=f"http://old.example.gov.cn/again/{number}.html")
    return row(number, 正文内容="<p>某禁用词</p>" if number % 11 == 0 else f"<p>正文{number}。</p>")


def press(act: str) -> str:
    """Press a button as the office, as a page does (点击)."""
    batch = LegacyImport.objects.get()
    given = queueing.start if act == "start" else queueing.resume
    return given(batch, by=User.objects.get(username="office"), at=NOW).state


def race(act: str) -> dict[str, Any]:
    """The same button by four people at once, and what came of it."""
    answers = together(*[lambda: press(act)] * 4)
    traces = Trace.objects.filter(act="开始导入" if act == "start" else "继续导入").count()
    return {"answers": answers, "tasks": DBTaskResult.objects.count(), "traces": traces}


def work(die_at: int) -> int:
    """A worker that does what waits, and kills itself at its *die_at*-th write; how many there were."""
    running.CHUNK = CHUNK
    writes = 0

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        nonlocal writes
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            writes += 1
            if writes == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        take_up_again(WORKER)
        call_command(
            "db_worker", queue_name="*", worker_id=WORKER, interval=0, batch=True, reload=False, verbosity=0
        )
    return writes


def state() -> dict[str, Any]:
    """All that an import brings, as the database says."""
    batch = LegacyImport.objects.get()
    report = ("line", "title", "outcome", "note", "found", "grave", "private", "wording", "paper__code")
    papers = Paper.objects.order_by("code")
    return {
        "batch": [getattr(batch, name) for name in ("state", *acts.COUNTS)],
        "rows": list(map(list, LegacyRow.objects.order_by("line").values_list(*report))),
        "papers": list(map(list, papers.values_list("code", "title", "state", "live__content__text"))),
        "origins": list(
            map(list, LegacyOrigin.objects.order_by("key").values_list("key", "digest", "found"))
        ),
        "addresses": list(map(list, OldAddress.objects.order_by("path").values_list("path", "paper__code"))),
        "files": [Attachment.objects.count(), AttachmentText.objects.count()],
        "changes": len(set(Change.objects.values_list("key", flat=True))),
        "chain": verify().reason,
    }


def main(act: str, *more: str) -> None:
    """One of the acts above on the database of GONGKAI_DATABASE; its answer as JSON."""
    answer: Any = None
    if act == "build":
        call_command("migrate", verbosity=0)
        answer = build().pk
    elif act in ("race", "press"):
        answer = race(*more) if act == "race" else press(*more)
    else:
        answer = work(int(more[0])) if act == "work" else state()
    json.dump(answer, sys.stdout, ensure_ascii=False)
