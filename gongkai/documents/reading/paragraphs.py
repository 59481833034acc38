"""段落: lines of a printed page become paragraphs again, by their indents, their ends and their size."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from gongkai.documents.reading.blocks import Align, Paragraph, said
from gongkai.documents.reading.lines import tidy, typed

_ENDED = tuple("。！？；：:;”）")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line and where it stands, from the upper left corner of its page (行)."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """How tall its letters are."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half-way down."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class _Measure:
    """The measure of a text: its margins and the size of its letters."""

    left: float
    right: float
    size: float


def paragraphs(lines: list[Line]) -> Iterator[Paragraph]:
    """Lines joined into paragraphs (还原段落)."""
    if not lines:
        return
    measure = _measure(lines)
    gathered: list[Line] = []
    for line in lines:
        if gathered and _begins(gathered[-1], line, measure):
            yield from _paragraph(gathered, measure)
            gathered = []
        gathered.append(line)
    yield from _paragraph(gathered, measure)


def _measure(lines: list[Line]) -> _Measure:
    size = median(line.height for line in lines)
    lefts = Counter(round(line.left) for line in lines if len(line.text) > 8) or Counter(
        round(line.left) for line in lines
    )
    often = max(lefts.values())
    left = min(place for place, times in lefts.items() if times >= max(1, often // 4))
    return _Measure(left, max(line.right for line in lines), size)


def _begins(before: Line, line: Line, measure: _Measure) -> bool:
    """Whether a line begins a paragraph."""
    if abs(line.height - before.height) > 0.25 * measure.size:
        return True
    if _align(line, measure) != _align(before, measure):
        return True
    if _align(line, measure) == "center":
        return before.text.endswith(_ENDED)
    if line.left - measure.left > 1.2 * measure.size:
        return True
    short = measure.right - before.right > 2.2 * measure.size
    return short and (before.text.endswith(_ENDED) or not line.text[0].islower())


def _align(line: Line, measure: _Measure) -> Align:
    """Lines in the middle or at the right, told by the room on both sides."""
    before, behind = line.left - measure.left, measure.right - line.right
    if line.height > 1.25 * measure.size and abs(before - behind) < 2.2 * measure.size:
        return "center"  # a title may fill its line
    if before < 2.5 * measure.size:
        return ""
    if behind > 2 * measure.size and abs(before - behind) < 2.2 * measure.size:
        return "center"
    return "right" if before > behind + 4 * measure.size and behind < 6 * measure.size else ""


def _paragraph(lines: list[Line], measure: _Measure) -> Iterator[Paragraph]:
    text = lines[0].text
    for line in lines[1:]:
        text += (" " if text[-1:].isascii() and line.text[:1].isascii() else "") + line.text
    if runs := tidy(said(typed(text))):
        yield Paragraph(runs, _align(lines[0], measure))
