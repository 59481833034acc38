"""The demo's year: whole, and made of acts that the services allow."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings
from django.db import transaction

from gongkai.audit.chain import verify
from gongkai.demo import DAY
from gongkai.demo.district import build_district, build_staff
from gongkai.demo.story import tell_story
from gongkai.documents.models import Column, Edition, Paper
from gongkai.ledger.models import (
    Assignment,
    Extension,
    Feedback,
    LookBackEntry,
    Notice,
    Plan,
    PlanImport,
    Report,
    Supervision,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def year(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The whole demo, told once for the tests of this module and undone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        kept, settings.FIXED_TODAY = settings.FIXED_TODAY, DAY
        build_staff(build_district())
        tell_story(date.fromisoformat(DAY))
        yield
        settings.FIXED_TODAY = kept
        transaction.set_rollback(True)


@pytest.mark.clause("40")
def test_every_page_of_the_demo_has_something_to_show(year) -> None:
    assert Plan.objects.get(year=2021).tasks.count() == 40
    assert Plan.objects.get(year=2020).state == "closed"
    running = Assignment.objects.current()
    assert {"waiting", "working", "checking", "returned", "done"} <= set(
        running.values_list("standing", flat=True)
    )
    assert running.overdue(date.fromisoformat(DAY)).count() > 5
    assert {"draft", "sent", "signed", "accepted", "returned"} <= set(
        Report.objects.values_list("state", flat=True)
    )
    assert {"asked", "granted", "refused"} <= set(Extension.objects.values_list("state", flat=True))
    assert {"open", "closed"} <= set(Supervision.objects.values_list("state", flat=True))
    assert {"verified", "ordered"} <= set(LookBackEntry.objects.values_list("state", flat=True))
    assert PlanImport.objects.filter(state="checking").count() == 1
    assert Feedback.objects.filter(handled_on=None).exists()
    assert Notice.objects.exists()


def test_the_demos_traces_form_a_whole_chain(year) -> None:
    assert verify().whole


def test_the_unnamed_bodies_of_the_plan_were_settled_by_the_office(year) -> None:
    task = Plan.objects.get(year=2021).tasks.get(number="1")
    assert "区发改局" in [each.unit.short_name for each in task.assignments.select_related("unit")]


@pytest.mark.clause("29")
def test_the_demos_papers_stand_in_every_column_and_in_every_state_of_validity(year) -> None:
    live = Paper.objects.public(date.fromisoformat(DAY))
    assert live.count() >= 400
    empty = [
        column.name for column in Column.objects.all() if not column.papers.filter(state="live").exists()
    ]
    assert empty == ["公共资源交易"]  # left empty for the check of columns to find
    assert {"valid", "amended", "repealed", "expired", "pending"} <= set(
        live.values_list("standing", flat=True)
    )
    years = set(live.values_list("published_at__year", flat=True))
    assert {2020, 2021} <= years


def test_drafts_lie_at_every_stage_of_the_demo(year) -> None:
    states = set(Edition.objects.open().values_list("state", flat=True))
    assert {
        "draft",
        "unit_review",
        "secrecy",
        "legal",
        "countersign",
        "signing",
        "returned",
        "scheduled",
    } <= states


def test_papers_have_left_the_demo_in_every_way(year) -> None:
    ways = set(Paper.objects.filter(state="left").values_list("left_by", flat=True))
    assert {"error", "merged", "withdrawn", "expired"} <= ways
