"""Reading: Word, WPS, PDF, pages, sheets and texts come out as clean text, or are refused in one sentence (读取)."""

# ruff: noqa: E501 (pages have long lines)

import contextlib
import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.reading import clean, read_upload
from gongkai.frame.opening import limits
from gongkai.rules.law import Refused
from tests.documents.reading.files import PNG, W, changed, pdf, saved, word, workbook

pytestmark = pytest.mark.clause("29")

PAPER = (
    "^示例区人民政府文件", "^示政发〔2021〕8号", "^关于印发示例区有关工作", "^实施方案的通知", "各镇人民政府：",
    "一、总体要求", "（一）目标任务", "到2021年底，完成全部任务。", ">2021年3月5日",
)  # fmt: skip
CLEAN = [
    "<p>各镇人民政府：</p>",
    "<h2>一、总体要求</h2>",
    "<h3>（一）目标任务</h3>",
    "<p>到2021年底，完成全部任务。</p>",
    '<p class="gk-right">2021年3月5日</p>',
]
TITLE, NUMBER = "关于印发示例区有关工作实施方案的通知", "示政发〔2021〕8号"


def test_a_word_file_gives_title_number_and_clean_text() -> None:
    found = read_upload(word(*PAPER), "docx")
    assert (found.title, found.number) == (TITLE, NUMBER)
    assert found.html.split("\n") == CLEAN
    assert clean(found.html) == found.html


def test_a_table_of_a_word_file_has_heads() -> None:
    found = read_upload(word("正文如下。", table=[["序号", "项目"], ["1", "甲"]]))
    assert '<th scope="col">项目</th>' in found.html


NUMBERED = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="·"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)


def test_automatic_numbers_are_written_out_and_points_stay_points() -> None:
    content = word("甲的职责。", "乙的职责。", "其一", "其二")
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list_}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
        for text, list_ in (("甲的职责。", 1), ("乙的职责。", 1), ("其一", 2), ("其二", 2))
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/numbering.xml":
                part = NUMBERED.encode()
            elif name == "word/document.xml":
                part = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()
            new.writestr(name, part)
    assert read_upload(out.getvalue()).html.split("\n") == [
        "<p>第一条 甲的职责。</p>".replace(" ", ""),
        "<p>第二条乙的职责。</p>",
        "<ul><li>其一</li><li>其二</li></ul>",
    ]


def test_hidden_and_struck_words_of_a_word_file_are_left_out_and_told() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("公开的话。")
    paragraph.add_run("内部的话。").font.hidden = True
    struck = paragraph._p.makeelement(qn("w:del"), {})
    struck.append(paragraph._p.makeelement(qn("w:r"), {}))
    paragraph._p.append(struck)
    found = read_upload(saved(document))
    assert found.html == "<p>公开的话。</p>"
    assert found.doubts == ("文件中有隐藏文字，没有读入",)


def test_pictures_of_a_word_file_come_back_to_be_attached_and_described() -> None:
    document = docx.Document()
    document.add_paragraph("见下图。")
    document.add_picture(io.BytesIO(PNG))
    document.add_paragraph("图后文字。")
    found = read_upload(saved(document))
    assert '<img src="picture:1" alt="">' in found.html
    (picture,) = found.pictures
    assert (picture.src, picture.kind, picture.content) == ("picture:1", "png", PNG)
    assert found.doubts == ("插图1没有图片说明，请写明图上有什么",)


def test_a_picture_that_pages_cannot_show_is_told() -> None:
    document = docx.Document()
    document.add_picture(io.BytesIO(PNG))
    content = changed(
        saved(document),
        {
            "[Content_Types].xml": (
                'Extension="png" ContentType="image/png"',
                'Extension="png" ContentType="image/x-emf"',
            )
        },
    )
    found = read_upload(content)
    assert not found.pictures
    assert "格式，网页无法显示" in found.doubts[0]


SHEET = [
    ["示例区补贴发放名单"],
    ["序号", "姓名", "金额", "比例"],
    [1, "甲", 100.5, 0.25],
    [2, "乙", 200, 0.5],
]


def test_a_sheet_becomes_a_table_with_caption_and_heads() -> None:
    book = workbook(SHEET)
    sheet = book.worksheets[0]
    sheet.merge_cells("A1:D1")
    sheet["D3"].number_format = sheet["D4"].number_format = "0.0%"
    found = read_upload(saved(book), "xlsx")
    assert found.title == "示例区补贴发放名单"
    assert found.html.startswith("<table><caption>示例区补贴发放名单</caption><thead><tr>")
    assert '<th scope="col">金额</th>' in found.html
    assert "<tr><td>1</td><td>甲</td><td>100.5</td><td>25.0%</td></tr>" in found.html


def test_what_is_hidden_in_a_workbook_is_left_out_and_told() -> None:
    book = workbook(SHEET)
    sheet = book.worksheets[0]
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    other = book.create_sheet("原始")
    other.append(["内部"])
    other.sheet_state = "hidden"
    found = read_upload(saved(book))
    assert "甲" not in found.html
    assert "比例" not in found.html
    assert "内部" not in found.html
    assert [doubt.partition("，")[0] for doubt in found.doubts] == [
        "工作表“名单”有1个隐藏行",
        "工作表“名单”有隐藏列",
        "工作表“原始”是隐藏的",
    ]


def test_merged_cells_spread_over_what_is_shown() -> None:
    book = workbook([["单位", "金额", None], [None, "上年", "本年"], ["甲局", 1, 2]])
    sheet = book.worksheets[0]
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    assert read_upload(saved(book)).html == (
        '<table><thead><tr><th scope="col" rowspan="2">单位</th><th scope="colgroup" colspan="2">金额</th></tr>'
        '<tr><th scope="col">上年</th><th scope="col">本年</th></tr></thead>'
        "<tbody><tr><td>甲局</td><td>1</td><td>2</td></tr></tbody></table>"
    )


def test_paragraphs_of_a_pdf_are_joined_over_lines_and_pages() -> None:
    first = [
        (150, 760, 22, "关于做好有关工作的通知"),
        (72, 700, 16, "各镇人民政府："),
        (104, 672, 16, "为做好今年的有关工作，根据上级要求，结合实际，现就"),
        (72, 644, 16, "有关事项通知如下，请结合实际认真抓好落实，按时完成任务，"),
        (280, 40, 14, "- 1 -"),
    ]
    second = [
        (72, 760, 16, "并报送结果。"),
        (104, 732, 16, "一、工作目标"),
        (104, 704, 16, "全面完成任务。"),
        (360, 640, 16, "2021年3月5日"),
        (280, 40, 14, "- 2 -"),
    ]
    found = read_upload(pdf([first, second]), "pdf")
    assert found.title == "关于做好有关工作的通知"
    assert found.html.split("\n") == [
        "<p>各镇人民政府：</p>",
        "<p>为做好今年的有关工作，根据上级要求，结合实际，现就有关事项通知如下，请结合实际认真抓好落实，按时完成任务，并报送结果。</p>",
        "<h2>一、工作目标</h2>",
        "<p>全面完成任务。</p>",
        '<p class="gk-right">2021年3月5日</p>',
    ]


def test_a_ruled_table_of_a_pdf_is_a_table() -> None:
    rules = (
        " ".join(f"72 {up} m 372 {up} l S" for up in (700, 670, 640))
        + " "
        + " ".join(f"{left} 640 m {left} 700 l S" for left in (72, 222, 372))
    )
    words = [
        (72, 760, 16, "补贴标准如下："),
        (80, 680, 14, "项目"),
        (230, 680, 14, "标准"),
        (80, 650, 14, "耕地"),
        (230, 650, 14, "120"),
    ]
    assert read_upload(pdf([words], rules)).html.split("\n") == [
        "<p>补贴标准如下：</p>",
        '<table><thead><tr><th scope="col">项目</th><th scope="col">标准</th></tr></thead>'
        "<tbody><tr><td>耕地</td><td>120</td></tr></tbody></table>",
    ]


SITE = """<!DOCTYPE html><html><head><meta charset="{charset}"><meta name="ArticleTitle" content="示例区有关公告">
<title>示例区有关公告_示例区人民政府</title></head><body><form id="aspnetForm"><div class="nav"><a href="/">首页</a></div>
<div class="left"><ul><li><a href="/1">栏目一</a></li><li><a href="/2">栏目二</a></li></ul></div>
<div class="wrap"><div class="TRS_Editor"><p>　　现将示例区有关事项公告如下，请广大群众周知并监督，如有意见请及时向有关单位反映，逾期视为没有意见。</p>
<p><img src="https://other.example/x.png">特此公告。</p></div></div><div class="footer">版权所有</div></form></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_the_article_of_a_page_is_found_whatever_its_encoding(charset: str) -> None:
    found = read_upload(
        SITE.format(charset="gb2312" if charset == "gb18030" else charset).encode(charset), "html"
    )
    assert found.title == "示例区有关公告"
    assert found.html.split("\n") == [
        "<p>现将示例区有关事项公告如下，请广大群众周知并监督，如有意见请及时向有关单位反映，逾期视为没有意见。</p>",
        "<p>特此公告。</p>",
    ]
    assert found.doubts == ("1张图片在其他网站上，没有读入，请另行插入",)


def test_the_article_is_found_without_a_known_mark() -> None:
    page = SITE.replace("TRS_Editor", "a1").format(charset="utf-8")
    assert read_upload(page.encode(), "html").html.startswith("<p>现将示例区")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_whatever_its_encoding(encoding: str) -> None:
    lines = ["关于做好有关工作的通知", "", "各镇人民政府：", "　　一、工作目标", "　　全面完成任务。"]
    found = read_upload("\r\n".join(lines).encode(encoding), "txt")
    assert found.title == "关于做好有关工作的通知"
    assert found.html == "<p>各镇人民政府：</p>\n<h2>一、工作目标</h2>\n<p>全面完成任务。</p>"


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    place = tmp_path / "x.txt"
    place.write_text("正文。", encoding="utf-8")
    assert read_upload(place).html == "<p>正文。</p>"


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * (40 * limits.MEGABYTE))
    return out.getvalue()


def entities() -> bytes:
    head = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    return changed(word("正文"), {"word/document.xml": ("<?xml", f"{head}<?xml")})


BROKEN = {
    "empty": (b"", "空的"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版"),
    "password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
        "密码",
    ),
    "picture": (PNG, "图片"),
    "archive": (b"Rar!\x1a\x07\x00" + b"x" * 50, "压缩包"),
    "cut word": (word("正文")[:2000], "损坏"),
    "cut pdf": (pdf([[(72, 700, 16, "正文")]])[:60], "损坏"),
    "scan": (pdf([[]], "10 10 m 20 20 l S"), "扫描件"),
    "bomb": (bomb(), "过大"),
    "entities": (entities(), "损坏"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_read_is_refused_in_one_chinese_sentence(name: str) -> None:
    content, says = BROKEN[name]
    with pytest.raises(Refused, match=says) as refusal:
        read_upload(content, "docx")
    assert str(refusal.value).count("。") == 0


GOOD = {"docx": word(*PAPER), "xlsx": saved(workbook(SHEET)), "pdf": pdf([[(72, 700, 16, "正文在此。")]])}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 10**6), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused_and_never_breaks(kind: str, place: int, bits: bytes) -> None:
    content = bytearray(GOOD[kind])
    at = place % len(content)
    content[at : at + len(bits)] = bits
    with contextlib.suppress(Refused):
        found = read_upload(bytes(content), kind)
        assert clean(found.html) == found.html


def test_a_number_is_shown_as_it_is_typed() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["电话", "备注"])
    sheet.append([13800138000, "甲"])
    assert "<td>13800138000</td>" in read_upload(saved(book)).html
