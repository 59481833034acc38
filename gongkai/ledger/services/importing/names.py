"""责任主体对应的办理: say once what a wording means, for every row and, if wished, for next time."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.administration.services.names import name_group, name_unit
from gongkai.agencies.entries import CERTAIN
from gongkai.audit.services import record as trace
from gongkai.ledger.models import PlanImport
from gongkai.ledger.services.importing.directory import Directory
from gongkai.ledger.services.importing.door import begin, keep, rows_in
from gongkai.ledger.services.importing.rows import Answer, Row
from gongkai.rules.law import Refused


@transaction.atomic
def answer_wordings(
    record: PlanImport, answers: Mapping[str, Answer], *, remember: frozenset[str], by: User, today: date
) -> PlanImport:
    """Say what wordings mean in this import (对应责任主体); those in *remember* are kept for next time."""
    record = begin(record, "edit", by)
    directory = Directory(today)
    for wording, answer in answers.items():
        if not answer:
            raise Refused(f"请为“{wording}”选择单位，或选择不指派")
        record.answers[wording] = answer.dump()
        if wording in remember and directory.match(wording).score < CERTAIN:
            _remember(directory, wording, answer, by, today)
    keep(record, [_without_own_answer(row, answers) for row in rows_in(record)])
    trace(record, "对应责任主体", by=by, note="、".join(answers), facts={"remembered": sorted(remember)})
    return record


def _remember(directory: Directory, wording: str, answer: Answer, by: User, today: date) -> None:
    """Keep the wording as a name of the one unit or of the group (记住写法)."""
    group = directory.groups.get(answer.group or 0)
    if group:
        name_group(group, name=wording, by=by)
    elif len(answer.units) == 1 and answer.units[0] in directory.units:
        name_unit(directory.units[answer.units[0]], name=wording, by=by, today=today)


def _without_own_answer(row: Row, answers: Mapping[str, Answer]) -> Row:
    """A new answer for the whole import replaces what single rows said before."""
    bodies = tuple(replace(body, answer=Answer()) if body.wording in answers else body for body in row.bodies)
    return row if bodies == row.bodies else replace(row, bodies=bodies, version=row.version + 1)
