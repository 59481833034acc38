"""错敏词: wrong wordings found in a text, whole lists of them at the speed of reading."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import ahocorasick_rs

DATA = Path(__file__).parent / "data" / "words.toml"
#: a name that a body had before: 原环境保护部
_FORMER = "原"
_OPEN, _CLOSE = "《", "》"
_REACH = 80


@dataclass(frozen=True, slots=True)
class Term:
    """A wrong wording (错误表述) and what should stand there; *since* is when it became wrong.

    *sort* is the group of the office's list.

    *unless* are longer words in which it is right. *name* marks what was the name of a body: in the title
    of an old document, and after 原, it stays.
    """

    text: str
    right: str = ""
    grave: bool = False
    since: date | None = None
    note: str = ""
    unless: tuple[str, ...] = ()
    name: bool = False
    sort: str = "wrong"


@dataclass(frozen=True, slots=True)
class Hit:
    """One wrong wording in a text, from *start* up to but without *end* (命中)."""

    start: int
    end: int
    term: Term


@cache
def starter() -> tuple[Term, ...]:
    """The wordings that come with the software (初始词表), each with its ground in the data file."""
    groups = tomllib.loads(DATA.read_text(encoding="utf-8"))["groups"]
    return tuple(
        Term(
            text,
            right,
            group.get("grave", False),
            group.get("since"),
            group["note"],
            tuple(group.get("unless", {}).get(text, ())),
            group["sort"] == "body",
            group["sort"],
        )
        for group in groups
        for text, right in group["words"].items()
    )


@cache
def exceptions() -> dict[str, tuple[str, ...]]:
    """For each wording of the starter list, the longer words in which it is right (例外)."""
    return {term.text: term.unless for term in starter() if term.unless}


class Matcher:
    """A list of wordings, ready to be looked for (词表匹配器); of two that overlap the longer one is told.

    >>> [(hit.start, hit.term.right) for hit in Matcher([Term("布署", "部署")]).find("工作布署")]
    [(2, '部署')]
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(term for term in terms if term.text)
        self._machine = (
            ahocorasick_rs.BytesAhoCorasick(
                [term.text.encode() for term in self.terms],
                ahocorasick_rs.MatchKind.LeftmostLongest,
                ahocorasick_rs.Implementation.DFA,
            )
            if self.terms
            else None
        )

    def find(self, text: str, *, on: date | None = None) -> list[Hit]:
        """Every wrong wording (查找); *on* is the day of the text: what was right on that day is not told."""
        return [hit for hit in self._hits(text) if _is_wrong(text, hit, on)]

    def _hits(self, text: str) -> Iterator[Hit]:
        if self._machine is None:
            return
        content = text.encode("utf-8", "surrogatepass")
        done = place = 0
        for number, start, _ in self._machine.find_matches_as_indexes(content):
            place += len(content[done:start].decode("utf-8", "surrogatepass"))
            done = start
            term = self.terms[number]
            yield Hit(place, place + len(term.text), term)


def _is_wrong(text: str, hit: Hit, on: date | None) -> bool:
    term = hit.term
    if term.since and (on is None or on < term.since):
        return False
    if term.name and (_is_former(text, hit) or _is_quoted(text, hit)):
        return False
    wholes = (*term.unless, *((term.right,) if term.text in term.right else ()))
    return not any(_within(text, hit, whole) for whole in wholes)


def _within(text: str, hit: Hit, whole: str) -> bool:
    """Whether the hit is only a part of a longer word that is right."""
    place = whole.find(hit.term.text)
    while place >= 0:
        if text.startswith(whole, max(0, hit.start - place)) and hit.start >= place:
            return True
        place = whole.find(hit.term.text, place + 1)
    return False


def _is_former(text: str, hit: Hit) -> bool:
    return text[hit.start - 1 : hit.start] == _FORMER


def _is_quoted(text: str, hit: Hit) -> bool:
    """Within the title of a document, or before the number of an order: names of that time."""
    before = text[max(0, hit.start - _REACH) : hit.start]
    quoted = before.rfind(_OPEN) > before.rfind(_CLOSE)
    return quoted or text[hit.end : hit.end + 1] in ("令", "第")


def corrected(text: str, hits: Iterable[Hit]) -> str:
    """*text* with each wording put right that has one right form (更正).

    >>> matcher = Matcher([Term("布署", "部署"), Term("某词")])
    >>> corrected("布署某词", matcher.find("布署某词"))
    '部署某词'
    """
    pieces, place = [], 0
    for hit in hits:
        if hit.term.right:
            pieces += [text[place : hit.start], hit.term.right]
            place = hit.end
    return "".join([*pieces, text[place:]])
