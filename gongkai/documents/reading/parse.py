"""解析: HTML of any origin into blocks; what may hurt is taken out first."""

import re
from collections.abc import Iterator

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.documents.reading.blocks import (
    BREAK,
    Align,
    Block,
    Heading,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
)
from gongkai.documents.reading.flatten import flat
from gongkai.documents.reading.lines import split, tidy, typed
from gongkai.documents.reading.lists import listing
from gongkai.documents.reading.references import Pictures, own_picture, safe_link
from gongkai.documents.reading.tables import tables
from gongkai.documents.reading.tags import ATTRIBUTES, BLOCKS, DROPPED, HEADINGS, KEPT, MARKS, OWN
from gongkai.rules.law import Refused

MAX_CHARS = 8_000_000
#: deeper nesting is an attack or a broken program, not a text
MAX_DEPTH = 150
#: so many signs as &amp; may stand between two tags: the sanitiser's time grows with their square
MAX_MARKS = 50_000
_GUARD = nh3.Cleaner(
    tags=KEPT,
    clean_content_tags=DROPPED,
    attributes=ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel", "picture", "data"},
    link_rel=None,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_ALIGN = re.compile(r"text-align\s*:\s*([a-z]+)", re.I)
_ALIGNED: dict[str, Align] = {"center": "center", "right": "right", "end": "right"}
_NESTING = re.compile(r"<(/?)(div|span|table|ul|ol|section|blockquote|font|b|i|strong|em)\b", re.I)


def parse(html: str, pictures: Pictures = own_picture) -> list[Block]:
    """The blocks of a text (解析正文); *pictures* decides under which address each picture may stand."""
    if len(html) > MAX_CHARS:
        raise Refused("正文过长，无法处理，请拆分或改用附件。")
    if _nesting(html) > MAX_DEPTH * 4:
        raise Refused("网页嵌套层次过深，无法读取，请复制文字粘贴。")
    if max(part.count("&") for part in html.split("<")) > MAX_MARKS:
        raise Refused("正文里连续的特殊符号过多，无法读取，请复制文字粘贴。")
    tree = LexborHTMLParser(_GUARD.clean(html))
    walker = Walker(pictures)
    if tree.body is not None:
        walker.within(tree.body)
    return walker.blocks


def _nesting(html: str) -> int:
    depth = deepest = 0
    for match in _NESTING.finditer(html):
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def is_hidden(node: LexborNode) -> bool:
    """Whether an element is not shown (隐藏)."""
    return "hidden" in node.attributes or bool(_HIDDEN.search(node.attributes.get("style") or ""))


def _align(node: LexborNode, inherited: Align) -> Align:
    """Where an element's lines stand: its own class, style or attribute, else what is around it."""
    names = (node.attributes.get("class") or "").split()
    if "gk-center" in names or "gk-right" in names:
        return "center" if "gk-center" in names else "right"
    styled = _ALIGN.search(node.attributes.get("style") or "")
    told = styled[1] if styled else node.attributes.get("align") or ""
    if told:
        return _ALIGNED.get(told.lower(), "")
    return "center" if node.tag == "center" else inherited


class Walker:
    """Walks elements in their order and gathers blocks (逐个元素)."""

    def __init__(self, pictures: Pictures, align: Align = "", depth: int = 0) -> None:
        self.blocks: list[Block] = []
        self.pictures = pictures
        self._line: list[Run] = []
        self._align: Align = align
        self._depth = depth

    def within(self, node: LexborNode, marks: frozenset[str] = frozenset(), href: str = "") -> None:
        """All children of *node*, and the last line ended."""
        self._children(node, marks, href)
        self._end()

    def part(self, node: LexborNode) -> list[Block]:
        """What stands within an element, apart from the rest: a cell, an entry, a quotation."""
        inner = Walker(self.pictures, _align(node, "" if node.tag in OWN else self._align), self._depth + 1)
        inner.within(node)
        return inner.blocks

    def _children(self, node: LexborNode, marks: frozenset[str], href: str) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._line.append(Run(typed(node.text()), marks, href))
        else:
            for child in node.iter(include_text=True):
                self._visit(child, marks, href)
        self._depth -= 1

    def _visit(self, node: LexborNode, marks: frozenset[str], href: str) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self._line.append(Run(typed(node.text_content or ""), marks, href))
        elif tag == "br":
            self._line.append(Run(BREAK))
        elif is_hidden(node):
            return
        elif tag == "img":
            self._picture(node)
        elif tag in MARKS:
            self._children(node, marks | {MARKS[tag]}, href)
        elif tag == "a":
            self._children(node, marks, safe_link(node.attributes.get("href") or ""))
        elif tag in BLOCKS:
            self._block(node, marks, href)
        elif tag in HEADINGS or tag in OWN:
            self._end()
            self._own(node, tag)
        else:
            self._children(node, marks, href)

    def _picture(self, node: LexborNode) -> None:
        src = self.pictures((node.attributes.get("src") or "").strip())
        if src:
            alt = " ".join(typed(node.attributes.get("alt") or "").split())
            self._line.append(Run("", src=src, alt=alt[:200].strip()))

    def _block(self, node: LexborNode, marks: frozenset[str], href: str) -> None:
        self._end()
        around, self._align = self._align, _align(node, self._align)
        self._children(node, marks, href)
        self._end()
        self._align = around

    def _own(self, node: LexborNode, tag: str) -> None:
        if tag in HEADINGS:
            self.blocks += _heading(self.part(node), HEADINGS[tag])
        elif tag == "hr":
            self.blocks.append(Rule())
        elif tag == "figure":
            self.blocks += _figure(self.part(node))
        elif tag == "blockquote":
            self.blocks += _quote(self.part(node))
        elif tag in ("ul", "ol"):
            self.blocks += listing(node, self.part)
        elif tag == "table":
            self.blocks += tables(node, self.part)

    def _end(self) -> None:
        """The line is over: paragraphs and pictures of what was gathered."""
        line, self._line = self._line, []
        for runs in split(line):
            if all(run.src or not run.text.strip() for run in runs):
                self.blocks += [Picture(run) for run in runs if run.src]
            else:
                self.blocks.append(Paragraph(runs, self._align))


def _heading(blocks: list[Block], level: int) -> Iterator[Block]:
    """A heading needs no bold and no line of its own within; pictures in it stand before it."""
    yield from (block for block in blocks if isinstance(block, Picture))
    runs = flat(block for block in blocks if not isinstance(block, Picture))
    plain = tidy(
        Run(" ") if run.text == BREAK else Run(run.text, run.marks - {"strong", "u"}, run.href)
        for run in runs
        if not run.src
    )
    if plain:
        yield Heading(plain, level)


def _figure(blocks: list[Block]) -> Iterator[Block]:
    """Pictures with the words below them; without a picture it is text like any other."""
    shown = [block for block in blocks if isinstance(block, Picture)]
    below = flat(block for block in blocks if not isinstance(block, Picture))
    if not shown or any(run.src for run in below) or any(picture.caption for picture in shown):
        yield from blocks
        return
    yield from shown[:-1]
    yield Picture(shown[-1].run, below)


def _quote(blocks: list[Block]) -> list[Block]:
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    if not paragraphs or len(paragraphs) < len(blocks):
        return blocks
    return [Quote(tuple(paragraphs))]
