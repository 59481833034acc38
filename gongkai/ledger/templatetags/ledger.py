"""台账的模板标签: marks of assignments, sizes of files."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongkai.ledger.models import Assignment
from gongkai.ledger.overview.marks import Mark, mark_of
from gongkai.ledger.overview.progress import Word

register = template.Library()


@register.filter
def mark(assignment: Assignment, today: date) -> Mark:
    """How an assignment looks today: ``{% badge row|mark:today %}``."""
    return mark_of(assignment, today)


@register.simple_tag
def badge(of: Mark | Word) -> SafeString:
    """A mark with its sign, word and colour (标记)."""
    return format_html(
        '<strong class="gk-state gk-state--{}">'
        '<span class="gk-state__sign" aria-hidden="true">{}</span>{}</strong>',
        of.colour,
        of.sign,
        of.label,
    )


@register.filter
def subtract(number: int, other: int) -> int:
    """What is left (差)."""
    return number - other


@register.filter
def size(count: int) -> str:
    """The size of a file in words.

    >>> size(2_500_000), size(300)
    ('2.4 MB', '1 KB')
    """
    return f"{count / 2**20:.1f} MB" if count >= 2**20 else f"{max(1, round(count / 1024))} KB"
