"""分工: who is responsible, and what becomes of it when units merge."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.agencies.models import Group, Kind
from gongkai.ledger.models import Assignment
from gongkai.ledger.services import assignments, extensions, plans, reports
from gongkai.ledger.services.reassigning import reassign, reassign_ended
from gongkai.rules.law import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]

LATER = date(2021, 6, 1)


@pytest.fixture
def merged(unit, today):
    """A unit that goes into another one in May."""

    def make(heir=None):
        heir = heir or unit()
        return unit(ended_on=date(2021, 5, 1), successor=heir), heir

    return make


def test_the_office_makes_a_unit_responsible(task, unit, office, officer, today, acts):
    mine, body = task(), unit()
    made = assignments.assign(mine, unit=body, part="lead", by=office(), today=today)
    assert (made.unit, made.part, made.due_on, made.standing) == (body, "lead", mine.due_on, "waiting")
    assert acts(made) == ["分派任务"]
    with pytest.raises(PermissionDenied):
        assignments.assign(mine, unit=unit(), part="lead", by=officer(body), today=today)


def test_a_unit_has_one_part_in_a_task_and_has_to_exist(task, unit, office, today):
    mine, body = task(), unit()
    heir = unit("承继局")
    gone = unit(ended_on=date(2021, 1, 1), successor=heir)
    assignments.assign(mine, unit=body, part="lead", by=office(), today=today)
    with pytest.raises(Refused, match="已是该任务的责任单位"):
        assignments.assign(mine, unit=body, part="support", by=office(), today=today)
    with pytest.raises(Refused, match="职责由承继局承继"):
        assignments.assign(mine, unit=gone, part="lead", by=office(), today=today)
    with pytest.raises(Refused, match="请选择分工方式"):
        assignments.assign(mine, unit=unit(), part="boss", by=office(), today=today)


def test_a_group_makes_each_of_its_units_of_the_day_responsible(task, unit, office, today, acts):
    towns = Group.objects.create(name="各镇人民政府", kinds=[Kind.TOWN])
    one, two = unit(kind=Kind.TOWN), unit(kind=Kind.TOWN)
    unit(kind=Kind.TOWN, ended_on=date(2021, 1, 1))
    mine = task()
    assignments.assign(mine, unit=one, part="lead", by=office(), today=today)
    made = assignments.assign_group(mine, group=towns, part="each", by=office(), today=today)
    assert [(each.unit, each.group, each.part) for each in made] == [(two, towns, "each")]
    assert acts(mine)[-1] == "按统称分派"
    empty = Group.objects.create(name="各街道办事处", kinds=[Kind.STREET])
    with pytest.raises(Refused, match="不对应任何单位"):
        assignments.assign_group(mine, group=empty, part="each", by=office(), today=today)


def test_a_released_unit_can_be_made_responsible_again(assignment, office, today, acts):
    mine = assignment()
    ended = assignments.release(mine, reason="职责调整", by=office(), today=today)
    assert (ended.ended_on, acts(mine)[-1]) == (today, "解除分工")
    with pytest.raises(Refused, match="已经解除"):
        assignments.release(mine, reason="再次", by=office(), today=today)
    with pytest.raises(Refused, match="请填写解除理由"):
        assignments.release(assignment(), reason="", by=office(), today=today)
    again = assignments.assign(mine.task, unit=mine.unit, part="lead", by=office(), today=today)
    assert again.pk != mine.pk


def test_open_work_of_a_merged_unit_goes_on_with_its_successor(
    assignment, merged, report, officer, office, today, acts
):
    gone, heir = merged()
    gone.ended_on = None
    gone.save()
    mine, done = assignment(to=gone), assignment(to=gone)
    report(mine, "accepted")
    report(done, "accepted", completes=True)
    asked = extensions.ask_extension(
        mine, until_on=date(2022, 1, 15), reason="人员调整", by=officer(gone), today=today
    )
    extensions.grant_extension(asked, by=office(), today=today)
    gone.ended_on = date(2021, 5, 1)
    gone.save()
    (moved,) = reassign(gone, by=office(), today=LATER)
    mine.refresh_from_db()
    done.refresh_from_db()
    assert (mine.ended_on, mine.passed_to, done.ended_on) == (LATER, moved, None)
    assert (moved.unit, moved.part, moved.standing) == (heir, "lead", "working")
    assert moved.due_on == date(2022, 1, 15)
    assert (acts(mine)[-1], acts(moved)) == ("转由承继单位", ["承继分工"])


def test_what_the_old_unit_had_signed_counts_for_the_successor_when_it_is_accepted(
    assignment, merged, report, office, today
):
    gone, _ = merged()
    gone.ended_on = None
    gone.save()
    mine = assignment(to=gone)
    signed = report(mine, "signed", completes=True)
    gone.ended_on = date(2021, 5, 1)
    gone.save()
    (moved,) = reassign(gone, today=LATER)
    assert moved.standing == "checking"
    reports.accept_report(signed, by=office(), today=LATER)
    moved.refresh_from_db()
    assert (moved.standing, moved.done_on) == ("done", today)


def test_a_successor_that_has_a_part_already_keeps_it_and_takes_the_lead_over(task, merged, office, today):
    gone, heir = merged()
    mine = task()
    Assignment.objects.create(task=mine, unit=gone, part="lead", started_on=today, due_on=mine.due_on)
    held = assignments.assign(mine, unit=heir, part="support", by=office(), today=today)
    assert reassign(gone, today=LATER) == [held]
    held.refresh_from_db()
    assert held.part == "lead"


def test_the_night_moves_the_work_of_every_unit_that_is_gone_once(task, merged, unit, today):
    mine = task()
    gone, heir = merged()
    without = unit(ended_on=date(2021, 5, 1))
    for each in (gone, without):
        Assignment.objects.create(task=mine, unit=each, part="each", started_on=today, due_on=mine.due_on)
    assert reassign_ended(date(2021, 4, 30)) == 0
    assert reassign_ended(LATER) == 1
    assert reassign_ended(LATER) == 0
    assert mine.assignments.filter(unit=heir, ended_on__isnull=True).count() == 1


def test_work_is_not_moved_from_a_unit_that_exists_or_has_no_successor(unit, office, officer, merged, today):
    with pytest.raises(Refused, match="仍然存续"):
        reassign(unit(), by=office(), today=today)
    with pytest.raises(Refused, match="没有登记职责承继单位"):
        reassign(unit(ended_on=date(2021, 1, 1)), by=office(), today=today)
    gone, heir = merged()
    with pytest.raises(PermissionDenied):
        reassign(gone, by=officer(heir), today=LATER)


def test_units_that_succeed_each_other_in_a_ring_stop_nothing(unit, today):
    one = unit(ended_on=date(2021, 1, 1))
    two = unit(ended_on=date(2021, 1, 1), successor=one)
    one.successor = two
    one.save()
    assert reassign_ended(today) == 0


def test_a_task_of_a_closed_plan_gets_no_more_units(plan, task, unit, office, today):
    mine = task(plan())
    plans.close_plan(mine.plan, by=office(), today=today)
    with pytest.raises(Refused, match="不能修改"):
        assignments.assign(mine, unit=unit(), part="lead", by=office(), today=today)
