"""查找: one question of a person answered: words and synonyms, filters, passages from the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.safestring import SafeString

from gongkai.search.choice import engine
from gongkai.search.entry import FACETS, LAST_PAGE, PAGE_SIZE, Answer, Asked, Word
from gongkai.search.models import Synonym
from gongkai.search.passages import beginning, halves, marked, passage
from gongkai.search.sources import Shown, source, sources
from gongkai.search.units import pairs
from gongkai.search.wording import groups, read

SHARE = 0.5
FEWEST_PAIRS = 3
NAMES = {
    "sort": "体裁",
    "unit": "发布机构",
    "theme": "主题",
    "year": "年份",
    "standing": "有效性",
    "column": "栏目",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody wants to find (检索条件); days are seconds since 1970."""

    text: str = ""
    filters: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    since: int | None = None
    until: int | None = None
    order: str = "relevance"
    page: int = 1
    size: int = PAGE_SIZE
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """One record on the page of results (结果)."""

    noun: str
    key: int
    shown: Shown
    title: SafeString
    passage: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter (筛选项)."""

    value: Any
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter with its values and counts (筛选)."""

    name: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """The values in force."""
        return tuple(choice for choice in self.choices if choice.chosen)


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a question (检索结果); ``loose`` where only parts of the words were found."""

    question: Question
    words: tuple[Word, ...]
    results: tuple[Result, ...]
    total: int
    filters: tuple[Filter, ...] = ()
    loose: bool = False

    @property
    def pages(self) -> int:
        """How many pages can be leafed through (页数)."""
        return min(LAST_PAGE, -(-self.total // self.question.size))


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text with the office's synonyms as they are now (读检索词)."""
    return read(text, groups(list(Synonym.objects.values_list("words", flat=True))))


def find(question: Question) -> Found:
    """Answer a question (查找); may raise ``Lost``."""
    words = words_of(question.text)
    if question.text.strip() and not words:
        return Found(question, (), (), 0)
    return _found(question, words, engine().search(_asked(question, words)), words)


def find_parts(question: Question) -> Found | None:
    """What holds most of the words' pairs, where nothing holds all (部分相符的)."""
    words = words_of(question.text)
    if sum(len(pairs(list(word.variants[0]))) for word in words) < FEWEST_PAIRS:
        return None
    asked = replace(_asked(question, words), least=SHARE, order="relevance", counts=False)
    answer = engine().search(asked)
    return replace(_found(question, words, answer, halves(words)), loose=True) if answer.total else None


def count(question: Question) -> int:
    """How many a question would find (计数)."""
    words = words_of(question.text)
    return engine().search(replace(_asked(question, words), size=1, counts=False)).total if words else 0


def keys(question: Question, noun: str) -> tuple[list[int], int]:
    """The keys of one noun on this page, and how many there are in all (只取主键)."""
    answer = engine().search(_asked(question, words_of(question.text)))
    return [hit.key for hit in answer.hits if hit.noun == noun], answer.total


def _asked(question: Question, words: tuple[Word, ...]) -> Asked:
    filters = {name: tuple(values) for name, values in question.filters.items() if values}
    return Asked(
        words=words,
        filters=filters,
        since=question.since,
        until=question.until,
        order=question.order,
        page=question.page,
        size=question.size,
        counts=question.counts,
    )


def _found(question: Question, words: tuple[Word, ...], answer: Answer, marks: Sequence[Word]) -> Found:
    results = _results(answer, marks)
    filters = _filters(question, answer) if question.counts else ()
    return Found(question, words, results, answer.total, filters)


def _results(answer: Answer, words: Sequence[Word]) -> tuple[Result, ...]:
    """What the database says of each hit (结果); one that has just left is left out."""
    shown: dict[tuple[str, int], Shown] = {}
    for noun in {hit.noun for hit in answer.hits}:
        asked = source(noun)
        if asked:
            wanted = [hit.key for hit in answer.hits if hit.noun == noun]
            shown |= {(noun, key): each for key, each in asked.show(wanted).items()}
    return tuple(
        _result(hit.noun, hit.key, shown[hit.noun, hit.key], words)
        for hit in answer.hits
        if (hit.noun, hit.key) in shown
    )


def _result(noun: str, key: int, shown: Shown, words: Sequence[Word]) -> Result:
    title = marked(shown.title, words)
    for place, text in shown.passages:
        found = passage(text, words) if words else ""
        if found:
            return Result(noun, key, shown, title, found, place)
    first = next((text for _, text in shown.passages if text), "")
    return Result(noun, key, shown, title, beginning(first))


def _filters(question: Question, answer: Answer) -> tuple[Filter, ...]:
    drawn = []
    for name in FACETS:
        chosen = question.filters.get(name, ())
        counted = dict(answer.counts.get(name, ()))
        values = [*counted, *(value for value in chosen if value not in counted)]
        names = _labels(name, values)
        choices = tuple(
            Choice(value, names[value], counted.get(value, 0), value in chosen)
            for value in values
            if value in names
        )
        if choices:
            drawn.append(Filter(name, NAMES[name], _ordered(name, choices)))
    return tuple(drawn)


def _labels(name: str, values: Sequence[Any]) -> dict[object, str]:
    named: dict[object, str] = {}
    for each in sources():
        named |= each.labels(name, values)
    return named


def _ordered(name: str, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Years from the newest, all else from the most frequent (排序)."""
    if name == "year":
        return tuple(sorted(choices, key=lambda choice: -choice.value))
    return tuple(sorted(choices, key=lambda choice: (not choice.chosen, -choice.count)))
