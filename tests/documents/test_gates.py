"""发布关口: what holds a draft, what may be let pass with a remark, what is only told."""

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.documents.models import Attachment, AttachmentText, Override, Word
from gongkai.documents.services import gates, papers, relations, way
from gongkai.rules.law import Refused


def codes(edition):
    return {fault.gate.code for fault in gates.faults(edition) if fault.stops}


@pytest.mark.clause("29")
def test_a_draft_without_attribute_is_returned_with_the_article(draft, at):
    edition = draft(attribute="")
    with pytest.raises(Refused, match=r"退文：未标明公开属性.*国办发〔2016〕80号"):
        way.submit(edition, by=edition.written_by, at=at)
    edition.refresh_from_db()
    assert edition.state == "draft"


def test_the_attribute_cannot_be_waved_through(draft, approver, at):
    edition = draft(attribute="closed")
    with pytest.raises(Refused, match="不能放行"):
        gates.override(edition, "attribute", remark="急", by=approver(edition.paper.unit), at=at)


@pytest.mark.clause("23")
@pytest.mark.parametrize("facts", [{"normative": True}, {"sort": "annual"}])
def test_what_must_be_explained_is_returned_without_its_reading(draft, legal, at, facts):
    edition = draft(**facts)
    legal(edition.paper.unit)
    with pytest.raises(Refused, match="退文：未同步报送解读材料"):
        way.submit(edition, by=edition.written_by, at=at)


@pytest.mark.clause("23")
@pytest.mark.parametrize("where", ["draft", "live"])
def test_a_reading_on_its_way_or_on_the_site_is_enough(draft, live, legal, at, today, where):
    edition = draft(normative=True)
    legal(edition.paper.unit)
    reading = live(sort="reading") if where == "live" else draft(sort="reading").paper
    relations.relate(reading, bond="interprets", target=edition.paper, by=reading.created_by, today=today)
    assert way.submit(edition, by=edition.written_by, at=at).state == "unit_review"


@pytest.mark.clause("23")
def test_a_reading_that_lags_behind_is_told(draft, legal, walk, today):
    edition, reading = draft(normative=True), draft(sort="reading")
    relations.relate(
        reading.paper, bond="interprets", target=edition.paper, by=reading.written_by, today=today
    )
    edition = walk(edition, "signing")
    hints = [fault.text for fault in gates.faults(edition) if fault.gate.code == "together"]
    assert hints == ["解读材料还没有发布，建议与本文件列入同一发布批次"]
    walk(reading)
    assert not [fault for fault in gates.faults(edition) if fault.gate.code == "together"]


def test_a_reading_that_was_given_up_is_none(draft, today):
    edition, reading = draft(normative=True), draft(sort="reading")
    relations.relate(
        reading.paper, bond="interprets", target=edition.paper, by=reading.written_by, today=today
    )
    papers.drop(reading, by=reading.written_by)
    assert "reading" in codes(edition)


@pytest.mark.clause("23")
def test_a_missing_reading_is_let_pass_with_a_remark_by_the_head_alone(draft, approver, legal, acts, at):
    edition = draft(normative=True)
    home = edition.paper.unit
    legal(home)
    with pytest.raises(PermissionDenied):
        gates.override(edition, "reading", remark="急", by=edition.written_by, at=at)
    with pytest.raises(Refused, match="放行理由"):
        gates.override(edition, "reading", remark=" ", by=approver(home), at=at)
    gates.override(edition, "reading", remark="防汛急件，三日内补发解读", by=approver(home), at=at)
    assert way.submit(edition, by=edition.written_by, at=at).state == "unit_review"
    assert Override.objects.filter(gate="reading").count() == 1
    assert "例外放行" in acts(edition)


def test_a_correction_of_wording_needs_no_new_reading(live, today):
    paper = live(normative=True)
    minor = papers.revise(paper, by=paper.created_by, today=today, minor=True)
    assert "reading" not in codes(minor)
    minor.minor = False
    assert "reading" in codes(minor)


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ('<p><img src="/files/1/a.png"></p>', "alt_text"),
        ("<table><tbody><tr><td>甲</td><td>1</td></tr></tbody></table>", "table_headers"),
    ],
)
def test_pictures_need_words_and_tables_need_headings(draft, html, code):
    edition = draft()
    assert code not in codes(edition)
    edition.content.html = html
    edition.content.save()
    assert code in codes(edition)


def test_a_column_takes_only_what_it_is_meant_for(draft, column):
    edition = draft(columns=[column("公示公告", kinds=["publicity"])], sort="news")
    assert "column_kind" in codes(edition)
    papers.edit_edition(edition, by=edition.written_by, sort="publicity")
    edition.refresh_from_db()
    assert "column_kind" not in codes(edition)


def test_hints_are_told_and_hold_nothing(draft, at):
    edition = draft(trial=True)
    row = Attachment.objects.create(edition=edition, title="扫描件", kind="pdf", sha256="a" * 64)
    AttachmentText.objects.create(sha256=row.sha256, readable=False)
    told = {fault.gate.code for fault in gates.faults(edition)}
    assert {"term", "attachments", "column", "reviewers"} <= told
    assert way.submit(edition, by=edition.written_by, at=at).state == "unit_review"


def test_a_structured_paper_is_checked_by_its_own_form(draft):
    assert "structured" in codes(draft(form="nosuch"))
    assert "structured" not in codes(draft())


def test_three_reviews_and_three_proofreadings_are_counted(draft, walk, approver, secrecy, at):
    full = walk(draft())
    assert not [fault for fault in gates.faults(full) if fault.gate.code == "proofread"]
    edition = way.submit(one := draft(), by=one.written_by, at=at)
    home = one.paper.unit
    edition = way.pass_unit(edition, by=approver(home), at=at)
    edition = way.pass_secrecy(edition, by=secrecy(home), at=at, proofread=True)
    edition = way.sign(edition, by=approver(home), at=at, proofread=True)
    assert edition.state == "live"
    assert [fault.text for fault in gates.faults(edition) if fault.gate.code == "proofread"] == [
        "已审3次、校对2次，未达到三审三校"
    ]


@pytest.mark.clause("11")
@pytest.mark.parametrize(
    "html",
    ["<p>李某，身份证号379901199001011237。</p>", "<p>联系人手机13800138000</p>"],
)
def test_identities_in_a_text_stop_it(draft, at, html):
    edition = draft(html=html)
    with pytest.raises(Refused, match=r"正文第1段有(身份证|手机)号码.*个人信息保护法"):
        way.submit(edition, by=edition.written_by, at=at)


@pytest.mark.clause("11")
def test_identities_in_an_attachment_stop_it(draft):
    edition = draft()
    row = Attachment.objects.create(edition=edition, title="名单", kind="xlsx", sha256="b" * 64)
    parts = [["Sheet1!A2", "张某"], ["隐藏工作表!B2", "379901199001011237"]]
    AttachmentText.objects.create(sha256=row.sha256, parts=parts, text="张某")
    assert codes(edition) == {"personal_data"}
    told = next(fault.text for fault in gates.faults(edition) if fault.stops)
    assert told.startswith("附件“名单”")
    assert "379901199001011237" not in told


def test_a_grave_wrong_word_of_the_office_stops_a_text_until_it_is_let_pass(draft, approver, at):
    Word.objects.create(term="某禁用词", grave=True)
    Word.objects.create(term="布署", right="部署")
    edition = draft(html="<p>布署工作，某禁用词。</p>")
    with pytest.raises(Refused, match="某禁用词"):
        way.submit(edition, by=edition.written_by, at=at)
    gates.override(edition, "wrong_words", remark="引用原文", by=approver(edition.paper.unit), at=at)
    assert way.submit(edition, by=edition.written_by, at=at).state == "unit_review"


def test_the_telephone_of_an_office_stops_nothing(draft):
    assert not codes(draft(html="<p>咨询电话：0632-3081234，地址：振兴中路1号。</p>"))
