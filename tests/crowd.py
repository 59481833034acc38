"""Many at once, and sudden death: acts by several connections, and by a program that kills itself.

The tests run these in threads on PostgreSQL; on SQLite in a program of its own, on a database file.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection, connections

from gongkai.accounts.models import Post, Role, User
from gongkai.administration.services import accounts
from gongkai.agencies.models import Kind, Unit
from gongkai.audit.chain import verify
from gongkai.audit.models import Trace
from gongkai.ledger.models import Assignment, Feedback, NightlyRun, Notice, Plan, Supervision
from gongkai.ledger.services import assignments, plans, reports
from gongkai.ledger.services.importing import answer_wordings, confirm_import, start_import
from gongkai.ledger.services.importing.rows import Answer
from gongkai.ledger.services.nightly import run_nightly
from gongkai.ledger.services.supervision import open_supervision
from gongkai.portal.collisions import collided
from gongkai.rules.law import Refused

TODAY = date(2021, 4, 20)
MANY = 8
TASKS = "2022年工作要点\n1.公开财政预算。（责任单位：示例财政局）\n2.公开任务清单。（责任单位：示例财政局）\n"


def member(name: str, unit: Unit, role: str) -> User:
    """Somebody with one post and a mail address."""
    user = User.objects.create(username=name, full_name=name, email=f"{name}@example.gov.cn")
    Post.objects.create(user=user, unit=unit, role=role, started_on=date(2020, 1, 1))
    return user


def build() -> dict[str, Any]:
    """An office, a bureau, a plan in force with eight late tasks, a signed report, an import to confirm."""
    home = Unit.objects.create(name="示例办公室", short_name="办公室", kind=Kind.OFFICE)
    bureau = Unit.objects.create(name="示例财政局", short_name="财政局", kind=Kind.BUREAU)
    office, officer = member("office", home, Role.OFFICE), member("officer", bureau, Role.OFFICER)
    member("second", bureau, Role.OFFICER)
    head = member("head", bureau, Role.APPROVER)
    for name in ("root", "toor"):
        member(name, home, Role.ADMINISTRATOR)
    plan = plans.create_plan(year=2021, title="2021年工作要点", by=office, today=TODAY)
    Plan.objects.filter(pk=plan.pk).update(state="running", public=True)
    plan.refresh_from_db()
    held = [late(plan, bureau, office, place) for place in range(MANY)]
    report = reports.write_report(held[0], text="已公开。", by=officer, today=TODAY)
    report = reports.send_report(report, by=officer, today=TODAY)
    report = reports.sign_report(report, by=head, today=TODAY)
    record = start_import(by=office, text=TASKS, name="", year=2022)
    answers = {"示例财政局": Answer(units=(bureau.pk,))}
    answer_wordings(record, answers, remember=frozenset(), by=office, today=TODAY)
    record.refresh_from_db()
    return {"held": held, "report": report, "import": record, "office": office, "unit": bureau}


def late(plan: Plan, unit: Unit, by: User, place: int) -> Assignment:
    """A task of the unit that is some days late."""
    task = plans.add_task(
        plan,
        section=None,
        text=f"公开第{place}项。",
        number=str(place),
        cycle="fixed",
        due_on=TODAY - timedelta(days=place % 2),
        by=by,
        today=TODAY,
    )
    return assignments.assign(task, unit=unit, part="lead", by=by, today=TODAY)


def together(*acts: Callable[[], object]) -> list[str]:
    """Run all acts at the same moment, each on a connection of its own; what each gave, or why it did not."""
    start, found = Barrier(len(acts)), [""] * len(acts)

    def run(place: int) -> None:
        start.wait()
        try:
            found[place] = str(acts[place]())
        except Exception as fault:  # reported to the test, which judges it
            kind = "refused" if isinstance(fault, Refused) else "collided" if collided(fault) else "broken"
            found[place] = f"{kind}: {fault!r}"
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def crowd() -> dict[str, Any]:
    """Every race of the house, and what came of it."""
    world = build()
    office, unit, report, record = (world[name] for name in ("office", "unit", "report", "import"))

    def supervise(each: Assignment) -> Callable[[], object]:
        return lambda: (
            open_supervision(
                unit=unit,
                assignments=[each],
                demand="请抓紧。",
                answer_by=TODAY + timedelta(days=7),
                by=User.objects.get(pk=office.pk),
                today=TODAY,
            ).number
        )

    def end(name: str, of: str) -> object:
        post = Post.objects.get(user__username=of)
        return accounts.end_post(post, by=User.objects.get(username=name), today=TODAY)

    def account() -> object:
        by = User.objects.get(username="root")
        return accounts.create_account(
            username="new", full_name="新人", unit=unit, role=Role.OFFICER, by=by, today=TODAY
        )[0]

    confirm = {"version": record.version, "doubts_accepted": True, "by": office, "today": TODAY}
    return {
        "numbers": together(*map(supervise, world["held"])),
        "supervisions": Supervision.objects.count(),
        "accepted": together(*[lambda: reports.accept_report(report, by=office, today=TODAY).state] * MANY),
        "plans": together(*[lambda: confirm_import(record, **confirm).pk] * MANY),
        "accounts": together(*[account] * MANY),
        "administrators": together(lambda: end("root", "toor"), lambda: end("toor", "root")),
        "left": Post.objects.filter(role=Role.ADMINISTRATOR, ended_on=None).count(),
        "acceptances": Trace.objects.filter(act="验收通过").count(),
        "confirmations": Trace.objects.filter(act="确认导入").count(),
        "chain": str(verify().reason),
    }


def state() -> dict[str, Any]:
    """What a night leaves behind, without its moments."""
    return {
        "notices": sorted(map(list, Notice.objects.values_list("key", "reader__username", "attempts"))),
        "mailed": Notice.objects.filter(mailed_at__isnull=False).count(),
        "assignments": sorted(
            map(list, Assignment.objects.values_list("task__number", "unit__name", "standing"))
        ),
        "nights": [[str(each.on), each.finished_at is not None] for each in NightlyRun.objects.all()],
        "acts": sorted(Trace.objects.values_list("act", flat=True)),
        "plans": list(Plan.objects.filter(state="running").values_list("pk", flat=True)),
        "messages": list(Feedback.objects.order_by("pk").values_list("text", flat=True)),
        "chain": verify().reason,
    }


def nightly(die_at: int, letters: Path) -> int:
    """The day's work, by a program that kills itself at its *die_at*-th write; how many writes there were."""
    writes = 0

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        nonlocal writes
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            writes += 1
            if writes == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    def send(message: EmailMessage) -> None:
        with letters.open("a") as file:
            file.write(message.extra_headers["Message-ID"] + "\n")

    with connection.execute_wrapper(count):
        run_nightly(TODAY, sender=send)
    return writes


def main(act: str, *more: str) -> None:
    """One of the acts above on the database of GONGKAI_DATABASE; its answer as JSON."""
    answer: Any = None
    if act == "build":
        call_command("migrate", verbosity=0)
        build()
        gone = Unit.objects.create(name="示例旧局", short_name="旧局", kind=Kind.BUREAU, ended_on=TODAY)
        heir = Unit.objects.get(short_name="财政局")
        Unit.objects.filter(pk=gone.pk).update(successor=heir)
        Assignment.objects.filter(task__number__in=("2", "5")).update(unit=gone)
    elif act == "crowd":
        call_command("migrate", verbosity=0)
        answer = crowd()
    elif act == "nightly":
        answer = nightly(int(more[0]), Path(more[1]))
    else:
        answer = state()
    json.dump(answer, sys.stdout)
