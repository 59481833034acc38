"""检索式（OpenSearch）: fields of the server's index, and a question in its words."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.search.entry import FACETS, Asked, Entry, Word
from gongkai.search.units import JOINING, flat, fold

TITLE, MARKS, TEXT = 5.0, 3.0, 1.0
FIELDS = (("title", TITLE), ("marks", MARKS), ("text", TEXT))
EXACT = 200.0
MOST_VALUES = 200
_JOINED = re.compile(rf"(?<![^\W_])[{JOINING}]+|[{JOINING}]+(?![^\W_])|(?<=[^\x00-\x7f])[{JOINING}]+")
_HAN_ONLY = re.compile(r"[^\x00-\x7f]{2,}")

#: `cjk` makes the same pairs of han characters; a word with digits or a single character needs the units
_WORDS = {"type": "text", "analyzer": "cjk", "fields": {"units": {"type": "text", "analyzer": "standard"}}}
MAPPING: dict[str, Any] = {
    "settings": {"index": {"number_of_shards": 1, "max_result_window": 10_000}},
    "mappings": {
        "dynamic": False,
        "properties": {
            **dict.fromkeys(("title", "marks", "text"), _WORDS),
            **{name: {"type": "keyword"} for name in ("exact", "noun", "sort", "standing")},
            **{name: {"type": "long"} for name in ("unit", "theme", "column", "key", "day")},
            "year": {"type": "integer"},
            "weight": {"type": "float"},
        },
    },
}


def document(entry: Entry) -> dict[str, Any]:
    """An entry as the server keeps it (索引文档)."""
    kept = {
        "noun": entry.noun,
        "key": entry.key,
        "shown": entry.title,
        "title": joined(entry.title),
        "marks": joined("\n".join(filter(None, (entry.number, entry.code, entry.keywords)))),
        "text": joined(entry.text),
        "exact": sorted({flat(entry.title), flat(entry.number), flat(entry.code)} - {""}),
        "sort": entry.sort or None,
        "standing": entry.standing or None,
        "unit": entry.unit,
        "theme": entry.theme,
        "year": entry.year,
        "column": list(dict.fromkeys(entry.columns)),
        "day": entry.day,
        "weight": entry.weight,
    }
    return {name: value for name, value in kept.items() if value not in (None, [])}


def joined(text: str) -> str:
    """The folded text without the marks across which characters are neighbours (归一并去掉书名号等).

    >>> joined("印发《就业办法》的通知 5G 2019")
    '印发就业办法的通知5g 2019'
    """
    return _JOINED.sub("", fold(text).replace("\n", "。"))


def body(asked: Asked) -> dict[str, Any]:
    """The request for one question (检索请求体)."""
    wanted: dict[str, Any] = {
        "from": (asked.page - 1) * asked.size,
        "size": asked.size,
        "track_total_hits": True,
        "_source": ["noun", "key", "shown"],
        "query": _weighed(_words(asked)),
        "post_filter": {"bool": {"filter": _filters(asked)}},
    }
    if asked.order == "date":
        wanted["sort"] = [{"day": "desc"}, {"key": "desc"}]
    if asked.counts:
        wanted["aggs"] = {name: _counted(asked, name) for name in FACETS}
    return wanted


def _weighed(query: dict[str, Any]) -> dict[str, Any]:
    return {"function_score": {"query": query, "field_value_factor": {"field": "weight", "missing": 1}}}


def _words(asked: Asked) -> dict[str, Any]:
    known = {"exists": {"field": "key"}}
    if not asked.words:
        return {"bool": {"filter": [known]}}
    fields = FIELDS[:1] if asked.titles_only else FIELDS
    if asked.least < 1:
        return {"bool": {"must": [_loose(asked, fields)], "filter": [known]}}
    return {"bool": {"must": [_word(word, fields) for word in asked.words], "filter": [known]}}


def _loose(asked: Asked, fields: Sequence[tuple[str, float]]) -> dict[str, Any]:
    typed = " ".join("".join(word.variants[0]) for word in asked.words)
    named = [f"{name}^{weight}" for name, weight in fields]
    least = f"{round(asked.least * 100)}%"
    return {
        "multi_match": {
            "query": typed,
            "fields": named,
            "type": "cross_fields",
            "minimum_should_match": least,
        }
    }


def _word(word: Word, fields: Sequence[tuple[str, float]]) -> dict[str, Any]:
    exact = [{"term": {"exact": {"value": each, "boost": EXACT}}} for each in word.exact]
    places = [_place(units, name, weight) for units in word.variants for name, weight in fields]
    return {"bool": {"should": [*exact, *places], "minimum_should_match": 1}}


def _place(units: Sequence[str], name: str, weight: float) -> dict[str, Any]:
    together = "".join(units)
    if len(units) > 1 and _HAN_ONLY.fullmatch(together):
        return {"match_phrase": {name: {"query": together, "boost": weight}}}
    if len(units) == 1 and units[0] <= "z":
        return {"prefix": {f"{name}.units": {"value": units[0], "boost": weight}}}
    return {"match_phrase": {f"{name}.units": {"query": " ".join(units), "boost": weight}}}


def _filters(asked: Asked, *, without: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"terms": {name: list(values)}} for name, values in asked.filters.items() if name != without
    ]
    limits = {
        name: value for name, value in (("gte", asked.since), ("lte", asked.until)) if value is not None
    }
    return [*found, {"range": {"day": limits}}] if limits else found


def _counted(asked: Asked, name: str) -> dict[str, Any]:
    """The counts of one filter, as if it were not set itself (分面计数)."""
    return {
        "filter": {"bool": {"filter": _filters(asked, without=name)}},
        "aggs": {"values": {"terms": {"field": name, "size": MOST_VALUES}}},
    }


def counts(found: Mapping[str, Any]) -> dict[str, tuple[tuple[Any, int], ...]]:
    """The counts out of an answer (读分面计数)."""
    return {
        name: tuple((bucket["key"], bucket["doc_count"]) for bucket in each["values"]["buckets"])
        for name, each in found.items()
    }
