"""延期: asked by the unit, granted or refused by the office."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.ledger.models import Notice
from gongkai.ledger.services import extensions, reports
from gongkai.ledger.states import EXTENSION
from gongkai.rules.law import Refused
from tests.ledger.conftest import person

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]


@pytest.fixture
def asked(assignment, officer, today):
    """Requests for more time."""

    def make(of=None, until=date(2021, 8, 31)):
        mine = of or assignment(due_on=date(2021, 6, 30))
        return extensions.ask_extension(
            mine, until_on=until, reason="需上级先行部署", by=officer(mine.unit), today=today
        )

    return make


def test_granted_time_moves_the_deadline_and_the_unit_is_told(asked, office, today, acts):
    extension = asked()
    mine = extension.assignment
    reader = person(mine.unit, "officer")
    granted = extensions.grant_extension(extension, by=office(), today=today, remark="同意")
    mine.refresh_from_db()
    assert (granted.state, mine.due_on) == ("granted", date(2021, 8, 31))
    assert acts(extension) == ["申请延期", "批准延期"]
    assert Notice.objects.get(reader=reader).text.startswith("批准延期")


def test_refused_time_leaves_the_deadline_and_needs_a_reason(asked, office, today, acts):
    extension = asked()
    with pytest.raises(Refused, match="请填写不予延期的理由"):
        extensions.refuse_extension(extension, reason="", by=office(), today=today)
    extensions.refuse_extension(extension, reason="期限充足", by=office(), today=today)
    extension.assignment.refresh_from_db()
    assert extension.assignment.due_on == date(2021, 6, 30)
    assert acts(extension)[-1] == "不予延期"


@pytest.mark.parametrize(
    ("until", "words"),
    [(date(2021, 6, 30), "应晚于现时限2021年6月30日"), (date(2022, 2, 1), "最多可延至2022年1月31日")],
)
def test_more_time_is_later_than_now_and_ends_soon_after_the_year(asked, until, words):
    with pytest.raises(Refused, match=words):
        asked(until=until)


def test_one_request_waits_at_a_time_and_none_is_made_for_what_is_done(asked, assignment, report):
    extension = asked()
    with pytest.raises(Refused, match="请等待批复"):
        asked(extension.assignment)
    done = assignment(due_on=date(2021, 6, 30))
    report(done, "accepted", completes=True)
    with pytest.raises(Refused, match="已完成"):
        asked(done)


def test_time_for_a_deadline_that_changed_meanwhile_is_not_granted(assignment, asked, report, office, today):
    mine = assignment(cycle="quarterly")
    extension = asked(mine, until=date(2021, 7, 15))
    report(mine, "accepted", milestone=mine.task.milestones.first())
    with pytest.raises(Refused, match="已有变化"):
        extensions.grant_extension(extension, by=office(), today=today)


def test_what_is_decided_is_not_decided_again(asked, office, today):
    extension = extensions.grant_extension(asked(), by=office(), today=today)
    for act in (
        lambda: extensions.grant_extension(extension, by=office(), today=today),
        lambda: extensions.refuse_extension(extension, reason="改判", by=office(), today=today),
    ):
        with pytest.raises(Refused, match="已批准"):
            act()


def test_an_extension_after_a_completion_by_the_old_day_changes_nothing(asked, report, office, today):
    extension = asked()
    signed = report(extension.assignment, "signed", completes=True)
    reports.accept_report(signed, by=office(), today=today)
    with pytest.raises(Refused, match="已有变化"):
        extensions.grant_extension(extension, by=office(), today=today)


@pytest.mark.parametrize("role", ["officer", "approver", "office", "assessor", "administrator"])
@pytest.mark.parametrize("code", [each.code for each in EXTENSION])
def test_only_the_roles_of_the_table_decide_on_more_time(asked, unit, today, role, code):
    extension = asked()
    home = extension.assignment.unit if role in ("officer", "approver") else unit()
    by, words = person(home, role), {"reason": "期限充足"} if code == "refuse" else {}
    act = getattr(extensions, f"{code}_extension")
    if role in EXTENSION.acts[code].roles:
        assert act(extension, by=by, today=today, **words).state == EXTENSION.acts[code].target
    else:
        with pytest.raises(PermissionDenied):
            act(extension, by=by, today=today, **words)


@pytest.mark.parametrize("role", ["office", "assessor", "administrator", "stranger"])
def test_only_the_unit_itself_asks_for_more_time(assignment, unit, today, role):
    mine = assignment(due_on=date(2021, 6, 30))
    by = person(unit(), "officer" if role == "stranger" else role)
    with pytest.raises(PermissionDenied):
        extensions.ask_extension(mine, until_on=date(2021, 8, 1), reason="忙", by=by, today=today)
