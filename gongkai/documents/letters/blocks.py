"""段落: the clean text of a paper as a row of blocks, from which .docx and .pdf are made. No Django."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html as lxml_html
from lxml.html import HtmlElement

HEADINGS = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 3, "h6": 3}
HOLDERS = frozenset({"div", "section", "article", "blockquote", "main", "figure", "header", "footer"})
#: what stands between table tags may hold a table of its own; deeper ones are read as words
CELLS = ("th", "td")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table (单元格)."""

    text: str
    head: bool = False
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text (段落): ``heading``, ``text``, ``entry`` (of a list) or ``table``."""

    kind: str
    text: str = ""
    level: int = 0
    align: str = ""
    rows: tuple[tuple[Cell, ...], ...] = field(default=())

    @property
    def width(self) -> int:
        """How many cells stand side by side (列数)."""
        return max((sum(cell.across for cell in row) for row in self.rows), default=0)


def blocks(html: str) -> list[Block]:
    """The blocks of a clean text (段落).

    >>> [(block.kind, block.text) for block in blocks("<h2>总则</h2><p>第一条</p><ol><li>甲</li></ol>")]
    [('heading', '总则'), ('text', '第一条'), ('entry', '1. 甲')]
    """
    if not html.strip():
        return []
    return list(_walk(lxml_html.fragment_fromstring(html, create_parent="div")))


def _walk(node: HtmlElement) -> Iterator[Block]:
    loose = node.text or ""
    for child in node:
        kind = child.tag if isinstance(child.tag, str) else ""
        made = list(_block(child, kind))
        if made:
            yield from _text(loose)
            yield from made
            loose = ""
        else:
            loose += _words(child)
        loose += child.tail or ""
    yield from _text(loose)


def _block(node: HtmlElement, kind: str) -> Iterator[Block]:
    if kind in HEADINGS:
        yield Block("heading", _words(node), HEADINGS[kind])
    elif kind == "p":
        yield from _text(_words(node), _align(node))
    elif kind in ("ul", "ol"):
        yield from _entries(node, kind)
    elif kind == "table":
        yield from _table(node)
    elif kind in HOLDERS and len(node):
        yield from _walk(node)
    elif kind in HOLDERS:
        yield from _text(_words(node))


def _text(words: str, align: str = "") -> Iterator[Block]:
    for line in words.split("\n"):
        if line.strip():
            yield Block("text", line.strip(), align=align)


def _align(node: HtmlElement) -> str:
    said = f"{node.get('align', '')} {node.get('class', '')} {node.get('style', '')}"
    return next((word for word in ("right", "center") if word in said), "")


def _entries(node: HtmlElement, kind: str) -> Iterator[Block]:
    start = node.get("start", "1")
    number = int(start) if start.isascii() and start.isdigit() else 1
    for entry in node.iterchildren("li"):
        sign = f"{number}. " if kind == "ol" else "· "
        inner = [child for child in entry if child.tag in ("ul", "ol")]
        for child in inner:
            entry.remove(child)
        yield Block("entry", sign + _words(entry).replace("\n", " "))
        for child in inner:
            yield from _entries(child, str(child.tag))
        number += 1


def _table(node: HtmlElement) -> Iterator[Block]:
    caption = node.find("caption")
    if caption is not None and _words(caption):
        yield Block("text", _words(caption), align="center")
    rows = [tuple(_cell(cell) for cell in row if cell.tag in CELLS) for row in node.iter("tr")]
    filled = tuple(row for row in rows if row)
    if filled:
        yield Block("table", rows=filled)


def _cell(node: HtmlElement) -> Cell:
    return Cell(
        _words(node), node.tag == "th", _number(node.get("colspan", "1")), _number(node.get("rowspan", "1"))
    )


def _number(given: str, most: int = 60) -> int:
    return min(max(int(given), 1), most) if given.isascii() and given.isdigit() else 1


def _words(node: HtmlElement) -> str:
    """The words of an element; a break begins a line, a picture gives its description."""
    parts = [node.text or ""]
    for child in node:
        if child.tag == "br":
            parts.append("\n")
        elif child.tag == "img":
            parts.append(f"［图：{child.get('alt') or '无说明'}］")
        elif isinstance(child.tag, str):
            parts.append(_words(child))
            parts.append("\n" if child.tag == "p" and child.getnext() is not None else "")
        parts.append(child.tail or "")
    lines = "".join(parts).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip("\n")
