"""摘录: the passage of a text in which the words stand, marked; always escaped first."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gongkai.search.entry import Word
from gongkai.search.units import fold_with_places, pattern

Span = tuple[int, int]
LENGTH = 110
LEAD = 24
#: a very long text is looked through so far; behind it the title and the facts must do
LOOKED_THROUGH = 200_000


def spans(text: str, words: Sequence[Word]) -> list[Span]:
    """Where the words stand in *text* (命中位置), in order and without overlaps."""
    return _joined(place for place, _ in _found(text, words))


def _found(text: str, words: Sequence[Word]) -> list[tuple[Span, int]]:
    folded, places = fold_with_places(text[:LOOKED_THROUGH])
    found = []
    for number, word in enumerate(words):
        for units in word.variants:
            for match in pattern(units).finditer(folded):
                found.append(((places[match.start()], places[match.end() - 1] + 1), number))
    return sorted(found)


def _joined(places: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in places:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def marked(text: str, words: Sequence[Word]) -> SafeString:
    """The whole text with the words marked (标亮)."""
    return _drawn(text, spans(text, words), 0, len(text))


def passage(text: str, words: Sequence[Word], *, length: int = LENGTH) -> SafeString:
    """The stretch that holds the most different words (摘录), or nothing where none stands."""
    found = _found(text, words)
    if not found:
        return mark_safe("")
    start = _begin(text, _richest(found, length - LEAD))
    end = min(len(text), start + length)
    shown = _drawn(text, _joined([place for place, _ in found]), start, end)
    return mark_safe(f"{'…' if start else ''}{shown}{'…' if end < len(text) else ''}")  # noqa: S308 (escaped)


def _richest(found: list[tuple[Span, int]], length: int) -> int:
    """Where the stretch with the most different words begins, the first of the best (最佳摘录起点).

    One pass with two fingers: a word that stands ten thousand times costs no more than ten thousand steps.
    """
    inside: Counter[int] = Counter()
    best, most, ahead = found[0][0][0], 0, 0
    for (start, _), number in found:
        while ahead < len(found) and found[ahead][0][1] <= start + length:
            inside[found[ahead][1]] += 1
            ahead += 1
        if len(inside) > most:
            best, most = start, len(inside)
        inside[number] -= 1
        if inside[number] <= 0:
            del inside[number]
    return best


def _begin(text: str, place: int) -> int:
    """Where the passage begins (摘录起点): at the sentence, if that is near."""
    start = max(0, place - LEAD)
    for mark in "。；！？\n":
        near = text.rfind(mark, start, place)
        start = max(start, near + 1) if near >= 0 else start
    return start


def _drawn(text: str, places: Sequence[Span], start: int, end: int) -> SafeString:
    parts: list[str] = []
    here = start
    for first, last in places:
        first, last = max(first, start), min(last, end)
        if first >= last:
            continue
        parts += [escape(text[here:first]), "<mark>", escape(text[first:last]), "</mark>"]
        here = last
    parts.append(escape(text[here:end]))
    return mark_safe("".join(parts))  # noqa: S308 (every piece is escaped)


def beginning(text: str, *, length: int = LENGTH) -> str:
    """The beginning of a text in which no word stands (开头)."""
    plain = " ".join(text[: length * 2].split())
    return plain[:length] + ("…" if len(plain) > length else "")


def halves(words: Sequence[Word]) -> list[Word]:
    """Neighbouring characters as words of their own (拆成字对): to mark what a loose search found."""
    doubles = (zip(word.variants[0], word.variants[0][1:], strict=False) for word in words)
    return [Word((two,)) for each in doubles for two in each]
