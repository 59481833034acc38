"""专题清单标签: the state of one stage in a list of papers."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString

from gongkai.documents.models import Filing
from gongkai.documents.templatetags.records import slot_tone
from gongkai.frame.listing import Column
from gongkai.frame.templatetags.frame import state
from gongkai.rules.structured import SlotState

register = template.Library()


@register.filter
def slot_of(row: Filing, column: Column[Any]) -> SafeString:
    """The slot of this column with its sign and colour (环节状态)."""
    found = SlotState(str(column.value(row)))
    return state("", found.value, slot_tone(found))


@register.filter
def money(amount: Decimal | None) -> str:
    """An amount with its thousands parted (金额).

    >>> money(Decimal("1234.5"))
    '1,234.50'
    """
    return "" if amount is None else f"{amount:,.2f}"
