"""网页 (.html): the article of a page, without the furniture around it."""

import base64
import binascii
import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.documents.reading.docx import finished
from gongkai.documents.reading.readable import Album, Readable
from gongkai.documents.reading.references import own_picture
from gongkai.frame.opening.decoding import decode
from gongkai.frame.opening.unreadable import Unreadable

#: where the sites of governments put their articles; the first that holds enough words is taken
_PLACES = (
    "#UCAP-CONTENT", ".TRS_Editor", ".trs_editor_view", "#zoom", "#Zoom", ".pages_content",
    ".article-content", ".article_content", "#article", ".news_content", "#content", ".content", "article",
    "main",
)  # fmt: skip
_FURNITURE = "script, style, noscript, nav, footer, iframe, select, button, .breadcrumb, .share, .nav"
_PARTS = ("div", "section", "table", "tbody", "tr", "td", "form", "center")
_LEAST = 40
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_TITLES = ('meta[name="ArticleTitle"]', 'meta[name="articletitle"]', 'meta[property="og:title"]')
_DATA = re.compile(r"data:(image/[\w.+-]+);base64,(.+)", re.S)


def read(content: bytes) -> Readable:
    """Read a web page (读取网页)."""
    return read_text(_decoded(content))


def read_text(text: str) -> Readable:
    """Read the text of a web page (读取网页源码)."""
    tree = LexborHTMLParser(text)
    if tree.body is None:
        raise Unreadable("网页里没有正文，请复制文字粘贴。")
    title = _title(tree)
    album = Album()
    strangers = 0

    def picture(src: str) -> str:
        nonlocal strangers
        found = _DATA.fullmatch(src)
        if found is None:
            strangers += bool(src) and not own_picture(src)
            return own_picture(src)
        try:
            return album.add(base64.b64decode(found[2]), found[1], "")
        except (binascii.Error, ValueError):
            return ""

    read = finished(_article(tree.body).html or "", album, picture)
    doubts = [*album.doubts, *([f"{strangers}张图片在其他网站上，没有读入，请另行插入"] if strangers else [])]
    return Readable(read.html, read.title or title, read.number, read.pictures, tuple(doubts))


def _decoded(content: bytes) -> str:
    """The page says its encoding itself, often wrongly: the bytes are believed first (编码)."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    found = _META.search(content[:4096])
    if found and found[1].lower() in (b"gb2312", b"gbk", b"gb18030", b"gb_2312-80"):
        return content.decode("gb18030", "replace")
    return decode(content)


def _title(tree: LexborHTMLParser) -> str:
    """What the page calls the article: its meta tags, its one h1, the head of its title."""
    for place in _TITLES:
        found = tree.css_first(place)
        if found is not None and (said := (found.attributes.get("content") or "").strip()):
            return " ".join(said.split())[:200]
    heads = tree.css("h1")
    if len(heads) == 1 and (said := heads[0].text(strip=True)):
        return said[:200]
    named = tree.css_first("title")
    return re.split(r"\s*[_|—–-]{1,2}\s*", named.text(strip=True))[0][:200] if named is not None else ""


def _article(body: LexborNode) -> LexborNode:
    for piece in body.css(_FURNITURE):
        piece.decompose()
    for place in _PLACES:
        found = max(body.css(place), key=_weight, default=None)
        if found is not None and _weight(found) >= _LEAST:
            return found
    return _densest(body)


def _weight(node: LexborNode) -> int:
    """How many words stand there that are no links."""
    linked = sum(len(link.text(strip=True)) for link in node.css("a"))
    return len(node.text(strip=True)) - 2 * linked


def _densest(body: LexborNode) -> LexborNode:
    """Down from the whole page, as long as one part holds nearly all of the words (正文识别)."""
    node = body
    while True:
        parts = [child for child in node.iter() if child.tag in _PARTS]
        best = max(parts, key=_weight, default=None)
        if best is None or _weight(best) < _LEAST or _weight(best) < 0.8 * _weight(node):
            return node
        node = best
