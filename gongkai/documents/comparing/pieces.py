"""字词比较: what was struck out and what was put in, within one paragraph."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import Indel

#: a number or a word changes as a whole: 3月5日 to 3月15日 is 5 to 15, not a 1 put in
_WHOLE = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]{2,}")
#: whole numbers and words stand as one sign each while two texts are compared: signs for private use
_FIRST_SIGN = 0xF0000
_SIGN = re.compile("[\U000f0000-\U000ffffd]")
#: below this likeness two paragraphs are not versions of each other
LIKE = 0.4
_SHORT = 2


class Change(StrEnum):
    """What became of a piece of text (变动)."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Piece(NamedTuple):
    """A piece of a paragraph and what became of it (片段)."""

    change: Change
    text: str


def likeness(old: str, new: str) -> float:
    """How alike two paragraphs are (相似度), from 0 to 1."""
    return Indel.normalized_similarity(old, new)


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """One paragraph as it was and as it is (逐字比较).

    >>> [(str(piece.change), piece.text) for piece in pieces("于3月5日前报送", "于3月15日前书面报送")]
    [('same', '于3月'), ('gone', '5'), ('new', '15'), ('same', '日前'), ('new', '书面'), ('same', '报送')]
    """
    signs: dict[str, str] = {}

    def sign(found: re.Match[str]) -> str:
        return signs.setdefault(found[0], chr(_FIRST_SIGN + len(signs)))

    before, after = _WHOLE.sub(sign, old), _WHOLE.sub(sign, new)
    steps = _steps(before, after)
    if signs:
        words = {sign: word for word, sign in signs.items()}
        steps = ((_read(before, words), _read(after, words)) for before, after in steps)
    return tuple(_merged(steps))


#: signs × signs that are aligned; two paragraphs of 15,000 signs
_LARGEST = 15_000**2


def _read(text: str, words: dict[str, str]) -> str:
    """The whole words again for their signs."""
    return _SIGN.sub(lambda found: words[found[0]], text)


def _steps(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Pairs of what stood there and what stands there; both the same where nothing changed.

    A paragraph of endless length is told as replaced: aligning it would take minutes and gigabytes.
    """
    if before != after and len(before) * len(after) > _LARGEST:
        yield before, ""
        yield "", after
        return
    for step in Indel.opcodes(before, after):
        yield before[step.src_start : step.src_end], after[step.dest_start : step.dest_end]


def _merged(steps: Iterator[tuple[str, str]]) -> Iterator[Piece]:
    """Changes with only a sign between them are one change: people do not read letter salad."""
    gathered: list[tuple[str, str]] = []
    for old, new in steps:
        same = old == new
        if same and gathered and len(old) >= _SHORT:
            yield from _pieces(gathered)
            gathered = []
        if same and not gathered:
            yield Piece(Change.SAME, old)
        else:
            gathered.append((old, new))
    yield from _pieces(gathered)


def _pieces(gathered: list[tuple[str, str]]) -> Iterator[Piece]:
    tail = ""
    while gathered and gathered[-1][0] == gathered[-1][1]:
        tail = gathered.pop()[0] + tail
    old, new = "".join(step[0] for step in gathered), "".join(step[1] for step in gathered)
    yield from (Piece(change, text) for change, text in ((Change.GONE, old), (Change.NEW, new)) if text)
    if tail:
        yield Piece(Change.SAME, tail)
