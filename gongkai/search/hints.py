"""提示: did you mean, titles while typing, and what to do when nothing was found."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import DamerauLevenshtein

from gongkai.search.choice import engine
from gongkai.search.entry import Asked, Word
from gongkai.search.finding import Question, count
from gongkai.search.models import Searched
from gongkai.search.sounds import alike
from gongkai.search.units import clauses, fold, pairs
from gongkai.search.wording import LONGEST, read

SHORTEST, LONG = 2, 5
TITLES = 200
SUGGESTIONS = 8
POPULAR = 3
MOST_TYPED = 40


def did_you_mean(text: str) -> str:
    """The text with the word mended that finds nothing (您是不是要找), or nothing.

    The titles are the dictionary: a piece of a title that sounds alike or is one or two characters off.
    """
    for word in read(text):
        units = word.variants[0]
        if len(units) >= SHORTEST and not _stands(word):
            better = _nearest_pair(units) if len(units) == SHORTEST else _nearest_piece(word)
            if better:
                mended = _mended(text, units, better)
                return mended if count(Question(text=mended)) else ""
    return ""


def _stands(word: Word) -> bool:
    return engine().search(Asked(words=(word,), size=1)).total > 0


def _mended(text: str, units: Sequence[str], better: str) -> str:
    folded = fold(text[:LONGEST])
    typed = "".join(units)
    return folded.replace(typed, better, 1) if typed in folded else better


def _nearest_pair(units: Sequence[str]) -> str:
    """A frequent pair of the titles that sounds like this one (同音词)."""
    typed = "".join(units)
    if len(typed) != SHORTEST:
        return ""
    near = [
        (times, known)
        for known, times in engine().frequent_pairs().items()
        if len(known) == SHORTEST and known != typed and _sounds(typed, known)
    ]
    return max(near, default=(0, ""))[1]


def _sounds(one: str, other: str) -> bool:
    return len(one) == len(other) and all(alike(*both) for both in zip(one, other, strict=True))


def _nearest_piece(word: Word) -> str:
    """The piece of a title that is nearest to the word (相近词语)."""
    typed = "".join(word.variants[0])
    found = engine().search(Asked(words=(word,), size=TITLES, least=_share(word), titles_only=True))
    pieces = Counter(
        piece for hit in found.hits for piece in set(_pieces(fold(hit.title), len(typed))) if piece != typed
    )
    ranked = [
        (off, -times, piece)
        for piece, times in pieces.items()
        if (off := _off(typed, piece)) <= (1 if len(typed) < LONG else 2)
    ]
    return min(ranked, default=(0, 0, ""))[2]


def _share(word: Word) -> float:
    """One wrong character spoils two pairs (至少相符的字对比例)."""
    return max(0.3, 1 - 2 / max(1, len(pairs(list(word.variants[0])))))


def _pieces(title: str, length: int) -> Iterable[str]:
    for units in clauses(title):
        stretch = "".join(units)
        for size in (length, length - 1, length + 1):
            yield from (stretch[at : at + size] for at in range(len(stretch) - size + 1))


def _off(typed: str, piece: str) -> float:
    """How far off a piece is (编辑距离); what sounds alike is nearer."""
    off = DamerauLevenshtein.distance(typed, piece, score_cutoff=2)
    return off / 2 if _sounds(typed, piece) else float(off)


@dataclass(frozen=True, slots=True)
class Looser:
    """A question with less in it that does find something (放宽条件)."""

    label: str
    question: Question
    total: int


def looser(question: Question) -> list[Looser]:
    """What would find something (放宽条件): without the filters, or with one word less."""
    ways = []
    if question.filters or question.since or question.until:
        ways.append(("去掉所有筛选条件", replace(question, filters={}, since=None, until=None)))
    words = question.text.split()
    if len(words) > 1:
        for left_out in words:
            rest = " ".join(word for word in words if word != left_out)
            ways.append((f"只找“{rest}”", replace(question, text=rest)))
    tried = [Looser(label, each, count(replace(each, page=1))) for label, each in ways]
    return [way for way in tried if way.total]


def suggestions(typed: str) -> list[str]:
    """Popular wordings and titles while somebody types (联想)."""
    typed = typed[:MOST_TYPED]
    units = [unit for clause in clauses(typed) for unit in clause]
    if not units:
        return []
    popular = list(Searched.objects.offered(fold(typed.strip())).values_list("words", flat=True)[:POPULAR])
    titles = engine().suggest(units, SUGGESTIONS) if len(units) > 1 or units[0] <= "z" else []
    return list(dict.fromkeys([*popular, *titles]))[:SUGGESTIONS]
