"""台账指标: every figure opens the very records that it counted."""

from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from gongkai.frame.today import today as local_day
from gongkai.ledger.figures import FIGURES, OWN, behind, binding, by_unit, measure, registry
from gongkai.ledger.models import Assignment
from gongkai.ledger.services import plans, reports
from gongkai.rules.figure import Scope

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]

TODAY = date(2021, 8, 1)
SCOPE = Scope(2021, TODAY)


@pytest.fixture
def year(plan, task, assignment, report, unit, office):
    """A plan with one assignment of each kind; two units."""
    mine, one, two = plan(), unit(), unit()
    due = {"cycle": "fixed", "due_on": date(2021, 6, 30)}
    kinds = {
        "in_time": assignment(task(mine, **due), one),
        "too_late": assignment(task(mine, **due), one),
        "overdue": assignment(task(mine, **due), two),
        "in_hand": assignment(task(mine, **due), two),
        "returned": assignment(task(mine, **due), two),
        "waiting": assignment(task(mine), two),
    }
    report(kinds["in_time"], "accepted", on=date(2021, 6, 30), completes=True)
    report(kinds["too_late"], "accepted", on=date(2021, 7, 1), completes=True)
    report(kinds["in_hand"], "signed", on=date(2021, 6, 29), completes=True)
    report(kinds["returned"], "returned", on=date(2021, 6, 29), completes=True)
    assignment(task(plan(state="draft"), **due))
    assignment(task(plan(year=2020)))
    withdrawn = assignment(task(mine, **due))
    plans.withdraw_task(withdrawn.task, reason="修订", by=office(), today=TODAY)
    return kinds


@pytest.mark.parametrize(
    ("code", "number", "names"),
    [
        ("ledger.done", Decimal("33.3"), "in_time too_late"),
        ("ledger.on_time", Decimal("25.0"), "in_time"),
        ("ledger.overdue", Decimal(2), "overdue returned"),
        ("ledger.days_late", Decimal("32.0"), "overdue returned"),
        ("ledger.returned", Decimal("25.0"), "returned"),
        ("ledger.silent", Decimal(2), "overdue waiting"),
        ("ledger.checking", Decimal(1), "in_hand"),
    ],
)
def test_a_figure_is_the_number_of_the_records_behind_it(year, code, number, names):
    value = FIGURES[code].value(SCOPE)
    counted = set(behind(code, SCOPE))
    assert value.number == number
    assert counted == {year[name] for name in names.split()}
    assert value.part == len(counted)


def test_the_address_of_a_value_leads_to_its_records(year, unit):
    body = year["overdue"].unit
    for figure in OWN:
        address = urlsplit(figure.value(Scope(2021, TODAY, body.pk)).records_url)
        assert address.path == reverse("assignments")
        assert parse_qs(address.query) == {
            "figure": [figure.code],
            "year": ["2021"],
            "unit": [str(body.pk)],
        }


def test_the_page_of_assignments_lists_what_the_figure_counted(client, year, office):
    client.force_login(office())
    for figure in OWN:
        day = local_day()
        page = client.get(figure.value(Scope(2021, day)).records_url).content.decode()
        counted = behind(figure.code, Scope(2021, day))
        shown = {each for each in Assignment.objects.all() if f'href="{each.get_absolute_url()}"' in page}
        assert shown == set(counted)


def test_the_units_add_up_to_the_district(year):
    for figure in OWN:
        if figure.code == "ledger.days_late":
            continue
        district = figure.value(SCOPE)
        rows = by_unit(figure.code, SCOPE)
        assert sum(part for part, _ in rows.values()) == district.part
        assert sum(whole for _, whole in rows.values()) == district.whole
        for key, (part, whole) in rows.items():
            own = figure.value(Scope(2021, TODAY, key))
            assert (own.part, own.whole) == (part, whole)


def test_the_figure_and_the_model_mean_the_same_by_overdue(year):
    listed = set(Assignment.objects.current().overdue(TODAY).filter(task__plan__year=2021))
    assert listed == set(behind("ledger.overdue", SCOPE))
    assert listed == {each for each in binding(SCOPE) if each.is_overdue(TODAY)}


def test_every_figure_is_one_query(year, django_assert_num_queries):
    for figure in OWN:
        with django_assert_num_queries(1):
            figure.value(SCOPE)
    with django_assert_num_queries(1):
        by_unit("ledger.done", SCOPE)


def test_of_nothing_there_is_no_share(db):
    for figure in OWN:
        value = figure.value(Scope(2019, TODAY))
        assert value.number in (None, Decimal(0))


def test_a_bound_task_shows_its_figure_and_whether_the_target_is_met(year, office):
    task = year["overdue"].task
    assert measure(task, TODAY) is None
    task = plans.bind_figure(task, figure="ledger.overdue", target=Decimal(1), by=office())
    live = measure(task, TODAY)
    assert (live.value.number, live.target, live.met) == (Decimal(2), Decimal(1), False)
    task = plans.bind_figure(task, figure="ledger.done", target=Decimal(30), by=office())
    assert measure(task, TODAY).met is True


def test_a_return_still_counts_after_the_report_was_mended(year, officer, approver, office):
    mine = year["returned"]
    back = mine.reports.get()
    sent = reports.send_report(back, by=officer(mine.unit), today=TODAY)
    signed = reports.sign_report(sent, by=approver(mine.unit), today=TODAY)
    reports.accept_report(signed, by=office(), today=TODAY)
    assert set(behind("ledger.returned", SCOPE)) == {mine}


def test_two_figures_of_one_name_are_a_mistake_of_the_house():
    with pytest.raises(ValueError, match=r"ledger\.done"):
        registry((*OWN, OWN[0]))
