"""检索词: what somebody typed, as words that must all be found."""

import re
from collections.abc import Mapping, Sequence

from gongkai.rules.document_number import normalise
from gongkai.rules.law import Refused
from gongkai.search.entry import Word
from gongkai.search.units import clauses, flat, fold

LONGEST = 100  # characters of one query
MOST_WORDS = 8
MOST_VARIANTS = 6
_NUMBER = re.compile(
    r"\S{2,30}?[〔(\[【]\s*\d{4}\s*年?[〕)\]】]\s*第?\s*\d{1,5}\s*号|\S{1,20}?第\s*\d{1,5}\s*号令?"
)


def read(text: str, synonyms: Mapping[str, Sequence[str]] | None = None) -> tuple[Word, ...]:
    """The words of a query (读检索式): blanks and marks part them, a document number stays whole.

    >>> [word.variants[0] for word in read("社保，2019年")]
    [('社', '保'), ('2019', '年')]
    >>> read("枣政办发[2015]012号")[0].exact
    ('枣政办发2015_12号',)
    """
    words: list[Word] = []
    rest = fold(text[:LONGEST])
    found = _NUMBER.search(rest)
    if found:
        words += _number(found[0])
        rest = rest.replace(found[0], " ") if words else rest
    for part in rest.split():
        for units in clauses(part):
            words.append(Word(_variants(tuple(units), synonyms or {}), (flat(part),)))
    return tuple(dict.fromkeys(words))[:MOST_WORDS]


def _number(typed: str) -> list[Word]:
    try:
        standard = normalise(typed)
    except Refused:
        return []
    units = next(clauses(standard), [])
    return [Word((tuple(units),), (flat(standard),))] if units else []


def _variants(units: tuple[str, ...], synonyms: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """The word itself, and with each term that it holds replaced by one that means the same (同义扩展)."""
    word = "".join(units)
    others = [
        tuple(unit for clause in clauses(word.replace(term, other)) for unit in clause)
        for term, same in synonyms.items()
        if term in word
        for other in same
    ]
    return tuple(dict.fromkeys((units, *filter(None, others))))[:MOST_VARIANTS]


def groups(lines: Sequence[str]) -> dict[str, list[str]]:
    """Each term with those that mean the same (同义词表), out of groups like “社保、社会保险”.

    >>> groups(["社保、社会保险"])
    {'社保': ['社会保险'], '社会保险': ['社保']}
    """
    table: dict[str, list[str]] = {}
    for line in lines:
        terms = members(line)
        for term in terms:
            table.setdefault(term, []).extend(other for other in terms if other != term)
    return table


def members(line: str) -> list[str]:
    """The terms of one group, folded (同义词组)."""
    return list(dict.fromkeys(filter(None, re.split(r"[\s,、;=|/]+", fold(line)))))
