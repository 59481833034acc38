"""稿件标签: the words and tones of editions and papers on staff pages."""

from collections.abc import Iterable
from datetime import date

from django import template
from django.forms.boundfield import BoundField
from django.urls import NoReverseMatch, reverse

from gongkai.documents.states import EDITION, OPEN

register = template.Library()


@register.filter
def under_way(state: str | None) -> str:
    """The stage of a draft in words (在办环节); nothing for an edition that has come to its end."""
    return EDITION.states[state] if state in OPEN else ""


@register.filter
def any_errors(fields: Iterable[BoundField]) -> bool:
    """Whether one of these fields has an error: then its group stands open."""
    return any(field.errors for field in fields)


@register.simple_tag
def address_of(name: str, *keys: object) -> str:
    """The address of a page about a record, or nothing where this copy has no such page."""
    try:
        return reverse(name, args=keys)
    except NoReverseMatch:
        return ""


@register.filter
def edition_act(code: str) -> str:
    """The name of the address of an act on an edition."""
    return f"edition_{code}"


@register.filter
def paper_act(code: str) -> str:
    """The name of the address of an act on a paper."""
    return f"paper_{code}"


@register.filter
def days_from(day: date, since: date) -> int:
    """How many days are left from *since* to *day* (剩余天数)."""
    return (day - since).days
