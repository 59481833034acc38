"""Filters and tags that every page may use without loading (模板标签)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.db import models
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from gongkai.frame import dates, forms, states
from gongkai.frame.listing import Column
from gongkai.rules.flow import Act

register = template.Library()

#: an empty cell; on a phone, where a row is a card, it takes no line
NOTHING = mark_safe('<span class="gk-none">—</span>')
_WORDS = {"success": "已完成", "error": "未能办理", "warning": "请注意", "information": "提示"}


@register.filter
def date_zh(day: date | None) -> str:
    """2021年3月5日."""
    return dates.date_zh(day)


@register.filter
def days_left(due: date | None, today: date) -> SafeString | str:
    """剩余 3 个工作日, with the date below it; ``{{ due|days_left:today }}``."""
    if due is None:
        return ""
    day = dates.date_of(due)
    rest = dates.remaining(day, today)
    html = (
        '<span class="gk-days gk-days--{0}">{1}<time class="gk-days__date" datetime="{2}">{2}</time></span>'
    )
    return format_html(html, rest.weight, rest.text, day.isoformat())


@register.simple_tag
def state(code: str, label: str, tone: str = "") -> SafeString:
    """A state with its sign, word and colour: ``{% state report.state report.get_state_display %}``."""
    tone = tone or states.tone_of(code)
    html = '<strong class="gk-state gk-state--{}"><span aria-hidden="true">{}</span>{}</strong>'
    return format_html(html, tone, states.SIGNS[tone], label)


@register.simple_tag
def address(*names: str) -> str:
    """The address of the first of *names* that exists in this copy; a room that is missing breaks nothing."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


@register.inclusion_tag("frame/acts.html")
def act_buttons(acts: Iterable[Act], record: models.Model, prefix: str) -> dict[str, Any]:
    """A button for each open act: ``{% act_buttons acts report "report_" %}``, prefix + code."""
    return {"buttons": [(each, reverse(f"{prefix}{each.code}", args=[record.pk])) for each in acts]}


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changed: Any) -> str:
    """The page's own query with some values changed: ``{% query page=3 %}``; None takes a value away."""
    request: HttpRequest = context["request"]
    asked = request.GET.copy()
    for name, value in changed.items():
        asked.pop(name, None)
        if value is not None:
            asked[name] = str(value)
    return f"?{asked.urlencode()}"


@register.filter
def sentences(bound: BoundField) -> list[str]:
    """The errors of a field in plain words."""
    return forms.sentences(bound)


@register.filter
def anchor(bound: BoundField) -> str:
    """Where the error summary leads to."""
    return forms.anchor(bound)


@register.filter
def is_day(value: object) -> bool:
    """Whether a date control may show this value; anything else keeps a plain text box."""
    try:
        date.fromisoformat(str(value or "2000-01-01"))
    except ValueError:
        return False
    return True


@register.filter
def message_word(tag: str) -> str:
    """The heading of a message by its level."""
    return _WORDS.get(tag, "提示")


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """One value of a mapping by a key that is itself a variable."""
    return mapping.get(key)


@register.simple_tag(takes_context=True)
def query_without(context: template.Context, name: str) -> str:
    """The page's own query with one filter taken away."""
    return str(query(context, **{name: None, "page": None}))


@register.simple_tag(takes_context=True)
def query_sort(context: template.Context, field: str) -> str:
    """The page's own query sorted by *field*; asked a second time, the other way round."""
    request: HttpRequest = context["request"]
    turned = f"-{field}" if request.GET.get("sort") == field else field
    return str(query(context, sort=turned, page=None))


@register.filter
def cell(row: models.Model, column: Column[Any]) -> SafeString | str:
    """One value of a list as the page shows it."""
    value = column.value(row)
    if column.link:
        return format_html('<a class="govuk-link" href="{}">{}</a>', column.link(row), written(value))
    return NOTHING if value in (None, "") else written(value)


def written(value: object) -> str:
    """A value in words: moments to the minute, yes and no in Chinese, nothing as a dash."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{local:%Y-%m-%d %H:%M}"
    return str(value)
