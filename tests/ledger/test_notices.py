"""提醒: raised by rule, once for each deadline, stage and reader."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.ledger.models import Assignment, NightlyRun, Notice
from gongkai.ledger.practice import REMINDERS
from gongkai.ledger.services import lookback, supervision
from gongkai.ledger.services.notices import mark_seen, raise_notices, remind
from gongkai.rules.law import Refused
from tests.ledger.conftest import person

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]

DUE = date(2021, 6, 30)


@pytest.fixture
def watched(assignment, office):
    """An assignment due on 30 June, with an officer, an approver and the office."""
    mine = assignment(due_on=DUE, number="9", text="公开规划。")
    people = {role: person(mine.unit, role) for role in ("officer", "approver")}
    Notice.objects.all().delete()
    return mine, people | {"office": office()}


@pytest.mark.parametrize(
    ("days", "told", "words"),
    [
        (-16, "", ""),
        (-15, "officer", "6月30日到期，还剩15天"),
        (-14, "", ""),
        (-5, "officer", "还剩5天"),
        (-1, "officer", "还剩1天"),
        (0, "officer", "今天（6月30日）到期"),
        (1, "officer", "已逾期1天"),
        (2, "", ""),
        (5, "approver officer", "已逾期5天"),
        (10, "approver office officer", "已逾期10天"),
        (20, "approver office officer", "已逾期20天"),
    ],
)
def test_each_rule_tells_its_people_on_its_day(watched, days, told, words):
    mine, people = watched
    raise_notices(DUE + timedelta(days=days))
    found = Notice.objects.filter(reader__in=people.values())
    assert sorted(role for role, who in people.items() if found.filter(reader=who)) == told.split()
    assert all(words in each.text and each.assignment == mine for each in found)
    if told:
        assert found[0].link == mine.get_absolute_url()
        assert found[0].text.startswith(f"{mine.unit}：9. 公开规划。")


def test_raising_twice_tells_nobody_twice(watched):
    assert raise_notices(DUE) > 0
    assert raise_notices(DUE) == 0


def test_nights_that_did_not_run_are_made_up_for_by_the_most_pressing_rule(watched):
    _, people = watched
    NightlyRun.objects.create(on=DUE - timedelta(days=20), finished_at="2021-06-10T02:00:00+08:00")
    raise_notices(DUE + timedelta(days=3))
    told = Notice.objects.get(reader=people["officer"])
    assert "已逾期1天" in told.text


def test_a_night_that_was_killed_does_not_count_as_done(watched):
    _, people = watched
    NightlyRun.objects.create(on=DUE - timedelta(days=6), finished_at="2021-06-24T02:00:00+08:00")
    NightlyRun.objects.create(on=DUE - timedelta(days=5))
    raise_notices(DUE - timedelta(days=4))
    assert "还剩5天" in Notice.objects.get(reader=people["officer"]).text


def test_what_waits_for_the_office_or_is_done_is_not_pressed(watched, report):
    mine, _ = watched
    report(mine, "signed", on=DUE)
    assert raise_notices(DUE) == 0


def test_an_extended_deadline_is_reminded_of_anew(watched):
    mine, people = watched
    raise_notices(DUE)
    Assignment.objects.filter(pk=mine.pk).update(due_on=DUE + timedelta(days=10))
    raise_notices(DUE + timedelta(days=10))
    assert Notice.objects.filter(reader=people["officer"]).count() == 2


def test_a_unit_without_officers_is_told_through_the_unit_above(assignment, unit):
    above = unit()
    mine = assignment(due_on=DUE, to=unit(parent=above))
    reader = person(above, "officer")
    raise_notices(DUE)
    assert Notice.objects.get(reader=reader).assignment == mine


def test_people_who_left_are_not_told(watched):
    _, people = watched
    people["officer"].is_active = False
    people["officer"].save()
    assert raise_notices(DUE) == 0


def test_unanswered_supervision_and_late_mending_reach_unit_and_office(
    watched, plan, task, assignment, office
):
    mine, people = watched
    opened = supervision.open_supervision(
        unit=mine.unit,
        assignments=[mine],
        demand="请报送",
        answer_by=date(2021, 4, 27),
        by=office(),
        today=date(2021, 4, 20),
    )
    last = plan(year=2020)
    late = assignment(task(last, cycle="fixed", due_on=date(2020, 9, 30)))
    looked = lookback.start_lookback(last, by=office(), today=date(2021, 4, 20))
    lookback.order_entry(
        looked.entries.get(), finding="未做", mend_by=date(2021, 4, 27), by=office(), today=date(2021, 4, 20)
    )
    mender = person(late.unit, "officer")
    raise_notices(date(2021, 4, 27))
    assert not Notice.objects.filter(key__startswith="un").exists()
    raise_notices(date(2021, 4, 28))
    raise_notices(date(2021, 4, 29))
    for key, reader in (("unanswered", people["approver"]), ("unmended", mender)):
        assert Notice.objects.filter(key__startswith=key, reader=reader).count() == 1
        assert Notice.objects.filter(key__startswith=key, reader=people["office"]).count() == 1
    assert Notice.objects.filter(supervision=opened, key__startswith="unanswered").exists()


def _many(like, number):
    """Bulk rows like one assignment, on tasks of the same plan."""
    task = like.task
    tasks = []
    for place in range(number):
        task.pk, task._state.adding, task.position = None, True, place + 10
        tasks.append(type(task)(**{f.attname: getattr(task, f.attname) for f in task._meta.concrete_fields}))
    made = type(task).objects.bulk_create(tasks)
    Assignment.objects.bulk_create(
        Assignment(task=each, unit=like.unit, part="lead", started_on=like.started_on, due_on=like.due_on)
        for each in made
    )


def test_ten_times_the_assignments_take_only_more_inserts(watched):
    mine, _ = watched
    counts = []
    for number in (10, 100):
        _many(mine, number)
        Notice.objects.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            raise_notices(DUE)
        counts.append(sum("INSERT" not in each["sql"] for each in asked.captured_queries))
    assert counts[0] == counts[1]
    assert counts[0] < 15


def test_the_office_reminds_many_units_at_once_but_each_once_a_day(
    assignment, officer, office, report, today, acts
):
    first, second, done = assignment(), assignment(), assignment()
    readers = [officer(each.unit) for each in (first, second)]
    report(done, "accepted", completes=True)
    chosen = Assignment.objects.filter(pk__in=[first.pk, second.pk, done.pk]).order_by("pk")
    assert remind(chosen, text="请尽快报送", by=office(), today=today) == 2
    remind(chosen, text="请尽快报送", by=office(), today=today)
    assert [Notice.objects.filter(reader=each).count() for each in readers] == [1, 1]
    assert acts(first)[-1] == "提醒"
    with pytest.raises(Refused, match="都已完成"):
        remind(chosen.filter(pk=done.pk), text="请报送", by=office(), today=today)
    with pytest.raises(Refused, match="请填写提醒内容"):
        remind(chosen, text=" ", by=office(), today=today)
    with pytest.raises(PermissionDenied):
        remind(chosen, text="请报送", by=readers[0], today=today)


def test_people_mark_their_own_notices_as_seen(watched, today):
    _, people = watched
    raise_notices(DUE + timedelta(days=10))
    assert mark_seen(Notice.objects.all(), by=people["officer"], today=today) == 1
    assert Notice.objects.filter(seen_on=today).count() == 1
    assert Notice.objects.get(reader=people["officer"]).mail_due_at is None


def test_the_rules_stand_in_the_order_of_their_days():
    days = [rule.days for rule in REMINDERS]
    assert days == sorted(set(days))
