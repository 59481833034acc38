"""Acts on units: each works, keeps the history and leaves a trace; the wrong ones are refused."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.accounts.models import Post, Role, User
from gongkai.administration.services import names, units
from gongkai.agencies.matching import NameIndex
from gongkai.agencies.models import Unit, UnitName
from gongkai.audit.chain import verify
from gongkai.audit.models import Trace
from gongkai.rules.law import Refused

TODAY = date(2021, 4, 1)


def acts(unit: Unit) -> list[str]:
    return list(Trace.objects.about(unit).values_list("act", flat=True))


def test_a_unit_is_set_up_with_its_history_and_a_trace(office: User) -> None:
    unit = units.create_unit(
        name="市中区医疗保障局",
        short_name="区医保局",
        kind="bureau",
        by=office,
        today=TODAY,
        ground="市中编〔2019〕1号",
    )
    change = unit.changes.get()
    assert (change.event, change.on, change.ground) == ("set_up", TODAY, "市中编〔2019〕1号")
    assert acts(unit) == ["设立单位"]
    assert verify().whole


def test_a_full_name_is_never_given_twice(unit: Unit, office: User) -> None:
    with pytest.raises(Refused, match="已有名为"):
        units.create_unit(name=unit.name, short_name="又一个", kind="bureau", by=office, today=TODAY)


def test_an_edit_tells_what_changed_and_only_that(unit: Unit, office: User) -> None:
    units.edit_unit(unit, by=office, phone="0000-1", head="")
    assert Trace.objects.about(unit).last().facts == {"联系电话": ["", "0000-1"]}
    units.edit_unit(unit, by=office, phone="0000-1")
    assert acts(unit) == ["修改单位信息"]


def test_an_edit_cannot_change_the_full_name(unit: Unit, office: User) -> None:
    units.edit_unit(unit, by=office, name="市中区某某局")
    unit.refresh_from_db()
    assert unit.name == "市中区发展和改革局"


def test_a_unit_is_not_its_own_parent(unit: Unit, other: Unit, office: User) -> None:
    other.parent = unit
    other.save()
    for parent in (unit, other):
        with pytest.raises(Refused, match="上级单位"):
            units.edit_unit(unit, by=office, parent=parent)


def test_after_a_new_name_the_old_one_still_finds_the_unit(unit: Unit, office: User) -> None:
    units.rename_unit(
        unit,
        name="市中区发展改革委员会",
        short_name="区发改委",
        on=date(2021, 3, 1),
        by=office,
        ground="〔2021〕2号",
    )
    unit.refresh_from_db()
    assert (unit.name, unit.short_name) == ("市中区发展改革委员会", "区发改委")
    former = unit.names.get(name="市中区发展和改革局")
    assert (former.sort, former.until_on) == (UnitName.Sort.FORMER, date(2021, 3, 1))
    index = NameIndex.load(TODAY)
    assert index.match("市中区发展和改革局").unit_id == index.match("区发改委").unit_id == unit.pk
    assert acts(unit) == ["单位更名"]
    assert str(unit.changes.get()) == "2021-03-01 更名"


def test_a_merger_moves_people_and_subordinate_units_and_keeps_the_past(
    unit: Unit, other: Unit, office: User, officer: User
) -> None:
    child = Unit.objects.create(name="市中区价格中心", short_name="价格中心", kind="institution", parent=unit)
    units.merge_unit(unit, into=other, on=TODAY, by=office)
    unit.refresh_from_db()
    child.refresh_from_db()
    assert (unit.ended_on, unit.successor, child.parent) == (TODAY, other, other)
    posts = Post.objects.filter(user=officer)
    assert posts.get(unit=unit).ended_on == TODAY
    assert posts.get(unit=other).ended_on is None
    assert acts(unit) == ["单位并入"]
    assert acts(other) == ["承接并入单位"]
    assert list(Trace.objects.about(officer).values_list("act", flat=True)) == ["结束岗位", "增加岗位"]


def test_who_took_over_sees_the_rows_of_the_unit_that_was_merged(
    unit: Unit, other: Unit, office: User, officer: User
) -> None:
    units.merge_unit(unit, into=other, on=TODAY, by=office)
    fresh = User.objects.get(pk=officer.pk)
    assert set(fresh.units()) == {unit, other}
    unit.refresh_from_db()
    assert fresh.roles_in(unit) == {Role.OFFICER}


@pytest.mark.parametrize("act", ["merge", "close", "rename"])
def test_a_unit_that_is_no_more_cannot_change(unit: Unit, other: Unit, office: User, act: str) -> None:
    units.close_unit(unit, on=TODAY, by=office)
    attempts = {
        "merge": lambda: units.merge_unit(unit, into=other, on=TODAY, by=office),
        "close": lambda: units.close_unit(unit, on=TODAY, by=office),
        "rename": lambda: units.rename_unit(unit, name="新", short_name="新", on=TODAY, by=office),
    }
    with pytest.raises(Refused, match="已于2021-04-01"):
        attempts[act]()


def test_nothing_is_merged_into_a_unit_that_is_no_more(unit: Unit, other: Unit, office: User) -> None:
    units.close_unit(other, on=TODAY, by=office)
    with pytest.raises(Refused):
        units.merge_unit(unit, into=other, on=TODAY, by=office)
    unit.refresh_from_db()
    assert unit.ended_on is None


def test_a_unit_is_not_merged_into_itself_or_its_own_subordinate(
    unit: Unit, other: Unit, office: User
) -> None:
    other.parent = unit
    other.save()
    for into in (unit, other):
        with pytest.raises(Refused, match="不能并入"):
            units.merge_unit(unit, into=into, on=TODAY, by=office)


def test_a_unit_with_subordinate_units_is_not_closed(unit: Unit, other: Unit, office: User) -> None:
    other.parent = unit
    other.save()
    with pytest.raises(Refused, match="下级单位"):
        units.close_unit(unit, on=TODAY, by=office)


def test_a_unit_does_not_end_before_it_began(unit: Unit, office: User) -> None:
    unit.started_on = date(2020, 1, 1)
    unit.save()
    with pytest.raises(Refused, match="早于"):
        units.close_unit(unit, on=date(2019, 1, 1), by=office)


def test_a_name_that_another_unit_bears_is_refused(unit: Unit, other: Unit, office: User) -> None:
    names.name_unit(unit, name="发改委", by=office, today=TODAY)
    for taken in ("区财政局", "市中区财政局"):
        with pytest.raises(Refused, match="已经是"):
            names.name_unit(unit, name=taken, by=office, today=TODAY)
    with pytest.raises(Refused, match="已经是"):
        names.name_unit(other, name="发改委", by=office, today=TODAY)


def test_naming_twice_is_done_once(unit: Unit, office: User) -> None:
    names.name_unit(unit, name="发改委", by=office, today=TODAY)
    names.name_unit(unit, name="发改委", by=office, today=TODAY)
    assert acts(unit) == ["增加单位名称"]
    names.drop_name(unit.names.get(), by=office)
    assert acts(unit) == ["增加单位名称", "删除单位名称"]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPROVER, Role.ASSESSOR])
def test_only_the_office_and_the_administrator_keep_units(unit: Unit, other: Unit, person, role: str) -> None:
    by = person(role)
    for act in (
        lambda: units.create_unit(name="新", short_name="新", kind="bureau", by=by, today=TODAY),
        lambda: units.edit_unit(unit, by=by, phone="1"),
        lambda: units.rename_unit(unit, name="新", short_name="新", on=TODAY, by=by),
        lambda: units.merge_unit(unit, into=other, on=TODAY, by=by),
        lambda: units.close_unit(unit, on=TODAY, by=by),
        lambda: names.name_unit(unit, name="新", by=by, today=TODAY),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert not Trace.objects.exists()


def test_the_unit_of_the_last_administrator_cannot_be_closed(unit: Unit, administrator: User) -> None:
    with pytest.raises(Refused, match="至少要保留一名"):
        units.close_unit(unit, on=TODAY, by=administrator)
    assert Post.objects.get(user=administrator).ended_on is None
    assert Unit.objects.get(pk=unit.pk).ended_on is None
