"""The documents' own small world: units, people, columns, drafts and papers on the site.

Each fixture is a factory: call it for one more. What is not said gets a plain value of its own.
"""

from collections.abc import Callable
from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gongkai.accounts.models import Post, Role, User
from gongkai.agencies.models import Kind, Unit
from gongkai.audit.models import Trace
from gongkai.documents.models import Column, Edition, Paper, Relation
from gongkai.documents.services import papers, publication, way

TODAY = date(2021, 4, 20)
NOW = datetime(2021, 4, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

Make = Callable[..., Any]
_numbers = count(1)


@pytest.fixture
def today() -> date:
    """The day on which the tests stand."""
    return TODAY


@pytest.fixture
def at() -> datetime:
    """The moment at which the tests stand: a morning of that day."""
    return NOW


@pytest.fixture
def unit(db: None) -> Make:
    """Units of the district."""

    def make(name: str = "", kind: str = Kind.BUREAU, **fields: Any) -> Unit:
        name = name or f"测试局{next(_numbers)}"
        return Unit.objects.create(name=f"示例区{name}", short_name=name, kind=kind, **fields)

    return make


def person(unit: Unit, *roles: str, **fields: Any) -> User:
    """Somebody who holds these roles in a unit."""
    name = f"u{next(_numbers)}"
    user = User.objects.create(username=name, full_name=f"测试{name}", **fields)
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
def secrecy(db: None) -> Make:
    """Secrecy reviewers (保密审查员) of a unit."""
    return lambda unit, **more: person(unit, Role.SECRECY, **more)


@pytest.fixture
def legal(db: None) -> Make:
    """Legality reviewers (合法性审核员) of a unit."""
    return lambda unit, **more: person(unit, Role.LEGAL, **more)


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
def column(db: None) -> Make:
    """Columns (栏目) of the site."""

    def make(name: str = "", **fields: Any) -> Column:
        number = next(_numbers)
        return Column.objects.create(name=name or f"栏目{number}", slug=f"column-{number}", **fields)

    return make


@pytest.fixture
def draft(unit: Make) -> Make:
    """Drafts (起草中的版本) of new papers, public by attribute; ``html`` is the text."""

    def make(of: Unit | None = None, *, by: User | None = None, on: date = TODAY, **fields: Any) -> Edition:
        number = next(_numbers)
        home = of or unit()
        wanted = {
            "title": f"关于测试事项{number}的通知",
            "html": "<p>现将有关事项通知如下。</p>",
            "attribute": "active",
            "made_on": on,
        }
        writer = by or person(home, Role.OFFICER)
        return papers.create_paper(unit=home, by=writer, today=on, **(wanted | fields))

    return make


@pytest.fixture
def live(draft: Make) -> Make:
    """Papers on the site (已发布), reviews left out; ``at`` is the moment of publication."""

    def make(of: Unit | None = None, *, at: datetime = NOW, **fields: Any) -> Paper:
        edition = draft(of, on=at.date(), **fields)
        return publication.put_live(edition, by=edition.written_by, at=at).paper

    return make


@pytest.fixture
def bear(db: None) -> Make:
    """Relations (关联) between papers, as facts in the table."""

    def make(paper: Paper, bond: str, target: Paper, on: date | None = None, **fields: Any) -> Relation:
        return Relation.objects.create(
            paper=paper,
            bond=bond,
            target=target,
            effective_on=on,
            made_by=paper.created_by,
            made_on=TODAY,
            **fields,
        )

    return make


@pytest.fixture
def walk(db: None) -> Make:
    """Lead a draft through its reviews to the stage that is named, each step by the right person."""

    def lead(edition: Edition, to: str = "live", at: datetime = NOW, when: Any = None) -> Edition:
        home = edition.paper.unit
        edition.refresh_from_db()
        if to == edition.state:
            return edition
        if edition.state in ("draft", "returned"):
            if edition.normative and edition.legal_unit is None:
                person(home, Role.LEGAL)
            edition = way.submit(edition, by=edition.written_by, at=at)
        for state, act, role in _STEPS:
            if edition.state == to:
                return edition
            if edition.state == state:
                where = (edition.legal_unit or home) if state == "legal" else home
                edition = act(edition, by=person(where, role), at=at, proofread=True)
        if edition.state == to:
            return edition
        held = "hold" if to == "ready" else when
        return way.sign(edition, by=person(home, Role.APPROVER), at=at, when=held, proofread=True)

    return lead


_STEPS: tuple[tuple[str, Make, str], ...] = (
    ("unit_review", way.pass_unit, Role.APPROVER),
    ("secrecy", way.pass_secrecy, Role.SECRECY),
    ("legal", way.pass_legal, Role.LEGAL),
    ("district", way.pass_district, Role.OFFICE),
)


@pytest.fixture
def acts(db: None) -> Callable[[Any], list[str]]:
    """The acts on record for one thing, oldest first."""

    def read(subject: Any) -> list[str]:
        found = Trace.objects.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))
        return list(found.order_by("number").values_list("act", flat=True))

    return read
