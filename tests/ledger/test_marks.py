"""标记: the rule in Python and the rule in the database are one."""

from datetime import date, timedelta

import pytest

from gongkai.ledger.models import Assignment
from gongkai.ledger.overview.marks import MARKS, having, mark_of, soon_until, tally_of
from gongkai.ledger.overview.progress import spoken, word_of
from gongkai.ledger.states import STANDINGS

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]
TODAY = date(2021, 10, 15)
DAYS = [TODAY + timedelta(days=shift) for shift in (-30, -1, 0, 1, 7, 8, 60)]


@pytest.fixture
def every_case(task, unit):
    """An assignment for each standing, each day around today, reported in time, late or never."""
    one = task()
    for standing in STANDINGS:
        for due_on in DAYS:
            for reported_on in (None, due_on, due_on + timedelta(days=1)):
                Assignment.objects.create(
                    task=one,
                    unit=unit(),
                    started_on=date(2021, 4, 1),
                    due_on=due_on,
                    standing=standing,
                    reported_on=reported_on,
                    done_on=reported_on if standing == "done" else None,
                )
    return Assignment.objects.all()


def test_every_assignment_bears_the_mark_by_which_the_database_finds_it(every_case):
    for code in MARKS:
        found = set(every_case.filter(having(code, TODAY)).values_list("pk", flat=True))
        told = {each.pk for each in every_case if mark_of(each, TODAY).code == code}
        assert found == told, code


def test_the_parts_of_a_tally_add_up_to_the_whole(every_case):
    tally = tally_of(every_case, TODAY)
    assert tally.total == every_case.count()
    assert tally.overdue == every_case.overdue(TODAY).count()
    assert tally.done == every_case.filter(standing="done").count()


def test_the_public_words_are_counted_as_they_are_shown(every_case):
    rows = {word.code: number for word, number in spoken(every_case, TODAY).rows}
    told = [word_of(each, TODAY).code for each in every_case]
    assert rows == {code: told.count(code) for code in rows}
    assert sum(rows.values()) == len(told)


def test_overdue_in_the_row_is_overdue_in_the_list(every_case):
    late = set(every_case.overdue(TODAY).values_list("pk", flat=True))
    assert late == {each.pk for each in every_case if each.is_overdue(TODAY)}


def test_who_reported_in_time_is_not_late_while_the_office_has_the_report(assignment):
    mine = assignment()
    mine.standing, mine.due_on, mine.reported_on = (
        "checking",
        TODAY - timedelta(days=3),
        TODAY - timedelta(days=3),
    )
    assert mark_of(mine, TODAY).code == "checking"
    mine.reported_on = TODAY - timedelta(days=2)
    assert mark_of(mine, TODAY).code == "overdue"


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2021, 10, 15), date(2021, 10, 22)),
        (date(2021, 9, 29), date(2021, 10, 12)),  # the holiday week between, 2021-10-09 is worked
    ],
)
def test_soon_is_counted_in_working_days(day, last):
    assert soon_until(day) == last
