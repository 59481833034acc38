"""合法性审核: three results, a register with days left, and somebody to ask where no reviewer is named."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from gongkai.accounts.models import Role
from gongkai.documents.models import Legality
from gongkai.documents.services import relations, way
from gongkai.rules.law import Refused
from tests.documents.conftest import person
from tests.documents.pages.walking import browser, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("29")]


@pytest.fixture(autouse=True)
def _day(settings, today):
    settings.FIXED_TODAY = today.isoformat()


@pytest.fixture
def written(draft, live, today):
    """A normative draft with its reading."""

    def make(**fields):
        edition = draft(normative=True, **fields)
        reading = live(edition.paper.unit, sort="reading")
        by = reading.created_by
        relations.relate(reading, bond="interprets", target=edition.paper, by=by, today=today)
        return edition

    return make


@pytest.fixture
def sent(written, walk):
    """The same before its reviewer."""
    return lambda **fields: walk(written(**fields), "legal")


def test_a_review_is_entered_with_its_last_day(sent, today):
    row = Legality.objects.get(edition=sent())
    assert (row.asked_on, row.due_on.isoformat(), row.result) == (today, "2021-05-12", "")


def test_a_lawful_paper_goes_on(sent, legal, at):
    edition = sent()
    by = legal(edition.legal_unit)
    edition = way.pass_legal(edition, by=by, at=at, remark="内容合法")
    row = Legality.objects.get()
    assert edition.state == "signing"
    assert (row.result, row.opinion, row.by, row.closed_on) == ("lawful", "内容合法", by, at.date())


@pytest.mark.parametrize(("code", "result"), [("amend_legal", "应当予以修改"), ("refuse_legal", "不合法")])
def test_what_is_not_lawful_goes_back_with_its_result_and_is_asked_again(
    sent, legal, walk, at, acts, code, result
):
    edition = sent()
    edition = getattr(way, code)(edition, by=legal(edition.legal_unit), at=at, reason="第三条超越权限")
    assert edition.state == "returned"
    assert Legality.objects.get().get_result_display() == result
    assert edition.reviews.last().remark == f"{result}：第三条超越权限"
    assert result in acts(edition)[-1]
    walk(edition, "legal")
    assert list(Legality.objects.order_by("pk").values_list("result", flat=True))[1:] == [""]


def test_a_result_needs_its_opinion_and_its_reviewer(sent, legal, officer, at):
    edition = sent()
    with pytest.raises(Refused, match="审核意见"):
        way.amend_legal(edition, by=legal(edition.legal_unit), at=at, reason=" ")
    with pytest.raises(PermissionDenied):
        way.refuse_legal(edition, by=officer(edition.paper.unit), at=at, reason="不合法")
    assert Legality.objects.get().result == ""


def test_a_draft_taken_back_leaves_the_register_closed(sent, at):
    edition = sent()
    way.recall(edition, by=edition.written_by, at=at)
    assert Legality.objects.get().get_result_display() == "起草单位撤回"


def test_the_register_shows_days_left_and_hides_other_units(sent, legal, officer, unit, office):
    edition = sent(title="甲办法")
    shown = text_of(browser(legal(edition.legal_unit)).get(reverse("legality")))
    assert "甲办法" in shown
    assert "还有 22 天" in shown
    assert "国办发〔2018〕115号" in shown
    assert "甲办法" in text_of(browser(office()).get(reverse("legality")))
    assert "甲办法" not in text_of(browser(officer(unit())).get(reverse("legality")))
    answer = browser(office()).get(reverse("legality"), {"export": "xlsx"})
    cells = [cell for row in load_workbook(BytesIO(answer.content)).active.values for cell in row]
    assert {"甲办法", "待审核"} <= set(cells)


def test_the_reviewer_has_a_button_for_each_result(sent, legal):
    edition = sent()
    client = browser(legal(edition.legal_unit))
    shown = text_of(client.get(edition.get_absolute_url()))
    for code in ("pass_legal", "amend_legal", "refuse_legal"):
        assert page(f"edition_{code}", edition) in shown
    client.post(page("edition_refuse_legal", edition), {"reason": "无上位法依据"})
    edition.refresh_from_db()
    assert edition.state == "returned"


def test_who_can_help_is_named_where_no_reviewer_is(written, unit, at):
    edition = written()
    helper = person(unit(), Role.ADMINISTRATOR, phone="0632-1234567")
    with pytest.raises(Refused, match=f"请联系系统管理员{helper.full_name}（0632-1234567）"):
        way.submit(edition, by=edition.written_by, at=at)
