"""名称词条: every name that units and groups bear on a day, read for the index of names."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.agencies import naming
from gongkai.agencies.models import Group, Unit, UnitName

CERTAIN = 1.0
PAST = 0.95  # a name no longer borne: known for sure, but worth a glance


class Target(StrEnum):
    """What a name can mean (匹配结果)."""

    UNIT = "unit"
    GROUP = "group"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of one unit or group (词条), in all the forms that it may be looked up by."""

    kind: Target
    pk: int
    label: str
    forms: tuple[str, ...]
    score: float
    reason: str
    open_ended: bool = False


def unit_entries(day: date, district: str) -> Iterator[Entry]:
    """The names of all units that exist on *day*, and of those whose duties they took over."""
    units = {unit.pk: unit for unit in Unit.objects.prefetch_related("names").order_by("pk")}
    for unit in units.values():
        heir = _standing(unit, units, day)
        if heir is None or unit.started_on > day:
            continue
        for name, score, reason in _names(unit, day):
            if heir is not unit:
                score, reason = PAST, f"{unit.name}已于{unit.ended_on}撤并，职责由{heir.name}承继"
            forms = tuple(naming.forms(name, district))
            yield Entry(Target.UNIT, heir.pk, heir.short_name, forms, score, reason)


def _standing(unit: Unit, units: dict[int, Unit], day: date) -> Unit | None:
    """The unit itself, or after a merger the one that bears its duties on *day*."""
    seen: set[int] = set()
    while unit.ended_on is not None and unit.ended_on <= day:
        if unit.successor_id is None or unit.pk in seen:
            return None
        seen.add(unit.pk)
        unit = units[unit.successor_id]
    return unit


def _names(unit: Unit, day: date) -> Iterator[tuple[str, float, str]]:
    yield unit.name, CERTAIN, "与全称一致"
    yield unit.short_name, CERTAIN, "与简称一致"
    for each in unit.names.all():
        former = each.sort == UnitName.Sort.FORMER
        borne = each.until_on > day if each.until_on else not former
        reason = f"{unit.name}的曾用名" if former else f"与登记的{each.get_sort_display()}一致"
        yield each.name, CERTAIN if borne else PAST, reason


def group_entries(district: str) -> Iterator[Entry]:
    """The groups under all their wordings."""
    for group in Group.objects.prefetch_related("names").order_by("pk"):
        reason = "统称没有写明单位，需指定具体单位" if group.open_ended else "与统称一致"
        for name in (group.name, *(other.name for other in group.names.all())):
            forms = tuple(naming.forms(name, district))
            yield Entry(Target.GROUP, group.pk, group.name, forms, CERTAIN, reason, group.open_ended)
