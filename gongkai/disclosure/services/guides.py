"""公开指南和村居试点的办理."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from gongkai.accounts.guards import fitting, locked, permit
from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Kind, Unit
from gongkai.audit.services import record
from gongkai.disclosure.models import CatalogueRow, Guide, Pilot
from gongkai.rules.law import Refused

UNIT_ROLES = (Role.OFFICER, Role.APPROVER, Role.OFFICE)


@transaction.atomic
def edit_guide(unit: Unit, *, by: User, today: date, **fields: Any) -> Guide:
    """Write what a unit adds to its guide (编制公开指南)."""
    permit(by, UNIT_ROLES, unit)
    guide = Guide.objects.select_for_update().filter(unit=unit).first() or Guide(unit=unit)
    for name, value in fields.items():
        setattr(guide, name, value.strip())
    guide.updated_on, guide.updated_by = today, by
    fitting(guide).save()
    record(guide, "更新公开指南", by=by, unit=unit)
    return guide


@transaction.atomic
def start_pilot(
    *, name: str, unit: Unit, rows: Iterable[CatalogueRow], place: str, started_on: date, note: str, by: User
) -> Pilot:
    """Register a village that publishes by a part of the catalogue (登记试点)."""
    permit(by, UNIT_ROLES, unit)
    if unit.kind not in (Kind.TOWN, Kind.STREET):
        raise Refused("试点村（社区）应当属于镇或者街道")
    pilot = Pilot(
        name=name.strip(),
        unit=unit,
        place=place.strip(),
        note=note.strip(),
        started_on=started_on,
        made_by=by,
    )
    _keep(pilot, rows)
    record(pilot, "登记村居试点", by=by, unit=unit)
    return pilot


@transaction.atomic
def edit_pilot(
    pilot: Pilot,
    *,
    name: str,
    rows: Iterable[CatalogueRow],
    place: str,
    started_on: date,
    note: str,
    by: User,
) -> Pilot:
    """Change what a village publishes, or tell how it goes (修改试点)."""
    permit(by, UNIT_ROLES, pilot.unit)
    pilot = locked(pilot)
    pilot.name, pilot.place, pilot.note = name.strip(), place.strip(), note.strip()
    pilot.started_on = started_on
    _keep(pilot, rows)
    record(pilot, "修改村居试点", by=by, unit=pilot.unit)
    return pilot


def _keep(pilot: Pilot, rows: Iterable[CatalogueRow]) -> None:
    chosen = list(rows)
    if not chosen:
        raise Refused("请至少选择一个公开事项")
    try:
        with transaction.atomic():
            fitting(pilot).save()
    except IntegrityError:
        raise Refused(f"{pilot.unit}已登记{pilot.name}") from None
    pilot.rows.set(chosen)
