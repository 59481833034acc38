"""结构化内容标签: the tones of slots, and the control for one cell of a row."""

import re

from django import template

from gongkai.rules.structured import Fault, Field, SlotState, Sort

register = template.Library()
_PLACE = re.compile(r"^“[^”]+”第\d+行“[^”]+”")

_TONES = {
    SlotState.FILLED: "good",
    SlotState.ABSENT: "wait",
    SlotState.OVERDUE: "bad",
    SlotState.DUE: "warn",
    SlotState.WAITING: "wait",
}


@register.filter
def slot_tone(state: SlotState) -> str:
    """The tone of a slot (环节色调)."""
    return _TONES[state]


@register.filter
def control(field: Field) -> str:
    """Which control a cell of this field needs (控件)."""
    if field.sort is Sort.CHOICE or field.sort is Sort.FLAG:
        return "select"
    return "area" if field.sort is Sort.LONG else "line"


@register.filter
def options(field: Field) -> tuple[str, ...]:
    """What a field offers to choose from (选项)."""
    return field.choices or ("是", "否")


@register.filter
def fault_of(faults: dict[tuple[int, str], Fault], place: str) -> Fault | None:
    """The fault of one cell, by ``row:column``."""
    row, _, column = place.partition(":")
    return faults.get((int(row), column))


@register.filter
def briefly(fault: Fault) -> str:
    """A fault beside its cell (简短提示): without the place, which is plain to see."""
    return _PLACE.sub("", fault.text, count=1)
