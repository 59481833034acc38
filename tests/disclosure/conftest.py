"""The small world of disclosure: that of the documents, with a catalogue, columns by name and duties."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongkai.disclosure.models import Catalogue, CatalogueRow, Duty, Field
from gongkai.disclosure.services import catalogues
from tests.documents.conftest import (  # noqa: F401 (fixtures)
    acts,
    approver,
    column,
    draft,
    live,
    office,
    officer,
    unit,
)

Make = Callable[..., Any]
TODAY = date(2021, 4, 20)


@pytest.fixture(autouse=True)
def _day(settings: Any) -> None:
    settings.FIXED_TODAY = TODAY.isoformat()


@pytest.fixture
def catalogue(db: None) -> Make:
    """Catalogues of a field with so many empty rows."""

    def make(number: int = 3, rows: int = 2, version: str = "2021", **fields: Any) -> Catalogue:
        catalogues.install_fields()
        made = Catalogue.objects.create(
            field=Field.objects.get(number=number),
            version=version,
            installed_on=TODAY,
            **({"in_force_from": date(2021, 1, 1)} | fields),
        )
        for place in range(1, rows + 1):
            CatalogueRow.objects.create(
                catalogue=made,
                number=place,
                first="财政",
                second=f"事项{place}",
                subject="财政局",
                limit="及时公开",
            )
        return made

    return make


@pytest.fixture
def duty(unit: Make, column: Make) -> Make:  # noqa: F811
    """Duties: a paper within 20 working days of each event, if not said otherwise."""

    def make(**fields: Any) -> Duty:
        wanted = {"title": "公开职责", "starts_on": date(2021, 1, 1), "cycle": "event"} | fields
        wanted.setdefault("unit", unit() if "unit" not in wanted else None)
        if "row" not in wanted:
            wanted.setdefault("column", column())
        return Duty.objects.create(**wanted)

    return make
