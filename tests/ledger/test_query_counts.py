"""查询次数: a list of fifty rows asks the database no more often than one of five."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.ledger.models import (
    Assignment,
    Feedback,
    LookBack,
    LookBackEntry,
    Notice,
    Report,
    Supervision,
    Task,
)
from tests.ledger.conftest import person
from tests.ledger.pages import browser

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]
TODAY = date(2021, 4, 20)
#: late, today, this week, later: five rows fill every pile of the desk
DAYS = [date(2021, 4, day) for day in (1, 20, 22, 30, 2)]
STATES = ["draft", "sent", "signed", "accepted", "returned"]


@pytest.fixture(autouse=True)
def _day(settings):
    settings.FIXED_TODAY = TODAY.isoformat()


@pytest.fixture
def world(plan, unit, office):
    """A unit, its people, and a way to make its world bigger by so many rows of everything."""
    home, running, last_year = unit("教育局"), plan(), plan(year=2020, state="closed")
    clerk = office()
    look = LookBack.objects.create(plan=last_year, started_on=TODAY, started_by=clerk)
    people = {"office": clerk, "officer": person(home, "officer"), "approver": person(home, "approver")}

    def grow(rows: int) -> None:
        for number in range(rows):
            _one(running, home, people, look, Task.objects.count() + number)

    return people, running, look, grow


def _one(running, home, people, look, number):
    """One task with its assignment, report, supervision, entry, message and notice."""
    task = Task.objects.create(
        plan=running,
        number=str(number),
        position=number,
        text=f"任务{number}",
        due_on=DAYS[number % len(DAYS)],
    )
    mine = Assignment.objects.create(
        task=task, unit=home, started_on=date(2021, 1, 4), due_on=task.due_on, standing="waiting"
    )
    for state in STATES:
        Report.objects.create(
            assignment=mine,
            text="进展",
            state=state,
            written_by=people["officer"],
            written_on=TODAY,
            sent_on=TODAY,
        )
    matter = Supervision.objects.create(
        number=f"〔2021〕{number}号",
        unit=home,
        demand="请抓紧",
        opened_by=people["office"],
        opened_on=TODAY,
        answer_by=date(2021, 4, 12),
    )
    matter.assignments.add(mine)
    LookBackEntry.objects.create(lookback=look, assignment=mine, state="ordered", mend_by=TODAY)
    Feedback.objects.create(plan=running, task=task, text="意见", received_at="2021-04-19T09:00:00+08:00")
    for reader in people.values():
        Notice.objects.create(key=f"n{number}", reader=reader, text="提醒", link="/staff/", raised_on=TODAY)


def queries(client, url):
    client.get(url)  # the first visit warms what is kept between visits
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


PAGES = [
    ("office", "desk"),
    ("officer", "desk"),
    ("approver", "desk"),
    ("office", "plan"),
    ("officer", "plan"),
    ("office", "plan_units"),
    ("office", "plan_matrix"),
    ("office", "plan_timeline"),
    ("office", "assignments"),
    ("officer", "assignments"),
    ("office", "supervisions"),
    ("office", "lookbacks"),
    ("office", "lookback"),
    ("office", "feedbacks"),
    ("office", "notices"),
    ("", "progress"),
    ("", "progress_plan"),
]


@pytest.mark.parametrize(("role", "name"), PAGES)
def test_a_page_asks_as_often_for_fifty_rows_as_for_five(role, name, world):
    people, running, look, grow = world
    keys = {"plan": running, "progress_plan": running, "lookback": look}
    row = keys.get(name) or (running if name.startswith("plan_") else None)
    url = reverse(name, args=[row.pk] if row else [])
    client = browser(people.get(role))
    grow(5)
    few = queries(client, url)
    grow(45)
    assert queries(client, url) <= few
    assert few <= 50


def test_a_task_of_many_units_asks_as_often_as_one_of_few(world, unit, office):
    _, running, _, grow = world
    grow(1)
    task = running.tasks.get()
    client, url = browser(office()), task.get_absolute_url()

    def more(number):
        for _ in range(number):
            Assignment.objects.create(task=task, unit=unit(), started_on=TODAY, due_on=task.due_on)

    more(4)
    few = queries(client, url)
    more(45)
    assert queries(client, url) <= few
