"""导入的开始与放弃: a file or pasted text becomes rows to check."""

import hashlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.audit.services import record as trace
from gongkai.frame.opening.unreadable import Unreadable
from gongkai.frame.today import now
from gongkai.ledger.models import Plan, PlanImport
from gongkai.ledger.reader.plan import Plan as ReadPlan
from gongkai.ledger.reader.read import read_plan, read_text
from gongkai.ledger.services.importing.door import begin, office
from gongkai.ledger.services.importing.rows import read_row
from gongkai.rules.law import Refused

PASTED = "粘贴的文字"


def start_import(
    *,
    by: User,
    content: bytes | None = None,
    name: str = "",
    text: str = "",
    year: int | None = None,
    revises: Plan | None = None,
) -> PlanImport:
    """Read a file or pasted text and keep its tasks for checking (开始导入); raises Unreadable."""
    office(by)
    if revises and revises.state == "closed":
        raise Refused("这份要点已归档，不能再修订")
    read = read_text(text, year) if content is None else read_plan(content, name, year)
    if not read.tasks:
        raise Unreadable("没有从中读出任务。请确认这是工作要点或任务分解表，也可以把正文粘贴到下面再试。")
    digest = hashlib.sha256(text.encode() if content is None else content).hexdigest()
    return _keep(read, name=name or PASTED, digest=digest, year=year, revises=revises, by=by)


@transaction.atomic
def drop_import(record: PlanImport, *, by: User) -> PlanImport:
    """Give an import up (放弃导入); it stays on file."""
    record = begin(record, "drop", by)
    record.state = "dropped"
    record.save()
    trace(record, "放弃导入", by=by)
    return record


@transaction.atomic
def _keep(
    read: ReadPlan, *, name: str, digest: str, year: int | None, revises: Plan | None, by: User
) -> PlanImport:
    """Write down what was read."""
    rows = [read_row(task, key) for key, task in enumerate(read.tasks, start=1)]
    record = PlanImport.objects.create(
        source_name=name[-200:],
        source_text=read.text,
        source_sha256=digest,
        title=_title(read, name, revises),
        year=revises.year if revises else year or read.year,
        document_number=revises.document_number if revises else "",
        public=revises.public if revises else True,
        rows=[row.dump() for row in rows],
        answers=_earlier_answers(revises),
        doubts=[doubt.reason for doubt in read.doubts],
        revises=revises,
        started_by=by,
        started_at=now(),
    )
    trace(record, "开始导入", by=by, facts={"tasks": len(rows), "file": name, "sha256": digest})
    return record


def _earlier_answers(revises: Plan | None) -> dict[str, Any]:
    """What people said about the wordings when the plan was imported before."""
    before = revises.imports.filter(state="confirmed").first() if revises else None
    return before.answers if before else {}


def _title(read: ReadPlan, name: str, revises: Plan | None) -> str:
    """The first that there is: the plan under revision, the printed title, the file's name."""
    return next(filter(None, _titles(read, name, revises)), "")[:120]


def _titles(read: ReadPlan, name: str, revises: Plan | None) -> Iterator[str]:
    yield revises.title if revises else ""
    yield read.title
    yield "" if name == PASTED else PurePath(name).stem
