"""The list of wrong words: ready once in each process, right after each change, brought in by thousands."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from gongkai.accounts.models import User
from gongkai.administration.rolls import Row, Unreadable, read_roll
from gongkai.audit.models import Trace
from gongkai.documents.models import Word, WordList
from gongkai.documents.services import words
from gongkai.documents.services.checks import check_edition
from gongkai.documents.services.wording import Wording
from gongkai.rules.law import Refused
from gongkai.rules.wrong_words import starter
from tests.documents.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("29")]
Make = Callable[..., Any]
HEADS = ("错误表述", "正确表述", "类别", "严重")
MANY = 20_000


@pytest.fixture
def keeper(office: Make) -> User:
    return office()


def keep(by: User, term: str, right: str = "正词") -> Word:
    return words.save_word(None, by=by, term=term, right=right, sort=Word.Sort.WRONG)


def rights(wording: Wording, text: str) -> list[str]:
    return [hit.term.right for hit in wording.matcher().find(text)]


def rows(*lines: Sequence[str]) -> list[Row]:
    return [Row(number, dict(zip(HEADS, line, strict=False))) for number, line in enumerate(lines, 2)]


def bring(by: User, *lines: Sequence[str], keep: bool = True) -> Any:
    return words.import_words(rows(*lines), by=by, today=TODAY, keep=keep)


# --- each process and its copy ----------------------------------------------------------------------


def test_the_list_is_read_once_and_then_only_its_mark(keeper: User) -> None:
    keep(keeper, "布署")
    one = Wording()
    first = one.matcher()
    with CaptureQueriesContext(connection) as queries:
        assert one.matcher() is first
    assert len(queries) == 1
    assert "document_word_list" in queries[0]["sql"]


def test_two_processes_agree_after_every_change(keeper: User) -> None:
    word = keep(keeper, "布署", "部署")
    one, other = Wording(), Wording()
    said = lambda: (rights(one, "布署某错词"), rights(other, "布署某错词"))  # noqa: E731
    assert said() == (["部署"], ["部署"])
    words.save_word(word, by=keeper, right="安排部署")
    assert said() == (["安排部署"], ["安排部署"])
    bring(keeper, ("某错词", "某正词"))
    assert said() == (["安排部署", "某正词"],) * 2
    words.drop_word(word, by=keeper)
    assert said() == (["某正词"], ["某正词"])


def test_a_word_in_the_place_of_one_that_was_dropped_is_seen(keeper: User) -> None:
    """Neither the count nor the highest key tells such a change."""
    one = Wording()
    word = keep(keeper, "旧错词")
    assert rights(one, "旧错词新错词") == ["正词"]
    words.drop_word(word, by=keeper)
    Word.objects.create(pk=word.pk, term="新错词", right="新正词")
    keep(keeper, "另一错词")
    assert rights(one, "旧错词新错词") == ["新正词"]


def test_a_change_that_was_taken_back_leaves_nothing_behind(keeper: User) -> None:
    keep(keeper, "布署")
    one = Wording()
    with transaction.atomic():
        keep(keeper, "某错词")
        assert rights(one, "某错词") == ["正词"]
        transaction.set_rollback(True)
    assert rights(one, "某错词") == []
    keep(keeper, "他错词")
    assert rights(one, "某错词他错词") == ["正词"]


def test_words_that_nobody_marked_are_found_too() -> None:
    Word.objects.create(term="某错词", right="某正词")
    assert not WordList.objects.exists()
    assert rights(Wording(), "某错词") == ["某正词"]


def test_the_check_of_a_long_text_asks_for_the_list_once(draft: Make, keeper: User) -> None:
    keep(keeper, "布署")
    short, long = (draft(html="<p>布署。</p>" * number) for number in (1, 60))
    check_edition(short)

    def asked(edition: Any) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert check_edition(edition)
        return sum("document_word" in each["sql"] for each in queries)

    assert (asked(short), asked(long)) == (1, 1)


def test_a_word_that_stands_on_the_list_is_not_added_again(keeper: User) -> None:
    keep(keeper, "布署")
    with pytest.raises(Refused, match="已在词表里"):
        keep(keeper, "布署")


# --- by the sheet -----------------------------------------------------------------------------------


def as_csv(count: int) -> bytes:
    lines = (
        f"错词{number}号,正词{number}号,固定表述,{'是' if number % 2 else ''}" for number in range(count)
    )
    return "\n".join([",".join(HEADS), *lines]).encode()


def as_xlsx(count: int) -> bytes:
    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    sheet.append(["错敏词表"])
    sheet.append(HEADS)
    for number in range(count):
        sheet.append([f"错词{number}号", f"正词{number}号", "固定表述", "是" if number % 2 else ""])
    book.save(out)
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "content"), [("csv", as_csv(MANY)), ("xlsx", as_xlsx(MANY))])
def test_twenty_thousand_words_come_in_at_once_with_a_word_on_each_row(
    keeper: User, kind: str, content: bytes
) -> None:
    given = read_roll(content, kind, words.HEADS, words.MOST)
    keep(keeper, "错词7号", "旧正词")
    with CaptureQueriesContext(connection) as queries:
        report = words.import_words(given, by=keeper, today=TODAY, keep=True)
    assert len(queries) < MANY / 50
    assert report.counts == [("新增", MANY - 1), ("更新", 1), ("未变", 0), ("有误", 0)]
    assert (len(report.outcomes), Word.objects.count()) == (MANY, MANY)
    assert rights(Wording(), "错词7号和错词19999号") == ["正词7号", "正词19999号"]
    with CaptureQueriesContext(connection) as queries:
        again = words.import_words(given, by=keeper, today=TODAY, keep=True)
    assert again.count("未变") == MANY
    assert len(queries) < 20


def test_a_trial_writes_nothing_and_asks_no_more_for_many_rows(keeper: User) -> None:
    def asked(count: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            bring(keeper, *[(f"错词{number}号", "正词") for number in range(count)], keep=False)
        return len(queries)

    asked(1)
    assert asked(2) == asked(500)
    assert not Word.objects.exists()


def test_one_bad_row_keeps_all_out_and_every_bad_row_is_told(keeper: User) -> None:
    report = bring(
        keeper, ("甲错词", "甲"), ("乙", "乙"), ("丙错词", "丙错词"), ("甲错词", "甲"), ("丁错词", "长" * 81)
    )
    assert [(each.number, each.what) for each in report.outcomes] == [
        (2, "新增"), (3, "有误"), (4, "有误"), (5, "有误"), (6, "有误"),
    ]  # fmt: skip
    assert [each.detail[:6] for each in report.wrong] == [
        "错误表述至少",
        "正确表述与错",
        "与第2行重复",
        "正确表述不能",
    ]
    assert not Word.objects.exists()
    assert not Trace.objects.filter(act="导入错敏词").exists()


def test_one_row_more_than_may_come_in_is_refused() -> None:
    with pytest.raises(Unreadable, match="一次最多导入3行"):
        read_roll(as_csv(4), "csv", words.HEADS, 3)


def repacked(content: bytes, name: str, part: bytes) -> bytes:
    """The same file with another part in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, part if each == name else old.read(each))
    return out.getvalue()


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("part", [b"<broken", b"0" * (60 * 2**20)], ids=["broken", "bomb"])
def test_a_broken_or_hostile_workbook_is_refused_in_one_sentence(name: str, part: bytes) -> None:
    with pytest.raises(Unreadable, match="打不开"):
        read_roll(repacked(as_xlsx(2), name, part), "xlsx", words.HEADS)


def test_a_long_sheet_is_looked_at_and_confirmed_by_the_page(keeper: User) -> None:
    desk = Client()
    desk.force_login(keeper)
    upload = SimpleUploadedFile("词表.csv", as_csv(2500) + "\n短,正词,,".encode())
    wrong = desk.post(reverse("words_import"), {"sheet": upload}).content.decode()
    assert wrong.index("至少两个字") < wrong.index("错词0号")
    assert "其余 1501 行不逐一列出" in wrong
    trial = desk.post(reverse("words_import"), {"sheet": SimpleUploadedFile("词表.csv", as_csv(2500))})
    done = desk.post(reverse("words_import"), {"rows": trial.context["rows"]}).content.decode()
    assert "新增 2500 行" in done
    assert Word.objects.count() == 2500


def test_the_wordings_that_come_along_are_added_once_and_leave_the_offices_own_alone(keeper: User) -> None:
    own = words.save_word(
        None, by=keeper, term="布署", right="部署（本局）", sort="wrong", grave=False, note=""
    )
    added = words.add_starter(by=keeper)
    assert added == len(starter()) - 1 > 100
    own.refresh_from_db()
    assert own.right == "部署（本局）"
    assert Word.objects.get(term=starter()[-1].text).note
    assert words.add_starter(by=keeper) == 0
    assert Trace.objects.filter(act="补充随附词表").count() == 1


def test_the_page_offers_the_missing_wordings_until_they_are_there(keeper: User) -> None:
    desk = Client()
    desk.force_login(keeper)
    assert "补充随附词表" in desk.get(reverse("words")).content.decode()
    desk.post(reverse("words_starter"))
    page = desk.get(reverse("words")).content.decode()
    assert "补充随附词表（" not in page
    assert Word.objects.filter(right="防范").exists()
