"""Attacks: what a visitor, or a colleague of another unit, types, uploads, guesses or forges."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.audit.models import Trace
from gongkai.documents.finding import SOURCE, fetch
from gongkai.documents.models import Content, FilingRow, Paper
from gongkai.documents.reading.clean import clean
from gongkai.documents.records import render
from gongkai.documents.services import attachments, countersigns, publication, records, relations, releases
from gongkai.documents.services.filing import file_record
from gongkai.documents.services.legacy.leaving import MANIFEST, leave
from gongkai.documents.services.legacy.manifest import Manifest
from gongkai.documents.services.nightly import retell_ended_rows
from gongkai.frame.today import standing_on
from gongkai.frame.uploads import DOCUMENTS, LIMIT, check
from gongkai.rules.law import Refused
from gongkai.search import catch_up, sources
from gongkai.search.entry import Word
from gongkai.search.models import Change
from gongkai.search.passages import passage
from tests.documents.conftest import NOW, TODAY

Make = Callable[..., Any]
SCRIPT = '</script><img src=x onerror="alert(1)">'
IDENTITY = "379901199001011237"


def structured(draft: Make, form: str, values: dict[str, Any], rows: dict[str, Any]) -> Paper:
    """A structured paper on the site, its gates left out: even what slipped through is not told."""
    edition = draft(form=form, html="")
    record = {"values": values, "rows": rows, "stages": {}}
    edition = records.set_record(edition, values=record, by=edition.written_by)
    return publication.put_live(edition, by=edition.written_by, at=NOW).paper


def text_of(paper: Paper) -> str:
    """What the index holds of a paper."""
    return next(iter(fetch([paper.pk]))).text


@pytest.mark.clause("31")
def test_columns_that_are_never_public_and_numbers_of_persons_are_not_in_the_index(draft: Make) -> None:
    row = {"village": "东村", "name": "张某", "identity": IDENTITY, "reason": "患病致贫", "amount": "500"}
    paper = structured(draft, "relief", {"programme": "低保", "year": "2021"}, {"people": [row]})
    with standing_on(NOW):
        assert "东村" in text_of(paper)
        assert IDENTITY not in text_of(paper)
        assert "患病致贫" not in text_of(paper)
        assert "患病致贫" not in str(SOURCE.show([paper.pk])[paper.pk].passages)


def punished(number: str, decided: str) -> dict[str, str]:
    return {
        "number": number,
        "kind": "行政处罚",
        "party": "示例公司",
        "facts": f"事实{number}",
        "decided_on": decided,
        "shown_from": decided,
        "term": "3个月",
        "state": "有效",
    }


@pytest.mark.clause("31")
def test_rows_whose_term_is_over_leave_the_index_the_night_after(draft: Make) -> None:
    paper = structured(draft, "enforcement", {"year": "2021"}, {"results": [punished("甲1", "2021-04-01")]})
    row = FilingRow.objects.get(filing__paper=paper)
    assert row.until
    with standing_on(NOW):
        assert "示例公司" in text_of(paper)
    Change.objects.all().delete()
    assert retell_ended_rows(row.until) == 0
    after = row.until + timedelta(days=1)
    assert retell_ended_rows(after) == 1
    assert list(Change.objects.values_list("key", flat=True)) == [paper.pk]
    with standing_on(NOW + (after - TODAY)):
        assert "示例公司" not in text_of(paper)


def test_a_paper_whose_publicity_is_over_is_not_found_even_before_the_night(live: Make) -> None:
    paper = live(shown_until=TODAY)
    with standing_on(NOW):
        assert [entry.key for entry in fetch([paper.pk])] == [paper.pk]
    with standing_on(NOW + timedelta(days=1)):
        assert not list(fetch([paper.pk]))
        assert Client().get(f"/api/papers/{paper.pk}/").status_code == 404


def test_an_address_that_is_none_is_never_a_link(draft: Make) -> None:
    stages = {"supply": {"state": "done", "on": "2021-04-01", "link": "javascript:alert(1)"}}
    for form in ("land", "project", "budget"):
        edition = draft(form=form, html="")
        record = {"values": {}, "rows": {}, "stages": stages}
        Content.objects.filter(edition=edition).update(record=record)
        file_record(edition)
        assert "javascript:" not in render(edition, today=TODAY)


@pytest.mark.django_db
def test_what_is_typed_into_elements_never_becomes_markup(live: Make, settings: Any, tmp_path: Path) -> None:
    settings.SEARCH_INDEX = str(tmp_path / "index")
    paper = live(title=f"办法{SCRIPT}", summary=f"概述{SCRIPT}", keywords=SCRIPT, html=f"<p>正文{SCRIPT}</p>")
    catch_up.rebuild()
    pages = [
        paper.get_absolute_url(),
        reverse("unit_page", args=[paper.unit_id]),
        f"{reverse('search')}?q=办法",
        f"{reverse('search')}?q={SCRIPT}",
        f"{reverse('search_feed')}?q=办法",
    ]
    for address in pages:
        answer = Client().get(address)
        assert answer.status_code == 200
        assert "<img src=x" not in answer.content.decode(), address


@pytest.mark.parametrize(
    "attack",
    [
        '<a href="jav&#x09;ascript:alert(1)">甲</a>',
        '<img src="/files/1/a&quot; onerror=&quot;alert(1).png">',
        "<svg onload=alert(1)><a xlink:href='javascript:1'>甲</a></svg>",
        "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
        '<a href="//evil.example/">甲</a>',
        '<meta http-equiv=refresh content="0;url=//evil.example">',
        "<xmp><img src=x onerror=1></xmp>",
    ],
)
def test_no_text_carries_a_script_out_of_the_cleaner(attack: str) -> None:
    made = clean(attack)
    assert not any(word in made for word in ("<script", "<svg", "<style", "<img", "javascript:", "//evil"))
    assert clean(made) == made


def test_a_text_of_nothing_but_signs_is_refused_at_once() -> None:
    """The sanitiser's time grows with the square of the signs between two tags."""
    for text in ("&" * 1_000_000, "&amp;" * 1_000_000):
        with pytest.raises(Refused, match="特殊符号过多"):
            clean(text)


def given(edition: Any, name: str = "表.pdf", **fields: Any) -> Any:
    checked = check(SimpleUploadedFile(name, b"%PDF-1.7 x"), DOCUMENTS, LIMIT)
    return attachments.attach(edition, checked=checked, by=edition.written_by, **fields)


@pytest.mark.django_db
def test_the_name_that_a_draft_gives_to_a_file_is_not_public(live: Make, draft: Make, walk: Make) -> None:
    edition = draft()
    row = given(edition, title="公开的名字")
    publication.put_live(edition, by=edition.written_by, at=NOW)
    paper = edition.paper
    secret = given(draft(of=paper.unit), title="别的稿件")
    assert Client().get(reverse("attachment", args=[secret.pk, "x.pdf"])).status_code == 404
    row.pk, row.title = None, "还没有公开的名字"
    row.edition = paper.editions.create(
        ordinal=9, title="新稿", written_by=edition.written_by, written_on=TODAY
    )
    row.save()
    answer = Client().get(reverse("attachment", args=[row.pk, "x.pdf"]))
    assert answer.status_code == 200
    assert "%E8%BF%98%E6%B2%A1" not in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    answer.close()


def test_a_manifest_holds_no_formula_and_comes_back_as_it_was(live: Make, tmp_path: Path) -> None:
    live(title="=HYPERLINK(1)", summary="-附-", html="<p>甲。</p>")
    leave(tmp_path)
    written = (tmp_path / MANIFEST).read_bytes()
    cells = written.decode("utf-8-sig").splitlines()[1].split(",")
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    rows = [cells for _, cells in Manifest(BytesIO(written), "csv").rows()]
    assert "=HYPERLINK(1)" in rows[0]
    assert "-附-" in rows[0]


def test_somebody_of_another_unit_changes_nothing_by_guessing_numbers(
    draft: Make, officer: Make, approver: Make, unit: Make
) -> None:
    edition, stranger = draft(), officer(unit())
    head = approver(stranger.held[0].unit)
    row = given(edition)
    asked = countersigns.ask_countersign(edition, unit=unit(), by=edition.written_by)
    release = releases.make_release(title="批次", unit=stranger.held[0].unit, by=stranger, today=TODAY)
    deeds: list[Callable[[], object]] = [
        lambda: attachments.rename(row, title="改", by=stranger),
        lambda: attachments.detach(row, by=stranger),
        lambda: attachments.reorder(edition, order=[row.pk], by=stranger),
        lambda: releases.add(release, edition, by=stranger),
        lambda: countersigns.agree(asked, by=head, at=NOW),
        lambda: countersigns.withdraw_countersign(asked, by=stranger),
        lambda: relations.relate(edition.paper, bond="amends", target_title="甲", by=stranger, today=TODAY),
        lambda: records.set_record(edition, values={}, by=stranger),
    ]
    before = Trace.objects.count()
    for deed in deeds:
        with pytest.raises((PermissionDenied, Refused)):
            deed()
    assert Trace.objects.count() == before


@pytest.mark.parametrize(
    "query",
    ["，" * 10_000, "低保 " * 3000, '"' * 5000, "(" * 5000 + ")" * 5000, "*" * 9999, "\\" * 9999, "‮￿﷐"],
)
@pytest.mark.django_db
def test_no_search_is_a_bomb(query: str, settings: Any, tmp_path: Path, monkeypatch: Any) -> None:
    settings.SEARCH_INDEX = str(tmp_path / "index")
    monkeypatch.setattr(sources, "_sources", {"paper": SOURCE})
    catch_up.rebuild()
    for name in ("search", "search_feed", "search_suggest"):
        assert Client().get(reverse(name), {"q": query}).status_code == 200
    assert Client().get("/api/search/", {"q": query}).status_code in (200, 422)


def locks(acts: list[dict[str, str]]) -> list[str]:
    """The statements that lock papers, in order."""
    return [each["sql"] for each in acts if "FOR UPDATE" in each["sql"] and '"document_paper"' in each["sql"]]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks no rows")
def test_an_act_locks_all_its_papers_at_once_and_in_the_order_of_their_keys(
    live: Make, draft: Make, bear: Make
) -> None:
    first, second = live(), draft()
    bear(second.paper, "repeals", first, on=date(2021, 5, 1))
    with CaptureQueriesContext(
        connection,
    ) as seen:
        publication.put_live(second, by=second.written_by, at=NOW)
    taken = locks(seen.captured_queries)[0]
    assert "ORDER BY" in taken
    assert str(first.pk) in taken
    assert str(second.paper_id) in taken


def test_a_word_that_fills_a_long_text_costs_one_pass_and_the_richest_stretch_is_shown() -> None:
    text = "年" * 150_000 + "低保年" + "年" * 1000
    assert "低保" in passage(text, [Word(("年",)), Word(("低保",))])
