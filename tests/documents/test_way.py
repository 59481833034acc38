"""送审与签发: the way of a draft to the site."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.documents.models import Edition, Paper
from gongkai.documents.services import gates, papers, relations, stages, way
from gongkai.documents.services.guards import acts_open
from gongkai.rules.law import Refused
from gongkai.search.models import Change


def test_a_draft_goes_through_three_reviews_and_stands_on_the_site(draft, walk, acts, at):
    edition = walk(draft())
    paper = Paper.objects.get(pk=edition.paper_id)
    assert (edition.state, paper.state, paper.live) == ("live", "live", edition)
    assert paper.published_at == paper.updated_at == edition.live_from == at
    assert [(row.stage, row.proofread, row.round) for row in edition.reviews.all()] == [
        ("unit_review", True, 1),
        ("secrecy", True, 1),
        ("signing", True, 1),
    ]
    assert acts(edition) == ["起草", "提交审核", "单位审核通过", "保密审查通过", "签发", "发布"]
    assert Change.objects.filter(noun="paper", key=paper.pk).exists()


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({}, ["unit_review", "secrecy", "signing"]),
        ({"normative": True}, ["unit_review", "secrecy", "legal", "signing"]),
        ({"for_government": True}, ["unit_review", "secrecy", "district", "signing"]),
        (
            {"normative": True, "for_government": True},
            ["unit_review", "secrecy", "legal", "district", "signing"],
        ),
        (
            {"normative": True, "attribute": "closed", "ground": "14-1", "ground_note": "涉密"},
            ["unit_review", "secrecy", "legal", "district", "signing"],
        ),
    ],
)
def test_the_facts_of_an_edition_decide_its_reviews(draft, facts, wanted):
    assert list(stages.stages_of(draft(**facts))) == wanted


@pytest.mark.clause("29")
def test_a_normative_paper_for_the_government_walks_all_its_reviews(draft, live, walk, today):
    edition = draft(normative=True, for_government=True)
    reading = live(edition.paper.unit, sort="reading")
    relations.relate(reading, bond="interprets", target=edition.paper, by=reading.created_by, today=today)
    edition = walk(edition)
    assert [row.stage for row in edition.reviews.all()] == [
        "unit_review",
        "secrecy",
        "legal",
        "district",
        "signing",
    ]
    assert edition.state == "live"


def test_every_review_asks_for_its_role(draft, walk, officer, secrecy, approver, unit, at):
    edition = walk(draft(), "unit_review")
    home, away = edition.paper.unit, unit()
    for wrong in (secrecy(home), approver(away)):
        with pytest.raises(PermissionDenied):
            way.pass_unit(edition, by=wrong, at=at)
    edition = walk(edition, "secrecy")
    for wrong in (officer(home), approver(home), secrecy(away)):
        with pytest.raises(PermissionDenied):
            way.pass_secrecy(edition, by=wrong, at=at)
    edition = walk(edition, "signing")
    for wrong in (officer(home), secrecy(home), approver(away)):
        with pytest.raises(PermissionDenied):
            way.sign(edition, by=wrong, at=at)


def test_no_review_may_be_left_out(draft, approver, secrecy, at):
    edition = draft()
    home = edition.paper.unit
    for act, by in (
        (way.pass_unit, approver(home)),
        (way.sign, approver(home)),
        (way.pass_secrecy, secrecy(home)),
    ):
        with pytest.raises(Refused, match="起草中"):
            act(edition, by=by, at=at)
    assert Edition.objects.get(pk=edition.pk).reviews.count() == 0


def test_who_wrote_neither_reviews_nor_signs(draft, approver, unit, walk, at):
    home = unit()
    writer = approver(home)
    edition = walk(draft(home, by=writer), "unit_review")
    with pytest.raises(Refused, match="第十七条"):
        way.pass_unit(edition, by=writer, at=at)
    edition = walk(edition, "signing")
    with pytest.raises(Refused, match="不能签发自己的稿件"):
        way.sign(edition, by=writer, at=at)


def test_who_changed_a_draft_counts_as_one_who_wrote_it(draft, approver, at):
    edition = draft()
    head = approver(edition.paper.unit)
    papers.edit_edition(edition, by=head, title="负责人改过的标题")
    edition = way.submit(edition, by=edition.written_by, at=at)
    with pytest.raises(Refused, match="参与起草的人"):
        way.pass_unit(edition, by=head, at=at)


def test_a_remark_lets_one_person_do_both_and_is_counted(draft, approver, walk, unit, at):
    home = unit()
    head = approver(home)
    edition = walk(draft(home, by=head), "unit_review")
    gates.override(edition, "two_persons", remark="单位仅一人在岗", by=head, at=at)
    edition = way.pass_unit(edition, by=head, at=at)
    assert edition.overrides.get().remark == "单位仅一人在岗"
    assert [each.text for each in gates.faults(edition) if each.gate.code == "two_persons"]


def test_a_returned_draft_begins_a_new_round(draft, walk, secrecy, acts, at):
    edition = walk(draft(), "secrecy")
    edition = way.send_back(edition, reason="附件含手机号", by=secrecy(edition.paper.unit), at=at)
    assert (edition.state, edition.returned_times) == ("returned", 1)
    edition = walk(edition)
    assert edition.state == "live"
    rounds = [(row.round, row.stage, row.passed) for row in edition.reviews.all()]
    assert rounds == [
        (1, "unit_review", True),
        (1, "secrecy", False),
        (2, "unit_review", True),
        (2, "secrecy", True),
        (2, "signing", True),
    ]


def test_a_return_needs_a_reason_and_the_reviewer_of_the_stage(draft, walk, secrecy, officer, at):
    edition = walk(draft(), "secrecy")
    with pytest.raises(Refused, match="退回理由"):
        way.send_back(edition, reason=" ", by=secrecy(edition.paper.unit), at=at)
    with pytest.raises(PermissionDenied):
        way.send_back(edition, reason="不行", by=officer(edition.paper.unit), at=at)


def test_a_recalled_draft_may_be_changed_again(draft, walk, at):
    edition = walk(draft(), "secrecy")
    edition = way.recall(edition, by=edition.written_by, at=at)
    assert edition.submitted_on is None
    papers.edit_edition(edition, by=edition.written_by, title="改好了")
    assert walk(edition).state == "live"


def test_the_buttons_are_those_of_the_role_and_stage(draft, walk, officer, secrecy, approver):
    edition = walk(draft(), "secrecy")
    home = edition.paper.unit
    assert acts_open(edition, officer(home)) == ["recall"]
    assert acts_open(edition, secrecy(home)) == ["pass_secrecy", "return"]
    assert acts_open(edition, approver(home)) == ["recall", "return"]


def test_a_signed_edition_may_wait_for_its_hour(draft, walk, at):
    edition = walk(draft(), when=at + timedelta(hours=2))
    assert (edition.state, edition.publish_at) == ("scheduled", at + timedelta(hours=2))
    assert Paper.objects.get(pk=edition.paper_id).state == "draft"


def test_an_hour_that_is_over_is_refused(draft, walk, at):
    with pytest.raises(Refused, match="应晚于现在"):
        walk(draft(), when=at)


def test_what_is_not_public_is_signed_and_kept_and_looked_at_again(draft, walk, at, approver):
    edition = walk(draft(attribute="closed", ground="16-1", ground_note="内部人事安排"))
    paper = Paper.objects.get(pk=edition.paper_id)
    assert (edition.state, paper.state, str(paper.reassess_on)) == ("ready", "draft", "2022-04-20")
    with pytest.raises(Refused, match="只有主动公开"):
        way.publish(edition, by=approver(paper.unit), at=at)
