"""栏目与专题: kept by the office; a column that closes keeps its address and its papers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.accounts.guards import fitting, locked, permit
from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Unit
from gongkai.audit.services import record
from gongkai.documents.models import Column, Paper, Topic, TopicPin
from gongkai.documents.services.guards import WRITERS
from gongkai.frame import pages
from gongkai.rules.law import Refused

KEEPER = Role.OFFICE.value


@transaction.atomic
def save_column(column: Column | None, *, by: User, **fields: Any) -> Column:
    """Open a column, or change it (保存栏目)."""
    permit(by, {KEEPER})
    row = locked(column) if column else Column()
    for name, value in fields.items():
        setattr(row, name, value)
    _slug_free(row)
    _no_circle(row)
    fitting(row).save()
    pages.changed()
    record(row, "修改栏目" if column else "新增栏目", by=by, note=row.name)
    return row


@transaction.atomic
def close_column(column: Column, *, by: User, today: date) -> Column:
    """Close a column (关闭栏目): its papers stay, nothing new comes in."""
    permit(by, {KEEPER})
    row = locked(column)
    if row.closed_on:
        raise Refused("该栏目已关闭")
    if row.children.filter(closed_on=None).exists():
        raise Refused("该栏目下还有未关闭的子栏目，请先关闭子栏目")
    row.closed_on = today
    row.save()
    pages.changed()
    record(row, "关闭栏目", by=by, note=row.name)
    return row


@transaction.atomic
def open_column(column: Column, *, by: User) -> Column:
    """Open a closed column again (重新开放栏目)."""
    permit(by, {KEEPER})
    row = locked(column)
    if not row.closed_on:
        raise Refused("该栏目没有关闭")
    row.closed_on = None
    row.save()
    pages.changed()
    record(row, "重新开放栏目", by=by, note=row.name)
    return row


@transaction.atomic
def save_topic(topic: Topic | None, *, by: User, units: Iterable[Unit] = (), **fields: Any) -> Topic:
    """Begin a topic, or change it (保存专题)."""
    permit(by, {KEEPER})
    row = locked(topic) if topic else Topic()
    for name, value in fields.items():
        setattr(row, name, value)
    _slug_free(row)
    fitting(row).save()
    row.units.set(units)
    pages.changed()
    record(row, "修改专题" if topic else "新增专题", by=by, note=row.name)
    return row


@transaction.atomic
def propose(topic: Topic, paper: Paper, *, by: User, today: date) -> TopicPin:
    """Put a paper forward for a topic (推荐到专题); the lead unit accepts it."""
    permit(by, {*WRITERS, KEEPER}, paper.unit)
    if topic.closed_on:
        raise Refused("专题已结束，不能再推荐")
    if topic.pins.filter(paper=paper).exists():
        raise Refused("这条信息已推荐到该专题")
    pin = TopicPin.objects.create(topic=topic, paper=paper, proposed_by=by, proposed_on=today)
    record(paper, "推荐到专题", by=by, note=topic.name)
    return pin


@transaction.atomic
def accept(pin: TopicPin, *, by: User, today: date) -> TopicPin:
    """Take a proposed paper into the topic (收录)."""
    pin = locked(pin)
    _leads(pin, by)
    if pin.accepted_on:
        raise Refused("这条信息已收录")
    if pin.paper.state != "live":
        raise Refused("只有网站上的信息可以收录到专题")
    pin.accepted_on = today
    pin.save()
    pages.changed()
    record(pin.paper, "收录到专题", by=by, note=pin.topic.name)
    return pin


@transaction.atomic
def unpin(pin: TopicPin, *, by: User) -> None:
    """Take a paper out of a topic, or turn the proposal down (移出专题)."""
    pin = locked(pin)
    _leads(pin, by)
    paper, name = pin.paper, pin.topic.name
    pin.delete()
    pages.changed()
    record(paper, "移出专题", by=by, note=name)


def _leads(pin: TopicPin, by: User) -> None:
    """The lead unit's writers, or the office (专题牵头)."""
    if not by.has_role(KEEPER):
        permit(by, WRITERS, pin.topic.lead)


def _slug_free(row: Column | Topic) -> None:
    """An address belongs to one row alone (网址代码)."""
    if type(row)._base_manager.filter(slug=row.slug).exclude(pk=row.pk).exists():
        raise Refused(f"网址代码“{row.slug}”已被使用，请换一个")


def _no_circle(row: Column) -> None:
    """A column does not stand under itself (上级栏目)."""
    above = row.parent
    while above is not None:
        if above.pk == row.pk:
            raise Refused("上级栏目不能是本栏目或它的下级")
        above = above.parent
