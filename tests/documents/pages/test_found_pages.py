"""What was found stands on the draft's page and is put right at one click by its own unit (一键脱敏)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.documents.models import Content

pytestmark = [pytest.mark.django_db, pytest.mark.clause("29")]

HTML = "<table><tr><th>姓名</th><th>身份证号</th></tr><tr><td>甲</td><td>379901199001011237</td></tr></table>"


def test_a_list_with_identity_numbers_is_shown_and_masked_at_one_click(draft: Any) -> None:
    edition = draft(html=f"{HTML}<p>根据示政发[2021]8号。</p>")
    browser = Client()
    browser.force_login(edition.written_by)
    page = browser.get(reverse("edition", args=[edition.pk])).content.decode()
    assert "正文表格1第2行“身份证号”列" in page
    assert "一键脱敏（1 处）" in page
    assert "一键更正（1 处）" in page
    browser.post(reverse("edition_mask", args=[edition.pk]))
    browser.post(reverse("edition_fix", args=[edition.pk]))
    html = Content.objects.get(edition=edition).html
    assert "379901********1237" in html
    assert "示政发〔2021〕8号" in html
    assert "内容检查" not in browser.get(reverse("edition", args=[edition.pk])).content.decode()


def test_a_neighbour_may_not_mask(draft: Any, unit: Any, officer: Any) -> None:
    edition = draft(html=HTML)
    browser = Client()
    browser.force_login(officer(unit()))
    assert browser.post(reverse("edition_mask", args=[edition.pk])).status_code in (403, 404)
    assert "379901199001011237" in Content.objects.get(edition=edition).html
