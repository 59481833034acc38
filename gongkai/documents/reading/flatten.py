"""合成一行: blocks as one line with breaks, for cells, entries and headings, which hold nothing larger."""

from collections.abc import Iterable, Iterator

from gongkai.documents.reading.blocks import (
    BREAK,
    Block,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Run,
    Runs,
    Table,
    said,
    words,
)
from gongkai.documents.reading.lines import tidy


def flat(blocks: Iterable[Block]) -> Runs:
    """Blocks as one line with breaks (合成一行)."""
    runs: list[Run] = []
    for line in _lines(blocks):
        if line:
            runs += [Run(BREAK), *line] if runs else line
    return tidy(runs)


def _lines(blocks: Iterable[Block]) -> Iterator[Runs]:
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield block.runs
            case Picture():
                yield (block.run,)
                yield block.caption
            case Quote():
                yield from _lines(block.paragraphs)
            case Listing():
                yield from entries(block)
            case Table():
                yield from (said(" ".join(words(cell.runs) for cell in row.cells)) for row in block.rows)
            case _:
                continue


def entries(listing: Listing) -> Iterator[Runs]:
    """The entries of a list as lines, each with its number (列表逐行)."""
    for number, entry in enumerate(listing.entries, listing.start):
        yield (*said(f"{number}. " if listing.ordered else ""), *entry.runs)
        if entry.below:
            yield from entries(entry.below)
