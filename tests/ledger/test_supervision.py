"""督办: a demand with a number, open until the office closes it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.ledger.models import Notice
from gongkai.ledger.services import supervision as services
from gongkai.ledger.states import SUPERVISION
from gongkai.rules.law import Refused
from tests.ledger.conftest import person

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]

ANSWER_BY = date(2021, 4, 27)


@pytest.fixture
def opened(assignment, office, today):
    """Supervision that the office has opened."""

    def make(*of, on=today, answer_by=ANSWER_BY, **fields):
        mine = of or (assignment(),)
        return services.open_supervision(
            **{
                "unit": mine[0].unit,
                "assignments": mine,
                "demand": "请按要求报送进展",
                "answer_by": answer_by,
                "by": office(),
                "today": on,
            }
            | fields
        )

    return make


def test_supervision_is_numbered_by_year_without_gaps_even_after_a_refusal(opened, assignment):
    assert opened().number == "督办〔2021〕1号"
    with pytest.raises(Refused):
        opened(demand=" ")
    assert opened().number == "督办〔2021〕2号"
    assert opened(on=date(2022, 1, 4), answer_by=date(2022, 1, 11)).number == "督办〔2022〕1号"


def test_a_supervision_runs_from_demand_to_closing_and_keeps_its_record(opened, office, officer, today, acts):
    mine = opened()
    unit_reader, office_reader = officer(mine.unit), office()
    services.answer_supervision(mine, text="已补报", by=unit_reader, today=today)
    services.press_supervision(mine, text="仍不完整", answer_by=date(2021, 5, 8), by=office(), today=today)
    services.answer_supervision(mine, text="已全部补报", by=unit_reader, today=today)
    closed = services.close_supervision(mine, text="已落实，销号", by=office(), today=today)
    told = ["发起督办", "反馈整改情况", "再次督办", "反馈整改情况", "销号"]
    assert [step.act for step in closed.steps.all()] == told
    assert acts(mine) == told
    assert (closed.state, closed.closed_on, closed.answer_by) == ("closed", today, date(2021, 5, 8))
    assert Notice.objects.filter(reader=unit_reader).count() == 1  # pressed; it came after the opening
    assert Notice.objects.filter(reader=office_reader).count() == 2


def test_one_supervision_is_for_one_unit_and_its_open_tasks(opened, assignment, report, unit):
    mine, other, done = assignment(), assignment(), assignment()
    report(done, "accepted", completes=True)
    with pytest.raises(Refused, match="一份督办只对一个单位"):
        opened(mine, other)
    with pytest.raises(Refused, match="已完成"):
        opened(done)
    with pytest.raises(Refused, match="请选择要督办的任务"):
        opened(mine, assignments=[])
    opened(mine)
    with pytest.raises(Refused, match="已在督办中（督办〔2021〕1号）"):
        opened(mine)


def test_the_day_for_the_answer_lies_ahead(opened, office, today):
    with pytest.raises(Refused, match="应晚于今天"):
        opened(answer_by=today)
    with pytest.raises(Refused, match="应晚于今天"):
        services.press_supervision(opened(), text="再催", answer_by=today, by=office(), today=today)


def test_a_closed_supervision_takes_no_more_acts(opened, office, officer, today):
    mine = opened()
    services.close_supervision(mine, text="销号", by=office(), today=today)
    for act in (
        lambda: services.answer_supervision(mine, text="补充", by=officer(mine.unit), today=today),
        lambda: services.press_supervision(mine, text="催", answer_by=ANSWER_BY, by=office(), today=today),
        lambda: services.close_supervision(mine, text="再销", by=office(), today=today),
    ):
        with pytest.raises(Refused, match="已销号"):
            act()


def test_the_proposed_day_for_the_answer_counts_working_days():
    assert services.suggested_answer_day(date(2021, 4, 28)) == date(2021, 5, 8)  # May Day, and a make-up day


@pytest.mark.parametrize("role", ["officer", "approver", "office", "assessor", "administrator", "stranger"])
@pytest.mark.parametrize("code", [each.code for each in SUPERVISION])
def test_only_the_roles_of_the_table_act_on_supervision(opened, unit, today, role, code):
    mine = opened()
    home = mine.unit if role in ("officer", "approver") else unit()
    by = person(home, "officer" if role == "stranger" else role)
    words = {"text": "情况属实", **({"answer_by": date(2021, 5, 8)} if code == "press" else {})}
    act = getattr(services, f"{code}_supervision")
    if role in SUPERVISION.acts[code].roles:
        assert act(mine, by=by, today=today, **words).state == SUPERVISION.acts[code].target
    else:
        with pytest.raises(PermissionDenied):
            act(mine, by=by, today=today, **words)


@pytest.mark.parametrize("role", ["officer", "approver", "assessor", "administrator"])
def test_only_the_office_opens_supervision(opened, assignment, role):
    mine = assignment()
    with pytest.raises(PermissionDenied):
        opened(mine, by=person(mine.unit, role))
