"""The addresses of the site, as its resolver knows them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver


class Place(NamedTuple):
    """One named address: its name, its route, the names of its parts."""

    name: str
    route: str
    parts: frozenset[str]


def _below(patterns: list[Any], prefix: str = "") -> Iterator[Place]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver) and pattern.namespace:
            continue  # the open API's names stand for themselves; tests/portal/test_api.py walks them
        if isinstance(pattern, URLResolver):
            yield from _below(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and pattern.name:
            named = frozenset(pattern.pattern.converters) | frozenset(pattern.pattern.regex.groupindex)
            yield Place(pattern.name, route, named)


def places(under: str = "") -> list[Place]:
    """Every named address whose route begins with *under*."""
    return sorted({place for place in _below(get_resolver().url_patterns) if place.route.startswith(under)})
