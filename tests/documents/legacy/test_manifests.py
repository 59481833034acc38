"""Manifests are read whatever the old system called its columns; what cannot be read is said."""

import io
import zipfile

import pytest

from gongkai.documents.services.legacy.archive import Archive
from gongkai.documents.services.legacy.headings import guess, heading_row
from gongkai.documents.services.legacy.manifest import Manifest
from gongkai.documents.services.legacy.values import attribute, moment, sort
from gongkai.frame.opening.unreadable import Unreadable
from gongkai.rules.law import Refused
from tests.documents.legacy.conftest import NOW, as_csv, as_xlsx, as_zip, row


def opened(content: bytes, kind: str) -> Manifest:
    return Manifest(io.BytesIO(content), kind)


def test_the_headings_are_known_in_many_wordings() -> None:
    assert guess(["＊标题（必填）", "公开时间", "文 号", "信息内容", "随便"]) == {
        "title": 0, "published": 1, "number": 2, "html": 3,
    }  # fmt: skip


def test_titles_above_the_headings_are_passed_over() -> None:
    manifest = opened(as_xlsx([row(1)]), "xlsx")
    assert manifest.headings[1] == "信息标题"
    assert [line for line, _ in manifest.rows()] == [4]
    assert heading_row([["目录"], ["序号", "名称"]]) == 1


@pytest.mark.parametrize(
    ("content", "kind", "reason"),
    [
        (b"a,b\n1,2\n", "csv", "没有找到表头"),
        (b"", "csv", "没有找到表头"),
        (b"not a workbook", "xlsx", "已损坏"),
        (b"<p>no table</p>", "html", "没有表格"),
        (b"not a zip", "zip", "已损坏"),
        (as_zip({"readme.txt": b"x"}), "zip", "没有清单"),
        (as_zip({"a.csv": b"x", "b.csv": b"x"}), "zip", "请把清单命名为"),
    ],
)
def test_what_is_no_manifest_is_refused_in_one_sentence(content: bytes, kind: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        opened(content, kind)


def test_a_bomb_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("清单.csv", b"0" * (120 * 2**20))
    with pytest.raises(Unreadable, match="过大"):
        Archive(out)


def test_names_packed_by_old_chinese_windows_are_read() -> None:
    """Such programs write GBK and do not say so; Python reads it as code page 437."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("XXXX/a.pdf", b"%PDF-")
    raw = out.getvalue().replace(b"XXXX", "附件".encode("gbk"))
    assert Archive(io.BytesIO(raw)).find("附件/a.pdf") == "附件/a.pdf"


@pytest.mark.parametrize(
    "path", ["../a.pdf", "./A.PDF".replace("A.", "a."), "/a.pdf", "http://old.example/a.pdf"]
)
def test_paths_do_not_lead_out_of_the_archive(path: str) -> None:
    assert Archive(io.BytesIO(as_zip({"a.pdf": b"x"}))).find(path) == "a.pdf"


def test_a_cell_with_line_breaks_and_marks_stays_one_cell() -> None:
    manifest = opened(as_csv([row(1, 正文内容='<p>一,"二"\n三</p>'), row(2)]), "csv")
    rows = list(manifest.rows())
    assert [line for line, _ in rows] == [2, 3]
    assert rows[0][1][6] == '<p>一,"二"\n三</p>'


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_part_the_columns(mark: str) -> None:
    manifest = opened(f"标题{mark}发布日期\n甲{mark}2019-1-1\n".encode(), "csv")
    assert next(manifest.rows())[1] == ["甲", "2019-1-1"]


@pytest.mark.parametrize(
    "text", ["2019-03-01", "2019/3/1", "2019.3.1", "2019年3月1日", "20190301", "2019-3-1 08:00:00"]
)
def test_days_are_read_as_people_and_programs_write_them(text: str) -> None:
    found = moment(text, "发布日期", NOW.tzinfo)  # type: ignore[arg-type]
    assert found
    assert str(found.date()) == "2019-03-01"


@pytest.mark.parametrize("text", ["昨天", "2019-02-30", "2019", "99999999"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="看不懂"):
        moment(text, "发布日期", NOW.tzinfo)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于印发《管理办法》的通知", "notice"),
        ("《条例》政策解读", "reading"),
        ("2020年度部门决算公开", "budget"),
        ("区长办公会议纪要", "minutes"),
        ("我区召开会议", "other"),
    ],
)
def test_the_kind_of_paper_is_told_by_the_end_of_its_title(title: str, kind: str) -> None:
    assert sort("", title) == kind


def test_what_stood_on_a_public_site_was_made_public() -> None:
    assert (attribute(""), attribute("依申请公开"), attribute("不公开")) == ("active", "request", "closed")
