"""演示栏目: themes, columns and topics of the demo's site, from data/columns.toml."""

import tomllib
from collections.abc import Mapping
from typing import Any

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.demo.words import FOLDER
from gongkai.documents.models import Column, Theme, Topic


def build_rooms(units: Mapping[str, Unit], keepers: Mapping[str, User]) -> None:
    """Set up what papers are sorted into; *units* and *keepers* by the unit's code."""
    rows = tomllib.loads((FOLDER / "columns.toml").read_text(encoding="utf-8"))
    for position, row in enumerate(rows["theme"], start=1):
        Theme.objects.create(position=position, **row)
    for position, row in enumerate(rows["column"], start=1):
        _column(row, units, keepers, position)
    for position, row in enumerate(rows["topic"], start=1):
        lead = units[row.pop("lead")]
        partners = [units[code] for code in row.pop("units")]
        Topic.objects.create(position=position, lead=lead, **row).units.set([lead, *partners])


def _column(
    row: dict[str, Any], units: Mapping[str, Unit], keepers: Mapping[str, User], position: int
) -> None:
    code = row.pop("unit")
    keywords = f"{row['name']},政务公开"
    Column.objects.create(unit=units[code], keeper=keepers[code], keywords=keywords, position=position, **row)
