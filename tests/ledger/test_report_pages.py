"""报送的页面: from the officer's form to the office's decision; nothing typed or uploaded is lost."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.ledger.models import Evidence, Extension, Report
from gongkai.ledger.services import reports
from tests.ledger.pages import browser, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]


@pytest.fixture(autouse=True)
def _day(settings, today):
    settings.FIXED_TODAY = today.isoformat()


def fill(client, mine, **typed):
    return client.post(reverse("report_new", args=[mine.pk]), {"text": "已公开12条。", **typed})


def test_a_report_walks_from_the_form_to_acceptance(assignment, officer, approver, office, upload):
    mine = assignment()
    writer = browser(officer(mine.unit))
    answer = fill(writer, mine, completes="on", uploads=upload(), public="on", send="1")
    made = Report.objects.get()
    assert answer.url == reverse("report_send", args=[made.pk])
    writer.post(answer.url)
    signer = browser(approver(mine.unit))
    signer.post(reverse("report_sign", args=[made.pk]))
    done = browser(office()).post(
        reverse("report_accept", args=[made.pk]), {"remark": "材料齐全"}, follow=True
    )
    assert "已验收通过" in text_of(done)
    assert "材料齐全" in text_of(done)
    mine.refresh_from_db()
    assert mine.standing == "done"


def test_a_draft_is_kept_as_it_is(assignment, officer):
    mine = assignment()
    client = browser(officer(mine.unit))
    fill(client, mine, text="", save="1")
    assert Report.objects.get().state == "draft"
    assert client.get(reverse("report_new", args=[mine.pk])).url == reverse(
        "report_edit", args=[Report.objects.get().pk]
    )


def test_an_upload_survives_a_report_that_cannot_be_sent_yet(assignment, officer, upload):
    mine = assignment()
    answer = fill(browser(officer(mine.unit)), mine, text="", uploads=upload(name="清单.pdf"), send="1")
    assert answer.status_code == 200
    assert "请填写进展情况" in text_of(answer)
    assert "已存为草稿" in text_of(answer)
    assert Evidence.objects.get().title == "清单"
    assert "清单" in text_of(answer)


def test_a_bad_upload_is_named_and_the_text_and_the_good_one_are_kept(assignment, officer, upload):
    mine = assignment()
    files = [upload(name="好.pdf"), upload(content=b"MZ\x90\x00", name="坏.pdf")]
    answer = fill(browser(officer(mine.unit)), mine, text="写了很久的进展", uploads=files, save="1")
    assert answer.status_code == 200
    assert "坏.pdf" in text_of(answer)
    assert Report.objects.get().text == "写了很久的进展"
    assert [each.title for each in Evidence.objects.all()] == ["好"]


def test_a_wrong_link_keeps_everything_else(assignment, officer):
    mine = assignment()
    answer = fill(browser(officer(mine.unit)), mine, text="写了很久", link="javascript:alert(1)", save="1")
    assert answer.status_code == 200
    assert Report.objects.get().text == "写了很久"
    assert not Evidence.objects.exists()


def test_completing_a_quarterly_task_without_its_quarter_is_refused_but_kept(assignment, officer):
    mine = assignment(cycle="quarterly")
    answer = fill(browser(officer(mine.unit)), mine, text="第二季度已完成", completes="on", send="1")
    assert answer.status_code == 200
    assert "请选择所完成的时间节点" in text_of(answer)
    assert Report.objects.get().text == "第二季度已完成"


def test_the_form_offers_the_next_step_of_a_quarterly_task(assignment, officer):
    mine = assignment(cycle="quarterly")
    page = text_of(browser(officer(mine.unit)).get(reverse("report_new", args=[mine.pk])))
    step = mine.task.milestones.get(title="第二季度")
    assert f'value="{step.pk}" selected' in page


def test_evidence_can_be_taken_out_of_a_draft_only(assignment, report, officer):
    mine = assignment()
    writer = officer(mine.unit)
    sent = report(mine, "signed", completes=True)
    piece = sent.evidence.get()
    answer = browser(writer).post(reverse("evidence_drop", args=[piece.pk]), follow=True)
    assert sent.evidence.count() == 1
    assert "不能修改" in text_of(answer)


def test_an_upload_is_handed_out_as_a_file_that_no_browser_runs(assignment, officer, upload):
    mine = assignment()
    client = browser(officer(mine.unit))
    fill(client, mine, uploads=upload(name="清单.pdf"), save="1")
    answer = client.get(reverse("evidence", args=[Evidence.objects.get().pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_evidence_that_is_a_link_has_nothing_to_download(assignment, report, officer):
    mine = assignment()
    piece = report(mine, "draft", completes=True).evidence.get()
    assert browser(officer(mine.unit)).get(reverse("evidence", args=[piece.pk])).status_code == 404


def test_a_return_needs_its_reason(assignment, report, office):
    signed = report(assignment(), "signed")
    client = browser(office())
    answer = client.post(reverse("report_return", args=[signed.pk]), {"reason": " "})
    assert answer.status_code == 200
    assert "请填写理由" in text_of(answer)
    client.post(reverse("report_return", args=[signed.pk]), {"reason": "请补充数据"})
    signed.refresh_from_db()
    assert (signed.state, signed.remark) == ("returned", "请补充数据")


def test_an_act_that_is_no_longer_open_says_why(assignment, report, office):
    done = report(assignment(), "accepted")
    answer = browser(office()).get(reverse("report_accept", args=[done.pk]), follow=True)
    assert "当前状态为“已验收”，不能验收通过" in text_of(answer)


def test_the_page_of_one_decision_leads_to_the_other_one(assignment, report, office):
    signed = report(assignment(), "signed")
    page = text_of(browser(office()).get(reverse("report_accept", args=[signed.pk])))
    assert reverse("report_return", args=[signed.pk]) in page


def test_the_assignment_explains_its_deadline_in_working_days(assignment, officer):
    mine = assignment(cycle="fixed", due_on=date(2021, 4, 27))
    page = text_of(browser(officer(mine.unit)).get(mine.get_absolute_url()))
    assert "剩余 6 个工作日" in page
    assert "劳动节调休上班1天计入（4月25日）" in page


def test_more_time_is_asked_and_granted(assignment, officer, office):
    mine = assignment(cycle="fixed", due_on=date(2021, 6, 30))
    client = browser(officer(mine.unit))
    answer = client.post(
        reverse("extension_new", args=[mine.pk]), {"until_on": "2021-06-01", "reason": "来不及"}
    )
    assert answer.status_code == 200
    assert "应晚于现时限" in text_of(answer)
    client.post(reverse("extension_new", args=[mine.pk]), {"until_on": "2021-07-30", "reason": "来不及"})
    asked = Extension.objects.get()
    browser(office()).post(reverse("extension_grant", args=[asked.pk]), {"remark": "同意"})
    mine.refresh_from_db()
    assert mine.due_on == date(2021, 7, 30)


def test_more_time_is_refused_with_a_reason(assignment, officer, office, today):
    mine = assignment(cycle="fixed", due_on=date(2021, 6, 30))
    browser(officer(mine.unit)).post(
        reverse("extension_new", args=[mine.pk]), {"until_on": "2021-07-30", "reason": "来不及"}
    )
    asked = Extension.objects.get()
    browser(office()).post(reverse("extension_refuse", args=[asked.pk]), {"reason": "理由不充分"})
    mine.refresh_from_db()
    assert mine.due_on == date(2021, 6, 30)
    assert "理由不充分" in text_of(browser(office()).get(mine.get_absolute_url()))


def test_a_title_of_two_lines_makes_no_header_of_its_own(report, assignment, office, upload):
    draft = report(assignment())
    piece = reports.attach(draft, title="a\r\nX-Evil: 1", by=draft.written_by, upload=upload())
    Report.objects.filter(pk=draft.pk).update(state="accepted")
    answer = browser(office()).get(reverse("evidence", args=[piece.pk]))
    assert (answer.status_code, "X-Evil" in answer) == (200, False)
    assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer)
