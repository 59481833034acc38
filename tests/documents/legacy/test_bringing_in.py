"""Papers of an older site come in once and only once, with their old addresses and a word on each row."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.documents.models import Attachment, Edition, LegacyImport, LegacyOrigin, OldAddress, Paper
from gongkai.documents.services import publication
from gongkai.documents.services.legacy import chunk, running
from gongkai.frame.models import Generation
from gongkai.frame.today import standing_on
from gongkai.search.models import Change
from tests.documents.legacy.conftest import HEADS, NOW, as_csv, as_xlsx, as_zip, counts, row

pytestmark = [pytest.mark.django_db, pytest.mark.clause("29")]
Make = Callable[..., Any]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
PDF = b"%PDF-1.4 example"


def said(batch: LegacyImport) -> dict[int, str]:
    return dict(batch.rows.values_list("line", "note"))


def test_a_row_becomes_a_paper_on_the_site_with_all_that_it_says(bring: Make, column: Make) -> None:
    notices = column("通知公告")
    batch = bring(as_csv([row(1)]))
    assert (batch.state, counts(batch), batch.total, batch.done) == ("done", (1, 0, 0, 0), 1, 1)
    paper = Paper.objects.get()
    assert (paper.title, paper.number, paper.sort) == ("关于测试事项1的通知", "枣政发〔2019〕1号", "notice")
    assert (paper.state, str(timezone.localdate(paper.published_at)), paper.standing) == (
        "live",
        "2019-03-02",
        "valid",
    )
    assert list(paper.columns.all()) == [notices]
    assert paper.live.content.html == "<p>第1号通知的正文。</p>"
    assert paper.live.content.text == "第1号通知的正文。"
    assert paper.code.endswith("/2019-00001")
    assert OldAddress.objects.get().path == "/art/1.html"
    assert Change.objects.filter(noun="paper", key=paper.pk).exists()
    assert Generation.objects.exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "html", "zip"])
def test_the_same_manifest_comes_in_from_every_format(bring: Make, kind: str) -> None:
    rows = [row(number) for number in range(1, 4)]
    table = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in [list(HEADS), *rows]
    )
    content = {
        "csv": as_csv(rows, encoding="gb18030"),
        "xlsx": as_xlsx(rows),
        "html": f"<table>{table}</table>".encode(),
        "zip": as_zip({"迁移/清单.csv": as_csv(rows)}),
    }[kind]
    assert counts(bring(content, kind)) == (3, 0, 0, 0)
    assert Paper.objects.filter(state="live", number="枣政发〔2019〕2号").count() == 1
    assert "第3号通知的正文。" in Paper.objects.get(number="枣政发〔2019〕3号").live.content.text


def test_the_same_manifest_twice_gives_no_doubles(bring: Make) -> None:
    content = as_csv([row(number) for number in range(1, 30)])
    bring(content)
    before = list(Edition.objects.values_list("pk", "state"))
    again = bring(content)
    assert counts(again) == (0, 0, 29, 0)
    assert list(Edition.objects.values_list("pk", "state")) == before


def test_without_old_numbers_the_address_or_the_paper_itself_is_known_again(
    bring: Make,
) -> None:
    by_address = as_csv([row(1, 编号=""), row(2, 编号="")])
    by_words = as_csv([row(1, 编号="", 网址=""), row(2, 编号="", 网址="")])
    bring(by_address)
    assert counts(bring(by_address)) == (0, 0, 2, 0)
    assert counts(bring(by_words)) == (0, 0, 2, 0)
    assert Paper.objects.count() == 2


def test_a_changed_row_becomes_a_new_edition_and_the_old_one_stays_to_be_read(bring: Make) -> None:
    bring(as_csv([row(1), row(2)]))
    batch = bring(as_csv([row(1), row(2, 正文内容="<p>改过的正文。</p>")]))
    assert counts(batch) == (0, 1, 1, 0)
    paper = Paper.objects.get(number="枣政发〔2019〕2号")
    assert [edition.state for edition in paper.editions.order_by("ordinal")] == ["superseded", "live"]
    assert paper.live.content.text == "改过的正文。"
    assert str(timezone.localdate(paper.published_at)) == "2019-03-03"


def test_what_people_changed_here_is_not_overwritten(bring: Make, keeper: Any) -> None:
    bring(as_csv([row(1)]))
    paper = Paper.objects.get()
    mended = Edition.objects.create(
        paper=paper, ordinal=2, title=paper.title, state="ready", written_by=keeper, written_on=NOW.date()
    )
    publication.put_live(mended, by=keeper, at=NOW)
    batch = bring(as_csv([row(1, 正文内容="<p>旧站又改了。</p>")]))
    assert counts(batch) == (0, 0, 0, 1)
    assert "已在本系统修订过" in said(batch)[2]
    paper.refresh_from_db()
    assert paper.live_id == mended.pk


def test_a_paper_that_was_here_before_the_import_is_joined_and_not_doubled(bring: Make, live: Make) -> None:
    from datetime import date

    paper = live(title="关于测试事项1的通知", number="枣政发〔2019〕1号", made_on=date(2019, 3, 1))
    heads = [*HEADS, "成文日期"]
    batch = bring(as_csv([[*row(1), "2019-3-1"]], heads))
    assert counts(batch) == (0, 0, 1, 0)
    assert Paper.objects.count() == 1
    assert OldAddress.objects.get(path="/art/1.html").paper == paper


def test_a_paper_that_stands_in_two_columns_of_the_old_site_is_one_paper_in_both(
    bring: Make, column: Make
) -> None:
    column("通知公告"), column("政策文件")
    twin = row(1, 编号="B1", 栏目="政策文件", 网址="http://old.example.gov.cn/zc/1.html")
    batch = bring(as_csv([row(1), twin]))
    assert counts(batch) == (1, 0, 1, 0)
    paper = Paper.objects.get()
    assert {each.name for each in paper.columns.all()} == {"通知公告", "政策文件"}
    assert set(OldAddress.objects.values_list("path", flat=True)) == {"/art/1.html", "/zc/1.html"}
    assert "第2行" in said(batch)[3]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"信息标题": ""}, "没有标题"),
        ({"信息标题": "长" * 201}, "超过了200个字"),
        ({"公开日期": "2019-13-40"}, "看不懂"),
        ({"公开日期": ""}, "没有发布日期"),
        ({"公开日期": "2035-01-01"}, "在今天之后"),
        ({"发布单位": "没有这个单位"}, "没有找到发布机构"),
        ({"发布单位": ""}, "没有写明发布机构"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_with_a_reason_and_the_others_come_in(
    bring: Make, change: dict[str, str], reason: str
) -> None:
    batch = bring(as_csv([row(1), row(2, **change), row(3)]))
    assert counts(batch) == (2, 0, 0, 1)
    assert reason in said(batch)[3]


def test_identity_numbers_keep_a_paper_off_the_site_until_the_row_is_mended(bring: Make) -> None:
    open_text = "<p>补助对象：李某，身份证号码379901199001011237。</p>"
    first = bring(as_csv([row(1, 正文内容=open_text)]))
    paper = Paper.objects.get()
    assert (paper.state, paper.live, paper.published_at) == ("draft", None, None)
    assert "身份证号码1处" in said(first)[2]
    assert not Change.objects.exists()
    mended = bring(as_csv([row(1, 正文内容="<p>补助对象：李某。</p>")]))
    assert counts(mended) == (0, 1, 0, 0)
    paper.refresh_from_db()
    assert (paper.state, paper.live.ordinal, str(timezone.localdate(paper.published_at))) == (
        "live",
        1,
        "2019-03-02",
    )


def test_what_was_not_made_public_does_not_come_onto_the_site(bring: Make) -> None:
    heads = [*HEADS, "公开方式"]
    batch = bring(as_csv([[*row(1), "依申请公开"], [*row(2), "主动公开"], [*row(3), "也许"]], heads))
    assert counts(batch) == (2, 0, 0, 1)
    assert {paper.number[-2]: paper.state for paper in Paper.objects.all()} == {"1": "draft", "2": "live"}


def test_files_of_a_zip_come_in_with_their_papers_and_pictures_stand_in_the_text(bring: Make) -> None:
    text = '<p>见图<img src="img/map.png" alt="位置图"></p><p><a href="/doc/a.pdf">附件</a></p>'
    content = as_zip(
        {
            "清单.csv": as_csv([[*row(1, 正文内容=text), "doc/b.pdf; doc/missing.pdf"]], [*HEADS, "附件"]),
            "img/map.png": PNG,
            "doc/a.pdf": PDF,
            "doc/b.pdf": PDF + b"2",
        }
    )
    batch = bring(content, "zip")
    edition = Paper.objects.get().live
    names = list(edition.attachments.values_list("title", "inline"))
    assert names == [("map.png", True), ("b.pdf", False), ("a.pdf", False)]
    picture = edition.attachments.get(inline=True)
    assert f'src="/files/{picture.pk}/' in edition.content.html
    assert "doc/missing.pdf" in said(batch)[2]
    with picture.upload.open() as stored:
        assert stored.read() == PNG


def test_a_file_that_changed_makes_a_new_edition_though_the_row_is_the_same(bring: Make) -> None:
    table = as_csv([[*row(1), "a.pdf"]], [*HEADS, "附件"])
    bring(as_zip({"清单.csv": table, "a.pdf": PDF}), "zip")
    same = bring(as_zip({"清单.csv": table, "a.pdf": PDF}), "zip")
    other = bring(as_zip({"清单.csv": table, "a.pdf": PDF + b"new"}), "zip")
    assert (counts(same), counts(other)) == ((0, 0, 1, 0), (0, 1, 0, 0))
    assert Attachment.objects.count() == 2


def test_the_text_may_lie_in_a_page_of_its_own(bring: Make) -> None:
    page = "<html><body><div id='zoom'><p>" + "网页里的正文。" * 20 + "</p></div></body></html>"
    rows = [[*row(1, 正文内容=""), "p/1.html"], [*row(2, 正文内容=""), "p/2.html"]]
    content = as_zip({"清单.csv": as_csv(rows, [*HEADS, "正文文件"]), "p/1.html": page.encode()})
    batch = bring(content, "zip")
    assert counts(batch) == (1, 0, 0, 1)
    assert "网页里的正文。" in Paper.objects.get().live.content.text
    assert "p/2.html" in said(batch)[3]


def test_nothing_of_a_text_that_would_run_in_a_browser_comes_in(bring: Make) -> None:
    bring(as_csv([row(1, 正文内容='<p onclick="x()">字</p><script>alert(1)</script>')]))
    assert Paper.objects.get().live.content.html == "<p>字</p>"


# --- stopped and gone on ----------------------------------------------------------------------------


def test_an_import_that_was_killed_goes_on_after_the_last_chunk_and_ends_the_same(
    bring: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 10)
    written = chunk.write
    calls: list[int] = []

    def dies_at_third(*args: Any, **more: Any) -> bool:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return written(*args, **more)

    monkeypatch.setattr(running, "write", dies_at_third)
    with pytest.raises(KeyboardInterrupt):
        bring(as_csv([row(number) for number in range(1, 46)]))
    batch = LegacyImport.objects.get()
    assert (batch.state, batch.done, Paper.objects.count()) == ("running", 20, 20)
    with standing_on(NOW):
        running.run_import.func(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, counts(batch), batch.done) == ("done", (45, 0, 0, 0), 45)
    assert Paper.objects.count() == batch.rows.count() == 45


def test_two_workers_on_one_import_do_not_write_a_chunk_twice(
    bring: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = running.write

    def other_was_quicker(batch: LegacyImport, start: int, *args: Any, **more: Any) -> bool:
        assert written(batch, start, *args, **more)
        return written(batch, start, *args, **more)

    monkeypatch.setattr(running, "write", other_was_quicker)
    batch = bring(as_csv([row(1)]))
    assert (batch.state, batch.done, Paper.objects.count()) == ("running", 1, 1)


def test_a_fault_of_the_program_stops_the_import_and_says_so(
    bring: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any, **_more: Any) -> bool:
        raise ZeroDivisionError

    monkeypatch.setattr(running, "write", broken)
    with pytest.raises(ZeroDivisionError):
        bring(as_csv([row(1)]))
    batch = LegacyImport.objects.get()
    assert batch.state == "failed"
    assert "可以继续" in batch.note


def test_a_chunk_of_ten_times_the_rows_asks_the_database_hardly_more_often(bring: Make, column: Make) -> None:
    column("通知公告")

    def asked(first: int, last: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            bring(as_csv([row(number, 公开日期="2019-3-1") for number in range(first, last)]))
        return len(queries)

    asked(1, 2)
    assert asked(10, 60) <= asked(3, 8) + 10


def test_index_numbers_that_are_brought_stay_and_taken_ones_are_given_anew(bring: Make) -> None:
    heads = [*HEADS, "索引号"]
    batch = bring(as_csv([[*row(1), "370402012/2019-00007"], [*row(2), "370402012/2019-00007"]], heads))
    first, second = Paper.objects.order_by("pk")
    assert first.code == "370402012/2019-00007"
    assert second.code.endswith("/2019-00001")
    assert "已被使用" in said(batch)[3]
    assert LegacyOrigin.objects.count() == 2
