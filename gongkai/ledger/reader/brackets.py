"""Brackets and quotation marks (括号与引号): which belong together, of whatever width, nested or torn."""

from bisect import bisect_right
from dataclasses import dataclass

from gongkai.ledger.reader.flow import NEW, Flow

#: A bracket or quotation that does not close within so many characters is a misprint.
LONGEST_BRACKET = 1500
LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class Enclosures:
    """Outermost brackets and quotations (括号与引号), from the opening mark to past the closing one."""

    brackets: tuple[tuple[int, int], ...]
    quotes: tuple[tuple[int, int], ...]

    def inside(self, position: int) -> bool:
        """Whether a place lies within brackets or quotation marks."""
        return _covers(self.brackets, position) or _covers(self.quotes, position)


def _covers(pairs: tuple[tuple[int, int], ...], position: int) -> bool:
    index = bisect_right(pairs, (position, -1)) - 1
    return index >= 0 and pairs[index][0] < position < pairs[index][1]


def find_enclosures(flow: Flow) -> Enclosures:
    """All outermost bracket pairs and quotations (配对括号和引号)."""
    return Enclosures(
        tuple(_pairs(flow, "(", ")", LONGEST_BRACKET)), tuple(_pairs(flow, "“《", "”》", LONGEST_QUOTE))
    )


def _pairs(flow: Flow, opening: str, closing: str, longest: int) -> list[tuple[int, int]]:
    """Match marks in one pass; a new paragraph or too long a way gives up what is still open."""
    found: list[tuple[int, int]] = []
    open_at: list[int] = []
    for position, char in enumerate(flow.key):
        if open_at and (flow.breaks[position] == NEW or position - open_at[0] > longest):
            open_at.clear()
        if char in opening:
            open_at.append(position)
        elif char in closing and open_at:
            start = open_at.pop()
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, position + 1))
    return found
