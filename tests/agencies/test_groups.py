"""Groups of a plan, resolved to units on a date."""

from datetime import date

import pytest

from gongkai.administration.services.groups import create_group, edit_group, install_groups
from gongkai.administration.services.units import merge_unit
from gongkai.agencies.models import Group, Unit
from gongkai.audit.models import Trace
from gongkai.rules.law import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]


def unit(name: str, kind: str = "town", **more: object) -> Unit:
    return Unit.objects.create(name=f"市中区{name}", short_name=name, kind=kind, **more)


def names(group: Group, day: date) -> set[str]:
    return set(group.members(day).values_list("short_name", flat=True))


def test_a_group_means_the_units_of_its_kinds_that_exist_on_the_day() -> None:
    unit("东镇")
    unit("新镇", started_on=date(2020, 1, 1))
    unit("西街道", kind="street")
    group = create_group(name="各镇", kinds=["town"], by=None)
    assert names(group, date(2019, 6, 1)) == {"东镇"}
    assert names(group, date(2021, 6, 1)) == {"东镇", "新镇"}


def test_a_merged_unit_belongs_to_its_group_until_the_day_of_the_merger() -> None:
    old, into = unit("老镇"), unit("大镇")
    group = create_group(name="各镇", kinds=["town"], by=None)
    merge_unit(old, into=into, on=date(2021, 7, 1), by=None)
    assert names(group, date(2021, 6, 30)) == {"老镇", "大镇"}
    assert names(group, date(2021, 7, 1)) == {"大镇"}


def test_single_units_are_added_and_left_out() -> None:
    town, zone = unit("东镇"), unit("开发区", kind="zone")
    unit("西镇")
    group = create_group(name="各镇", kinds=["town"], also=[zone], but=[town], by=None)
    assert names(group, date(2021, 6, 1)) == {"西镇", "开发区"}


def test_an_open_group_has_no_units_of_its_own() -> None:
    unit("东镇")
    assert not create_group(name="有关部门", kinds=[], open_ended=True, by=None).members(date(2021, 1, 1))


def test_a_group_without_any_rule_is_refused() -> None:
    with pytest.raises(Refused, match="至少选择"):
        create_group(name="空", kinds=[], by=None)


def test_one_wording_means_one_group() -> None:
    create_group(name="各镇", kinds=["town"], wordings=["各乡镇"], by=None)
    with pytest.raises(Refused, match="已经是"):
        create_group(name="各街道", kinds=["street"], wordings=["各乡镇"], by=None)
    assert not Group.objects.filter(name="各街道").exists()


def test_the_usual_groups_are_installed_once() -> None:
    first = install_groups()
    assert {"各镇人民政府", "各街道办事处", "区政府各部门单位", "有关部门"} <= {each.name for each in first}
    assert install_groups() == []


def test_a_change_of_a_group_tells_before_and_after() -> None:
    group = create_group(name="各镇", kinds=["town"], wordings=["各乡镇"], by=None)
    edit_group(group, name="各镇", kinds=["town", "street"], wordings=["各镇街"], by=None)
    trace = Trace.objects.about(group).last()
    assert trace.act == "修改统称"
    assert trace.facts["包含的单位类别"] == ["镇人民政府", "镇人民政府、街道办事处"]
    assert trace.facts["其他写法"] == ["各乡镇", "各镇街"]


def test_a_change_that_changes_nothing_leaves_no_trace() -> None:
    group = create_group(name="各镇", kinds=["town"], by=None)
    edit_group(group, name="各镇", kinds=["town"], by=None)
    assert Trace.objects.about(group).count() == 1
