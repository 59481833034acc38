"""谁能看、谁能办: the tables of acts, walked through the pages role by role."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from gongkai.accounts.models import Role
from gongkai.ledger.services import extensions, lookback, reports, supervision
from gongkai.ledger.states import EXTENSION, LOOKBACK, REPORT, SUPERVISION
from tests.ledger.conftest import person
from tests.ledger.pages import browser, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]
ROLES = [str(role) for role in Role.values]
FLOWS = {"report": REPORT, "extension": EXTENSION, "supervision": SUPERVISION, "entry": LOOKBACK}
ACTS = [(noun, act) for noun, flow in FLOWS.items() for act in flow]
CLOSED, OPEN, GONE = 403, 200, 404


@pytest.fixture(autouse=True)
def _day(settings, today):
    settings.FIXED_TODAY = today.isoformat()


@pytest.fixture
def records(assignment, report, office, officer, upload, today, plan, task):
    """One record of each noun of one unit, with everything that hangs on it."""
    mine = assignment(cycle="fixed", due_on=date(2021, 4, 1))
    made: dict[str, Any] = {"assignment": mine, "unit": mine.unit, "report": report(mine)}
    writer = made["report"].written_by
    made["evidence"] = reports.attach(made["report"], title="清单", by=writer, upload=upload())
    made["extension"] = extensions.ask_extension(
        mine, until_on=date(2021, 5, 30), reason="数据未齐", by=writer, today=today
    )
    made["supervision"] = supervision.open_supervision(
        unit=mine.unit,
        assignments=[mine],
        demand="请抓紧办理。",
        answer_by=date(2021, 4, 27),
        by=office(),
        today=today,
    )
    last_year = plan(year=2020)
    assignment(task(last_year, cycle="fixed", due_on=date(2020, 9, 30)), mine.unit)
    made["entry"] = lookback.start_lookback(last_year, by=office(), today=today).entries.get()
    return made


def brought_to(record, state):
    """The record in a state in which the act is open."""
    type(record).objects.filter(pk=record.pk).update(state=state)
    return record


@pytest.mark.parametrize(("noun", "act"), ACTS, ids=lambda value: getattr(value, "code", value))
def test_only_the_roles_of_the_table_reach_the_page_of_an_act(noun, act, records):
    record = brought_to(records[noun], sorted(act.sources)[0])
    if noun == "report" and record.state == "draft":
        brought_to(record, sorted(act.sources - {"draft"} or act.sources)[0])
    url = reverse(f"{noun}_{act.code}", args=[record.pk])
    answers = {role: browser(person(records["unit"], role)).get(url).status_code for role in ROLES}
    # whoever looks at the whole district does not see a draft at all; the others are told that they may not
    assert {role for role, code in answers.items() if code == OPEN} == set(act.roles)
    assert {code for role, code in answers.items() if role not in act.roles} <= {CLOSED, GONE}


@pytest.mark.parametrize(("noun", "act"), ACTS, ids=lambda value: getattr(value, "code", value))
def test_the_neighbour_unit_finds_nothing_behind_the_address_of_an_act(noun, act, records, unit):
    record = brought_to(records[noun], sorted(act.sources)[0])
    url = reverse(f"{noun}_{act.code}", args=[record.pk])
    stranger = person(unit(), "officer", "approver")
    assert browser(stranger).get(url).status_code == GONE
    assert browser(stranger).post(url, {"reason": "越权", "text": "越权"}).status_code == GONE
    before = record.state
    record.refresh_from_db()
    assert record.state == before or record.state == sorted(act.sources)[0]


PAGES = [
    ("assignment", "assignment", {}),
    ("task", "task", {}),
    ("report_new", "assignment", {}),
    ("extension_new", "assignment", {}),
    ("evidence", "evidence", {}),
    ("supervision", "supervision", {}),
]


@pytest.mark.parametrize(("name", "noun", "more"), PAGES)
def test_the_neighbour_unit_finds_no_page_of_a_foreign_row(name, noun, more, records, unit):
    row = records["assignment"].task if noun == "task" else records[noun]
    stranger = browser(person(unit(), "officer", "approver"))
    assert stranger.get(reverse(name, args=[row.pk])).status_code == GONE


@pytest.mark.parametrize(("name", "noun", "more"), PAGES)
def test_who_is_not_signed_in_is_asked_to(name, noun, more, records):
    row = records["assignment"].task if noun == "task" else records[noun]
    answer = browser().get(reverse(name, args=[row.pk]))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["desk", "assignments", "supervisions", "lookbacks", "notices", "feedbacks"])
def test_somebody_without_a_post_enters_no_staff_page(name, db):
    from gongkai.accounts.models import User

    nobody = User.objects.create(username="nobody", full_name="无岗位")
    assert browser(nobody).get(reverse(name)).status_code == CLOSED


@pytest.mark.parametrize("role", [role for role in ROLES if role != "office"])
def test_only_the_office_urges_and_starts_a_look_back(role, records, plan):
    client = browser(person(records["unit"], role))
    assert client.post(reverse("urge"), {"act": "remind"}).status_code == CLOSED
    assert client.post(reverse("lookback_start", args=[plan().pk])).status_code == CLOSED


def test_the_office_does_not_see_what_a_unit_has_not_sent(records, office):
    client = browser(office())
    draft = records["report"]
    page = client.get(records["assignment"].get_absolute_url()).content.decode()
    assert draft.text not in page
    assert client.get(reverse("evidence", args=[records["evidence"].pk])).status_code == GONE


def test_the_upper_unit_works_for_the_units_below_it(records, unit):
    upper = unit()
    records["unit"].parent = upper
    records["unit"].save()
    chief = browser(person(upper, "officer"))
    assert chief.get(records["assignment"].get_absolute_url()).status_code == OPEN
    assert chief.get(reverse("report_edit", args=[records["report"].pk])).status_code == OPEN


@pytest.mark.parametrize("name", ["urge", "notices_seen"])
def test_what_changes_something_is_never_done_by_a_link(name, office):
    assert browser(office()).get(reverse(name)).status_code == 405


def test_a_form_from_elsewhere_is_turned_away(records):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(person(records["unit"], "officer"))
    answer = client.post(reverse("report_send", args=[records["report"].pk]))
    assert answer.status_code == CLOSED
    records["report"].refresh_from_db()
    assert records["report"].state == "draft"


def test_a_unit_is_not_told_of_drafts_among_the_filters(plan, assignment, officer, office):
    draft = plan(state="draft", title="尚未下发的要点")
    for user, told in ((officer(assignment().unit), False), (office(), True)):
        page = text_of(browser(user).get(reverse("assignments")))
        assert (draft.title in page) is told
