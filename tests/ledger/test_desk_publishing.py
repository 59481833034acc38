"""工作台的公开工作: papers, duties and columns that wait, for every role, in a constant number of queries."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from gongkai.disclosure.models import ColumnFinding
from gongkai.documents.models import Countersign, Edition, Erratum
from tests.disclosure.conftest import duty  # noqa: F401 (fixture)
from tests.documents.conftest import (  # noqa: F401 (fixtures)
    approver,
    column,
    draft,
    legal,
    live,
    office,
    officer,
    secrecy,
    unit,
)
from tests.ledger.pages import browser, text_of
from tests.ledger.test_query_counts import queries

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]
TODAY = date(2021, 4, 20)


@pytest.fixture(autouse=True)
def _day(settings: Any) -> None:
    settings.FIXED_TODAY = TODAY.isoformat()


def desk(user: Any) -> str:
    return text_of(browser(user).get(reverse("desk")))


def stand(edition: Edition, state: str, **more: Any) -> Edition:
    """The edition, put where its way would have brought it."""
    Edition.objects.filter(pk=edition.pk).update(state=state, submitted_on=date(2021, 4, 19), **more)
    return edition


def test_the_secrecy_reviewer_finds_the_paper_to_review(unit, draft, secrecy):  # noqa: F811
    home = unit()
    waiting = stand(draft(home, title="待保密审查的通知"), "secrecy")
    page = desk(secrecy(home))
    assert "待保密审查的通知" in page
    assert waiting.get_absolute_url() in page
    assert "待保密审查的通知" not in desk(secrecy(unit()))


def test_a_reviewer_without_work_is_told_so(unit, secrecy, legal):  # noqa: F811
    assert "没有等待您审查的稿件" in desk(secrecy(unit()))
    assert "没有等待您审查的稿件" in desk(legal(unit()))


def test_the_legal_reviewer_finds_what_other_units_ask(unit, draft, legal):  # noqa: F811
    home = unit()
    stand(draft(title="规范性文件送审稿"), "legal", legal_unit=home)
    assert "规范性文件送审稿" in desk(legal(home))


def test_a_missing_paper_is_one_click_away_from_being_written(unit, duty, officer):  # noqa: F811
    home = unit()
    missing = duty(title="每季度公开的事项", unit=home, cycle="quarter", starts_on=date(2020, 1, 1))
    page = desk(officer(home))
    assert "公开职责已逾期" in page
    assert f"{reverse('paper_new')}?column={missing.column_id}&amp;unit={home.pk}" in page


def test_the_writer_finds_the_returned_draft_before_the_other(unit, draft, officer):  # noqa: F811
    home = unit()
    by = officer(home)
    draft(home, by=by, title="刚起草的通知")
    stand(draft(home, by=by, title="被退回的通知"), "returned")
    page = desk(by)
    assert page.index("被退回的通知") < page.index("刚起草的通知")


def test_a_countersignature_asked_of_the_unit_is_counted(unit, draft, officer, approver):  # noqa: F811
    home = unit()
    asked = stand(draft(title="请会签的公告"), "countersign")
    Countersign.objects.create(edition=asked, unit=home)
    assert "请我单位会签" in desk(officer(home))
    assert "请会签的公告" in desk(approver(home))


def test_the_office_sees_counts_of_the_whole_district(unit, duty, live, office):  # noqa: F811
    for _ in range(3):
        duty(cycle="quarter", starts_on=date(2020, 1, 1))
    page = desk(office())
    assert f'{reverse("duties")}?standing=red"><span class="gk-counts__number">3</span>' in page


def test_the_counts_lead_to_lists_of_as_many_rows(unit, draft, live, officer):  # noqa: F811
    home = unit()
    by = officer(home)
    draft(home, by=by)
    stand(draft(home, by=by), "scheduled")
    paper = live(home)
    paper.shown_until = TODAY + timedelta(days=3)
    paper.save()
    client = browser(by)
    for state in ("writing", "scheduled", "ending"):
        assert "共 <strong>1</strong> 条" in text_of(client.get(reverse("papers"), {"state": state}))
        assert f"{reverse('papers')}?state={state}" in desk(by)


@pytest.mark.parametrize("role", ["officer", "approver", "secrecy", "legal", "office"])
def test_the_desk_asks_as_often_for_many_papers_as_for_few(role, request, unit, draft, live, duty):  # noqa: F811
    home = unit()
    make = request.getfixturevalue(role)
    user = make() if role == "office" else make(home)
    states = ("returned", "unit_review", "secrecy", "signing", "scheduled", "draft")

    def grow(rounds: int) -> None:
        for _ in range(rounds):
            for state in states:
                stand(draft(home), state)
            stand(draft(), "legal", legal_unit=home)
            owed = duty(unit=home, cycle="quarter", starts_on=date(2020, 1, 1))
            ColumnFinding.objects.create(
                column=owed.column,
                sort="empty",
                text="栏目下没有内容",
                unit=home,
                found_on=TODAY,
                due_on=TODAY,
            )
            Erratum.objects.create(
                paper=live(home), text="有错字", received_at="2021-04-19T09:00:00+08:00", due_on=TODAY
            )

    grow(1)
    few = queries(browser(user), reverse("desk"))
    grow(6)
    assert queries(browser(user), reverse("desk")) <= few
