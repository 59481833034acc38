"""回头看: last year's dated tasks are verified one by one."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.ledger.models import LookBackEntry, Notice
from gongkai.ledger.services import lookback as services
from gongkai.ledger.states import LOOKBACK
from gongkai.rules.law import Refused
from tests.ledger.conftest import person

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]


@pytest.fixture
def looked(plan, task, assignment, office, today):
    """A look back at last year's plan: one dated task, one without a date."""

    def make():
        last = plan(year=2020)
        assignment(task(last, cycle="fixed", due_on=date(2020, 9, 30)))
        assignment(task(last))
        last.state = "closed"
        last.save()
        return services.start_lookback(last, by=office(), today=today)

    return make


@pytest.fixture
def entry(looked, office, today):
    """An entry in any state."""

    def make(state="unchecked"):
        mine = looked().entries.get()
        if state in ("ordered", "mended"):
            mine = services.order_entry(
                mine, finding="未公开", mend_by=date(2021, 5, 31), by=office(), today=today
            )
        if state == "mended":
            officer = person(mine.assignment.unit, "officer")
            mine = services.mend_entry(mine, answer="已补公开", by=officer, today=today)
        return mine

    return make


def test_a_look_back_lists_the_tasks_with_a_body_and_a_date(looked, acts):
    mine = looked()
    assert [each.assignment.task.due_on for each in mine.entries.all()] == [date(2020, 9, 30)]
    assert acts(mine) == ["启动回头看"]


def test_a_year_is_looked_back_at_once_and_when_it_is_over(looked, plan, task, assignment, office, today):
    mine = looked()
    with pytest.raises(Refused, match="已经启动"):
        services.start_lookback(mine.plan, by=office(), today=today)
    with pytest.raises(Refused, match="年度尚未结束"):
        services.start_lookback(plan(), by=office(), today=today)
    with pytest.raises(Refused, match="尚未下发"):
        services.start_lookback(plan(year=2020, state="draft"), by=office(), today=today)
    with pytest.raises(Refused, match="没有既有责任单位又有时限的任务"):
        services.start_lookback(plan(year=2020), by=office(), today=today)


def test_what_is_unfinished_is_ordered_mended_and_verified(entry, office, officer, today, acts):
    mine = entry()
    reader = officer(mine.assignment.unit)
    services.order_entry(mine, finding="未公开", mend_by=date(2021, 5, 31), by=office(), today=today)
    services.mend_entry(mine, answer="已补公开", by=reader, today=today)
    done = services.verify_entry(mine, finding="属实", by=office(), today=today)
    assert (done.state, done.finding, done.answer, done.checked_on) == ("verified", "属实", "已补公开", today)
    assert acts(mine) == ["责令整改", "报送整改结果", "核查属实"]
    assert Notice.objects.get(reader=reader).text.startswith("回头看责令整改")


def test_an_order_needs_a_finding_and_a_day_ahead(entry, office, today):
    mine = entry()
    with pytest.raises(Refused, match="应晚于今天"):
        services.order_entry(mine, finding="未公开", mend_by=today, by=office(), today=today)
    with pytest.raises(Refused, match="请填写核查情况"):
        services.order_entry(mine, finding="", mend_by=date(2021, 5, 31), by=office(), today=today)
    mine.refresh_from_db()
    assert mine.state == "unchecked"


def test_nothing_is_mended_that_was_not_ordered(entry, officer, today):
    mine = entry()
    with pytest.raises(Refused, match="不能报送整改结果"):
        services.mend_entry(mine, answer="已整改", by=officer(mine.assignment.unit), today=today)


@pytest.mark.parametrize("role", ["officer", "approver", "office", "assessor", "administrator", "stranger"])
@pytest.mark.parametrize("code", [each.code for each in LOOKBACK])
def test_only_the_roles_of_the_table_act_on_an_entry(entry, unit, today, role, code):
    mine = entry("ordered" if code == "mend" else "unchecked")
    home = mine.assignment.unit if role in ("officer", "approver") else unit()
    by = person(home, "officer" if role == "stranger" else role)
    words = {
        "verify": {"finding": "属实"},
        "order": {"finding": "不实", "mend_by": date(2021, 5, 31)},
        "mend": {"answer": "已整改"},
    }[code]
    act = getattr(services, f"{code}_entry")
    if role in LOOKBACK.acts[code].roles:
        assert act(mine, by=by, today=today, **words).state == LOOKBACK.acts[code].target
    else:
        with pytest.raises(PermissionDenied):
            act(mine, by=by, today=today, **words)


def test_only_the_office_starts_a_look_back(plan, officer, unit, today):
    with pytest.raises(PermissionDenied):
        services.start_lookback(plan(year=2020), by=officer(unit()), today=today)
    assert not LookBackEntry.objects.exists()
