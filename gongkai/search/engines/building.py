"""检索式: a question as a query of the embedded index."""

import re
from collections.abc import Sequence

from tantivy import FieldType, Occur, Query, Schema

from gongkai.search.entry import Asked, Word
from gongkai.search.units import pairs

TITLE, MARKS, TEXT = 5.0, 3.0, 1.0
EXACT = 200.0
FIELDS = (("title", TITLE), ("marks", MARKS), ("text", TEXT))


def build(schema: Schema, asked: Asked, *, without: str = "") -> Query:
    """The whole question (完整检索式); *without* leaves one filter out, for its counts."""
    parts = [(Occur.Must, _narrowed(schema, asked, without))]
    if asked.words:
        parts.append((Occur.Must, _loose(schema, asked) if asked.least < 1 else _all(schema, asked)))
    return Query.boolean_query(parts) if len(parts) > 1 else parts[0][1]


def _all(schema: Schema, asked: Asked) -> Query:
    fields = FIELDS[:1] if asked.titles_only else FIELDS
    return _both(Occur.Must, [_word(schema, word, fields) for word in asked.words])


def _both(occur: Occur, queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(occur, each) for each in queries])


def _word(schema: Schema, word: Word, fields: Sequence[tuple[str, float]]) -> Query:
    """One word (单个检索词): as an exact number or title first, then wherever it stands."""
    places = [place for units in word.variants for place in _places(schema, units, fields)]
    exact = [
        Query.boost_query(Query.term_query(schema, "exact", each, "basic"), EXACT) for each in word.exact
    ]
    return _both(Occur.Should, [*exact, *places])


def _places(schema: Schema, units: Sequence[str], fields: Sequence[tuple[str, float]]) -> list[Query]:
    if len(units) == 1:
        return [_single(schema, units[0])]
    return [Query.boost_query(phrase(schema, field, units), weight) for field, weight in fields]


def _single(schema: Schema, unit: str) -> Query:
    """One unit (单个单元): a character as it stands, a number or a word of letters by its beginning."""
    here = Query.term_query(schema, "ones", unit, "freq")
    if unit > "z":
        return here
    return Query.boolean_query(
        [(Occur.Should, here), (Occur.Should, Query.regex_query(schema, "ones", f"{re.escape(unit)}.*"))]
    )


def phrase(schema: Schema, field: str, units: Sequence[str]) -> Query:
    """Neighbours in their order (短语): every second pair and the last one cover them all, at half the work.

    The engine takes no phrase of one pair.
    """
    found = pairs(list(units))
    if len(found) == 1:
        return Query.term_query(schema, field, found[0], "freq")
    places = sorted({*range(0, len(found), 2), len(found) - 1})
    return Query.phrase_query(schema, field, [(place, found[place]) for place in places])


def _loose(schema: Schema, asked: Asked) -> Query:
    """Most of the pairs, in any order (部分相符)."""
    fields = FIELDS[:1] if asked.titles_only else (FIELDS[0], FIELDS[2])
    terms = list(dict.fromkeys(term for word in asked.words for term in pairs(list(word.variants[0]))))
    if not terms:
        return _all(schema, asked)
    each = [
        _both(
            Occur.Should,
            [
                Query.boost_query(Query.term_query(schema, field, term, "freq"), weight)
                for field, weight in fields
            ],
        )
        for term in terms
    ]
    least = max(1, round(len(each) * asked.least))
    return Query.boolean_query([(Occur.Should, one) for one in each], minimum_number_should_match=least)


def _narrowed(schema: Schema, asked: Asked, without: str) -> Query:
    """The filters (筛选条件), without a say in the score."""
    parts = [
        _filter(schema, name, tuple(values)) for name, values in asked.filters.items() if name != without
    ]
    if asked.since is not None or asked.until is not None:
        parts.append(Query.range_query(schema, "day", FieldType.Integer, asked.since, asked.until))
    if not parts and not asked.words:
        parts.append(Query.exists_query("day"))
    if not parts:
        return Query.all_query()
    return Query.const_score_query(_both(Occur.Must, parts), 0.0)


def _filter(schema: Schema, name: str, values: tuple[object, ...]) -> Query:
    if len(values) == 1:
        return Query.term_query(schema, name, values[0], "basic")
    return Query.term_set_query(schema, name, list(values))
