"""Many publishers at once, and one that is killed: acts on papers by several connections.

Run in threads on PostgreSQL; on SQLite in a program of its own, on a database file.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management import call_command
from django.db import connection

from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Kind, Unit
from gongkai.audit.chain import verify
from gongkai.audit.models import Trace
from gongkai.documents.models import Edition, Paper, Relation
from gongkai.documents.services import papers, publication, way
from gongkai.search.models import Change
from tests.crowd import member, together

TODAY = date(2021, 4, 20)
NOW = datetime(2021, 4, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
DUE = NOW + timedelta(hours=1)
MANY = 6


def build() -> dict[str, Any]:
    """A bureau with papers on the site, whose revisions are signed for the next hour."""
    bureau = Unit.objects.create(name="示例财政局", short_name="财政局", kind=Kind.BUREAU)
    officer, head = member("officer", bureau, Role.OFFICER), member("head", bureau, Role.APPROVER)
    keeper = member("secrecy", bureau, Role.SECRECY)
    editions = []
    for place in range(MANY):
        first = papers.create_paper(
            unit=bureau, title=f"第{place}件", by=officer, today=TODAY, attribute="active", html="<p>旧。</p>"
        )
        paper = publication.put_live(first, by=officer, at=NOW).paper
        draft = papers.revise(paper, by=officer, today=TODAY)
        papers.edit_edition(draft, by=officer, html="<p>新。</p>")
        way.submit(draft, by=officer, at=NOW)
        way.pass_unit(draft, by=head, at=NOW)
        way.pass_secrecy(draft, by=keeper, at=NOW)
        editions.append(way.sign(draft, by=head, at=NOW, when=DUE))
    Change.objects.all().delete()
    return {"unit": bureau, "officer": officer, "editions": editions}


def crowd() -> dict[str, Any]:
    """Every race on papers, and what came of it."""
    world = build()
    officer: User = world["officer"]
    fresh: list[Callable[[], object]] = [
        lambda: papers.create_paper(unit=world["unit"], title="新件", by=officer, today=TODAY).paper.code
    ]
    one = world["editions"][0]
    return {
        "codes": together(*fresh * MANY),
        "manual": together(
            *[lambda: way.publish(one, by=User.objects.get(pk=officer.pk), at=DUE).state] * 4,
        ),
        "published": together(*[lambda: publication.publish_due(DUE)] * MANY),
        **state(),
    }


def ring() -> list[str]:
    """Papers of which each repeals the next, the last one the first, all put on the site at once."""
    officer = User.objects.get(username="officer")
    drafts = [
        papers.create_paper(
            unit=officer.held[0].unit, title=f"环{place}", by=officer, today=TODAY, attribute="active"
        )
        for place in range(MANY)
    ]
    for place, draft in enumerate(drafts):
        target = drafts[(place + 1) % MANY].paper
        Relation.objects.create(
            paper=draft.paper, bond="repeals", target=target, made_by=officer, made_on=TODAY
        )
    return together(
        *[lambda draft=draft: publication.put_live(draft, by=officer, at=NOW).state for draft in drafts]
    )


def state() -> dict[str, Any]:
    """What stands on the site, as the database says."""
    return {
        "editions": sorted(map(list, Edition.objects.exclude(ordinal=1).values_list("paper", "state"))),
        "live": sorted(Edition.objects.filter(state="live").values_list("content__text", flat=True)),
        "mixed": Paper.objects.filter(state="live").exclude(live__state="live").count(),
        "changes": sorted(set(Change.objects.values_list("key", flat=True))),
        "publications": Trace.objects.filter(act="发布", at__isnull=False).count(),
        "chain": verify().reason,
    }


def publish(die_at: int) -> int:
    """Publish what is due, by a program that kills itself at its *die_at*-th write; how many there were."""
    writes = 0

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        nonlocal writes
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            writes += 1
            if writes == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        publication.publish_due(DUE)
    return writes


def main(act: str, *more: str) -> None:
    """One of the acts above on the database of GONGKAI_DATABASE; its answer as JSON."""
    answer: Any = None
    if act in ("build", "crowd"):
        call_command("migrate", verbosity=0)
        answer = crowd() if act == "crowd" else build() and None
    elif act == "publish":
        answer = publish(int(more[0]))
    else:
        answer = state()
    json.dump(answer, sys.stdout)
