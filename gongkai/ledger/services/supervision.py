"""督办: opened by the office, answered by the unit, pressed again, closed by the office."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.audit.services import record
from gongkai.ledger.models import Assignment, Supervision, SupervisionStep, SupervisionYear
from gongkai.ledger.practice import ANSWER_WORKDAYS
from gongkai.ledger.services.guards import bound, fitting, locked, permit_act, permit_office, said
from gongkai.ledger.services.notices.telling import tell_office, tell_supervised
from gongkai.ledger.states import SUPERVISION, Standing
from gongkai.rules.calendars import with_estimate
from gongkai.rules.law import Refused
from gongkai.rules.workdays import add_workdays


def suggested_answer_day(today: date) -> date:
    """The day for the answer that the page proposes (建议反馈时限)."""
    return add_workdays(today, ANSWER_WORKDAYS, calendar=with_estimate())


@transaction.atomic
def open_supervision(
    *,
    unit: Unit,
    assignments: Iterable[Assignment],
    demand: str,
    answer_by: date,
    by: User,
    today: date,
) -> Supervision:
    """Demand of one unit that it gets on with its late tasks (发起督办)."""
    permit_office(by)
    wanted = [locked(each) for each in sorted(assignments, key=lambda each: each.pk)]
    _check(unit, wanted)
    _day(answer_by, today)
    supervision = Supervision(
        number=_next_number(today.year),
        unit=unit,
        demand=said(demand, "督办要求"),
        opened_by=by,
        opened_on=today,
        answer_by=answer_by,
    )
    fitting(supervision).save()
    supervision.assignments.set(wanted)
    step = _step(supervision, "发起督办", supervision.demand, by, today)
    text = f"{supervision.number}：请于{answer_by}前反馈{len(wanted)}项任务的整改情况"
    tell_supervised(supervision, text=text, key=f"supervision:{step.pk}", today=today)
    return supervision


@transaction.atomic
def answer_supervision(supervision: Supervision, *, text: str, by: User, today: date) -> Supervision:
    """Say what was done (反馈整改情况)."""
    supervision = _begin(supervision, "answer", by)
    supervision.save()
    step = _step(supervision, "反馈整改情况", said(text, "整改情况"), by, today)
    tell_office(
        text=f"{supervision}：已反馈整改情况",
        key=f"supervision:{step.pk}",
        link=supervision.get_absolute_url(),
        today=today,
    )
    return supervision


@transaction.atomic
def press_supervision(
    supervision: Supervision, *, text: str, answer_by: date, by: User, today: date
) -> Supervision:
    """Demand again, with a new day for the answer (再次督办)."""
    supervision = _begin(supervision, "press", by)
    _day(answer_by, today)
    supervision.answer_by = answer_by
    supervision.save()
    step = _step(supervision, "再次督办", said(text, "督办要求"), by, today)
    words = f"{supervision.number}再次督办：请于{answer_by}前反馈"
    tell_supervised(supervision, text=words, key=f"supervision:{step.pk}", today=today)
    return supervision


@transaction.atomic
def close_supervision(supervision: Supervision, *, text: str, by: User, today: date) -> Supervision:
    """Close the matter (销号), with the office's finding."""
    supervision = _begin(supervision, "close", by)
    supervision.closed_on = today
    supervision.save()
    _step(supervision, "销号", said(text, "销号意见"), by, today)
    return supervision


def _begin(supervision: Supervision, code: str, by: User) -> Supervision:
    supervision = locked(supervision)
    permit_act(SUPERVISION, code, by, supervision.unit)
    supervision.state = SUPERVISION.after(supervision.state, code)
    return supervision


def _step(supervision: Supervision, act: str, text: str, by: User, today: date) -> SupervisionStep:
    """One entry of the record, and its trace."""
    step = SupervisionStep(supervision=supervision, act=act, text=text, by=by, on=today)
    fitting(step).save()
    record(supervision, act, by=by, note=text)
    return step


def _day(answer_by: date, today: date) -> None:
    if answer_by <= today:
        raise Refused("反馈时限应晚于今天")


def _check(unit: Unit, assignments: list[Assignment]) -> None:
    """Refuse what is not this unit's, already done, or under supervision already."""
    if not assignments:
        raise Refused("请选择要督办的任务")
    for each in assignments:
        if each.unit_id != unit.pk:
            raise Refused(f"“{each.task}”不是{unit}的任务，一份督办只对一个单位")
        bound(each)
        if each.standing == Standing.DONE:
            raise Refused(f"“{each.task}”已完成，不需督办")
        running = each.supervisions.open().first()
        if running:
            raise Refused(f"“{each.task}”已在督办中（{running.number}）")


def _next_number(year: int) -> str:
    """The next number of the year (督办编号); the row stays locked, so none is skipped or given twice."""
    SupervisionYear.objects.get_or_create(year=year)
    counter = SupervisionYear.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save()
    return str(counter)
