"""单位名册导入: units from a sheet, in the layout of the export."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from gongkai.accounts.models import User
from gongkai.administration.rolls import Row
from gongkai.administration.services.names import name_unit
from gongkai.administration.services.rolls import (
    CHANGED,
    NEW,
    SAME,
    Outcome,
    Report,
    check_email,
    check_length,
    run,
)
from gongkai.administration.services.units import create_unit, edit_unit
from gongkai.agencies.models import Kind, Unit, UnitName
from gongkai.rules.law import Refused

HEADS = frozenset({"全称", "简称", "单位类别"})
TEXTS = {
    "主要负责人": "head",
    "政务公开联系人": "officer",
    "联系电话": "phone",
    "电子邮箱": "email",
    "办公地址": "address",
    "办公时间": "office_hours",
}


def import_units(rows: Sequence[Row], *, by: User | None, today: date, keep: bool) -> Report:
    """Import units (导入单位名册); without *keep* only try."""
    return run(rows, lambda row: _unit(row, by, today), "全称", keep)


def _unit(row: Row, by: User | None, today: date) -> Outcome:
    facts = _facts(row)
    known = Unit.objects.filter(name=row.get("全称")).first()
    if known is None:
        started = _day(row.get("设立日期")) or today
        unit = create_unit(name=row.get("全称"), by=by, today=today, started_on=started, **facts)
        _names(unit, row, by, today)
        return Outcome(row.number, unit.name, NEW)
    before = _snapshot(known)
    edit_unit(known, by=by, **facts)
    _names(known, row, by, today)
    after = _snapshot(Unit.objects.get(pk=known.pk))
    changed = "、".join(each for each in after if after[each] != before[each])
    return Outcome(row.number, known.name, CHANGED if changed else SAME, changed)


def _facts(row: Row) -> dict[str, Any]:
    """The facts of a row, checked; an empty cell of a column that is there empties the field."""
    kinds = {str(label): code for code, label in Kind.choices}
    for heading in ("全称", "简称"):
        if not row.get(heading):
            raise Refused(f"{heading}没有填写")
    if row.get("单位类别") not in kinds:
        raise Refused(f"单位类别“{row.get('单位类别')}”不认识，应为：{'、'.join(kinds)}")
    facts: dict[str, Any] = {name: row.get(head) for head, name in TEXTS.items() if head in row.cells}
    for name, text in {**facts, "name": row.get("全称"), "short_name": row.get("简称")}.items():
        check_length(Unit, name, text)
    if facts.get("email"):
        check_email(facts["email"])
    if "上级单位" in row.cells:
        facts["parent"] = _parent(row.get("上级单位"))
    if row.get("排序"):
        facts["position"] = _number(row.get("排序"))
    return {**facts, "short_name": row.get("简称"), "kind": kinds[row.get("单位类别")]}


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 32767):
        raise Refused(f"排序“{text}”应为不超过 32767 的整数")
    return int(text)


def _parent(name: str) -> Unit | None:
    if not name:
        return None
    found = Unit.objects.filter(name=name).first() or Unit.objects.filter(short_name=name).first()
    if found is None:
        raise Refused(f"上级单位“{name}”不在名册里，请把上级单位排在前面")
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(f"设立日期“{text}”不是日期，请写成 2019-01-01 的样子") from None


def _names(unit: Unit, row: Row, by: User | None, today: date) -> None:
    for heading, sort in (("其他名称", UnitName.Sort.SHORT), ("曾用名", UnitName.Sort.FORMER)):
        for name in row.get(heading).replace("，", "、").replace("；", "、").split("、"):
            if name.strip():
                name_unit(unit, name=name.strip(), sort=sort, by=by, today=today)


def _snapshot(unit: Unit) -> dict[str, Any]:
    """The facts that an import may change, by Chinese name."""
    fields = ("short_name", "kind", "parent_id", "position", *TEXTS.values())
    found = {
        str(getattr(Unit._meta.get_field(name), "verbose_name", name)): getattr(unit, name) for name in fields
    }
    return {**found, "名称": sorted(unit.names.values_list("name", flat=True))}
