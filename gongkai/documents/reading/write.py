"""写出: blocks as clean HTML, the only way in which this house writes a text."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from gongkai.documents.reading.blocks import (
    BREAK,
    MARKS,
    Align,
    Block,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
    Runs,
    Table,
    TableCell,
    TableRow,
)

#: how a paragraph stands; the style sheet of the pages knows these two
CLASSES: dict[Align, str] = {"center": "gk-center", "right": "gk-right"}


def html(blocks: Iterable[Block]) -> str:
    """Blocks as HTML, one on a line (写成网页正文)."""
    return "\n".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _paragraph(block)
        case Heading():
            return f"<h{block.level}>{_line(block.runs)}</h{block.level}>"
        case Picture():
            below = f"<figcaption>{_line(block.caption)}</figcaption>" if block.caption else ""
            return f"<figure>{_picture(block.run)}{below}</figure>"
        case Rule():
            return "<hr>"
        case Listing():
            return _listing(block)
        case Table():
            return _table(block)
        case Quote():
            return f"<blockquote>{''.join(map(_paragraph, block.paragraphs))}</blockquote>"


def _paragraph(block: Paragraph) -> str:
    return f"<p{_class(block.align)}>{_line(block.runs)}</p>"


def _class(align: Align) -> str:
    return f' class="{CLASSES[align]}"' if align else ""


def _line(runs: Runs) -> str:
    """Runs with their marks; a link goes around all that it holds."""
    pieces = []
    for href, group in groupby(runs, key=lambda run: run.href):
        inner = "".join(map(_run, group))
        pieces.append(f'<a href="{_attribute(href)}">{inner}</a>' if href else inner)
    return "".join(pieces)


def _run(run: Run) -> str:
    if run.src:
        return _picture(run)
    if run.text == BREAK:
        return "<br>"
    words = _text(run.text)
    for mark in reversed(MARKS):
        if mark in run.marks:
            words = f"<{mark}>{words}</{mark}>"
    return words


def _picture(run: Run) -> str:
    return f'<img src="{_attribute(run.src)}" alt="{_attribute(run.alt)}">'


def _text(text: str) -> str:
    return escape(text, quote=False)


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def _listing(listing: Listing) -> str:
    tag = "ol" if listing.ordered else "ul"
    start = f' start="{listing.start}"' if listing.ordered and listing.start != 1 else ""
    entries = "".join(
        f"<li>{_line(entry.runs)}{_listing(entry.below) if entry.below else ''}</li>"
        for entry in listing.entries
    )
    return f"<{tag}{start}>{entries}</{tag}>"


def _table(table: Table) -> str:
    caption = f"<caption>{_line(table.caption)}</caption>" if table.caption else ""
    parts = [
        f"<{part}>{''.join(rows)}</{part}>"
        for part, rows in (
            ("thead", list(_rows(table.rows, head=True))),
            ("tbody", list(_rows(table.rows, head=False))),
        )
        if rows
    ]
    return f"<table>{caption}{''.join(parts)}</table>"


def _rows(rows: Iterable[TableRow], *, head: bool) -> Iterator[str]:
    for row in rows:
        if row.head is head:
            yield f"<tr>{''.join(_cell(cell, row.head) for cell in row.cells)}</tr>"


def _cell(cell: TableCell, in_head: bool) -> str:
    tag = "th" if cell.head else "td"
    scope = ""
    if cell.head:
        side = "col" if in_head else "row"
        scope = f' scope="{side}{"group" if _spreads(cell, in_head) else ""}"'
    wide = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    tall = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f"<{tag}{scope}{wide}{tall}{_class(cell.align)}>{_line(cell.runs)}</{tag}>"


def _spreads(cell: TableCell, in_head: bool) -> bool:
    return cell.columns > 1 if in_head else cell.rows > 1
