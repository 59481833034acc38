"""What an older site brings is looked through as a draft is at each save; each row says what was found."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from openpyxl import Workbook, load_workbook

from gongkai.accounts.models import User
from gongkai.documents.models import AttachmentText, LegacyImport, LegacyRow, Paper, Word
from gongkai.documents.services.checks import check_edition
from gongkai.documents.services.legacy import acts, looking, running
from gongkai.documents.services.masking import mask_edition
from gongkai.frame.today import standing_on
from tests.documents.legacy.conftest import HEADS, NOW, as_csv, as_zip, counts, row

pytestmark = [pytest.mark.django_db, pytest.mark.clause("29")]
Make = Callable[..., Any]
IDENTITY = "379901199001011237"
WITH_FILES = [*HEADS, "附件"]


@pytest.fixture(autouse=True)
def _words(db: None) -> None:
    Word.objects.create(term="某禁用词", grave=True, note="不得使用")
    Word.objects.create(term="布署", right="部署")


def book(*, hidden_row: bool = False, hidden_sheet: bool = False, author: str = "") -> bytes:
    """A list with an identity number where nobody sees it."""
    made, out = Workbook(), io.BytesIO()
    made.active.append(["姓名", "身份证号码"])
    made.active.append(["李某", IDENTITY if hidden_row else "略"])
    made.active.row_dimensions[2].hidden = hidden_row
    if hidden_sheet:
        other = made.create_sheet("底稿")
        other.append(["李某", IDENTITY])
        other.sheet_state = "hidden"
    made.properties.creator = author or None
    made.save(out)
    return out.getvalue()


def letter(text: str) -> bytes:
    made, out = Document(), io.BytesIO()
    made.add_paragraph(text)
    told = made.core_properties
    told.author = told.comments = told.title = ""
    made.save(out)
    return out.getvalue()


def with_file(bring: Make, name: str, content: bytes) -> LegacyImport:
    table = as_csv([[*row(1), name], [*row(2), ""]], WITH_FILES)
    found: LegacyImport = bring(as_zip({"清单.csv": table, name: content}), "zip")
    return found


def line(batch: LegacyImport, number: int = 2) -> LegacyRow:
    return batch.rows.get(line=number)


# --- where it stands --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "counted", "state"),
    [
        ("<p>现作出某禁用词的布署。</p>", ("grave", "wording"), "draft"),
        ("<p>现作出工作布署。</p>", ("wording",), "live"),
        ("<p>联系人：李某，手机13800138000。</p>", ("grave", "private"), "draft"),
        (f"<table><tr><td>姓名</td></tr><tr><td>{IDENTITY}</td></tr></table>", ("grave", "private"), "draft"),
        ("<p>联系电话：0632-3355667。</p>", (), "live"),
        ("<p>按示政发[2021]8号要求。</p>", ("wording",), "live"),
    ],
)
def test_text_and_tables_are_looked_through_and_what_is_grave_waits_as_a_draft(
    bring: Make, text: str, counted: tuple[str, ...], state: str
) -> None:
    kept = line(bring(as_csv([row(1, 正文内容=text)])))
    assert {name for name in ("grave", "private", "wording", "unseen") if getattr(kept, name)} == set(counted)
    assert Paper.objects.get().state == state
    assert ("已作为草稿导入" in kept.note) == (state == "draft")


@pytest.mark.parametrize(
    ("name", "content", "counted", "state"),
    [
        ("a.xlsx", book(hidden_row=True), ("grave", "private", "unseen"), "draft"),
        ("a.xlsx", book(hidden_sheet=True), ("grave", "private", "unseen"), "draft"),
        ("a.xlsx", book(author="王某"), ("unseen",), "live"),
        ("a.docx", letter(f"身份证号码{IDENTITY}。"), ("grave", "private"), "draft"),
        ("a.docx", letter("附件中有某禁用词。"), ("grave", "wording"), "draft"),
        ("a.docx", letter("附件没有问题。"), (), "live"),
    ],
)
def test_files_are_looked_through_with_what_nobody_sees_in_them(
    bring: Make, name: str, content: bytes, counted: tuple[str, ...], state: str
) -> None:
    batch = with_file(bring, name, content)
    kept = line(batch)
    assert {each for each in ("grave", "private", "wording", "unseen") if getattr(kept, each)} == set(counted)
    assert all(name in each["place"] for each in kept.findings)
    assert Paper.objects.get(number__contains="1号").state == state
    assert (line(batch, 3).found, Paper.objects.get(number__contains="2号").state) == (0, "live")


def test_the_import_finds_what_a_save_finds(bring: Make) -> None:
    text = (
        f"<p>某禁用词，{IDENTITY}</p><ul><li>布署</li></ul><blockquote><p>手机13800138000</p></blockquote>"
        f"<table><tr><th>姓名</th><th>证件</th></tr><tr><td>李某</td><td>{IDENTITY}</td></tr></table>"
    )
    cells = [*row(1, 正文内容=text, 信息标题="关于布署工作的通知"), "a.xlsx"]
    table = as_csv([cells], WITH_FILES)
    batch = bring(as_zip({"清单.csv": table, "a.xlsx": book(hidden_row=True, author="王某")}), "zip")
    wanted = check_edition(Paper.objects.get().editions.get())
    assert len(wanted) > 6
    assert [(each["place"], each["kind"], each["text"]) for each in line(batch).findings] == [
        (each.place, each.kind, each.text) for each in wanted
    ]


def test_no_number_stands_in_the_report_unmasked(bring: Make) -> None:
    kept = line(bring(as_csv([row(1, 正文内容=f"<p>{IDENTITY}，13800138000</p>")])))
    assert IDENTITY not in f"{kept.findings}{kept.note}"
    assert "13800138000" not in f"{kept.findings}{kept.note}"


def test_a_name_that_was_right_on_the_day_of_the_paper_is_no_fault(bring: Make) -> None:
    Word.objects.create(term="旧局名", right="新局名", grave=True, since=date(2019, 3, 10))
    batch = bring(
        as_csv(
            [
                row(1, 公开日期="2019-3-9", 正文内容="<p>旧局名</p>"),
                row(2, 公开日期="2019-3-10", 正文内容="<p>旧局名</p>"),
            ]
        )
    )
    assert (line(batch, 2).found, line(batch, 3).found) == (0, 1)


def test_a_file_that_cannot_be_read_does_not_stop_the_others(bring: Make) -> None:
    batch = with_file(bring, "a.pdf", b"%PDF-1.4 nothing")
    assert counts(batch) == (2, 0, 0, 0)
    assert not AttachmentText.objects.get().readable


# --- again and again --------------------------------------------------------------------------------


def test_a_second_import_tells_the_same_findings_once(bring: Make) -> None:
    content = as_csv([row(1, 正文内容=f"<p>{IDENTITY}</p>"), row(2)])
    first = bring(content)
    told = line(first).findings
    again = bring(content)
    assert counts(again) == (0, 0, 2, 0)
    assert [(each.line, each.found) for each in again.rows.all()] == [(2, 1), (3, 0)]
    assert line(again).findings == told
    assert "已作为草稿" not in line(again).note


def test_what_was_masked_in_the_meantime_is_told_no_more(bring: Make, officer: Make) -> None:
    content = as_csv([row(1, 正文内容=f"<p>身份证号码{IDENTITY}</p>")])
    bring(content)
    draft = Paper.objects.get().editions.get()
    mask_edition(draft, by=officer(draft.paper.unit))
    assert line(bring(content)).found == 0


def test_a_paper_on_the_site_whose_change_was_held_takes_the_mended_row(bring: Make) -> None:
    bring(as_csv([row(1)]))
    held = bring(as_csv([row(1, 正文内容="<p>某禁用词</p>")]))
    paper = Paper.objects.get()
    assert (counts(held), paper.state, paper.live.content.text) == ((0, 1, 0, 0), "live", "第1号通知的正文。")
    mended = bring(as_csv([row(1, 正文内容="<p>改好了。</p>")]))
    paper.refresh_from_db()
    assert (counts(mended), paper.live.content.text, paper.editions.count()) == ((0, 1, 0, 0), "改好了。", 2)


def test_the_words_of_a_file_are_read_once_however_often_it_comes(
    bring: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    known = looking.read_text

    def counted(content: bytes, *, sha256: str, kind: str) -> AttachmentText:
        read.append(sha256)
        return known(content, sha256=sha256, kind=kind)

    monkeypatch.setattr(looking, "read_text", counted)
    rows = [[*row(number), "a.docx"] for number in range(1, 8)]
    files = {"a.docx": letter("同一个附件")}
    bring(as_zip({"清单.csv": as_csv(rows, WITH_FILES), **files}), "zip")
    more = [*rows, [*row(9), "a.docx"]]
    bring(as_zip({"清单.csv": as_csv(more, WITH_FILES), **files}), "zip")
    assert len(read) == 1


def test_a_rehearsal_finds_the_same_and_keeps_nothing(bring: Make, keeper: User) -> None:
    content = as_zip(
        {"清单.csv": as_csv([[*row(1), "a.docx"]], WITH_FILES), "a.docx": letter("附件中有某禁用词。")}
    )
    with standing_on(NOW):
        batch = acts.take_in(io.BytesIO(content), name="x.zip", kind="zip", by=keeper)
        (work,) = running.rehearse(batch)
    assert [len(each.entry.found) for each in work.new] == [1]
    assert not AttachmentText.objects.exists()


def test_ten_times_the_files_ask_the_database_hardly_more_often(bring: Make) -> None:
    def asked(first: int, last: int) -> int:
        rows = [[*row(number, 公开日期="2019-3-1"), f"{number}.docx"] for number in range(first, last)]
        files = {f"{number}.docx": letter(f"某禁用词{number}") for number in range(first, last)}
        with CaptureQueriesContext(connection) as queries:
            bring(as_zip({"清单.csv": as_csv(rows, WITH_FILES), **files}), "zip")
        return len(queries)

    asked(1, 2)
    assert asked(10, 50) <= asked(3, 7) + 12


# --- on the pages -----------------------------------------------------------------------------------


@pytest.fixture
def desk(keeper: User) -> Client:
    client = Client()
    client.force_login(keeper)
    return client


def test_the_rows_are_narrowed_by_what_was_found_and_written_to_a_sheet(bring: Make, desk: Client) -> None:
    batch = bring(
        as_csv([row(1), row(2, 正文内容="<p>布署</p>"), row(3, 正文内容=f"<p>{IDENTITY}某禁用词</p>")])
    )
    page = reverse("legacy_rows", args=[batch.pk])
    titles = [f"关于测试事项{number}的通知" for number in (1, 2, 3)]

    def shown(checks: str) -> list[bool]:
        said = desk.get(page, {"checks": checks}).content.decode()
        return [title in said for title in titles]

    assert shown("") == [True, True, True]
    assert shown("found") == [False, True, True]
    assert shown("grave") == shown("private") == [False, False, True]
    assert shown("wording") == [False, True, True]
    assert shown("unseen") == [False, False, False]
    said = desk.get(page, {"checks": "grave"}).content.decode()
    assert "2 处须处理" in said
    sheet = desk.get(page, {"checks": "grave", "export": "xlsx"})
    cells = [cell.value for line in load_workbook(io.BytesIO(sheet.content)).active for cell in line]
    assert any("错敏词“某禁用词”，不得使用" in str(cell) for cell in cells)
    assert (
        f"{batch.get_absolute_url()}rows/?checks=grave" in desk.get(batch.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize("asked", ["pk", "x' or 1", "found__gt", "\x00"])
def test_a_filter_that_nobody_offers_narrows_nothing(bring: Make, desk: Client, asked: str) -> None:
    batch = bring(as_csv([row(1)]))
    answer = desk.get(reverse("legacy_rows", args=[batch.pk]), {"checks": asked})
    assert answer.status_code == 200
