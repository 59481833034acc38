"""权责清单的版本: every version of a unit and of the units it took over, and what changed between two."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from gongkai.agencies.models import Unit
from gongkai.documents.models import Content, Edition, on_site
from gongkai.rules.structured import Field, Table, Values, declaration, masked, normalise, rows_of
from gongkai.rules.structured.values import day

FORM = "powers"
SHOWN = ("live", "superseded")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a list (版本)."""

    edition: Edition
    unit: Unit
    label: str
    effective_on: date | None
    number: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one power between two versions (变化): added, taken away, or some columns changed."""

    code: str
    name: str
    what: str
    cells: list[tuple[Field, str, str]]

    @property
    def tone(self) -> str:
        """The tone of the change."""
        return {"新增": "good", "取消": "bad"}.get(self.what, "warn")


def versions(unit: Unit, today: date) -> list[Version]:
    """All versions on record (历次版本), the latest first, those of merged bodies too; one query."""
    rows = _editions(today).filter(
        Q(paper__unit=unit) | Q(paper__unit__successor=unit) | Q(paper__unit__successor__successor=unit)
    )
    found = [_version(row) for row in rows]
    found.sort(key=lambda each: (each.effective_on or date.min, each.edition.pk), reverse=True)
    current = next(
        (
            each.edition.pk
            for each in found
            if each.unit.pk == unit.pk and each.effective_on and each.effective_on <= today
        ),
        0,
    )
    return [
        Version(
            each.edition, each.unit, each.label, each.effective_on, each.number, each.edition.pk == current
        )
        for each in found
    ]


def _editions(today: date) -> QuerySet[Edition]:
    rows = Edition.objects.filter(on_site(today, "paper__"), form=FORM, state__in=SHOWN)
    values = KeyTextTransform("values", "content__record")
    return rows.select_related("paper__unit").annotate(
        effective=KeyTextTransform("effective_on", values),
        label=KeyTextTransform("edition", values),
        items=KeyTextTransform("number", values),
    )


def _version(row: Any) -> Version:
    return Version(
        row, row.paper.unit, row.label or f"第{row.ordinal}版", day(row.effective), row.items or ""
    )


def table() -> Table:
    """The table of powers (权责事项)."""
    known = declaration(FORM)
    assert known is not None
    return known.tables[0]


def rows_in(edition: int) -> list[Values]:
    """The public rows of one version (事项)."""
    known = declaration(FORM)
    content = Content.objects.filter(edition=edition).first()
    if known is None or content is None:
        return []
    return rows_of(masked(known, normalise(known, content.record)[0]), table().code)


def differences(older: list[Values], newer: list[Values]) -> list[Change]:
    """What changed from one version to the next (版本对比), by the number of each power."""
    key = table().follow
    before: Mapping[str, Values] = {row[key]: row for row in older if row.get(key)}
    after: Mapping[str, Values] = {row[key]: row for row in newer if row.get(key)}
    found = [
        Change(code, row.get("name", ""), "新增", []) for code, row in after.items() if code not in before
    ]
    found += [
        Change(code, row.get("name", ""), "取消", []) for code, row in before.items() if code not in after
    ]
    for code in after.keys() & before.keys():
        cells = [
            (column, before[code].get(column.code, ""), after[code].get(column.code, ""))
            for column in table().columns
            if before[code].get(column.code, "") != after[code].get(column.code, "")
        ]
        if cells:
            found.append(Change(code, after[code].get("name", ""), "调整", cells))
    return sorted(found, key=lambda each: (["新增", "取消", "调整"].index(each.what), each.code))
