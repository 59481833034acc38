"""读取声明: the data files, strictly: an unknown key, a missing one, a lost name is an error."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from gongkai.rules import publication
from gongkai.rules.law import Refused
from gongkai.rules.personal_data.columns import Treatment
from gongkai.rules.structured.declaration import (
    AMOUNTS,
    SENSITIVE,
    Check,
    Clock,
    Declaration,
    Field,
    HeadKeys,
    Layout,
    RowKeys,
    RowTerm,
    ShowTerm,
    Sort,
    Stage,
    Table,
    least_of,
)

FOLDER = Path(__file__).parent.parent / "data" / "structured"
KINDS = ("sum", "row_sum", "tree", "match", "order", "count", "product")
_CODE = re.compile(r"[a-z][a-z0-9_]{0,28}")
Row = Mapping[str, Any]
Made = TypeVar("Made")


class Misdeclared(ValueError):  # noqa: N818 (a fault of a data file, found when it is read)
    """A declaration that cannot be used (声明有误); the message names the file and the place."""


def _fault(where: str, text: str) -> Misdeclared:
    return Misdeclared(f"{where}：{text}")


def _made(kind: type[Made], row: Row, where: str, **ready: Any) -> Made:
    """An object of *kind* out of *row*: unknown keys and missing ones are errors; lists become tuples."""
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    if strange := sorted(set(row) - set(known)):
        raise _fault(where, f"不认识的键 {'、'.join(strange)}")
    given = {**{key: _frozen(value) for key, value in row.items()}, **ready}
    missing = [
        name
        for name, each in known.items()
        if name not in given and each.default is MISSING and each.default_factory is MISSING
    ]
    if missing:
        raise _fault(where, f"缺少 {'、'.join(missing)}")
    for name, value in given.items():
        _right_sort(str(known[name].type), value, f"{where}.{name}")
    return kind(**given)


_SHAPES: dict[str, type] = {"str": str, "int": int, "bool": bool}


def _right_sort(wanted: str, value: Any, where: str) -> None:
    name = wanted.rpartition(".")[2].removeprefix("<class '").removesuffix("'>")
    shape = _SHAPES.get(name)
    if shape and type(value) is not shape:
        raise _fault(where, f"应为 {name}")


def _frozen(value: Any) -> Any:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value


def _field(row: Row, where: str) -> Field:
    where = f"{where}.{row.get('code', '?')}"
    ready: dict[str, Any] = {}
    try:
        if "sort" in row:
            ready["sort"] = Sort(row["sort"])
        if "public" in row:
            ready["public"] = Treatment[row["public"].upper()]
    except (ValueError, KeyError):
        raise _fault(where, "不认识的 sort 或 public") from None
    found = _made(Field, row, where, **ready)
    _checked(found, where)
    return found


def _checked(found: Field, where: str) -> None:
    if not _CODE.fullmatch(found.code):
        raise _fault(where, "代码只能用小写字母、数字和下划线")
    if (found.sort is Sort.CHOICE) != bool(found.choices):
        raise _fault(where, "choice 类型要有 choices，其他类型不能有")
    if found.sort in SENSITIVE and found.public is Treatment.SHOW:
        raise _fault(where, "身份证号、银行账号不能声明为公开")
    if found.total and found.sort not in AMOUNTS:
        raise _fault(where, "只有数字才能合计")


def _table(row: Row, where: str) -> Table:
    where = f"{where}.{row.get('code', '?')}"
    ready: dict[str, Any] = {
        "columns": tuple(_field(each, where) for each in row.get("columns", ())),
    }
    if "keys" in row:
        ready["keys"] = _made(RowKeys, row["keys"], f"{where}.keys")
    if "term" in row:
        months = tuple((str(word), int(count)) for word, count in row["term"].get("months", {}).items())
        ready["term"] = _made(RowTerm, {**row["term"], "months": []}, f"{where}.term", months=months)
    found = _made(Table, row, where, **ready)
    codes = _distinct([each.code for each in found.columns], where)
    named = [
        *(code for keys in found.unique for code in keys),
        *_named(found.keys),
        found.follow,
        *found.listed,
    ]
    if found.term:
        named += [found.term.start, found.term.choice, found.term.state]
        named += [found.term.changed, found.term.reason]
        if found.term.limit:
            _known_limits([found.term.limit], where)
    _within(named, codes, where)
    return found


def _named(keys: HeadKeys | RowKeys) -> list[str]:
    return [getattr(keys, each.name) for each in fields(keys)]


def _distinct(codes: list[str], where: str) -> set[str]:
    if len(codes) != len(set(codes)):
        raise _fault(where, "代码重复")
    return set(codes)


def _within(named: Iterable[str], codes: Iterable[str], where: str) -> None:
    if lost := sorted({code for code in named if code} - set(codes)):
        raise _fault(where, f"没有 {'、'.join(lost)} 这一栏")


def _known_limits(codes: Iterable[str], where: str) -> None:
    for code in codes:
        try:
            publication.limit(code)
        except Refused as refused:
            raise _fault(where, str(refused)) from None


def _show(row: Row, where: str) -> ShowTerm:
    ready = {key: row[key] for key in ("start", "until", "confirmed") if key in row}
    extra = set(row) - {"start", "until", "confirmed", "days", "unit", "source"}
    if extra:
        raise _fault(where, f"不认识的键 {'、'.join(sorted(extra))}")
    if "days" in row:
        ready["least"] = least_of(row["days"], row["unit"], row["source"])
    return _made(ShowTerm, {}, where, **ready)


def build(row: Row, where: str = "声明") -> Declaration:
    """One declaration out of the table of its file (声明); whatever is wrong with it is an error."""
    ready: dict[str, Any] = {
        "fields": tuple(_field(each, where) for each in row.get("fields", ())),
        "tables": tuple(_table(each, where) for each in row.get("tables", ())),
        "stages": tuple(_made(Stage, each, f"{where}.stages") for each in row.get("stages", ())),
        "checks": tuple(_made(Check, each, f"{where}.checks") for each in row.get("checks", ())),
    }
    for name, kind in (("clock", Clock), ("keys", HeadKeys)):
        if name in row:
            ready[name] = _made(kind, row[name], f"{where}.{name}")
    if "show" in row:
        ready["show"] = _show(row["show"], f"{where}.show")
    if row.get("page") not in list(Layout):
        raise _fault(where, f"不认识的页面样式 {row.get('page')}")
    ready["page"] = Layout(row["page"])
    found = _made(Declaration, row, where, **ready)
    _joined(found, where)
    return found


def _joined(found: Declaration, where: str) -> None:
    """Whether all names in the declaration lead somewhere (引用检查)."""
    heads = _distinct([each.code for each in found.fields], where)
    stages = _distinct([each.code for each in found.stages], where)
    _distinct([each.code for each in found.tables], where)
    named = _named(found.keys)
    if found.clock:
        named.append(found.clock.event)
        _known_limits(found.clock.limits, where)
    if found.show:
        named += [found.show.start, found.show.until]
    _within(named, heads, where)
    _within([each.due_from for each in found.stages], heads | stages, where)
    _known_limits([each.limit for each in found.stages if each.limit], where)
    for check in found.checks:
        _join_check(found, check, heads, where)


def _join_check(found: Declaration, check: Check, heads: set[str], where: str) -> None:
    if check.kind not in KINDS:
        raise _fault(where, f"不认识的核对规则 {check.kind}")
    columns: dict[str, set[str]] = {
        each.code: {column.code for column in each.columns} for each in found.tables
    }
    for code in filter(None, (check.table, check.other_table)):
        if code not in columns:
            raise _fault(where, f"没有 {code} 这张表")
    inside = columns.get(check.table, heads)
    head_total = check.kind in ("sum", "count")
    _within([check.total], heads if head_total else inside, where)
    _within([check.column, check.level, *check.parts, *check.fields], inside, where)
    _within([check.other_column], columns.get(check.other_table, heads), where)


@cache
def declarations() -> Mapping[str, Declaration]:
    """Every kind on file by its code, in the order of the files (全部结构化样式)."""
    found = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["kinds"]:
            made = build(row, f"{path.name}:{row.get('code', '?')}")
            if made.code in found:
                raise _fault(path.name, f"样式 {made.code} 重复")
            found[made.code] = made
    return found


def declaration(code: str) -> Declaration | None:
    """The kind named *code* (结构化样式), or None."""
    return declarations().get(code)
