"""写稿的页面: from 写一篇 to 提交审核 in three pages; nothing typed is ever lost."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from gongkai.documents.models import Attachment, Edition, Paper, Typed
from gongkai.documents.services import autosaving, papers
from tests.documents.pages.walking import browser, page, text_of, typed

pytestmark = [pytest.mark.django_db, pytest.mark.clause("29")]
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture(autouse=True)
def _day(settings, today):
    settings.FIXED_TODAY = today.isoformat()


def test_three_pages_lead_from_writing_to_review(unit, officer):
    home = unit()
    client = browser(officer(home))
    first = client.post(
        reverse("paper_new"), {"way": "blank", "unit": home.pk, "title": "关于做好防汛工作的通知"}
    )
    edition = Edition.objects.get()
    assert first.url == page("edition_edit", edition)
    second = client.post(
        first.url, typed(edition, html="<p>请各单位落实。</p>", attribute="active", submit="1")
    )
    assert second.url == page("edition_submit", edition)
    third = client.post(second.url, follow=True)
    assert "已提交审核" in text_of(third)
    edition.refresh_from_db()
    assert (edition.state, edition.content.html) == ("unit_review", "<p>请各单位落实。</p>")


def test_somebody_of_another_unit_cannot_write_for_this_one(unit, officer):
    client = browser(officer(unit()))
    answer = client.post(reverse("paper_new"), {"way": "blank", "unit": unit().pk, "title": "题目"})
    assert answer.status_code == 200
    assert not Paper.objects.exists()


def test_a_word_file_becomes_the_text_of_the_editor(unit, officer):
    home = unit()
    book = Document()
    book.add_heading("关于开展安全检查的通知", 0)
    book.add_paragraph("定于五月开展安全检查。")
    out = BytesIO()
    book.save(out)
    upload = SimpleUploadedFile("通知.docx", out.getvalue())
    answer = browser(officer(home)).post(
        reverse("paper_new"), {"way": "upload", "unit": home.pk, "upload": upload}, follow=True
    )
    edition = Edition.objects.get()
    assert answer.redirect_chain[-1][0] == page("edition_edit", edition)
    assert "定于五月开展安全检查" in edition.content.html
    assert "已读入“通知.docx”" in text_of(answer)


def test_a_broken_file_is_refused_in_one_sentence_and_nothing_is_begun(unit, officer):
    home = unit()
    upload = SimpleUploadedFile("坏.docx", b"PK\x03\x04 no package")
    answer = browser(officer(home)).post(
        reverse("paper_new"), {"way": "upload", "unit": home.pk, "upload": upload}
    )
    assert "内容不是 docx 格式" in text_of(answer)
    assert not Paper.objects.exists()


def test_a_structured_paper_begins_with_its_kind(unit, officer):
    home = unit()
    client = browser(officer(home))
    shown = text_of(client.get(reverse("paper_new"), {"way": "form"}))
    assert "结构化样式" in shown
    refused = client.post(reverse("paper_new"), {"way": "form", "unit": home.pk})
    assert "请选择结构化样式" in text_of(refused)


def test_a_link_from_elsewhere_fills_in_the_first_page(unit, officer, column):
    shelf = column()
    client = browser(officer(unit()))
    shown = text_of(client.get(reverse("paper_new"), {"title": "2021年部门预算", "column": shelf.pk}))
    assert "2021年部门预算" in shown
    assert f'value="{shelf.pk}" selected' in shown


def test_what_was_pasted_is_cleaned_on_the_server(draft, officer):
    edition = draft()
    client = browser(officer(edition.paper.unit))
    dirty = '<p class="MsoNormal" style="mso-x:1">一、<o:p></o:p></p><script>alert(1)</script>'
    answer = client.post(page("edition_paste", edition), {"html": dirty})
    assert "script" not in answer.json()["html"]
    assert "Mso" not in answer.json()["html"]
    client.post(page("edition_edit", edition), typed(edition, html=dirty, stay="1"))
    edition.content.refresh_from_db()
    assert "script" not in edition.content.html


def test_the_title_may_not_be_empty_and_the_text_survives(draft, officer):
    edition = draft()
    client = browser(officer(edition.paper.unit))
    answer = client.post(
        page("edition_edit", edition), typed(edition, title="", html="<p>写了很久的正文</p>")
    )
    assert "请填写标题" in text_of(answer)
    assert "写了很久的正文" in text_of(answer)
    assert "写了很久的正文" in Typed.objects.get().fields["html"]


def test_what_is_typed_is_kept_every_few_seconds_and_offered_again(draft, officer):
    edition = draft()
    client = browser(officer(edition.paper.unit))
    sent = {"title": edition.title, "html": "<p>还没保存的一段</p>", "columns": [], "evil": "x"}
    answer = client.post(page("edition_autosave", edition), {"typed": json.dumps(sent), "version": "0"})
    assert answer.json()["at"]
    assert "evil" not in Typed.objects.get().fields
    shown = text_of(client.get(page("edition_edit", edition)))
    assert "您有输入后没有保存的内容" in shown
    assert "还没保存的一段" not in shown
    copy = answer.json()["copy"]
    assert "还没保存的一段" in text_of(client.get(page("edition_edit", edition), {"restore": copy}))
    client.post(page("edition_forget", edition), {"copy": copy})
    assert not Typed.objects.exists()


def test_another_persons_copy_is_neither_restored_nor_discarded(draft, officer, at):
    edition = draft()
    kept = autosaving.autosave(
        edition, by=edition.written_by, fields={"title": "甲", "html": "<p>甲的话</p>"}, at=at
    )
    client = browser(officer(edition.paper.unit))
    assert "甲的话" not in text_of(client.get(page("edition_edit", edition), {"restore": kept.pk}))
    client.post(page("edition_forget", edition), {"copy": kept.pk})
    assert Typed.objects.get() == kept


def test_a_save_leaves_an_unanswered_copy_in_its_place(draft, officer, at):
    edition = draft()
    writer = officer(edition.paper.unit)
    autosaving.autosave(
        edition, by=writer, fields={"html": "<p>一</p>"}, at=at, sitting=autosaving.Sitting("old")
    )
    client = browser(writer)
    client.post(page("edition_edit", edition), typed(edition, html="<p>二</p>", stay="1", page="new"))
    assert "您有输入后没有保存的内容" in text_of(client.get(page("edition_edit", edition)))


@pytest.mark.parametrize("restored", ["x", "1@", "@", "9@2021-99-01", "1@2021-11-12T08:00:00"])
def test_a_forged_mark_of_a_page_counts_as_none(draft, officer, restored):
    edition = draft()
    sent = {"typed": '{"title": "标题"}', "version": "0", "page": "<b>" * 20, "restored": restored}
    answer = browser(officer(edition.paper.unit)).post(page("edition_autosave", edition), sent)
    assert answer.status_code == 200
    assert Typed.objects.get().page == ""


@pytest.mark.parametrize("sent", ["", "[]", "{", '"x"', '{"html": "a\\u0000b"}', "[" * 100_000])
def test_nonsense_is_not_kept(draft, officer, sent):
    edition = draft()
    client = browser(officer(edition.paper.unit))
    assert client.post(page("edition_autosave", edition), {"typed": sent}).status_code == 400
    assert not Typed.objects.exists()


def test_two_writers_lose_nothing(draft, officer):
    edition = draft()
    home = edition.paper.unit
    mine = typed(edition, html="<p>我改的一段</p>", stay="1")
    papers.edit_edition(edition, by=officer(home), version=0, html="<p>别人改的一段</p>")
    client = browser(officer(home))
    answer = client.post(page("edition_edit", edition), mine)
    shown = text_of(answer)
    assert "别人保存了这份稿件" in shown
    assert "我改的一段" in shown
    assert "别人改的一段" in shown
    edition = Edition.objects.get(pk=edition.pk)
    assert edition.content.html == "<p>别人改的一段</p>"
    client.post(page("edition_edit", edition), mine | {"version": edition.version})
    edition.content.refresh_from_db()
    assert edition.content.html == "<p>我改的一段</p>"


def test_a_file_is_attached_together_with_the_text_and_taken_out_again(draft, officer):
    edition = draft()
    client = browser(officer(edition.paper.unit))
    upload = SimpleUploadedFile("名单.pdf", b"%PDF-1.7 list")
    sent = typed(edition, html="<p>新的正文</p>", attach="1") | {"upload": upload, "name": "补贴名单"}
    answer = client.post(page("edition_edit", edition), sent, follow=True)
    assert "补贴名单" in text_of(answer)
    kept = Attachment.objects.get()
    edition = Edition.objects.get(pk=edition.pk)
    assert edition.content.html == "<p>新的正文</p>"
    served = client.get(page("staff_file", kept))
    assert served["Content-Disposition"].startswith("attachment")
    assert b"".join(served.streaming_content) == b"%PDF-1.7 list"
    client.post(page("edition_edit", edition), typed(edition, drop=kept.pk))
    assert not Attachment.objects.exists()


def test_a_bad_file_is_named_and_the_text_stays_on_the_page(draft, officer):
    edition = draft()
    upload = SimpleUploadedFile("坏.pdf", b"MZ\x90")
    sent = typed(edition, html="<p>写了很久</p>", attach="1") | {"upload": upload}
    answer = browser(officer(edition.paper.unit)).post(page("edition_edit", edition), sent)
    assert "坏.pdf" in text_of(answer)
    assert "写了很久" in text_of(answer)


def test_a_picture_of_the_text_has_words_and_keeps_its_public_address(draft, officer):
    edition = draft()
    client = browser(officer(edition.paper.unit))
    refused = client.post(page("edition_picture", edition), {"upload": SimpleUploadedFile("图.png", PNG)})
    assert refused.status_code == 400
    assert "图片说明" in refused.json()["message"]
    sent = {"upload": SimpleUploadedFile("图.png", PNG), "alt": "流程图", "version": "0"}
    answer = client.post(page("edition_picture", edition), sent).json()
    drawn = client.get(answer["src"])
    assert (drawn["Content-Type"], b"".join(drawn.streaming_content)) == ("image/png", PNG)
    html = f'<p>见图</p><img src="{answer["src"]}" alt="流程图">'
    client.post(page("edition_edit", edition), typed(edition, html=html, version=answer["version"], stay="1"))
    edition.content.refresh_from_db()
    assert f'src="/files/{Attachment.objects.get().pk}/' in edition.content.html
    assert "/staff/files/" in text_of(client.get(page("edition_edit", edition)))


def test_another_unit_sees_neither_draft_nor_file(draft, officer, unit):
    edition = draft()
    Attachment.objects.create(edition=edition, title="名单", kind="pdf", upload="papers/x.pdf")
    stranger = browser(officer(unit()))
    for name in ("edition", "edition_edit", "edition_preview", "edition_submit"):
        assert stranger.get(page(name, edition)).status_code == 404
    assert stranger.get(page("staff_file", Attachment.objects.get())).status_code == 404
    assert stranger.post(page("edition_autosave", edition), {"typed": "{}"}).status_code == 404


def test_a_paper_under_review_cannot_be_written_and_says_so(draft, officer, walk):
    edition = walk(draft(), "unit_review")
    answer = browser(officer(edition.paper.unit)).get(page("edition_edit", edition), follow=True)
    assert "不能修改" in text_of(answer)


def test_the_preview_shows_what_the_public_will_see(draft, officer):
    edition = draft(html="<p>面向公众的正文</p>", ground_note="内部理由")
    shown = text_of(browser(officer(edition.paper.unit)).get(page("edition_preview", edition)))
    assert "面向公众的正文" in shown
    assert "公众现在看到的不是这个版本" in shown
    assert "内部理由" not in shown


def test_what_was_typed_is_forgotten_once_it_is_saved(draft, officer, at):
    edition = draft()
    writer = officer(edition.paper.unit)
    autosaving.autosave(edition, by=writer, fields={"html": "<p>一</p>"}, at=at)
    browser(writer).post(page("edition_edit", edition), typed(edition, html="<p>二</p>", stay="1"))
    assert not Typed.objects.exists()
