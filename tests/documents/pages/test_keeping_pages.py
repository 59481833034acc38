"""保管的页面: revision, leaving, relations, errata, re-assessment, clean-up, columns, topics, words."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from gongkai.documents.models import (
    Cleanup,
    CleanupEntry,
    Column,
    Edition,
    Paper,
    Relation,
    Topic,
    TopicPin,
    Word,
)
from gongkai.documents.services import errata
from tests.documents.pages.walking import browser, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("29")]


@pytest.fixture(autouse=True)
def _day(settings, today):
    settings.FIXED_TODAY = today.isoformat()


def test_a_paper_is_revised_and_both_editions_are_compared(live, officer, unit, at):
    paper = live(html="<p>第一条　补助一百元。</p>")
    client = browser(officer(paper.unit))
    answer = client.post(page("paper_revise", paper), {"note": "提高标准"})
    draft = Edition.objects.get(ordinal=2)
    assert answer.url == page("edition_edit", draft)
    draft.content.html = "<p>第一条　补助二百元。</p>"
    draft.content.save()
    shown = text_of(client.get(page("paper_compare", paper)))
    assert "<del>" in shown
    assert "提高标准" in shown
    assert "第 2 版" in text_of(client.get(page("paper_history", paper)))
    assert browser(officer(unit())).get(page("paper_compare", paper)).status_code == 404


def test_a_pair_that_is_no_pair_shows_the_newest(live, officer):
    paper = live()
    client = browser(officer(paper.unit))
    assert "只有一个版本" in text_of(client.get(page("paper_compare", paper), {"old": "9", "new": "x"}))


def test_a_paper_leaves_the_site_with_its_reason_and_comes_back(live, approver, officer):
    paper = live()
    head = browser(approver(paper.unit))
    assert browser(officer(paper.unit)).get(page("paper_remove", paper)).status_code == 403
    assert "请填写原因" in text_of(head.post(page("paper_remove", paper), {"how": "withdrawn"}))
    head.post(page("paper_remove", paper), {"how": "withdrawn", "note": "数据有误，重新核实"})
    paper.refresh_from_db()
    assert (paper.state, paper.left_by) == ("left", "withdrawn")
    assert "数据有误" in text_of(head.get(page("paper_history", paper)))
    head.post(page("paper_restore", paper), {"note": "核实无误"})
    paper.refresh_from_db()
    assert paper.state == "live"


def test_a_paper_is_merged_into_another_one_found_by_its_title(live, approver):
    paper, other = live(), live(title="合并后的办事指南")
    head = browser(approver(paper.unit))
    wrong = head.post(page("paper_remove", paper), {"how": "merged", "note": "重复", "into": "没有这个"})
    assert "没有找到“没有这个”" in text_of(wrong)
    head.post(page("paper_remove", paper), {"how": "merged", "note": "重复", "into": "合并后的办事指南"})
    paper.refresh_from_db()
    assert paper.merged_into == other


def test_a_draft_of_a_neighbour_is_not_found_by_its_title(draft, live, approver):
    hidden, paper = draft(title="尚未公开的草案"), live()
    head = browser(approver(paper.unit))
    shown = text_of(
        head.post(page("paper_remove", paper), {"how": "merged", "note": "重复", "into": str(hidden)})
    )
    assert "没有找到" in shown


def test_a_relation_changes_the_validity_and_its_date_names_what_depends_on_it(live, officer):
    old = live(title="旧的管理办法", made_on=date(2019, 1, 1), normative=True)
    new = live(title="新的管理办法", commences_on=date(2021, 4, 1))
    writer = browser(officer(new.unit))
    empty = writer.post(page("paper_relate", new), {"bond": "repeals"})
    assert "请选择被关联的文件" in text_of(empty)
    writer.post(page("paper_relate", new), {"bond": "repeals", "target": "旧的管理办法"})
    old.refresh_from_db()
    assert old.standing == "repealed"
    row = Relation.objects.get()
    assert "《旧的管理办法》" in text_of(writer.get(page("relation_date", row)))
    writer.post(page("relation_date", row), {"effective_on": "2021-12-01"})
    old.refresh_from_db()
    assert old.standing == "valid"
    assert browser(officer(old.unit)).post(page("relation_drop", row)).status_code in (403, 404)
    writer.post(page("relation_drop", row))
    assert not Relation.objects.exists()


def test_an_erratum_is_answered_by_the_unit_of_its_paper(live, officer, unit, at):
    paper = live()
    row = errata.receive_erratum(paper, text="电话号码印错了", at=at)
    client = browser(officer(paper.unit))
    assert "电话号码印错了" in text_of(client.get(reverse("errata")))
    assert "请填写处理结果" in text_of(client.post(page("erratum_mend", row), {}))
    client.post(page("erratum_mend", row), {"reply": "已更正电话"})
    assert "已更正电话" in text_of(client.get(page("erratum", row)))
    stranger = browser(officer(unit()))
    assert stranger.get(page("erratum", row)).status_code == 404
    assert "电话号码印错了" not in text_of(stranger.get(reverse("errata")))


def test_what_is_not_public_is_looked_at_again_when_its_day_comes(draft, walk, officer, settings):
    edition = walk(draft(attribute="request", ground_note="涉及内部分工"), "ready")
    paper = edition.paper
    client = browser(officer(paper.unit))
    Paper.objects.filter(pk=paper.pk).update(reassess_on=date(2021, 4, 1))
    assert "现有 1 条到期应评估" in text_of(client.get(reverse("papers_closed")))
    client.post(page("paper_reassess", paper), {"attribute": "active", "reason": "已不涉及内部分工"})
    edition.refresh_from_db()
    assert edition.attribute == "active"
    assert client.get(page("paper_reassess", paper)).status_code == 404


def test_a_clean_up_walks_from_the_office_through_the_units_to_its_notice(live, office, officer):
    kept, ended = (
        live(normative=True, made_on=date(2018, 3, 1)),
        live(normative=True, made_on=date(2018, 5, 1)),
    )
    clerk = browser(office())
    span = {"title": "2021年文件清理", "since": "2018-01-01", "until": "2020-12-31"}
    clerk.post(reverse("cleanup_new"), span)
    cleanup = Cleanup.objects.get()
    assert "还有 2 件没有填写清理意见" in text_of(clerk.get(page("cleanup", cleanup)))
    for paper, verdict in ((kept, "keep"), (ended, "end")):
        entry = CleanupEntry.objects.get(paper=paper)
        other = ended if paper is kept else kept
        assert browser(officer(other.unit)).get(page("cleanup_judge", entry)).status_code == 404
        client = browser(officer(paper.unit))
        assert "1 件" in text_of(client.get(page("cleanup", cleanup)))
        client.post(page("cleanup_judge", entry), {"verdict": verdict, "reason": "任务已完成"})
    home = clerk.get(page("cleanup_decide", cleanup)).context["form"].fields["unit"].queryset.get()
    clerk.post(page("cleanup_decide", cleanup), {"unit": home.pk})
    ended.refresh_from_db()
    cleanup.refresh_from_db()
    assert (cleanup.state, ended.standing) == ("decided", "expired")


def test_only_the_office_begins_and_decides_a_clean_up(officer, unit):
    client = browser(officer(unit()))
    assert client.get(reverse("cleanup_new")).status_code == 403
    assert client.get(reverse("columns")).status_code == 200


@pytest.mark.clause("33")
def test_a_column_is_opened_changed_and_closed_by_the_office(office, officer, unit):
    clerk = browser(office())
    clerk.post(reverse("column_new"), {"name": "财政资金", "slug": "finance", "position": "1"})
    column = Column.objects.get()
    taken = clerk.post(reverse("column_new"), {"name": "财政", "slug": "finance", "position": "1"})
    assert "已被使用" in text_of(taken)
    round_about = {"name": "财政资金", "slug": "finance", "position": "1", "parent": column.pk}
    assert "上级栏目不能是本栏目" in text_of(clerk.post(page("column_edit", column), round_about))
    clerk.post(page("column_shut", column))
    column.refresh_from_db()
    assert column.closed_on
    assert browser(officer(unit())).get(page("column_edit", column)).status_code == 403


def test_a_paper_is_put_forward_for_a_topic_and_taken_in_by_its_lead(live, office, officer, unit):
    lead, paper = unit(), live(title="稳就业政策")
    browser(office()).post(
        reverse("topic_new"),
        {"name": "稳就业", "slug": "jobs", "lead": lead.pk, "position": "1", "words": "就业"},
    )
    topic = Topic.objects.get()
    assert topic.query == {"words": "就业"}
    browser(officer(paper.unit)).post(page("topic_staff", topic), {"paper": "稳就业政策"})
    pin = TopicPin.objects.get()
    assert browser(officer(paper.unit)).post(page("pin_accept", pin)).status_code == 403
    browser(officer(lead)).post(page("pin_accept", pin))
    pin.refresh_from_db()
    assert pin.accepted_on


def sheet(*rows):
    book = Workbook()
    for row in (["错误表述", "正确表述", "类别", "严重"], *rows):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("词表.xlsx", out.getvalue())


def test_words_come_in_by_a_sheet_once_and_only_once(office, officer, unit):
    clerk = browser(office())
    trial = clerk.post(reverse("words_import"), {"sheet": sheet(["建立建全", "建立健全", "表述错误", "是"])})
    assert "新增 1 行" in text_of(trial)
    assert not Word.objects.exists()
    clerk.post(reverse("words_import"), {"rows": trial.context["rows"]})
    assert Word.objects.get().grave
    again = clerk.post(reverse("words_import"), {"sheet": sheet(["建立建全", "建立健全", "表述错误", "是"])})
    assert "未变 1 行" in text_of(again)
    wrong = clerk.post(reverse("words_import"), {"sheet": sheet(["一", "二", "表述错误", ""])})
    assert "至少两个字" in text_of(wrong)
    assert browser(officer(unit())).get(reverse("words_import")).status_code == 403


def test_a_word_is_changed_and_taken_off_by_hand(office):
    clerk = browser(office())
    clerk.post(reverse("word_new"), {"term": "截止目前", "right": "截至目前", "sort": "wrong"})
    word = Word.objects.get()
    clerk.post(page("word_edit", word), {"term": "截止目前", "right": "截至目前", "sort": "phrase"})
    word.refresh_from_db()
    assert word.sort == "phrase"
    clerk.post(page("word_drop", word))
    assert not Word.objects.exists()
