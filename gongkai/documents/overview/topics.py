"""专题内容: what a topic's saved query finds, its pinned papers first; nothing is copied."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import ExtractQuarter, ExtractYear
from django.utils import timezone
from django.utils.dateparse import parse_date

from gongkai.documents.finding import NOUN
from gongkai.documents.models import Paper, Topic
from gongkai.documents.overview.columns import Placed
from gongkai.search.engines.interface import Lost
from gongkai.search.finding import Question
from gongkai.search.finding import keys as found_keys

#: the pinned papers stand before the others, in the order in which the lead put them
LAST = 10_000
#: so many of the newest that hold the words; a topic that finds more needs narrower conditions
MOST = 2_000


def papers_of(topic: Topic, today: date) -> QuerySet[Paper]:
    """The live papers of a topic (专题内容): accepted pins first, then the newest."""
    places = list(
        topic.pins.filter(accepted_on__isnull=False)
        .order_by("position", "-accepted_on", "pk")
        .values_list("paper_id", flat=True)
    )
    wanted = Q(pk__in=places)
    if any(topic.query.values()):
        wanted |= narrowed(topic.query)
    order = Case(
        *(When(pk=key, then=Value(place)) for place, key in enumerate(places)),
        default=Value(LAST),
        output_field=IntegerField(),
    )
    return Paper.objects.public(today).filter(wanted).annotate(pinned=order)


def narrowed(query: dict[str, Any]) -> Q:
    """The saved query as a condition (收录条件); one that asks for nothing finds nothing.

    Words are looked up in the index, where the text and the attachments are read too; all else the
    database knows exactly, and it has the last word on what stands on the site.
    """
    found = Q()
    if str(query.get("words") or "").strip():
        found &= _worded(query)
    for name in ("unit", "theme"):
        chosen = _keys(query.get(name))
        found &= Q(**{f"{name}_id__in": chosen}) if chosen else Q()
    columns = _listed(query.get("column"))
    if columns:
        keys, slugs = _keys(columns), [str(each) for each in columns]
        placed = Placed.objects.filter(Q(column_id__in=keys) | Q(column__slug__in=slugs))
        found &= Q(pk__in=placed.values("paper_id"))
    kinds = _listed(query.get("kind"))
    found &= Q(sort__in=kinds) if kinds else Q()
    found &= _between(query)
    return found or Q(pk__in=())


def _worded(query: dict[str, Any]) -> Q:
    """What holds the words, by the index; by titles and summaries where the index is lost (含关键词的)."""
    try:
        return Q(pk__in=found_keys(_question(query), NOUN)[0])
    except Lost:
        found = Q()
        for word in str(query["words"]).split():
            found &= Q(title__icontains=word) | Q(keywords__icontains=word) | Q(summary__icontains=word)
        return found


def _question(query: dict[str, Any]) -> Question:
    """The query as the search asks it (检索条件), so that the newest that fit are the ones that come back."""
    filters: dict[str, tuple[Any, ...]] = {
        "unit": tuple(_keys(query.get("unit"))),
        "theme": tuple(_keys(query.get("theme"))),
        "sort": tuple(_listed(query.get("kind"))),
    }
    columns = _listed(query.get("column"))
    if len(_keys(columns)) == len(columns):  # one named by its slug is left to the database
        filters["column"] = tuple(_keys(columns))
    since, until = (_day(query.get(name)) for name in ("since", "until"))
    return Question(
        text=str(query["words"]),
        filters=filters,
        since=_moment(since) if since else None,
        until=_moment(until + timedelta(days=1)) - 1 if until else None,
        order="date",
        size=MOST,
    )


def _moment(day: date) -> int:
    return int(timezone.make_aware(datetime.combine(day, time.min)).timestamp())


def _between(query: dict[str, Any]) -> Q:
    found = Q()
    for name, lookup in (("since", "published_at__date__gte"), ("until", "published_at__date__lte")):
        day = _day(query.get(name))
        found &= Q(**{lookup: day}) if day else Q()
    return found


def _day(given: object) -> date | None:
    try:
        return parse_date(str(given or ""))
    except ValueError:
        return None


def _listed(given: object) -> list[Any]:
    if given in (None, "", []):
        return []
    return list(given) if isinstance(given, Iterable) and not isinstance(given, str) else [given]


def _keys(given: object) -> list[int]:
    return [int(each) for each in _listed(given) if str(each).isascii() and str(each).isdigit()]


def tally(papers: QuerySet[Paper]) -> list[tuple[str, list[tuple[str, int]], int]]:
    """How many papers each unit gave, by quarter (各单位季度供稿): unit, counts, sum."""
    rows = (
        papers.order_by()
        .values("unit__short_name", year=ExtractYear("published_at"), quarter=ExtractQuarter("published_at"))
        .annotate(number=Count("pk"))
        .order_by("unit__position", "unit_id", "year", "quarter")
    )
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in rows:
        found[row["unit__short_name"]].append((f"{row['year']}年第{row['quarter']}季度", row["number"]))
    return [(unit, counts, sum(number for _, number in counts)) for unit, counts in found.items()]
