"""会签: a sensitive release waits until every unit that was asked agrees."""

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.documents.models import Countersign, Edition, Paper
from gongkai.documents.services import countersigns, stages, way
from gongkai.rules.law import Refused

pytestmark = pytest.mark.clause("21")


@pytest.fixture
def asked(draft, unit, walk):
    """A draft that two units are to countersign, all reviews before it passed."""
    edition = draft()
    rows = [countersigns.ask_countersign(edition, unit=unit(), by=edition.written_by) for _ in range(2)]
    return walk(edition, "countersign"), rows


def test_the_last_unit_to_agree_sends_the_edition_on(asked, approver, acts, at):
    edition, rows = asked
    countersigns.agree(rows[0], by=approver(rows[0].unit), at=at, remark="同意")
    edition.refresh_from_db()
    assert edition.state == "countersign"
    countersigns.agree(rows[1], by=approver(rows[1].unit), at=at)
    edition.refresh_from_db()
    assert edition.state == "signing"
    assert acts(edition)[-3:] == ["会签同意", "会签同意", "会签完成"]
    assert [row.state for row in edition.countersigns.all()] == ["agreed", "agreed"]


def test_one_refusal_sends_the_draft_back_and_all_are_asked_anew(asked, approver, walk, at):
    edition, rows = asked
    countersigns.agree(rows[0], by=approver(rows[0].unit), at=at)
    with pytest.raises(Refused, match="不同意的理由"):
        countersigns.refuse(rows[1], reason="", by=approver(rows[1].unit), at=at)
    countersigns.refuse(rows[1], reason="数据未核实", by=approver(rows[1].unit), at=at)
    edition.refresh_from_db()
    assert (edition.state, edition.returned_times) == ("returned", 1)
    edition = walk(edition, "countersign")
    assert {row.state for row in edition.countersigns.all()} == {"asked"}


def test_only_the_head_of_the_unit_that_was_asked_answers(asked, approver, officer, at):
    edition, rows = asked
    for stranger in (officer(rows[0].unit), approver(rows[1].unit), approver(edition.paper.unit)):
        with pytest.raises(PermissionDenied):
            countersigns.agree(rows[0], by=stranger, at=at)


def test_nobody_countersigns_before_the_reviews_or_twice(draft, unit, approver, asked, at):
    early = countersigns.ask_countersign(one := draft(), unit=unit(), by=one.written_by)
    with pytest.raises(Refused, match="还不能会签"):
        countersigns.agree(early, by=approver(early.unit), at=at)
    row = asked[1][0]
    head = approver(row.unit)
    countersigns.agree(row, by=head, at=at)
    with pytest.raises(Refused):
        countersigns.agree(row, by=head, at=at)


def test_a_unit_is_asked_once_and_never_the_own_one(draft, unit):
    edition, other = draft(), unit()
    countersigns.ask_countersign(edition, unit=other, by=edition.written_by)
    for wrong in (other, edition.paper.unit):
        with pytest.raises(Refused):
            countersigns.ask_countersign(edition, unit=wrong, by=edition.written_by)
    assert Countersign.objects.count() == 1


def test_taking_the_last_question_back_lets_the_edition_go_on(asked, at):
    edition, rows = asked
    for row in rows:
        countersigns.withdraw_countersign(row, by=edition.written_by)
    edition.refresh_from_db()
    assert edition.state == "signing"
    assert stages.stages_of(edition) == ("unit_review", "secrecy", "signing")


def test_the_unit_that_was_asked_sees_the_draft_and_others_do_not(asked, approver, unit):
    edition, rows = asked
    seen = Edition.objects.visible_to(approver(rows[0].unit))
    assert edition in seen
    assert edition.paper in Paper.objects.visible_to(approver(rows[0].unit))
    assert not Edition.objects.visible_to(approver(unit())).exists()


def test_a_paper_under_countersigning_cannot_be_signed(asked, approver, at):
    edition, _ = asked
    with pytest.raises(Refused, match="会签中"):
        way.sign(edition, by=approver(edition.paper.unit), at=at)
