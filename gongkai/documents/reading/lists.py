"""列表: lists of any make as lists of lines; one that holds tables or headings is taken apart."""

from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

from gongkai.documents.reading.blocks import Block, Entry, Listing, Paragraph, Picture, Runs, said
from gongkai.documents.reading.flatten import flat
from gongkai.documents.reading.lines import tidy

#: what an element holds, as blocks
Part = Callable[[LexborNode], list[Block]]
_LARGEST = 9999


def listing(node: LexborNode, part: Part) -> list[Block]:
    """A list (列表), or its pieces one after another where an entry holds more than a line and a list."""
    ordered = node.tag == "ol"
    start = _start(node) if ordered else 1
    parts = [blocks for child in node.iter() if (blocks := _parts(child, part))]
    if not parts:
        return []
    if all(map(_is_entry, parts)):
        return [Listing(tuple(map(_entry, parts)), ordered, start)]
    return list(_apart(parts, start if ordered else None))


def _parts(child: LexborNode, part: Part) -> list[Block]:
    """An entry; a list that stands right in a list, as old pages have it, is an entry of its own."""
    return listing(child, part) if child.tag in ("ul", "ol") else part(child)


def _start(node: LexborNode) -> int:
    value = (node.attributes.get("start") or "1").strip()
    return int(value) if value.isascii() and value.isdigit() and 0 < int(value) <= _LARGEST else 1


def _is_entry(blocks: list[Block]) -> bool:
    """Lines, and after them at most one list."""
    *lines, last = blocks
    plain = all(isinstance(line, Paragraph | Picture) for line in lines)
    return plain and isinstance(last, Paragraph | Picture | (Listing if lines else Paragraph))


def _entry(blocks: list[Block]) -> Entry:
    last = blocks[-1]
    if isinstance(last, Listing):
        return Entry(flat(blocks[:-1]), last)
    return Entry(flat(blocks))


def _apart(parts: list[list[Block]], number: int | None) -> Iterator[Block]:
    for place, blocks in enumerate(parts):
        first, *others = blocks
        if number is not None and isinstance(first, Paragraph):
            yield Paragraph(_numbered(number + place, first.runs), first.align)
        else:
            yield first
        yield from others


def _numbered(number: int, runs: Runs) -> Runs:
    return tidy((*said(f"{number}. "), *runs))
