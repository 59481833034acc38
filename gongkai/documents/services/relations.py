"""关联: dated relations between papers; who changes one is told what depends on it."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.accounts.guards import fitting, locked, permit
from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.documents.models import Bond, Paper, Relation
from gongkai.documents.services.guards import WRITERS
from gongkai.documents.services.standings import (
    effective_day,
    facts_of,
    lock_papers,
    refresh_all,
    refresh_standing,
    refresh_touched,
)
from gongkai.documents.services.telling import told
from gongkai.documents.states import OPEN
from gongkai.rules.law import Refused
from gongkai.rules.validity import EFFECTS

__all__ = [
    "Dependent",
    "change_date",
    "dependents",
    "facts_of",
    "refresh_all",
    "refresh_standing",
    "relate",
    "unrelate",
]


@dataclass(frozen=True, slots=True)
class Dependent:
    """One thing that hangs on a paper's days (依赖项): the other paper, how, and since when."""

    paper: Paper
    relation: Relation
    text: str
    on: date | None


@transaction.atomic
def relate(
    paper: Paper,
    *,
    bond: str,
    by: User,
    today: date,
    target: Paper | None = None,
    target_title: str = "",
    target_number: str = "",
    effective_on: date | None = None,
    place: str = "",
) -> Relation:
    """Say how a paper bears on another one, here or elsewhere (登记关联)."""
    lock_papers([paper.pk, *([target.pk] if target else [])])
    paper = locked(paper)
    permit(by, WRITERS, paper.unit)
    row = Relation(paper=paper, bond=bond, target=target, target_title=target_title.strip())
    row.target_number, row.place, row.effective_on = target_number.strip(), place.strip(), effective_on
    row.made_by, row.made_on = by, today
    _sensible(row)
    fitting(row).save()
    _changed(row, today)
    record(paper, "登记关联", by=by, note=str(row))
    return row


@transaction.atomic
def unrelate(relation: Relation, *, by: User, today: date) -> None:
    """Take a relation back (取消关联)."""
    relation = locked(relation)
    permit(by, WRITERS, relation.paper.unit)
    if relation.bond == Bond.INTERPRETS and _only_reading(relation):
        raise Refused("该文件在网且只有这一份解读，请先关联新的解读再取消")
    said = str(relation)
    paper, target = relation.paper, relation.target
    kept = Relation(paper=paper, target=target, bond=relation.bond)
    relation.delete()
    _changed(kept, today)
    record(paper, "取消关联", by=by, note=said)


@transaction.atomic
def change_date(relation: Relation, *, effective_on: date | None, by: User, today: date) -> list[Dependent]:
    """Change from when a relation holds (修改生效日期); gives what depends on it, already derived anew."""
    relation = locked(relation)
    permit(by, WRITERS, relation.paper.unit)
    before = relation.effective_on
    relation.effective_on = effective_on
    _sensible(relation)
    relation.save()
    _changed(relation, today)
    record(
        relation.paper,
        "修改生效日期",
        by=by,
        note=str(relation),
        facts={"before": str(before or ""), "after": str(effective_on or "")},
    )
    return [_dependent(relation)] if relation.target else []


def dependents(paper: Paper) -> list[Dependent]:
    """What hangs on the days of a paper (受影响的文件): the papers whose validity its relations decide."""
    rows = paper.relations.filter(bond__in=EFFECTS, target__isnull=False).select_related("paper", "target")
    return [_dependent(row) for row in rows]


def _dependent(row: Relation) -> Dependent:
    assert row.target is not None
    day = effective_day(row)
    verb = {"amends": "修改", "repeals": "废止", "replaces": "替代", "ends": "宣布失效"}.get(
        row.bond, row.get_bond_display()
    )
    when = f"自{day.isoformat()}起" if day else ""
    return Dependent(row.target, row, f"《{row.target.title}》{when}被本文件{verb}", day)


def _sensible(row: Relation) -> None:
    """Refuse what cannot be: no object, itself, the same twice, a circle, a day before the earlier paper."""
    if row.bond not in Bond.values:
        raise Refused("请选择关联关系")
    if row.target is None and not (row.target_title or row.target_number):
        raise Refused("请选择被关联的文件，或填写其标题、文号")
    if row.target is None:
        return
    if row.target_id == row.paper_id:
        raise Refused("不能与自身关联")
    same = Relation.objects.filter(paper=row.paper, target=row.target, bond=row.bond).exclude(pk=row.pk)
    if same.exists() and row.bond != Bond.AMENDS:
        raise Refused("这一关联已登记过")
    if Relation.objects.filter(paper=row.target, target=row.paper, bond=row.bond).exists():
        raise Refused(f"对方文件已登记为{row.get_bond_display()}本文件，两者只能有一个方向")
    day = effective_day(row)
    if row.bond in EFFECTS and day and row.target.made_on and day < row.target.made_on:
        raise Refused(f"生效日期{day}早于《{row.target.title}》的成文日期{row.target.made_on}，请核对")


def _only_reading(row: Relation) -> bool:
    target = row.target
    if target is None or target.state != "live" or not target.normative:
        return False
    others = Relation.objects.filter(target=target, bond=Bond.INTERPRETS).exclude(pk=row.pk)
    standing = others.filter(paper__state="live") | others.filter(paper__editions__state__in=OPEN)
    return not standing.exists()


def _changed(row: Relation, today: date) -> None:
    if row.target and row.bond in EFFECTS:
        refresh_touched([row.target], today=today)
    told(paper for paper in (row.paper, row.target) if paper and paper.state != "draft")
