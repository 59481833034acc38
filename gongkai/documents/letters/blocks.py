"""段落: the clean text of a paper as a row of blocks, from which .docx and .pdf are made. No Django."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from lxml import html as lxml_html
from lxml.html import HtmlElement

HEADINGS = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 3, "h6": 3}
HOLDERS = frozenset({"div", "section", "article", "blockquote", "main", "figure", "header", "footer"})
#: what stands between table tags may hold a table of its own; deeper ones are read as words
CELLS = ("th", "td")
SPACES = re.compile(r"[ \t\r\f\v]+")


#: marks that files know, by the element that makes them
MARKS = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "u": "u",
    "s": "s",
    "sub": "sub",
    "sup": "sup",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with the same marks and link (文字片段), or a picture where *src* is set."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""
    src: str = ""


Line = tuple[Piece, ...]


def said(line: Line) -> str:
    """The words of a line; a picture gives its description (纯文字)."""
    return "".join(f"［图：{each.text or '无说明'}］" if each.src else each.text for each in line)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table (单元格)."""

    line: Line
    head: bool = False
    across: int = 1
    down: int = 1

    @property
    def text(self) -> str:
        """Its words."""
        return said(self.line)


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text (段落): ``heading``, ``text``, ``entry`` (of a list), ``picture`` or ``table``."""

    kind: str
    line: Line = ()
    level: int = 0
    align: str = ""
    rows: tuple[tuple[Cell, ...], ...] = field(default=())

    @property
    def text(self) -> str:
        """Its words."""
        return said(self.line)

    @property
    def width(self) -> int:
        """How many cells stand side by side (列数)."""
        return max((sum(cell.across for cell in row) for row in self.rows), default=0)

    @property
    def heads(self) -> int:
        """How many rows above are headings throughout, to be repeated on each page (表头行数)."""
        number = next((place for place, row in enumerate(self.rows) if not all(each.head for each in row)), 0)
        fits = all(place + cell.down <= number for place in range(number) for cell in self.rows[place])
        return number if fits else 0


def words(text: str) -> Line:
    """A line without marks (一行文字)."""
    return (Piece(text),) if text else ()


def blocks(html: str) -> list[Block]:
    """The blocks of a clean text (段落).

    >>> [(block.kind, block.text) for block in blocks("<h2>总则</h2><p>第一条</p><ol><li>甲</li></ol>")]
    [('heading', '总则'), ('text', '第一条'), ('entry', '1. 甲')]
    """
    if not html.strip():
        return []
    return list(_walk(lxml_html.fragment_fromstring(html, create_parent="div")))


def _walk(node: HtmlElement) -> Iterator[Block]:
    loose: list[Piece] = [Piece(node.text or "")]
    for child in node:
        kind = child.tag if isinstance(child.tag, str) else ""
        made = list(_block(child, kind))
        if made:
            yield from _text(tuple(loose))
            yield from made
            loose = []
        else:
            loose += _around(child, frozenset(), "")
        loose.append(Piece(child.tail or ""))
    yield from _text(tuple(loose))


def _block(node: HtmlElement, kind: str) -> Iterator[Block]:
    if kind in HEADINGS:
        yield Block("heading", words(said(_tidy(_pieces(node))).replace("\n", " ")), HEADINGS[kind])
    elif kind == "p":
        yield from _text(_pieces(node), _align(node))
    elif kind in ("ul", "ol"):
        yield from _entries(node, kind)
    elif kind == "table":
        yield from _table(node)
    elif kind in HOLDERS and len(node):
        yield from _walk(node)
    elif kind in (*HOLDERS, "figcaption"):
        yield from _text(_pieces(node), "center" if kind == "figcaption" else "")


def _text(line: Line, align: str = "") -> Iterator[Block]:
    """A block for each line; a picture stands on its own."""
    for part in _lines(line):
        if any(each.src for each in part):
            yield from _parted(part, align)
        elif part:
            yield Block("text", part, align=align)


def _parted(line: Line, align: str) -> Iterator[Block]:
    for is_picture, group in groupby(line, key=lambda each: bool(each.src)):
        if is_picture:
            yield from (Block("picture", (each,)) for each in group)
        elif beside := _tidy(group):
            yield Block("text", beside, align=align)


def _lines(line: Line) -> Iterator[Line]:
    """The line cut at its breaks."""
    part: list[Piece] = []
    for each in line:
        first, *rest = [each.text] if each.src else each.text.split("\n")
        part.append(replace(each, text=first))
        for text in rest:
            yield _tidy(part)
            part = [replace(each, text=text)]
    yield _tidy(part)


def _tidy(line: Iterable[Piece]) -> Line:
    """The line without room at its ends and without doubled room (去掉多余空白)."""
    kept: list[Piece] = []
    for each in line:
        text = each.text if each.src else SPACES.sub(" ", each.text)
        if not each.src and text.startswith(" ") and (not kept or kept[-1].text.endswith((" ", "\n"))):
            text = text[1:]
        if text or each.src:
            kept.append(replace(each, text=text))
    while kept and not kept[-1].src and not kept[-1].text.strip():
        kept.pop()
    if kept and not kept[-1].src:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    if kept and not kept[0].src:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
    return tuple(kept)


def _align(node: HtmlElement) -> str:
    told = f"{node.get('align', '')} {node.get('class', '')} {node.get('style', '')}"
    return next((word for word in ("right", "center") if word in told), "")


def _entries(node: HtmlElement, kind: str) -> Iterator[Block]:
    start = node.get("start", "1")
    number = int(start) if start.isascii() and start.isdigit() else 1
    for entry in node.iterchildren("li"):
        sign = f"{number}. " if kind == "ol" else "· "
        inner = [child for child in entry if child.tag in ("ul", "ol")]
        for child in inner:
            entry.remove(child)
        line = tuple(replace(each, text=each.text.replace("\n", " ")) for each in _pieces(entry))
        yield Block("entry", (Piece(sign), *(each for each in _tidy(line) if not each.src)))
        yield from (Block("picture", (each,)) for each in line if each.src)
        for child in inner:
            yield from _entries(child, str(child.tag))
        number += 1


def _table(node: HtmlElement) -> Iterator[Block]:
    caption = node.find("caption")
    if caption is not None and said(_tidy(_pieces(caption))):
        yield Block("text", _tidy(_pieces(caption)), align="center")
    rows = [tuple(_cell(cell) for cell in row if cell.tag in CELLS) for row in node.iter("tr")]
    filled = tuple(row for row in rows if row)
    if filled:
        yield Block("table", rows=filled)


def _cell(node: HtmlElement) -> Cell:
    line = _tidy(_pieces(node))
    across, down = _number(node.get("colspan", "1")), _number(node.get("rowspan", "1"))
    return Cell(line, node.tag == "th", across, down)


def _number(given: str, most: int = 60) -> int:
    return min(max(int(given), 1), most) if given.isascii() and given.isdigit() else 1


def _pieces(node: HtmlElement, marks: frozenset[str] = frozenset(), href: str = "") -> Line:
    """What an element holds, piece by piece; a break begins a line."""
    found = [Piece(node.text or "", marks, href)]
    for child in node:
        found += _around(child, marks, href)
        found.append(Piece(child.tail or "", marks, href))
    return tuple(each for each in found if each.text or each.src)


def _around(child: HtmlElement, marks: frozenset[str], href: str) -> Line:
    """One element within a line."""
    tag = child.tag if isinstance(child.tag, str) else ""
    if tag == "br":
        return (Piece("\n"),)
    if tag == "img":
        return (Piece(child.get("alt") or "", marks, href, child.get("src") or ""),)
    if not tag:
        return ()
    inner = marks | {MARKS[tag]} if tag in MARKS else marks
    line = _pieces(child, inner, child.get("href") or href if tag == "a" else href)
    return (*line, Piece("\n")) if tag == "p" and child.getnext() is not None else line
