"""我要纠错: a reader points at a fault without an account; the unit of the paper has three working days."""

from datetime import date

import pytest

from gongkai.documents.models import Erratum
from tests.documents.public.conftest import words

pytestmark = [pytest.mark.django_db, pytest.mark.clause("29")]


def test_a_fault_reaches_the_paper_with_a_number_and_a_day(live, client, page):
    found = live()
    sent = {"quote": "6月31日", "text": "没有这一天", "contact": ""}
    answer = client.post(f"/papers/{found.pk}/correction/", sent)
    row = Erratum.objects.get()
    assert (row.paper, row.quote, row.text) == (found, "6月31日", "没有这一天")
    assert row.due_on == date(2021, 4, 23)
    client.cookies.clear()
    assert f"编号 {row.pk}" in words(page(answer["Location"]))
    assert "2021年4月23日" in words(page(answer["Location"]))


def test_a_fault_of_the_site_needs_no_paper(client):
    client.post("/corrections/", {"address": "/columns/", "text": "链接打不开"})
    assert Erratum.objects.get().address == "/columns/"


def test_what_was_typed_stands_when_it_is_not_enough(live, client):
    answer = client.post(f"/papers/{live().pk}/correction/", {"quote": "原文一句", "text": ""})
    assert "原文一句" in answer.content.decode()
    assert not Erratum.objects.exists()


def test_machines_and_floods_are_kept_out(live, client):
    url = f"/papers/{live().pk}/correction/"
    client.post(url, {"text": "买药", "website": "http://example.com"})
    assert not Erratum.objects.exists()
    for _ in range(7):
        last = client.post(url, {"text": "错字"})
    assert Erratum.objects.count() == 5
    assert "请过一会儿再试" in last.content.decode()


def test_a_paper_off_the_site_takes_no_corrections(draft, client):
    assert client.get(f"/papers/{draft().paper.pk}/correction/").status_code == 404
