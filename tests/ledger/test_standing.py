"""落实状态的推导: a function of the dated facts, in whatever order they happened."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.ledger.models import Extension, Report, Task
from gongkai.ledger.services import extensions, plans, reports
from gongkai.ledger.services.deriving import derived
from gongkai.ledger.standing import Derived, Facts, Filed, derive
from gongkai.ledger.states import Standing
from gongkai.rules.law import Refused
from tests.ledger.conftest import person

pytestmark = pytest.mark.clause("40")

YEAR_END = date(2021, 12, 31)
DAY = date(2021, 6, 1)


def filed(state, *, completes=False, step=None, signed=DAY, decided=None):
    decided = decided or (DAY if state == "accepted" else None)
    return Filed(state, completes, step, None if state == "draft" else signed, decided)


@pytest.mark.parametrize(
    ("found", "standing"),
    [
        ((), Standing.WAITING),
        ((filed("draft"),), Standing.WAITING),
        ((Filed("sent"),), Standing.WAITING),
        ((Filed("returned"),), Standing.WAITING),
        ((filed("signed"),), Standing.CHECKING),
        ((filed("returned", decided=DAY),), Standing.RETURNED),
        ((filed("sent", decided=DAY),), Standing.RETURNED),
        ((filed("accepted"),), Standing.WORKING),
        ((filed("accepted"), filed("returned", decided=DAY)), Standing.RETURNED),
        ((filed("accepted", decided=date(2021, 6, 9)), filed("returned", decided=DAY)), Standing.WORKING),
        ((filed("returned", decided=DAY), filed("signed")), Standing.CHECKING),
        ((filed("accepted", completes=True),), Standing.DONE),
        ((filed("accepted", completes=True), filed("signed")), Standing.DONE),
    ],
)
def test_the_standing_follows_from_the_reports(found, standing):
    assert derive(Facts(YEAR_END, found)).standing is standing
    assert derive(Facts(YEAR_END, tuple(reversed(found)))).standing is standing


def test_the_day_of_completion_is_the_day_on_which_the_unit_signed():
    late_decision = filed("accepted", completes=True, signed=date(2021, 6, 30), decided=date(2021, 8, 1))
    assert derive(Facts(YEAR_END, (late_decision,))).done_on == date(2021, 6, 30)


def test_the_deadline_is_the_next_open_step_then_the_task():
    steps = {1: date(2021, 3, 31), 2: date(2021, 6, 30)}
    assert derive(Facts(YEAR_END, steps=steps)).due_on == date(2021, 3, 31)
    first = filed("accepted", step=1)
    assert derive(Facts(YEAR_END, (first,), steps=steps)).due_on == date(2021, 6, 30)
    both = (first, filed("accepted", step=2))
    assert derive(Facts(YEAR_END, both, steps=steps)).due_on == YEAR_END


def test_a_cyclic_task_is_done_with_its_last_step_whatever_a_report_claims():
    steps = {1: date(2021, 3, 31), 2: date(2021, 6, 30)}
    claim = filed("accepted", completes=True, step=1)
    assert derive(Facts(YEAR_END, (claim,), cyclic=True, steps=steps)).standing is Standing.WORKING
    last = filed("accepted", step=2, signed=date(2021, 6, 20))
    assert derive(Facts(YEAR_END, (claim, last), cyclic=True, steps=steps)).done_on == date(2021, 6, 20)


def test_an_extension_moves_the_deadline_that_it_was_asked_for_and_no_other():
    steps = {1: date(2021, 3, 31), 2: date(2021, 6, 30)}
    granted = ((date(2021, 3, 31), date(2021, 4, 15)), (date(2021, 4, 15), date(2021, 4, 30)))
    assert derive(Facts(YEAR_END, steps=steps, extensions=granted)).due_on == date(2021, 4, 30)
    first = (filed("accepted", step=1),)
    assert derive(Facts(YEAR_END, first, steps=steps, extensions=granted)).due_on == date(2021, 6, 30)


DAYS = st.dates(date(2021, 1, 1), date(2021, 12, 31))
REPORTS = st.builds(
    Filed,
    st.sampled_from(["draft", "sent", "signed", "accepted", "returned"]),
    st.booleans(),
    st.sampled_from([None, 1, 2]),
    st.none() | DAYS,
    st.none() | DAYS,
)


@given(st.lists(REPORTS, max_size=6), st.randoms(), st.booleans())
def test_the_order_in_which_facts_are_read_does_not_matter(found, chance, cyclic):
    steps = {1: date(2021, 6, 30), 2: date(2021, 9, 30)}
    shuffled = chance.sample(found, len(found))
    one = derive(Facts(YEAR_END, tuple(found), cyclic, steps))
    assert derive(Facts(YEAR_END, tuple(shuffled), cyclic, steps)) == one


@given(st.lists(st.tuples(DAYS, DAYS), max_size=6))
def test_more_time_is_never_less(granted):
    assert derive(Facts(DAY, extensions=tuple(granted))).due_on >= DAY


ACTS = ["write", "send", "recall", "sign", "send_back", "accept", "return", "ask", "grant", "refuse"]


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 5)), max_size=25), st.booleans())
def test_whatever_happens_the_stored_standing_is_what_the_facts_say(assignment, office, story, cyclic):
    mine = assignment(cycle="quarterly" if cyclic else "yearround")
    people = person(mine.unit, "officer", "approver"), office()
    for place, (act, choice) in enumerate(story):
        try:
            _act(act, choice, mine, people, date(2021, 4, 20) + timedelta(days=place))
        except Refused:
            continue
    mine.refresh_from_db()
    stored = Derived(Standing(mine.standing), mine.due_on, mine.done_on, mine.reported_on)
    assert stored == derived(mine)


def _act(act, choice, mine, people, day):
    both, office = people
    if act == "write":
        steps = [None, *mine.task.milestones.all()]
        written = reports.write_report(
            mine,
            text="进展",
            completes=choice % 2 == 0,
            milestone=steps[choice % len(steps)],
            by=both,
            today=day,
        )
        reports.attach(written, title="网页", link="https://example.gov.cn", by=both)
        return
    if act == "ask":
        until = mine.due_on + timedelta(days=choice * 5)
        extensions.ask_extension(mine, until_on=until, reason="需要时间", by=both, today=day)
        return
    found = Extension if act in ("grant", "refuse") else Report
    rows = list(found.objects.filter(assignment=mine).order_by("pk"))
    if not rows:
        return
    row = rows[choice % len(rows)]
    by = office if act in ("accept", "return", "grant", "refuse") else both
    words = {"reason": "理由"} if act in ("send_back", "return", "refuse") else {}
    dated = {} if act == "recall" else {"today": day}
    noun = "extension" if found is Extension else "report"
    getattr(extensions if found is Extension else reports, f"{act}_{noun}")(row, by=by, **words, **dated)


@pytest.mark.django_db
def test_a_changed_plan_works_through_to_every_standing(assignment, report, office, today):
    mine = assignment(cycle=Task.Cycle.QUARTERLY)
    report(mine, "accepted", milestone=mine.task.milestones.first())
    plans.edit_task(mine.task, due_on=date(2021, 11, 30), by=office(), today=today)
    mine.refresh_from_db()
    assert mine.due_on == date(2021, 9, 30)
    plans.set_milestones(
        mine.task, steps=[("第二季度", date(2021, 6, 30)), ("收尾", date(2021, 8, 1))], by=office()
    )
    mine.refresh_from_db()
    assert mine.due_on == date(2021, 8, 1)
