"""Cleaning: safe, accessible, the same when done twice; nothing that was said is lost (清理正文)."""

# ruff: noqa: E501 (pages have long lines)

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gongkai.documents.reading.clean import clean, plain
from gongkai.rules.law import Refused

pytestmark = pytest.mark.clause("29")

TAGS = [
    "p", "div", "span", "b", "strong", "i", "em", "u", "s", "sub", "sup", "a", "img", "br", "hr", "h1", "h2", "h3",
    "h4", "h5", "h6", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tr", "td", "th", "blockquote",
    "figure", "figcaption", "font", "center", "section", "o:p", "script", "style", "pre", "form",
]  # fmt: skip
ATTRIBUTES = (
    "", ' class="MsoNormal"', ' style="text-align:right"', ' style="display:none"', ' align="center"',
    ' href="https://www.gov.cn/a?b=1&c=2"', ' href="javascript:alert(1)"', ' src="/files/3/a.png" alt="图 “一”"',
    ' src="https://x.example/a.png"', ' rowspan="2"', ' colspan="3"', ' rowspan="99999"', ' onclick="x()"',
    ' start="5"', ' class="gk-center"',
)  # fmt: skip
WORDS = (
    "甲", "一、总则", "（二）目标", "第一章　总则", "表1 补贴标准", " ", "\n", "\u3000", "\u00a0", "&nbsp;", "&lt;b&gt;", "&amp;amp;",
    "a b", "12.5", "\u200b", "<", "&", '"', "1. 甲",
)  # fmt: skip
OPENED = st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES))
CLOSED = st.builds("</{}>".format, st.sampled_from(TAGS))
SOUP = st.lists(st.one_of(OPENED, CLOSED, st.sampled_from(WORDS)), max_size=60).map("".join)
ALLOWED = {
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "figure", "figcaption", "img", "blockquote", "hr", "br", "a", "strong", "em", "u", "s", "sub", "sup",
}  # fmt: skip
KEPT = {"href", "src", "alt", "scope", "colspan", "rowspan", "start", "class"}


class Seen(HTMLParser):
    """Every tag and attribute of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


def seen(html: str) -> Seen:
    parser = Seen()
    parser.feed(html)
    return parser


@settings(max_examples=600, deadline=None)
@given(SOUP)
@example("<table><tr><td>标题</td></tr><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>")
@example("<table><tr><th rowspan=3>甲</th><th>乙</th></tr><tr><td>1</td></tr></table>")
@example("<ul><li>甲<ol><li>乙<table><tr><td>1</td><td>2</td></tr></table></ol></ul>")
def test_cleaning_twice_changes_nothing(soup: str) -> None:
    once = clean(soup)
    assert clean(once) == once


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_headings_are_found_once_and_stay(soup: str) -> None:
    once = clean(soup, headings=True)
    assert clean(once, headings=True) == once
    assert clean(once) == once


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_only_known_elements_and_attributes_come_out(soup: str) -> None:
    found = seen(clean(soup))
    assert set(found.tags) <= ALLOWED
    for tag, name, value in found.attributes:
        assert name in KEPT
        assert name != "href" or value.startswith(("http://", "https://", "mailto:", "tel:", "/"))
        assert name != "src" or value.startswith("/files/"), (tag, value)
        assert name != "class" or value in ("gk-center", "gk-right")


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_headings_begin_at_two_and_leave_none_out(soup: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])>", clean(soup, headings=True))]
    assert all(after <= before + 1 for before, after in zip([1, *levels], levels, strict=False))
    assert 1 not in levels


@settings(max_examples=200, deadline=None)
@given(SOUP)
def test_the_plain_text_is_that_of_the_clean_text(soup: str) -> None:
    words = "".join(plain(clean(soup)).split())
    assert "".join(plain(soup).split()) == words


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='jav&#x09;ascript:alert(1)'>看</a>",
    "<a href=' javascript:alert(1)'>看</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>看</a>",
    "<a href='vbscript:x'>看</a>",
    "<a href='//elsewhere.example/x'>看</a>",
    "<a href='/\\elsewhere.example'>看</a>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<p style='background:url(javascript:alert(1))'>看</p>",
    "<form action='https://elsewhere.example'><input name=password>看</form>",
    "<meta http-equiv=refresh content='0;url=https://elsewhere.example'>",
    "<base href='https://elsewhere.example/'><link rel=stylesheet href=x>",
    "<table background='javascript:alert(1)'><tr><td>看</td></tr></table>",
    "<img src='/files/1/../../staff/x.png'><img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<<script>script>alert(1)<</script>/script>",
    "<p>\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<template><img src=x onerror=alert(1)></template>",
    "<object data=x></object><embed src=x><audio src=x onerror=alert(1)>",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_hostile_comes_through(html: str) -> None:
    found = seen(clean(f"<p>前</p>{html}<p>后</p>"))
    assert set(found.tags) <= ALLOWED
    assert not [value for _, _, value in found.attributes if re.search("script|data:|elsewhere", value)]
    assert not [name for _, name, _ in found.attributes if name.startswith("on")]


@pytest.mark.parametrize("tag", ["div", "span", "ul", "table", "b"])
def test_bottomless_nesting_is_refused_in_one_sentence(tag: str) -> None:
    with pytest.raises(Refused, match="嵌套层次过深"):
        clean(f"<{tag}>" * 50_000)


def test_moderately_deep_nesting_loses_no_word() -> None:
    assert plain("<div><span>" * 250 + "正文" + "</span></div>" * 250) == "正文"


WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head><body>
<p class=MsoNormal align=center style='text-align:center'><b><span style='font-size:22.0pt;font-family:方正小标宋简体'>关于做好有关工作
的通知<span lang=EN-US><o:p></o:p></span></span></b></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoNormal style='text-indent:32.0pt'><span style='font-family:仿宋_GB2312'>各镇人民政府：</span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US>1.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]><span>加强</span><b>领导</b><b>。</b></p>
<p class=MsoNormal><span style='display:none;mso-hide:all'>内部批注</span>正文<del>旧</del><ins>新</ins></p>
<p class=MsoNormal align=right style='text-align:right'>&nbsp;&nbsp;某某局</p>
</body></html>
"""


def test_what_word_pastes_comes_out_as_plain_paragraphs() -> None:
    assert clean(WORD).split("\n") == [
        '<p class="gk-center"><strong>关于做好有关工作的通知</strong></p>',
        "<p>各镇人民政府：</p>",
        "<p>1. 加强<strong>领导。</strong></p>",
        "<p>正文新</p>",
        '<p class="gk-right">某某局</p>',
    ]


def test_lines_broken_with_br_and_blanks_are_paragraphs() -> None:
    html = "　　第一段。<br>　　第二段<br>接着。<br><br>第三段"
    assert clean(html) == "<p>第一段。</p>\n<p>第二段<br>接着。</p>\n<p>第三段</p>"


def test_headings_are_found_by_their_numbers() -> None:
    html = "<p>一、总体要求</p><p>（一）目标</p><p>到年底完成。</p><p>二、提高认识。各单位要抓好。</p><h1>三、附则</h1>"
    assert clean(html, headings=True).split("\n") == [
        "<h2>一、总体要求</h2>",
        "<h3>（一）目标</h3>",
        "<p>到年底完成。</p>",
        "<p>二、提高认识。各单位要抓好。</p>",
        "<h2>三、附则</h2>",
    ]
    assert "<h3>" not in clean(html)


def test_a_table_gets_caption_and_heads_with_scope() -> None:
    html = (
        "<table><tr><td colspan=3>补贴标准</td></tr><tr><td>序号</td><td>项目</td><td>标准</td></tr>"
        "<tr><td>1</td><td>耕地</td><td>120</td></tr><tr><td></td><td></td><td></td></tr></table>"
    )
    assert clean(html) == (
        "<table><caption>补贴标准</caption><thead><tr>"
        '<th scope="col">序号</th><th scope="col">项目</th><th scope="col">标准</th></tr></thead>'
        "<tbody><tr><td>1</td><td>耕地</td><td>120</td></tr></tbody></table>"
    )


def test_a_head_of_two_rows_stays_together_and_row_heads_are_for_rows() -> None:
    html = (
        "<table><tr><th rowspan=2>单位</th><th colspan=2>金额</th></tr><tr><td>上年</td><td>本年</td></tr>"
        "<tr><th>甲局</th><td>1</td><td>2</td></tr></table>"
    )
    assert clean(html) == (
        '<table><thead><tr><th scope="col" rowspan="2">单位</th><th scope="colgroup" colspan="2">金额</th></tr>'
        '<tr><th scope="col">上年</th><th scope="col">本年</th></tr></thead>'
        '<tbody><tr><th scope="row">甲局</th><td>1</td><td>2</td></tr></tbody></table>'
    )


def test_numbers_are_no_heads() -> None:
    assert "<th" not in clean("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>")


def test_a_table_that_only_places_things_is_taken_apart() -> None:
    inner = "<table><tr><td>项目</td><td>金额</td></tr><tr><td>甲</td><td>1</td></tr></table>"
    html = f"<table><tr><td><p>前言</p>{inner}</td></tr></table>"
    assert clean(html) == f"<p>前言</p>\n{clean(inner)}"


def test_a_line_above_a_table_becomes_its_caption() -> None:
    html = (
        "<p>表1　补贴标准</p><table><tr><td>项目</td><td>标准</td></tr><tr><td>甲</td><td>1</td></tr></table>"
    )
    assert clean(html).startswith("<table><caption>表1　补贴标准</caption>")


def test_lists_stay_lists_and_are_taken_apart_only_for_tables() -> None:
    assert clean("<ol start=3><li><p>甲</p><ul><li>乙</ul><li></ol>") == (
        '<ol start="3"><li>甲<ul><li>乙</li></ul></li></ol>'
    )
    apart = clean(
        "<ol><li>甲<li>乙<table><tr><td>项</td><td>目</td></tr><tr><td>1</td><td>2</td></tr></table></ol>"
    )
    assert apart.startswith("<p>1. 甲</p>\n<p>2. 乙</p>\n<table>")


def test_a_picture_of_this_house_stays_with_its_words_and_others_go() -> None:
    html = '<p><img src="/files/3/a.png" alt="路线 &quot;图&quot;"></p><p>文<img src="https://x.example/b.png">字</p>'
    assert clean(html) == (
        '<figure><img src="/files/3/a.png" alt="路线 &quot;图&quot;"></figure>\n<p>文字</p>'
    )


def test_plain_text_has_a_line_for_each_paragraph_and_row() -> None:
    html = "<p>甲&amp;乙</p><table><tr><th>项</th><th>目</th></tr><tr><td>1</td><td>2</td></tr></table><ol><li>丙</ol>"
    assert plain(html) == "甲&乙\n项\t目\n1\t2\n1. 丙"
