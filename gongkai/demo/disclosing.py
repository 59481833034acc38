"""演示公开职责: the demo's catalogues, duties and villages, and the figures that measure the plan's tasks."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.demo.clock import Year
from gongkai.demo.conduct import Staff
from gongkai.demo.words import FOLDER
from gongkai.disclosure.models import CatalogueRow, Duty
from gongkai.disclosure.services import catalogues, duties, guides
from gongkai.documents.models import Column

STARTED = date(2021, 1, 1)
LAID, PILOTS = date(2021, 1, 4), date(2021, 6, 15)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "duties.toml").read_text(encoding="utf-8"))


def figure_of(number: str) -> tuple[str, Decimal] | None:
    """The figure that measures a task of the plan, and its target (任务指标)."""
    found = _data()["figures"].get(number)
    return (found[0], Decimal(found[1])) if found else None


def expect_disclosure(year: Year, staff: Mapping[int, Staff], office: User) -> None:
    """Put the duties and the villages on the demo's clock (公开职责、村居试点)."""
    year.at(LAID, lambda day: _lay_duties(year, staff, office, day))
    year.at(PILOTS, lambda day: _start_pilots(staff, day))


def _lay_duties(year: Year, staff: Mapping[int, Staff], office: User, today: date) -> None:
    """The catalogues, and the duties of every unit with their keepers."""
    _leave_gaps()
    catalogues.install_catalogues(today=today, by=office)
    columns = {column.slug: column for column in Column.objects.all()}
    by_code = {each.code: unit for unit, each in staff.items()}
    for row in _data()["duty"]:
        named = Unit.objects.filter(pk__in=[by_code[code] for code in row.get("units", ())])
        for unit in named | Unit.objects.of_kinds(row.get("kinds", [])):
            if unit.pk in staff:
                duty = _lay(row, unit, staff[unit.pk], columns[row["column"]], office, today)
                for day in row.get("events", ()):
                    year.at(day, partial(_tell, duty, staff[unit.pk]))


def _leave_gaps() -> None:
    """A column that nobody keeps and one that nobody filled: the check of columns has something to find."""
    Column.objects.filter(slug="gongqi").update(keeper=None)
    unit = Unit.objects.get(short_name="区行政审批服务局")
    Column.objects.create(
        name="公共资源交易", slug="ziyuan", unit=unit, statutory=True, sort="公告公示", position=90
    )


def _lay(row: Mapping[str, Any], unit: Unit, staff: Staff, column: Column, office: User, today: date) -> Duty:
    names = ("title", "cycle", "limit", "yearly", "stretch", "sort", "form", "paper_title")
    terms = {name: row[name] for name in names if name in row}
    return duties.create_duty(
        by=office,
        today=today,
        unit=unit,
        column=column,
        keeper=staff.officer,
        starts_on=row.get("starts_on", STARTED),
        **terms,
    )


def _tell(duty: Duty, staff: Staff, day: date) -> None:
    """The officer tells that the budget was approved (登记起算事项)."""
    duties.add_event(duty, on=day, note="批准、批复", by=staff.officer, today=day)


def _start_pilots(staff: Mapping[int, Staff], today: date) -> None:
    """The villages that the towns register (村居试点)."""
    by_code = {each.code: (unit, each) for unit, each in staff.items()}
    rows = CatalogueRow.objects.current(today).filter(village=True)
    for row in _data()["pilot"]:
        unit, people = by_code[row["unit"]]
        guides.start_pilot(
            name=row["name"],
            unit=Unit.objects.get(pk=unit),
            rows=list(rows.filter(catalogue__field__number__in=(19, 22))),
            place=row["place"],
            started_on=today,
            note=row["note"],
            by=people.officer,
        )
