"""责任主体统称的办理: groups as rules over kinds, and those that every district needs."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.administration.services.changes import require
from gongkai.administration.services.units import KEEPERS
from gongkai.agencies.models import Group, GroupName, Kind, Unit
from gongkai.audit.services import record
from gongkai.rules.law import Refused

USUAL = Path(__file__).resolve().parent.parent / "data" / "groups.toml"


@transaction.atomic
def create_group(
    *,
    name: str,
    kinds: Sequence[str],
    by: User | None,
    wordings: Sequence[str] = (),
    also: Sequence[Unit] = (),
    but: Sequence[Unit] = (),
    open_ended: bool = False,
) -> Group:
    """Define a group (新增统称)."""
    require(by, *KEEPERS)
    _meaningful(kinds, also, open_ended)
    if Group.objects.filter(name=name).exists():
        raise Refused(f"已有统称“{name}”")
    group = Group.objects.create(name=name, kinds=list(kinds), open_ended=open_ended)
    _fill(group, wordings, also, but)
    record(group, "新增统称", by=by, facts={key: said for key, said in _said(group).items() if said})
    return group


@transaction.atomic
def edit_group(
    group: Group,
    *,
    name: str,
    kinds: Sequence[str],
    by: User | None,
    wordings: Sequence[str] = (),
    also: Sequence[Unit] = (),
    but: Sequence[Unit] = (),
    open_ended: bool = False,
) -> Group:
    """Change what a group means (修改统称); what was assigned before stays assigned."""
    require(by, *KEEPERS)
    _meaningful(kinds, also, open_ended)
    group = Group.objects.select_for_update().get(pk=group.pk)
    if Group.objects.filter(name=name).exclude(pk=group.pk).exists():
        raise Refused(f"已有统称“{name}”")
    before = _said(group)
    group.name, group.kinds, group.open_ended = name, list(kinds), open_ended
    group.save()
    _fill(group, wordings, also, but)
    after = _said(group)
    changed = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
    if changed:
        record(group, "修改统称", by=by, facts=changed)
    return group


def install_groups(*, by: User | None = None) -> list[Group]:
    """Define the groups that plans of every district name (常用统称), those that are not there yet."""
    rows = tomllib.loads(USUAL.read_text(encoding="utf-8"))["group"]
    known = set(Group.objects.values_list("name", flat=True))
    return [create_group(by=by, **row) for row in rows if row["name"] not in known]


def _meaningful(kinds: Sequence[str], also: Sequence[Unit], open_ended: bool) -> None:
    if not (kinds or also or open_ended):
        raise Refused("请至少选择一类单位、一个单位，或选择“需另行指定”")


def _fill(group: Group, wordings: Sequence[str], also: Sequence[Unit], but: Sequence[Unit]) -> None:
    group.also.set(also)
    group.but.set(but)
    wanted = [word for word in dict.fromkeys(wordings) if word and word != group.name]
    taken = GroupName.objects.filter(name__in=wanted).exclude(group=group).first()
    if taken:
        raise Refused(f"“{taken.name}”已经是“{taken.group}”的写法")
    group.names.exclude(name__in=wanted).delete()
    kept = set(group.names.values_list("name", flat=True))
    GroupName.objects.bulk_create(GroupName(group=group, name=word) for word in wanted if word not in kept)


def _said(group: Group) -> dict[str, Any]:
    """The group's rule in words."""
    return {
        "统称": group.name,
        "包含的单位类别": "、".join(str(Kind(kind).label) for kind in group.kinds),
        "另含单位": "、".join(unit.short_name for unit in group.also.all()),
        "不含单位": "、".join(unit.short_name for unit in group.but.all()),
        "需另行指定": group.open_ended,
        "其他写法": "、".join(group.names.order_by("pk").values_list("name", flat=True)),
    }
