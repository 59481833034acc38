"""演示区: some sixty units with invented contacts, and the people who sign in for them."""

import tomllib
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from gongkai.accounts.models import Post, Role, User
from gongkai.administration.services.groups import install_groups
from gongkai.agencies.models import Unit, UnitChange, UnitName
from gongkai.demo.people import invented_mail, invented_name, invented_phone
from gongkai.demo.words import FOLDER

#: the demo's one password; `make demo` prints it, and only the demo knows it
PASSWORD = "gongkai-2021"  # noqa: S105 (a demo's password is no secret)
STARTED = date(2019, 1, 1)
OFFICE_CODE = "gongkaiban"
ADMINISTRATOR_CODE = "guanliyuan"
ASSESSOR_CODE = "pingguyuan"
LEGAL_CODE = "sifa-fz"


def build_district() -> dict[str, Unit]:
    """Set up the units and their names; returns them by code."""
    rows = tomllib.loads((FOLDER / "units.toml").read_text(encoding="utf-8"))["unit"]
    units: dict[str, Unit] = {}
    for position, row in enumerate(rows, start=1):
        units[row["code"]] = unit = Unit.objects.create(
            name=row["name"],
            short_name=row["short"],
            kind=row["kind"],
            parent=units.get(row.get("parent", "")),
            started_on=STARTED,
            head=invented_name(position * 3),
            officer=invented_name(position * 3 + 1),
            phone=invented_phone(position),
            email=invented_mail(row["code"]),
            address=f"演示路{position}号",
            office_hours="工作日 8:30—12:00，13:30—17:30",
            position=position,
        )
        _name(unit, row)
    install_groups()
    return units


def _name(unit: Unit, row: dict[str, Any]) -> None:
    """The names by which a plan may call *unit*, and its former ones with their event."""
    sorts = UnitName.Sort
    names = [(unit.name, sorts.FULL), (unit.short_name, sorts.SHORT)]
    names += [(name, sorts.SHORT) for name in row.get("names", [])]
    names += [(name, sorts.FORMER) for name in row.get("former", [])]
    UnitName.objects.bulk_create(UnitName(unit=unit, name=name, sort=sort) for name, sort in names)
    for former in row.get("former", []):
        UnitChange.objects.create(
            unit=unit, event=UnitChange.Event.RENAMED, on=row["started"], old_name=former, new_name=unit.name
        )


def build_staff(units: dict[str, Unit]) -> User:
    """An officer, an approver and a secrecy reviewer for each unit, and the district's own people.

    Returns the office's officer.
    """
    hashed = make_password(PASSWORD)
    people: list[tuple[str, str, Unit, str]] = []
    for number, (code, unit) in enumerate(units.items(), start=1):
        people.append((code, invented_name(number * 3 + 1), unit, Role.OFFICER))
        people.append((f"{code}-fzr", invented_name(number * 3), unit, Role.APPROVER))
        people.append((f"{code}-bm", invented_name(400 + number), unit, Role.SECRECY))
    home = units["qzfb"]
    people += [
        (LEGAL_CODE, invented_name(305), units["sifa"], Role.LEGAL),
        (OFFICE_CODE, invented_name(301), home, Role.OFFICE),
        (f"{OFFICE_CODE}2", invented_name(302), home, Role.OFFICE),
        (ADMINISTRATOR_CODE, invented_name(303), home, Role.ADMINISTRATOR),
        (ASSESSOR_CODE, invented_name(304), home, Role.ASSESSOR),
    ]
    for code, name, unit, role in people:
        user = User.objects.create(
            username=code, password=hashed, full_name=name, email=invented_mail(code), phone=unit.phone
        )
        Post.objects.create(user=user, unit=unit, role=role, started_on=STARTED)
    return User.objects.get(username=OFFICE_CODE)
