"""审核的页面: each act of the way has its page; the right person walks it, the wrong one is kept out."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongkai.documents.models import Countersign, Edition, Override, Release
from gongkai.documents.services import countersigns, papers
from tests.documents.conftest import person
from tests.documents.pages.walking import browser, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("29")]


@pytest.fixture(autouse=True)
def _day(settings, today):
    settings.FIXED_TODAY = today.isoformat()


def test_an_edition_walks_from_submission_to_the_site(draft, walk, approver, secrecy):
    edition = walk(draft(), "unit_review")
    home = edition.paper.unit
    head, guard = browser(approver(home)), browser(secrecy(home))
    shown = text_of(head.get(page("edition_pass_unit", edition)))
    assert "现将有关事项通知如下" in shown
    head.post(page("edition_pass_unit", edition), {"proofread": "on", "remark": "内容准确"})
    guard.post(page("edition_pass_secrecy", edition), {"proofread": "on"})
    done = head.post(page("edition_sign", edition), {"when": "now", "proofread": "on"}, follow=True)
    assert "已签发并已上网：" in text_of(done)
    link = f'<a class="govuk-link" href="/papers/{edition.paper_id}/">查看公开页面</a>'
    assert link in done.content.decode()
    edition.refresh_from_db()
    assert edition.state == "live"
    record = text_of(head.get(page("edition", edition)))
    assert "内容准确" in record
    assert "已校对" in record


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"when": "later", "publish_at": "2021-05-01T09:30"}, "已签发，将于 2021-05-01 09:30 上网。"),
        ({"when": "hold"}, "已签发，待发布。"),
    ],
)
def test_who_signs_is_told_what_comes_of_it(draft, walk, approver, typed, told):
    edition = walk(draft(), "signing")
    head = browser(approver(edition.paper.unit))
    assert told in text_of(head.post(page("edition_sign", edition), typed, follow=True))


def test_what_is_not_public_is_signed_and_said_to_stay_off_the_site(draft, walk, approver):
    edition = walk(draft(attribute="request", ground="15", ground_note="涉及商业秘密"), "signing")
    head = browser(approver(edition.paper.unit))
    done = text_of(head.post(page("edition_sign", edition), {"when": "now"}, follow=True))
    assert "公开属性为“依申请公开”，不上网" in done


def test_the_writer_cannot_review_alone_and_is_told_why(draft, walk):
    edition = walk(draft(), "unit_review")
    answer = browser(edition.written_by).post(page("edition_pass_unit", edition), {}, follow=True)
    assert "请由他人办理" in text_of(answer)
    edition.refresh_from_db()
    assert edition.state == "unit_review"


@pytest.mark.parametrize(
    ("stage", "act"), [("secrecy", "pass_secrecy"), ("secrecy", "return"), ("signing", "sign")]
)
def test_an_officer_does_not_decide_where_others_must(draft, walk, officer, stage, act):
    edition = walk(draft(), stage)
    answer = browser(officer(edition.paper.unit)).get(page(f"edition_{act}", edition))
    assert answer.status_code == 403


def test_a_return_names_its_article_and_reaches_the_writer(draft, walk, approver):
    edition = walk(draft(), "unit_review")
    head = browser(approver(edition.paper.unit))
    empty = head.post(page("edition_return", edition), {"reason": " "})
    assert "请填写退回理由" in text_of(empty)
    head.post(page("edition_return", edition), {"ground": "attribute", "reason": "补充依据"})
    shown = text_of(browser(edition.written_by).get(page("edition_edit", edition)))
    assert "国办发〔2016〕80号" in shown
    assert "补充依据" in shown


def test_what_lacks_its_attribute_is_stopped_before_it_is_sent(draft):
    edition = draft(attribute="")
    client = browser(edition.written_by)
    shown = text_of(client.get(page("edition_submit", edition)))
    assert "未标明公开属性" in shown
    assert "才能提交审核" in shown
    assert "退文" in text_of(client.post(page("edition_submit", edition)))


def test_a_review_shows_what_changes_of_the_page_on_the_site(live, walk, approver, today):
    paper = live(html="<p>每人每月补助一百元。</p>")
    edition = papers.revise(paper, by=paper.created_by, today=today, note="调整标准")
    papers.edit_edition(edition, by=paper.created_by, html="<p>每人每月补助二百元。</p>")
    edition = walk(Edition.objects.get(pk=edition.pk), "unit_review")
    shown = text_of(browser(approver(paper.unit)).get(page("edition_pass_unit", edition)))
    assert "与在网版本的差异" in shown
    assert "<del>" in shown


def test_signing_at_a_moment_needs_the_moment(draft, walk, approver, at):
    edition = walk(draft(), "signing")
    head = browser(approver(edition.paper.unit))
    assert "请填写定时发布时间" in text_of(head.post(page("edition_sign", edition), {"when": "later"}))
    moment = (at + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    head.post(page("edition_sign", edition), {"when": "later", "publish_at": moment})
    edition.refresh_from_db()
    assert edition.state == "scheduled"
    head.post(page("edition_unschedule", edition))
    edition.refresh_from_db()
    assert edition.state == "ready"
    head.post(page("edition_publish", edition))
    edition.refresh_from_db()
    assert edition.state == "live"


def test_a_gate_is_passed_with_a_remark_and_counted(draft, walk, approver, officer, office):
    edition = walk(draft(html="<table><tr><td>一</td></tr></table>"), "draft")
    home = edition.paper.unit
    assert browser(officer(home)).get(page("edition_override", edition)).status_code == 403
    head = browser(approver(home))
    where = f"{page('edition_override', edition)}?gate=table_headers"
    assert "请填写放行理由" in text_of(head.post(where, {"gate": "table_headers"}))
    head.post(where, {"gate": "table_headers", "remark": "版式表，无表头"})
    assert Override.objects.get().remark == "版式表，无表头"
    assert "版式表，无表头" in text_of(browser(office()).get(reverse("overrides")))
    assert "不能放行" in text_of(head.post(where, {"gate": "attribute", "remark": "急"}))


def test_the_queue_holds_what_waits_for_one_person_and_nothing_else(draft, walk, approver, secrecy, unit):
    waiting = walk(draft(title="夏季防汛的通知"), "unit_review")
    home = waiting.paper.unit
    assert "夏季防汛的通知" in text_of(browser(approver(home)).get(reverse("papers_queue")))
    assert "夏季防汛的通知" not in text_of(browser(waiting.written_by).get(reverse("papers_queue")))
    assert "夏季防汛的通知" not in text_of(browser(secrecy(home)).get(reverse("papers_queue")))
    assert "夏季防汛的通知" not in text_of(browser(approver(unit())).get(reverse("papers_queue")))
    assert "夏季防汛的通知" in text_of(browser(approver(home)).get(reverse("desk")))


def test_the_reviewer_of_legality_sees_what_is_before_him_and_no_more(draft, walk, legal, unit):
    court = unit("司法局")
    lawyer = browser(legal(court))
    edition = draft(normative=True, legal_unit=court, expires_on="2026-01-01")
    Override.objects.create(
        edition=edition, gate="reading", remark="另发", by=edition.written_by, at="2021-04-20T09:00+08:00"
    )
    assert lawyer.get(page("edition", edition)).status_code == 404
    edition = walk(edition, "legal")
    assert lawyer.get(page("edition_pass_legal", edition)).status_code == 200
    lawyer.post(page("edition_pass_legal", edition), {"proofread": "on"})
    edition.refresh_from_db()
    assert edition.state == "signing"
    assert lawyer.get(page("edition", edition)).status_code == 404


@pytest.mark.clause("21")
def test_units_countersign_on_their_own_page(draft, walk, unit, approver, officer):
    edition, other = draft(title="联合发布的消息"), unit()
    writer = browser(edition.written_by)
    writer.post(page("edition_ask", edition), {"unit": other.pk})
    asked = Countersign.objects.get()
    edition = walk(edition, "countersign")
    head = browser(approver(other))
    assert "联合发布的消息" in text_of(head.get(reverse("countersigns")))
    assert "联合发布的消息" in text_of(head.get(reverse("papers_queue")))
    assert browser(officer(other)).get(page("countersign_agree", asked)).status_code == 403
    assert writer.get(page("countersign_agree", asked)).status_code == 403
    head.post(page("countersign_agree", asked), {"remark": "无意见"})
    edition.refresh_from_db()
    assert edition.state == "signing"


@pytest.mark.clause("21")
def test_a_unit_that_does_not_agree_says_why(draft, walk, unit, approver):
    edition, other = draft(), unit()
    row = countersigns.ask_countersign(edition, unit=other, by=edition.written_by)
    walk(edition, "countersign")
    head = browser(approver(other))
    assert "请填写不同意的理由" in text_of(head.post(page("countersign_refuse", row), {}))
    head.post(page("countersign_refuse", row), {"remark": "数据未核实"})
    edition.refresh_from_db()
    assert edition.state == "returned"


@pytest.mark.clause("21")
def test_a_release_goes_out_as_a_whole_or_not_at_all(draft, walk, approver):
    first = draft()
    home = first.paper.unit
    second = draft(home)
    head = browser(approver(home))
    answer = head.post(reverse("release_new"), {"title": "联合发布", "unit": home.pk})
    release = Release.objects.get()
    assert answer.url == page("release", release)
    for edition in (first, second):
        head.post(answer.url, {"edition": edition.pk})
    walk(first, "ready")
    refused = head.post(page("release_publish", release), follow=True)
    assert "还有稿件未签发" in text_of(refused)
    walk(Edition.objects.get(pk=second.pk), "ready")
    head.post(page("release_publish", release))
    assert {each.state for each in Edition.objects.all()} == {"live"}


def test_a_release_of_others_stays_closed(draft, unit, officer, today):
    release = Release.objects.create(
        title="别人的批次", unit=unit(), made_by=person(unit(), "officer"), made_on=today
    )
    stranger = browser(officer(unit()))
    assert stranger.get(page("release", release)).status_code == 404
    assert stranger.post(page("release_publish", release)).status_code == 404
