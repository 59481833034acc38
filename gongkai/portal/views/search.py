"""检索: everything on the site by words, with filters and counts; no cookie, and nothing kept of who asks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from gongkai.frame.today import now
from gongkai.portal.asking import ORDERS, Address, days, of, read
from gongkai.search.engines.interface import Lost
from gongkai.search.entry import LAST_PAGE, PAGE_SIZE
from gongkai.search.finding import Choice, Filter, Found, find, find_parts
from gongkai.search.hints import Looser, did_you_mean, looser, suggestions
from gongkai.search.tally import tally
from gongkai.search.units import fold

CRUMBS = [("首页", "/"), ("检索", "")]
SHOWN = 8
RETRY = 60  # seconds
COUNTED = "no-store"  # a page kept for others would not be counted


@dataclass(frozen=True, slots=True)
class Link:
    """One value of a filter with its address (筛选链接)."""

    choice: Choice
    url: str


@dataclass(frozen=True, slots=True)
class Drawer:
    """One filter as the page draws it (筛选栏): the first values, and the others behind 更多."""

    label: str
    first: list[Link]
    more: list[Link]
    chosen: list[Link]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The page of results (检索)."""
    address = read(request.GET)
    shown = {
        "breadcrumbs": CRUMBS,
        "address": address,
        "question": address.question,
        "orders": _orders(address),
    }
    try:
        found = find(address.question)
        shown |= _drawn(found, address)
    except Lost:
        return _unready(request, shown)
    if address.question.page == 1 and found.words:
        tally.add(address.question.text, found.total)
    response = render(request, "portal/search.html", shown)
    response["Cache-Control"] = COUNTED
    return response


def _unready(request: HttpRequest, shown: dict[str, object]) -> HttpResponse:
    """What people see while the index is made anew (检索暂不可用)."""
    response = render(request, "portal/search_unready.html", shown, status=503)
    response["Retry-After"] = str(RETRY)
    return response


def _drawn(found: Found, address: Address) -> dict[str, object]:
    drawn: dict[str, object] = {
        "found": found,
        "drawers": [_drawer(each, address) for each in found.filters],
        "days": days(address),
        "page": Paginator(range(min(found.total, LAST_PAGE * PAGE_SIZE)), PAGE_SIZE).get_page(
            found.question.page
        ),
        "steps": _steps(found),
        "last_page": LAST_PAGE,
        "read_as": _read_as(address.question.text),
        "same": ["".join(units) for word in found.words for units in word.variants[1:]],
        "feed": address.url(without=("order",), name="search_feed"),
    }
    return drawn if found.total or not found.words else drawn | _instead(found, address)


def _steps(found: Found) -> list[int | str]:
    pages = Paginator(range(min(found.total, LAST_PAGE * PAGE_SIZE)), PAGE_SIZE)
    return list(pages.get_elided_page_range(found.question.page, on_each_side=1, on_ends=1))


def _read_as(text: str) -> str:
    """How it was read (归一后的检索词), where traditional or full-width characters were typed."""
    plain = fold(text)
    return plain if plain != text.lower() else ""


def _instead(found: Found, address: Address) -> dict[str, object]:
    """What to do when nothing was found (没有结果时)."""
    mended = did_you_mean(found.question.text)
    return {
        "mended": mended,
        "mended_url": address.url(("q", mended)) if mended else "",
        "looser": [(way.label, _looser_url(way), way.total) for way in looser(found.question)],
        "parts": find_parts(found.question),
    }


def _looser_url(way: Looser) -> str:
    return of(way.question).url()


def _drawer(drawn: Filter, address: Address) -> Drawer:
    links = [
        Link(choice, address.toggled(drawn.name, choice.value, chosen=choice.chosen))
        for choice in drawn.choices
    ]
    first = [link for place, link in enumerate(links) if place < SHOWN or link.choice.chosen]
    more = [link for link in links if link not in first]
    return Drawer(drawn.label, first, more, [link for link in links if link.choice.chosen])


def _orders(address: Address) -> list[tuple[str, str, bool]]:
    if not address.question.text:
        return []
    return [
        (label, address.url(("order", name)), address.question.order == name)
        for name, label in ORDERS.items()
    ]


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Titles and popular wordings while somebody types (联想)."""
    try:
        found = suggestions(request.GET.get("q", "").replace("\0", ""))
    except Lost:
        found = []
    return JsonResponse(found, safe=False, json_dumps_params={"ensure_ascii": False})


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest that a search finds, as Atom (检索订阅)."""
    address = read(request.GET)
    words = address.question.text or "全部信息"
    link = request.build_absolute_uri(address.url())
    atom = Atom1Feed(f"{settings.SITE['name']}：{words}", link, f"检索“{words}”的最新信息", language="zh-CN")
    try:
        for entry in _newest(address, request):
            atom.add_item(**entry)
    except Lost:
        return HttpResponse(
            "检索正在准备，请稍后再试", "text/plain; charset=utf-8", 503, headers={"Retry-After": str(RETRY)}
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _newest(address: Address, request: HttpRequest) -> Iterator[dict[str, Any]]:
    found = find(replace(address.question, order="date", page=1, counts=False))
    for result in found.results:
        moment = result.shown.published_at or now()
        yield {
            "title": result.shown.title,
            "link": request.build_absolute_uri(result.shown.url),
            "description": str(result.passage),
            "pubdate": moment,
            "updateddate": moment,
        }
