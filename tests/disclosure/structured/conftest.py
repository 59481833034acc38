"""Structured papers on the site, without their reviews, as the pages across units find them."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime
from itertools import count
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gongkai.accounts.models import Post, Role, User
from gongkai.agencies.models import Kind, Unit
from gongkai.demo.records import invented_record
from gongkai.documents.models import Paper
from gongkai.documents.services import papers, publication, records
from gongkai.frame.today import standing_on
from gongkai.rules.structured import declaration

NOW = datetime(2021, 4, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
_numbers = count(1)


@pytest.fixture(autouse=True)
def _that_day():
    """All pages stand on one day."""
    with standing_on(NOW):
        yield


@pytest.fixture
def body(db: None) -> Callable[..., Unit]:
    """Bodies of the district, each with somebody who writes."""

    def make(name: str = "", kind: str = Kind.BUREAU, **fields: Any) -> Unit:
        name = name or f"样本局{next(_numbers)}"
        unit = Unit.objects.create(name=f"示例区{name}", short_name=name, kind=kind, **fields)
        member(unit, Role.OFFICER)
        return unit

    return make


def member(unit: Unit, role: str) -> User:
    """Somebody with a post in a unit."""
    user = User.objects.create(username=f"m{next(_numbers)}", full_name="样本人员")
    Post.objects.create(user=user, unit=unit, role=role, started_on=date(2020, 1, 1))
    return user


@pytest.fixture
def shown(body: Callable[..., Unit]) -> Callable[..., Paper]:
    """Structured papers on the site; *values* and *rows* stand instead of invented ones."""

    def make(
        code: str,
        unit: Unit | None = None,
        *,
        number: int = 0,
        at: datetime = NOW,
        rows: dict[str, list[dict[str, str]]] | None = None,
        stages: dict[str, Any] | None = None,
        **values: str,
    ) -> Paper:
        unit = unit or body()
        by = User.objects.filter(posts__unit=unit).first()
        assert by
        record = deepcopy(
            invented_record(code, Random(7), unit.short_name, 2021, ["东村", "西村"], number=number)
        )
        record["values"] |= values
        record["rows"] |= rows or {}
        record["stages"] = record["stages"] if stages is None else stages
        known = declaration(code)
        edition = papers.create_paper(
            unit=unit,
            title=f"{unit.short_name}{known.name}{number}",
            by=by,
            today=at.date(),
            form=code,
            sort=known.sort,
            attribute="active",
        )
        edition = records.set_record(edition, values=record, by=by)
        return publication.put_live(edition, by=by, at=at).paper

    return make
