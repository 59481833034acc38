"""标准目录的录入: versions from the system's own files and from sheets; an older one is never overwritten."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.db import transaction

from gongkai.accounts.guards import fitting, locked, permit, said
from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Unit
from gongkai.audit.services import record
from gongkai.disclosure.catalogue_files import FOLDER, CatalogueData, Entry, catalogue_files, fields
from gongkai.disclosure.models import Catalogue, CatalogueRow, Duty, Field, Pilot, RowPaper
from gongkai.documents.models import Column
from gongkai.rules.catalogue import RowFacts, compare, read_limit
from gongkai.rules.law import Refused


@transaction.atomic
def install_catalogues(*, today: date, by: User | None = None, folder: Path = FOLDER / "catalogues") -> int:
    """Bring in the fields and every version that is not there yet (安装目录)."""
    install_fields()
    made = 0
    for content in catalogue_files(folder):
        field = Field.objects.get(number=content.field)
        if Catalogue.objects.filter(field=field, version=content.version).exists():
            continue
        _install(field, content, by=by, today=today)
        made += 1
    return made


def install_fields() -> None:
    """The fields by their numbers (公开领域); a name that the office changed stays as it is."""
    for row in fields():
        given = {key: row[key] for key in ("name", "other_names", "confirmed") if key in row}
        Field.objects.get_or_create(number=row["number"], defaults=given)


def _install(field: Field, content: CatalogueData, *, by: User | None, today: date) -> Catalogue:
    before = Catalogue.objects.filter(field=field).order_by("-in_force_from", "-pk").first()
    made = Catalogue.objects.create(
        field=field,
        version=content.version,
        in_force_from=content.in_force_from,
        source=content.source,
        installed_on=today,
        sha256=content.sha256,
    )
    units = UnitFinder()
    for entry in content.entries:
        _make_row(made, entry, units)
    if before:
        carry_over(before, made)
    record(made, "录入标准目录", by=by, facts=_counted(before, made))
    return made


def _make_row(catalogue: Catalogue, entry: Entry, units: "UnitFinder") -> CatalogueRow:
    row = CatalogueRow(catalogue=catalogue, keywords=entry.keywords)
    row.take(entry.facts)
    row.limit_code = read_limit(entry.facts.limit, f"{entry.facts.first}{entry.facts.second}")
    row.column = Column.objects.filter(slug=entry.column).first() if entry.column else None
    fitting(row).save()
    row.units.set(units.named(entry.units, entry.kinds))
    return row


def _counted(before: Catalogue | None, made: Catalogue) -> dict[str, int]:
    """How the new version differs, as the trace keeps it (版本差异)."""
    found = compare(facts_of(before) if before else [], facts_of(made))
    kinds = [each.kind for each in found]
    return {"新增": kinds.count("added"), "修改": kinds.count("changed"), "删除": kinds.count("dropped")}


def facts_of(catalogue: Catalogue) -> list[RowFacts]:
    """What the rows of a version say (目录内容)."""
    return [row.facts for row in catalogue.rows.order_by("number", "pk")]


class UnitFinder:
    """Finds the units that a file names without their district (单位对应): 财政局 is 区财政局."""

    def __init__(self) -> None:
        self.units = list(Unit.objects.filter(ended_on__isnull=True))

    def named(self, names: Iterable[str], kinds: Iterable[str] = ()) -> list[Unit]:
        """The units that bear one of *names*, and those of *kinds*."""
        wanted, of = tuple(names), frozenset(kinds)
        return [unit for unit in self.units if unit.kind in of or self._bears(unit, wanted)]

    @staticmethod
    def _bears(unit: Unit, names: tuple[str, ...]) -> bool:
        short = unit.short_name
        bare = short[1:] if short[:1] in "区县市" else short
        return any(name in (bare, short, unit.name) for name in names)

    def spoken_of(self, text: str) -> list[Unit]:
        """The units whose short name stands in *text* (公开主体)."""
        found = [unit for unit in self.units if len(unit.short_name) > 2 and unit.short_name in text]
        if "镇街" in text or "乡镇" in text or "各镇" in text:
            found += [unit for unit in self.units if unit.kind in ("town", "street") and unit not in found]
        return found


def carry_over(before: Catalogue, made: Catalogue) -> None:
    """What people added to the old rows goes to the new ones of the same headings (沿用对应关系)."""
    old = {row.facts.key: row for row in before.rows.all()}
    for row in made.rows.all():
        earlier = old.get(row.facts.key)
        if earlier is None:
            continue
        if row.column is None and not row.keywords:
            row.column, row.keywords = earlier.column, earlier.keywords
            row.save(update_fields=["column", "keywords"])
        if not row.units.exists():
            row.units.set(earlier.units.all())
        links = RowPaper.objects.filter(row=earlier, by_hand=True)
        RowPaper.objects.bulk_create(
            RowPaper(row=row, paper_id=each.paper_id, by_hand=True, dropped=each.dropped) for each in links
        )
        Duty.objects.filter(row=earlier).update(row=row)
        for pilot in Pilot.objects.filter(rows=earlier):
            pilot.rows.add(row)


@transaction.atomic
def import_catalogue(
    field: Field, *, version: str, in_force_from: date, rows: Iterable[RowFacts], by: User, today: date
) -> Catalogue:
    """A new version from a sheet (导入目录): all rows or none."""
    permit(by, [Role.OFFICE])
    field = locked(field)
    given = list(rows)
    if not given:
        raise Refused("表中没有公开事项")
    if Catalogue.objects.filter(field=field, version=version.strip()).exists():
        raise Refused(f"{field}已有{version.strip()}版，请换一个版本号")
    units = UnitFinder()
    entries = tuple(_from_sheet(each) for each in given)
    content = CatalogueData(field.number, said(version, "版本"), in_force_from, "表格导入", entries)
    made = _install(field, content, by=by, today=today)
    for row in made.rows.filter(units__isnull=True):
        row.units.set(units.spoken_of(row.subject))
    return made


def _from_sheet(facts: RowFacts) -> Entry:
    return Entry(facts, (), (), "", "")
