"""责任单位的办理: set up, edit, rename, merge, close; each keeps the history and leaves a trace."""

from datetime import date
from typing import Any

from django.db import transaction

from gongkai.accounts.models import Post, Role, User
from gongkai.administration.services.accounts import KEEPER, keep_an_administrator
from gongkai.administration.services.changes import apply, require
from gongkai.agencies.models import Unit, UnitChange, UnitName
from gongkai.audit.services import record
from gongkai.rules.law import Refused

KEEPERS = (Role.OFFICE, Role.ADMINISTRATOR)
EVENT = UnitChange.Event


@transaction.atomic
def create_unit(
    *, name: str, short_name: str, kind: str, by: User | None, today: date, ground: str = "", **facts: Any
) -> Unit:
    """Set up a unit (设立单位)."""
    require(by, *KEEPERS)
    _free(name)
    facts.setdefault("position", Unit.objects.count() + 1)
    facts.setdefault("started_on", today)
    unit = Unit.objects.create(name=name, short_name=short_name, kind=kind, **facts)
    UnitChange.objects.create(unit=unit, event=EVENT.SET_UP, on=unit.started_on, new_name=name, ground=ground)
    record(unit, "设立单位", by=by, note=ground, facts={"全称": name, "单位类别": unit.get_kind_display()})
    return unit


@transaction.atomic
def edit_unit(unit: Unit, *, by: User | None, **facts: Any) -> Unit:
    """Change contacts, kind, parent or order (修改单位信息); a new name is an act of its own."""
    require(by, *KEEPERS)
    unit = _locked(unit)
    parent = facts.get("parent")
    if parent and (parent.pk == unit.pk or parent.parent_id == unit.pk):
        raise Refused("上级单位不能是本单位或本单位的下级")
    changed = apply(unit, {name: value for name, value in facts.items() if name != "name"})
    if changed:
        unit.save()
        record(unit, "修改单位信息", by=by, facts=changed)
    return unit


@transaction.atomic
def rename_unit(
    unit: Unit, *, name: str, short_name: str, on: date, by: User | None, ground: str = ""
) -> Unit:
    """Give a unit a new name (更名); plans of earlier years still find it by the old one."""
    require(by, *KEEPERS)
    unit = _standing(unit, on)
    if name == unit.name and short_name == unit.short_name:
        raise Refused("新名称与现名称相同")
    if name != unit.name:
        _free(name)
    for old, new in ((unit.name, name), (unit.short_name, short_name)):
        if old != new:
            UnitName.objects.update_or_create(
                unit=unit, name=old, defaults={"sort": UnitName.Sort.FORMER, "until_on": on}
            )
    UnitChange.objects.create(
        unit=unit, event=EVENT.RENAMED, on=on, old_name=unit.name, new_name=name, ground=ground
    )
    changed = apply(unit, {"name": name, "short_name": short_name})
    unit.save()
    record(unit, "单位更名", by=by, note=ground, facts={**changed, "日期": on})
    return unit


@transaction.atomic
def merge_unit(unit: Unit, *, into: Unit, on: date, by: User | None, ground: str = "") -> Unit:
    """Merge a unit into another (并入), which takes over its duties, people and subordinate units."""
    require(by, *KEEPERS)
    unit, into = _standing(unit, on), _standing(into, on)
    if unit.pk == into.pk or into.parent_id == unit.pk:
        raise Refused("不能并入本单位或本单位的下级")
    unit.ended_on, unit.successor = on, into
    unit.save()
    unit.children.update(parent=into)
    UnitChange.objects.create(
        unit=unit, event=EVENT.MERGED, on=on, old_name=unit.name, new_name=into.name, into=into, ground=ground
    )
    posts = _posts_of(unit)
    record(unit, "单位并入", by=by, note=ground, facts={"并入单位": into.name, "日期": on})
    record(into, "承接并入单位", by=by, note=ground, facts={"原单位": unit.name, "日期": on})
    _end_posts(posts, on, by)
    for post in posts:
        _take_over(post, into, on, by)
    return unit


@transaction.atomic
def close_unit(unit: Unit, *, on: date, by: User | None, ground: str = "") -> Unit:
    """Close a unit whose duties nobody takes over (撤销)."""
    require(by, *KEEPERS)
    unit = _standing(unit, on)
    if unit.children.filter(ended_on=None).exists():
        raise Refused(f"{unit.name}还有下级单位，请先调整下级单位的隶属关系")
    unit.ended_on = on
    unit.save()
    UnitChange.objects.create(unit=unit, event=EVENT.CLOSED, on=on, old_name=unit.name, ground=ground)
    posts = _posts_of(unit)
    record(unit, "撤销单位", by=by, note=ground, facts={"日期": on})
    _end_posts(posts, on, by)
    if any(post.role == KEEPER for post in posts):
        keep_an_administrator()
    return unit


def _locked(unit: Unit) -> Unit:
    return Unit.objects.select_for_update().get(pk=unit.pk)


def _standing(unit: Unit, on: date) -> Unit:
    """The unit, locked, if it exists on the day."""
    unit = _locked(unit)
    if unit.ended_on:
        raise Refused(f"{unit.name}已于{unit.ended_on}撤销或并入其他单位")
    if on < unit.started_on:
        raise Refused(f"日期早于{unit.name}的设立日期（{unit.started_on}）")
    return unit


def _free(name: str) -> None:
    """Full names are unique through all time, so that a name in an old paper has one meaning."""
    if Unit.objects.filter(name=name).exists():
        raise Refused(f"已有名为“{name}”的单位")


def _posts_of(unit: Unit) -> list[Post]:
    """The posts held there, locked: before the first trace, so that nobody who holds one waits for us."""
    return list(Post.objects.select_for_update().filter(unit=unit, ended_on=None).order_by("pk"))


def _end_posts(posts: list[Post], on: date, by: User | None) -> None:
    for post in posts:
        post.ended_on = on
        post.save()
        record(post.user, "结束岗位", by=by, note="单位撤并", facts={"岗位": str(post), "日期": on})


def _take_over(post: Post, into: Unit, on: date, by: User | None) -> None:
    """The same role for the same person in the unit that takes over."""
    taken, new = Post.objects.get_or_create(
        user=post.user, unit=into, role=post.role, ended_on=None, defaults={"started_on": on}
    )
    if new:
        record(post.user, "增加岗位", by=by, note="单位撤并", facts={"岗位": str(taken), "日期": on})
