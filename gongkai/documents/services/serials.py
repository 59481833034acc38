"""索引号流水: each unit counts its papers by the year; two drafts at one moment never get the same number."""

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Unit
from gongkai.documents.models import Paper, Serial
from gongkai.rules.index_number import IndexNumber


@transaction.atomic
def draw_code(unit: Unit, *, today: date) -> str:
    """The next free index number of the unit (编索引号); numbers that an import brought are passed over."""
    serial = Serial.objects.select_for_update().get_or_create(unit=unit, year=today.year)[0]
    while True:
        serial.last += 1
        code = str(IndexNumber(f"{unit.pk:06d}", today.year, serial.last))
        if not Paper.objects.filter(code=code).exists():
            break
    serial.save()
    return code
