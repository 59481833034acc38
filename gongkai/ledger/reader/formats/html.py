"""Web pages (.html): block elements as paragraphs, tables as tables, furniture left out."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.frame.opening.cells import RawCell
from gongkai.frame.opening.limits import MAX_CELLS, MAX_CHARS, MAX_DEPTH, MAX_ROWS, too_large
from gongkai.frame.opening.unreadable import Unreadable
from gongkai.ledger.reader.source import Source, SourceWriter

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "nav",
        "footer",
        "form",
        "button",
        "select",
        "iframe",
        "svg",
        "title",
        "-comment",
        "object",
        "video",
        "audio",
        "textarea",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "body",
        "html",
        "center",
        "dl",
        "dt",
        "dd",
        "figure",
        "hr",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "caption",
        "fieldset",
        "aside",
    ]
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def read(text: str) -> Source:
    """Read a web page (读取 .html)."""
    if _nesting(text) > MAX_DEPTH * 5:
        raise Unreadable("网页嵌套层次过深，无法读取，请复制文字粘贴。")
    tree = LexborHTMLParser(text)
    if tree.body is None:
        raise Unreadable("网页里没有正文，请复制文字粘贴。")
    walker = _Walker()
    walker.walk(tree.body)
    return walker.finish()


_TAG = re.compile(r"<(/?)(?:div|span|table|tbody|tr|td|b|i|p|ul|li|font|section|a|em|strong)\b", re.I)


def _nesting(text: str) -> int:
    depth = deepest = 0
    for match in _TAG.finditer(text):
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


class _Walker:
    """Walks a page in document order and writes paragraphs and tables."""

    def __init__(self) -> None:
        self._writer = SourceWriter("html")
        self._line: list[str] = []

    def finish(self) -> Source:
        self._flush()
        return self._writer.finish()

    def walk(self, root: LexborNode) -> None:
        """Visit nodes without recursion: a page may be nested deeper than the stack."""
        waiting: list[LexborNode | None] = [root]  # None: the end of a block
        while waiting:
            node = waiting.pop()
            tag = node.tag if node is not None else None
            if node is None:
                self._flush()
            elif tag == "-text":
                self._line.append(_BLANKS.sub(" ", node.text_content or ""))
            elif tag == "br":
                self._flush()
            elif tag == "table" and _is_grid(node):
                self._flush()
                self._writer.table(_rows(node))
            elif tag not in _SKIPPED:
                if tag in _BLOCKS:
                    self._flush()
                    waiting.append(None)
                waiting.extend(reversed(list(node.iter(include_text=True))))
            if self._writer.length > MAX_CHARS:
                raise too_large("文字过多")

    def _flush(self) -> None:
        line = "".join(self._line).strip(" ")
        self._line.clear()
        if line:
            self._writer.paragraph(line)


def _is_grid(table: LexborNode) -> bool:
    """Whether a table holds data: tables around tables, or of one cell per row, are layout."""
    if table.css_first("table table") is not None or _inner(table):
        return False
    rows = table.css("tr")
    return any(len(row.css("td, th")) > 1 for row in rows[:50])


def _inner(table: LexborNode) -> bool:
    return any(found.mem_id != table.mem_id for found in table.css("table"))


def _rows(table: LexborNode) -> list[list[RawCell]]:
    rows: list[list[RawCell]] = []
    count = 0
    for row in table.css("tr"):
        cells = [
            RawCell(_cell_text(cell), _spread(cell, "rowspan"), _spread(cell, "colspan"))
            for cell in row.css("td, th")
        ]
        count += len(cells)
        if len(rows) > MAX_ROWS or count > MAX_CELLS:
            raise too_large("表格过大")
        rows.append(cells)
    return rows


def _spread(cell: LexborNode, name: str) -> int:
    value = str(cell.attributes.get(name) or "1").strip()
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def _cell_text(cell: LexborNode) -> str:
    """The words of a cell, one line per paragraph."""
    walker = _Walker()
    for child in cell.iter(include_text=True):
        walker.walk(child)
    return walker.finish().text.strip("\n")
