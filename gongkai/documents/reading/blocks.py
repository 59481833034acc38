"""文章结构: what a clean text is made of: runs of words in paragraphs, lists, tables and pictures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Align = Literal["", "center", "right"]

#: the sign for a new line inside a paragraph, among runs
BREAK = "\n"
MARKS = ("strong", "em", "u", "s", "sub", "sup")


@dataclass(frozen=True, slots=True)
class Run:
    """Words with the same marks (文字片段), or a picture in the line when *src* is set."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""
    src: str = ""
    alt: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (段落)."""

    runs: Runs
    align: Align = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading (标题) of level 1 to 6."""

    runs: Runs
    level: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on its own (图片), with the words below it."""

    run: Run
    caption: Runs = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across (分隔线)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list (列表项), with the list below it."""

    runs: Runs
    below: "Listing | None" = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list (列表)."""

    entries: tuple[Entry, ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell (单元格) and how far it spreads."""

    runs: Runs
    head: bool = False
    rows: int = 1
    columns: int = 1
    align: Align = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row (行); *head* if it stands in the head of the table."""

    cells: tuple[TableCell, ...]
    head: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table (表格) with its caption."""

    rows: tuple[TableRow, ...]
    caption: Runs = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Paragraphs set in (引用)."""

    paragraphs: tuple[Paragraph, ...]


Block = Paragraph | Heading | Picture | Rule | Listing | Table | Quote


def words(runs: Iterable[Run]) -> str:
    """The bare words (纯文字)."""
    return "".join(run.text for run in runs)


def said(text: str) -> Runs:
    """Plain words as runs (文字)."""
    return (Run(text),) if text else ()


def table_of(rows: Iterable[Sequence[str]], *, heads: int = 1, caption: str = "") -> Table:
    """A plain table whose first *heads* rows are its head (由文字成表)."""
    lines = [
        TableRow(tuple(TableCell(said(text), number < heads) for text in row), number < heads)
        for number, row in enumerate(rows)
    ]
    return Table(tuple(lines), said(caption))


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """The plain text of blocks, one line each (逐行文字); cells of a row are parted by tabs."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield words(block.runs)
            case Picture():
                yield from filter(None, (block.run.alt, words(block.caption)))
            case Listing():
                yield from _entries(block)
            case Table():
                yield from filter(None, (words(block.caption),))
                for row in block.rows:
                    yield "\t".join(words(cell.runs).replace(BREAK, " ") for cell in row.cells)
            case Quote():
                yield from texts(block.paragraphs)


def _entries(listing: Listing) -> Iterator[str]:
    for number, entry in enumerate(listing.entries, listing.start):
        yield (f"{number}. " if listing.ordered else "") + words(entry.runs)
        if entry.below:
            yield from _entries(entry.below)


def trimmed(run: Run, text: str) -> Run:
    """The same run with other words (换字)."""
    return replace(run, text=text)
