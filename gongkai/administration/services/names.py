"""名称的办理: other names of units and other wordings of groups, by which plans are read."""

from datetime import date

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.administration.services.changes import require
from gongkai.administration.services.units import KEEPERS
from gongkai.agencies.models import Group, GroupName, Unit, UnitName
from gongkai.audit.services import record
from gongkai.rules.law import Refused


@transaction.atomic
def name_unit(
    unit: Unit,
    *,
    name: str,
    by: User | None,
    today: date,
    sort: str = UnitName.Sort.SHORT,
    until_on: date | None = None,
) -> UnitName:
    """Add a name by which plans call the unit (增加单位名称); a name it already has stays as it is."""
    require(by, *KEEPERS)
    if unit.ended_on and unit.ended_on <= today and sort != UnitName.Sort.FORMER:
        raise Refused(f"{unit.name}已于{unit.ended_on}撤并，只能增加曾用名")
    other = _bearer(name, unit, sort)
    if other:
        raise Refused(f"“{name}”已经是{other.name}的名称")
    added, new = UnitName.objects.get_or_create(
        unit=unit, name=name, defaults={"sort": sort, "until_on": until_on}
    )
    if new:
        facts = {"名称": name, "名称种类": added.get_sort_display()}
        record(unit, "增加单位名称", by=by, facts=facts)
    return added


def _bearer(name: str, unit: Unit, sort: str) -> Unit | None:
    """Another unit that bears the name now; former names may be shared."""
    if sort == UnitName.Sort.FORMER:
        return None
    others = Unit.objects.filter(ended_on=None).exclude(pk=unit.pk)
    borne = UnitName.objects.filter(name=name).exclude(sort=UnitName.Sort.FORMER).values("unit")
    return (
        others.filter(name=name).first()
        or others.filter(short_name=name).first()
        or others.filter(pk__in=borne).first()
    )


@transaction.atomic
def drop_name(name: UnitName, *, by: User | None) -> None:
    """Take a name off the register (删除单位名称)."""
    require(by, *KEEPERS)
    record(name.unit, "删除单位名称", by=by, facts={"名称": name.name})
    name.delete()


@transaction.atomic
def name_group(group: Group, *, name: str, by: User | None) -> GroupName:
    """Add another wording of a group (增加统称的写法); one it already has stays as it is."""
    require(by, *KEEPERS)
    taken = GroupName.objects.filter(name=name).select_related("group").first()
    if taken and taken.group_id != group.pk:
        raise Refused(f"“{name}”已经是“{taken.group}”的写法")
    if taken:
        return taken
    added = GroupName.objects.create(group=group, name=name)
    record(group, "增加统称的写法", by=by, facts={"写法": name})
    return added
