"""Filters and tags that every page may use without loading (模板标签)."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, cast

from django import template
from django.db import models
from django.forms import ChoiceField, Select, TextInput, Widget
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from gongkai.frame import addresses, dates, forms, states
from gongkai.frame.listing import Column, Listing
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
            return addresses.address(name)
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
def options(groups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """The choices of a select (选项): a template for each of a hundred units is what makes a page slow."""
    lines = []
    for name, choices, _ in groups:
        written_out = [_option(choice) for choice in choices]
        lines += [f'<optgroup label="{escape(name)}">', *written_out, "</optgroup>"] if name else written_out
    return mark_safe("\n" + "\n".join(lines))  # noqa: S308 (each part is escaped)


def _option(choice: dict[str, Any]) -> str:
    said = "".join(
        f" {name}" if value is True else f' {name}="{escape(value)}"'
        for name, value in choice["attrs"].items()
        if value is not False
    )
    return f'<option value="{escape(choice["value"])}"{said}>{escape(choice["label"])}</option>'


@register.simple_tag
def filter_field(field: BoundField) -> SafeString | str:
    """One filter above a list (筛选项): what is plain is drawn here, for every list page has several."""
    plain = _PLAIN.get(type(field.field.widget))
    if plain is None or field.errors or field.help_text or "class" in field.field.widget.attrs:
        return field.as_field_group()
    return format_html(
        '<div class="govuk-form-group"><label class="govuk-label" for="{}">{}</label>{}</div>',
        field.id_for_label,
        field.label,
        plain(field, "" if field.value() is None else str(field.value())),
    )


def _input(field: BoundField, typed: str) -> SafeString:
    value = format_html(' value="{}"', typed) if typed else ""
    html = '<input type="text" name="{}" class="govuk-input"{}{} id="{}">'
    return format_html(html, field.html_name, value, flatatt(field.field.widget.attrs), field.id_for_label)


def _select(field: BoundField, chosen: str) -> SafeString | str:
    choices = list(cast(Iterable[tuple[object, object]], cast(ChoiceField, field.field).choices))
    if any(isinstance(label, list | tuple) for _, label in choices):
        return str(field)  # in groups
    said = (
        f'<option value="{escape(key)}"{" selected" if str(key) == chosen else ""}>{escape(label)}</option>'
        for key, label in choices
    )
    written_out = mark_safe("".join(said))  # noqa: S308 (each part is escaped)
    html = '<select name="{}" class="govuk-select"{} id="{}">{}</select>'
    return format_html(
        html, field.html_name, flatatt(field.field.widget.attrs), field.id_for_label, written_out
    )


_PLAIN: dict[type[Widget], Callable[[BoundField, str], SafeString | str]] = {
    TextInput: _input,
    Select: _select,
}


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
    if column.draw:
        return column.draw(row)
    value = column.value(row)
    if column.link:
        return format_html('<a class="govuk-link" href="{}">{}</a>', column.link(row), written(value))
    return NOTHING if value in (None, "") else written(value)


_TICK = (
    '<td class="gk-table__select"><div class="govuk-checkboxes__item govuk-checkboxes--small'
    ' moj-multi-select__checkbox"><input class="govuk-checkboxes__input" type="checkbox" form="bulk"'
    ' name="chosen" value="{0}" id="chosen-{0}"><label class="govuk-label govuk-checkboxes__label"'
    ' for="chosen-{0}"><span class="govuk-visually-hidden">选择 {1}</span></label></div></td>'
)


@register.simple_tag(takes_context=True)
def list_rows(context: template.Context, listing: Listing[Any]) -> SafeString:
    """The rows of a list (列表各行), joined here: template nodes would take thrice as long."""
    columns = [(column, *_tags(column, first=not place)) for place, column in enumerate(listing.shown)]
    drawn = {column.template: get_template(column.template) for column, _, _ in columns if column.template}
    lines = []
    for row in listing.page:
        cells: list[str] = [format_html(_TICK, row.pk, row)] if listing.bulk else []
        for column, opens, closes in columns:
            said = (
                _drawn(drawn[column.template], context, row, column) if column.template else cell(row, column)
            )
            cells.append(f"{opens}{conditional_escape(said)}{closes}")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return mark_safe("\n".join(lines))  # noqa: S308 (each cell is escaped)


def _tags(column: Column[Any], *, first: bool) -> tuple[str, str]:
    opens = format_html('class="gk-table__{}" data-label="{}">', column.kind, column.label)
    return (f'<th scope="row" {opens}', "</th>") if first else (f"<td {opens}", "</td>")


def _drawn(drawn: Any, context: template.Context, row: models.Model, column: Column[Any]) -> SafeString:
    """A cell that has a template of its own; it knows the row and all that the page knows."""
    with context.push(row=row, column=column):
        rendered: SafeString = drawn.template.render(context)
    return rendered


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
