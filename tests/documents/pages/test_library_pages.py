"""Normative papers on staff pages: terms that end, and statutes beside their national edition."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.documents.models import Edition
from tests.documents.pages.walking import browser, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("29")]


@pytest.fixture(autouse=True)
def _day(settings, today):
    settings.FIXED_TODAY = today.isoformat()


def test_a_paper_whose_term_ends_is_listed_and_renewed_in_one_step(live, officer, unit, today):
    home = unit()
    paper = live(home, title="快到期的办法", normative=True, expires_on=today + timedelta(days=40))
    live(home, title="还早的办法", normative=True, expires_on=today + timedelta(days=400))
    live(unit(), title="别家的办法", normative=True, expires_on=today + timedelta(days=40))
    client = browser(officer(home))
    shown = text_of(client.get(reverse("papers_expiring")))
    assert "快到期的办法" in shown
    assert "还有 40 天" in shown
    assert "还早的办法" not in shown
    assert "别家的办法" not in shown
    client.post(page("paper_renew", paper))
    draft = Edition.objects.get(paper=paper, state="draft")
    assert draft.change_note.startswith("有效期将届满")
    assert "已有在办稿件" in text_of(client.get(reverse("papers_expiring")))
    assert browser(officer(unit())).post(page("paper_renew", paper)).status_code == 404


def test_the_office_sees_every_unit_and_may_begin_a_clean_up(live, office, today):
    live(title="快到期的办法", normative=True, expires_on=today)
    shown = text_of(browser(office()).get(reverse("papers_expiring")))
    assert "还有 0 天" in shown
    assert reverse("cleanup_new") in shown


def test_a_text_with_other_spaces_is_the_same_as_the_national_edition(live, officer, acts):
    paper = live(title="某条例", html="<h2>第一章　总则</h2><p>第一条　为了规范，制定本条例。</p>")
    client = browser(officer(paper.unit))
    typed = {"text": "第一章 总则\n第一条 为了规范,\n制定本条例。", "origin": "公报2021年第1号"}
    shown = text_of(client.post(page("paper_national", paper), typed))
    assert "文字一致" in shown
    assert acts(paper.live)[-1] == "与国家正式版本比对"


def test_a_text_that_differs_shows_where(live, officer, unit):
    paper = live(title="某条例", html="<p>第一条　罚款一百元。</p>")
    client = browser(officer(paper.unit))
    file = SimpleUploadedFile("条例.txt", "第一条　罚款二百元。".encode())
    shown = text_of(client.post(page("paper_national", paper), {"upload": file}))
    assert "文字不一致" in shown
    assert "<del>" in shown
    assert "请粘贴全文" in text_of(client.post(page("paper_national", paper), {"origin": "公报"}))
    assert browser(officer(unit())).get(page("paper_national", paper)).status_code == 404
