"""目录数据文件: the catalogues that come with the system, read from TOML with their articles looked up."""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.rules.catalogue import CHANNELS, RowFacts
from gongkai.rules.law import REGULATION, Refused

FOLDER = Path(__file__).with_name("data")
GENERAL_LIMIT = "信息形成或者变更之日起20个工作日内"
_NUMERALS = (*"一二三四五六七八九十", "十一", "十二", "十三", "十四", "十五")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a file (数据行): what the row says, and by what it finds its units and papers."""

    facts: RowFacts
    units: tuple[str, ...]
    kinds: tuple[str, ...]
    column: str
    keywords: str


@dataclass(frozen=True, slots=True)
class CatalogueData:
    """One version of a field's table, as a file has it (目录版本)."""

    field: int
    version: str
    in_force_from: date
    source: str
    entries: tuple[Entry, ...]

    @property
    def sha256(self) -> str:
        """The content in short (校验值): the same content is never installed twice."""
        rows = [
            [str(each.facts), each.units, each.kinds, each.column, each.keywords] for each in self.entries
        ]
        return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


@cache
def basis() -> Mapping[str, str]:
    """The articles that rows may cite, by their codes (公开依据)."""
    items = {
        f"20.{number}": str(REGULATION.article(f"第二十条第（{numeral}）项"))
        for number, numeral in enumerate(_NUMERALS, start=1)
    }
    return {**items, **_toml(FOLDER / "basis.toml")["basis"]}


@cache
def fields() -> tuple[Mapping[str, Any], ...]:
    """The fields in their order (公开领域)."""
    return tuple(_toml(FOLDER / "fields.toml")["fields"])


def list_note() -> str:
    """What must be said of the list while nobody checked it against the official one (领域清单说明)."""
    said = _toml(FOLDER / "fields.toml")["list"]
    return "" if said["confirmed"] else str(said["note"])


def catalogue_files(folder: Path = FOLDER / "catalogues") -> Iterator[CatalogueData]:
    """Every version that lies in *folder*, by field and day (全部版本)."""
    found = [read_catalogue(_toml(path)) for path in sorted(folder.glob("*.toml"))]
    return iter(sorted(found, key=lambda each: (each.field, each.in_force_from)))


def read_catalogue(page: Mapping[str, Any]) -> CatalogueData:
    """One file as a version of its table (读取目录)."""
    entries = tuple(_entry(number, row, page) for number, row in enumerate(page["rows"], start=1))
    return CatalogueData(
        page["field"], page["version"], page["in_force_from"], page.get("source", ""), entries
    )


def _entry(number: int, row: Mapping[str, Any], page: Mapping[str, Any]) -> Entry:
    levels = row.get("levels", ["county"])
    facts = RowFacts(
        number=number,
        first=row["first"],
        second=row["second"],
        elements="\n".join(row.get("elements", ())),
        basis=_basis(row),
        limit=row.get("limit", GENERAL_LIMIT),
        subject=row["subject"],
        channels=tuple(name for name in CHANNELS if name in row.get("channels", ["政府网站"])),
        for_all=row.get("for_all", True),
        audience=row.get("audience", ""),
        active=row.get("active", True),
        on_request=row.get("on_request", False),
        county="county" in levels,
        town="town" in levels,
        village="village" in levels,
    )
    units = tuple(row.get("units", page.get("units", ())))
    column = row.get("column", page.get("column", ""))
    return Entry(facts, units, tuple(row.get("kinds", ())), column, row.get("keywords", ""))


def _basis(row: Mapping[str, Any]) -> str:
    known = basis()
    unknown = [code for code in row.get("basis", ()) if code not in known]
    if unknown:
        raise Refused(f"目录数据引用了没有收录的依据：{'、'.join(unknown)}")
    lines = [known[code] for code in row.get("basis", ())]
    if row.get("unverified"):
        lines.append(f"{row['unverified']}（未核实）")
    return "\n".join(lines)


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
