"""The ledger's own small world: units, people, a plan in force, a task, an assignment.

Each fixture is a factory: call it for one more. What is not said gets a plain value of its own.
"""

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.accounts.models import Post, Role, User
from gongkai.agencies.models import Kind, Unit
from gongkai.audit.models import Trace
from gongkai.ledger.models import Assignment, Plan, Report, Task
from gongkai.ledger.services import assignments, plans, reports

TODAY = date(2021, 4, 20)
PDF = b"%PDF-1.7 evidence"

Make = Callable[..., Any]
_numbers = count(1)


@pytest.fixture
def today() -> date:
    """The day on which the tests stand: before most deadlines of the year."""
    return TODAY


@pytest.fixture
def unit(db: None) -> Make:
    """Units of the district."""

    def make(name: str = "", kind: str = Kind.BUREAU, **fields: Any) -> Unit:
        name = name or f"测试局{next(_numbers)}"
        return Unit.objects.create(name=f"示例区{name}", short_name=name, kind=kind, **fields)

    return make


def person(unit: Unit, *roles: str, email: str = "") -> User:
    """Somebody who holds these roles in a unit."""
    name = f"u{next(_numbers)}"
    user = User.objects.create(username=name, full_name=f"测试{name}", email=email)
    for role in roles:
        Post.objects.create(user=user, unit=unit, role=role, started_on=date(2020, 1, 1))
    return user


@pytest.fixture
def officer(db: None) -> Make:
    """Officers (信息员) of a unit."""
    return lambda unit, **more: person(unit, Role.OFFICER, **more)


@pytest.fixture
def approver(db: None) -> Make:
    """Approvers (负责人) of a unit."""
    return lambda unit, **more: person(unit, Role.APPROVER, **more)


@pytest.fixture
def office(unit: Make) -> Make:
    """People of the district office (区政务公开办)."""
    home: list[Unit] = []

    def make(**more: Any) -> User:
        if not home:
            home.append(unit("区政府办公室", Kind.OFFICE))
        return person(home[0], Role.OFFICE, **more)

    return make


@pytest.fixture
def plan(office: Make) -> Make:
    """Plans: in force, if not said otherwise."""

    def make(*, year: int = 2021, state: str = "running", **fields: Any) -> Plan:
        plan = plans.create_plan(year=year, title=f"{year}年工作要点", by=office(), today=TODAY)
        Plan.objects.filter(pk=plan.pk).update(state=state, **fields)
        plan.refresh_from_db()
        return plan

    return make


@pytest.fixture
def task(plan: Make, office: Make) -> Make:
    """Tasks, year-round ones of a plan in force, if not said otherwise."""

    def make(of: Plan | None = None, **fields: Any) -> Task:
        wanted: dict[str, Any] = {
            "section": None,
            "text": "公开政府信息，回应群众关切。",
            "number": str(next(_numbers)),
            "cycle": Task.Cycle.YEAR_ROUND,
            "due_on": date((of.year if of else 2021), 12, 31),
        }
        return plans.add_task(of or plan(), by=office(), today=TODAY, **(wanted | fields))

    return make


@pytest.fixture
def assignment(task: Make, unit: Make, office: Make) -> Make:
    """Assignments: one unit's part in one task."""

    def make(of: Task | None = None, to: Unit | None = None, part: str = "lead", **fields: Any) -> Assignment:
        return assignments.assign(
            of or task(**fields), unit=to or unit(), part=part, by=office(), today=TODAY
        )

    return make


@pytest.fixture
def upload() -> Make:
    """Uploads, small PDF files if not said otherwise."""
    return lambda content=PDF, name="证明.pdf": SimpleUploadedFile(name, content)


@pytest.fixture
def report(officer: Make, approver: Make, office: Make) -> Make:
    """Reports, walked by the right people to the state that is asked for."""

    def make(of: Assignment, state: str = "draft", on: date = TODAY, **fields: Any) -> Report:
        writer = officer(of.unit)
        made = reports.write_report(of, by=writer, today=on, **({"text": "已公开12条。"} | fields))
        if made.completes:
            reports.attach(made, title="公开页面", link="https://example.gov.cn/1", by=writer)
        if state == "draft":
            return made
        made = reports.send_report(made, by=writer, today=on)
        if state in ("signed", "accepted", "returned"):
            made = reports.sign_report(made, by=approver(of.unit), today=on)
        if state == "accepted":
            made = reports.accept_report(made, by=office(), today=on)
        if state == "returned":
            made = reports.return_report(made, reason="请补充数据", by=office(), today=on)
        return made

    return make


@pytest.fixture
def acts(db: None) -> Callable[[Any], list[str]]:
    """The acts on record for one thing, oldest first."""

    def read(subject: Any) -> list[str]:
        found = Trace.objects.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))
        return list(found.order_by("number").values_list("act", flat=True))

    return read
