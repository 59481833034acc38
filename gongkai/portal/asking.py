"""检索条件: an address as a question and back; what makes no sense in it is passed over, never an error."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from gongkai.search.entry import FACETS, LAST_PAGE
from gongkai.search.finding import Question

LONGEST = 100
LONGEST_KEY = 15
MOST_VALUES = 10
YEARS = range(1949, 2100)
CODES = frozenset({"sort", "standing"})
ORDERS = {"relevance": "相关度", "date": "发布日期"}


@dataclass(frozen=True, slots=True)
class Address:
    """What an address of the search says (检索网址): the question, and the same as names and values."""

    question: Question
    parts: tuple[tuple[str, str], ...]

    @property
    def query(self) -> str:
        """The address without the page (检索条件串)."""
        return urlencode([part for part in self.parts if part[0] != "page"])

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a new word keeps (保留的条件): the filters, not the page."""
        return self.without("q")

    @property
    def undated(self) -> list[tuple[str, str]]:
        """What other days keep (换日期时保留的条件)."""
        return self.without("since", "until")

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set (有无筛选)."""
        return any(name not in ("q", "order", "page") for name, _ in self.parts)

    @property
    def bare(self) -> str:
        """The address of the words alone (去掉全部筛选)."""
        return self.url(without=(*FACETS, "since", "until"))

    @property
    def since(self) -> str:
        """The first day asked for (起始日期)."""
        return dict(self.parts).get("since", "")

    @property
    def until(self) -> str:
        """The last day asked for (截止日期)."""
        return dict(self.parts).get("until", "")

    def without(self, *names: str) -> list[tuple[str, str]]:
        """The parts but these (去掉某些条件)."""
        return [part for part in self.parts if part[0] not in (*names, "page")]

    def url(self, *more: tuple[str, Any], without: tuple[str, ...] = (), name: str = "search") -> str:
        """The address with other values (改动后的网址)."""
        parts = [*self.without(*without, *(each[0] for each in more)), *more]
        return f"{reverse(name)}?{urlencode(parts)}" if parts else reverse(name)

    def toggled(self, name: str, value: Any, *, chosen: bool) -> str:
        """The address with this value of a filter chosen as well, or not any more (增减筛选)."""
        rest = [part for part in self.without() if part != (name, str(value))]
        parts = rest if chosen else [*rest, (name, str(value))]
        return f"{reverse('search')}?{urlencode(parts)}"


def read(asked: QueryDict) -> Address:
    """What was asked for (读检索网址)."""
    text = asked.get("q", "").replace("\0", "").strip()[:LONGEST]
    filters = {name: values for name in FACETS if (values := _values(name, asked.getlist(name)))}
    since, until = (_day(asked.get(name, "")) for name in ("since", "until"))
    order = asked.get("order", "") if asked.get("order", "") in ORDERS else "relevance"
    question = Question(
        text=text,
        filters=filters,
        since=_start(since) if since else None,
        until=_start(until + timedelta(days=1)) - 1 if until else None,
        order=order if text else "date",
        page=_page(asked.get("page", "")),
        counts=True,
    )
    parts = [("q", text)] if text else []
    parts += [(name, str(value)) for name, values in filters.items() for value in values]
    parts += [(name, str(day)) for name, day in (("since", since), ("until", until)) if day]
    parts += [("order", order)] if order != "relevance" else []
    return Address(question, (*parts, ("page", str(question.page))))


def of(question: Question) -> Address:
    """The address of a question without days (由条件成网址)."""
    parts = [("q", question.text)] if question.text else []
    parts += [(name, str(value)) for name, values in question.filters.items() for value in values]
    return Address(question, tuple(parts))


def _values(name: str, typed: list[str]) -> tuple[Any, ...]:
    if name in CODES:
        return tuple(
            dict.fromkeys(each for each in typed[:MOST_VALUES] if each.isascii() and each.isidentifier())
        )
    known = (each for each in typed[:MOST_VALUES] if each.isascii() and each.isdecimal())
    return tuple(dict.fromkeys(int(each) for each in known if len(each) <= LONGEST_KEY))


def _page(typed: str) -> int:
    known = typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_KEY
    return min(max(int(typed), 1), LAST_PAGE) if known else 1


def _day(typed: str) -> date | None:
    try:
        day = parse_date(typed.strip())
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


def _start(day: date) -> int:
    return int(timezone.make_aware(datetime.combine(day, time())).timestamp())


def days(address: Address) -> list[tuple[str, str]]:
    """The days in force, in words, with the address that leaves them out (已选日期)."""
    said = {"since": "不早于", "until": "不晚于"}
    return [
        (f"{said[name]} {value}", address.url(without=(name,)))
        for name, value in address.parts
        if name in said
    ]
