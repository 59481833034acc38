"""版本比较: paragraphs of two texts side by side: kept, changed, struck out, put in, moved."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from gongkai.documents.comparing.pieces import LIKE, Change, Piece, pieces
from gongkai.documents.reading.clean import plain


class Kind(StrEnum):
    """What became of a paragraph (段落变动)."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    ADDED = "added"
    MOVED = "moved"
    LEFT = "left"


class Row(NamedTuple):
    """One paragraph (段落): *old* and *new* are its places in both texts, from 1.

    A paragraph that moved stands at its new place as MOVED and at its old place as LEFT.
    """

    kind: Kind
    old: int | None
    new: int | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts compared (比较结果)."""

    rows: tuple[Row, ...]

    def count(self, kind: Kind) -> int:
        """How many paragraphs of a kind there are."""
        return sum(row.kind is kind for row in self.rows)

    @property
    def is_same(self) -> bool:
        """Whether nothing changed (无变动)."""
        return all(row.kind is Kind.SAME for row in self.rows)


#: shorter paragraphs stand in many places: that they reappear elsewhere says nothing
_SHORTEST_MOVE = 8
_MOVED = 0.85
_LARGEST_BLOCK = 250_000

Pair = tuple[int | None, int | None]


def compare(old_html: str, new_html: str) -> Comparison:
    """Two clean texts compared (比较两个版本)."""
    return compare_texts(plain(old_html), plain(new_html))


def compare_texts(old: str, new: str) -> Comparison:
    r"""Two plain texts compared, a paragraph on a line (比较两段文字).

    >>> [str(row.kind) for row in compare_texts("甲为第一段。\n乙", "甲为第1段。\n丙\n乙").rows]
    ['changed', 'added', 'same']
    """
    before, after = old.split("\n") if old else [], new.split("\n") if new else []
    pairs = list(_pairs(before, after))
    return Comparison(tuple(_rows(before, after, pairs, _moves(before, after, pairs))))


def _pairs(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    """Which paragraph became which, in order; None where one has no counterpart."""
    for block in _blocks(before, after):
        yield from block


def _blocks(before: Sequence[str], after: Sequence[str]) -> Iterator[list[Pair]]:
    old = new = 0
    steps = Indel.opcodes(before, after)
    for step in steps:
        if step.tag == "equal":
            yield _matched(before, after, range(old, step.src_start), range(new, step.dest_start))
            yield list(
                zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True)
            )
            old, new = step.src_end, step.dest_end
    yield _matched(before, after, range(old, len(before)), range(new, len(after)))


def _matched(before: Sequence[str], after: Sequence[str], old: range, new: range) -> list[Pair]:
    """The paragraphs of a changed stretch paired so that they are most alike, in order (对齐)."""
    if not old or not new or len(old) * len(new) > _LARGEST_BLOCK:
        return [*((place, None) for place in old), *((None, place) for place in new)]
    alike = cdist(
        [before[place] for place in old],
        [after[place] for place in new],
        scorer=Indel.normalized_similarity,
        score_cutoff=LIKE,
        dtype=np.float32,
    )
    return [
        (None if up is None else old[up], None if down is None else new[down]) for up, down in _best(alike)
    ]


def _best(alike: "np.ndarray[tuple[int, int], np.dtype[np.float32]]") -> list[Pair]:
    """The pairing in order with the greatest likeness in all."""
    height, width = alike.shape
    if height == width == 1:
        return [(0, 0)] if alike[0, 0] else [(0, None), (None, 0)]
    scores = alike.tolist()
    total = [[0.0] * (width + 1) for _ in range(height + 1)]
    for up in range(height - 1, -1, -1):
        row, below, score = total[up], total[up + 1], scores[up]
        for down in range(width - 1, -1, -1):
            paired = score[down] + below[down + 1] if score[down] else 0.0
            row[down] = max(paired, below[down], row[down + 1])
    return _traced(total, scores)


def _traced(total: list[list[float]], scores: list[list[float]]) -> list[Pair]:
    height, width = len(scores), len(scores[0])
    up = down = 0
    found: list[Pair] = []
    while up < height and down < width:
        score = scores[up][down]
        if score and total[up][down] == score + total[up + 1][down + 1]:
            found.append((up, down))
            up, down = up + 1, down + 1
        elif total[up][down] == total[up + 1][down]:
            found.append((up, None))
            up += 1
        else:
            found.append((None, down))
            down += 1
    return (
        found
        + [(place, None) for place in range(up, height)]
        + [(None, place) for place in range(down, width)]
    )


def _moves(before: Sequence[str], after: Sequence[str], pairs: Sequence[Pair]) -> dict[int, int]:
    """Paragraphs that only changed their place (移动): new place to old place."""
    gone = [
        old for old, new in pairs if new is None and old is not None and len(before[old]) >= _SHORTEST_MOVE
    ]
    come = [
        new for old, new in pairs if old is None and new is not None and len(after[new]) >= _SHORTEST_MOVE
    ]
    moves: dict[int, int] = {}
    waiting: dict[str, list[int]] = defaultdict(list)
    for old in reversed(gone):
        waiting[before[old]].append(old)
    for new in come:
        if waiting[after[new]]:
            moves[new] = waiting[after[new]].pop()
    left = [old for old in gone if old not in set(moves.values())]
    right = [new for new in come if new not in moves]
    if left and right and len(left) * len(right) <= _LARGEST_BLOCK:
        moves |= _near(before, after, left, right)
    return moves


def _near(before: Sequence[str], after: Sequence[str], left: list[int], right: list[int]) -> dict[int, int]:
    """The most alike of those that are left over, each used once."""
    alike = cdist(
        [before[old] for old in left],
        [after[new] for new in right],
        scorer=Indel.normalized_similarity,
        score_cutoff=_MOVED,
        dtype=np.float32,
    )
    moves: dict[int, int] = {}
    for up, down in sorted(np.argwhere(alike > 0).tolist(), key=lambda place: -alike[place[0], place[1]]):
        if right[down] not in moves and left[up] not in moves.values():
            moves[right[down]] = left[up]
    return moves


def _rows(
    before: Sequence[str], after: Sequence[str], pairs: Sequence[Pair], moves: dict[int, int]
) -> Iterator[Row]:
    left = {old: new for new, old in moves.items()}
    for old, new in pairs:
        if old is not None and new is not None:
            same = before[old] == after[new]
            found = (Piece(Change.SAME, before[old]),) if same else pieces(before[old], after[new])
            yield Row(Kind.SAME if same else Kind.CHANGED, old + 1, new + 1, found)
        elif old is not None and old in left:
            yield Row(Kind.LEFT, old + 1, left[old] + 1, (Piece(Change.GONE, before[old]),))
        elif old is not None:
            yield Row(Kind.GONE, old + 1, None, (Piece(Change.GONE, before[old]),))
        elif new is not None and new in moves:
            yield Row(Kind.MOVED, moves[new] + 1, new + 1, pieces(before[moves[new]], after[new]))
        elif new is not None:
            yield Row(Kind.ADDED, None, new + 1, (Piece(Change.NEW, after[new]),))
