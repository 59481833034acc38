"""Pages of units, groups and accounts: from button to record, as the right person and as the wrong one."""

import pytest
from django.urls import reverse

from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Group, Unit
from gongkai.audit.models import Trace


def test_the_register_lists_units_and_hides_those_that_are_no_more(
    as_user, officer: User, other: Unit
) -> None:
    other.ended_on = "2020-01-01"
    other.save()
    client = as_user(officer)
    page = client.get(reverse("units")).content.decode()
    assert "市中区发展和改革局" in page
    assert "市中区财政局" not in page
    assert "设立单位" not in page
    assert "市中区财政局" in client.get(reverse("units"), {"ended": "on"}).content.decode()


def test_the_register_finds_a_unit_by_any_of_its_names(
    as_user, officer: User, unit: Unit, other: Unit
) -> None:
    unit.names.create(name="计委", sort="former")
    page = as_user(officer).get(reverse("units"), {"q": "计委"}).content.decode()
    assert "市中区发展和改革局" in page
    assert "市中区财政局" not in page


def test_the_register_takes_as_many_queries_for_many_units_as_for_few(
    as_user, officer: User, django_assert_max_num_queries
) -> None:
    for number in range(60):
        Unit.objects.create(name=f"第{number}局", short_name=f"{number}局", kind="bureau")
    client = as_user(officer)
    with django_assert_max_num_queries(10):
        client.get(reverse("units"))


def test_the_list_of_accounts_takes_as_many_queries_for_many_as_for_few(
    as_user, administrator: User, person, django_assert_max_num_queries
) -> None:
    for _ in range(40):
        person(Role.OFFICER)
    client = as_user(administrator)
    with django_assert_max_num_queries(11):
        page = client.get(reverse("people"))
    assert "区发改局 单位信息员" in page.content.decode()


def test_the_office_renames_a_unit_and_its_page_tells_the_story(as_user, office: User, unit: Unit) -> None:
    client = as_user(office)
    answer = client.post(
        reverse("unit_rename", args=[unit.pk]),
        {"name": "市中区发改委", "short_name": "区发改委", "on": "2021-03-01", "ground": "〔2021〕2号"},
    )
    assert answer.url == reverse("unit", args=[unit.pk])
    page = client.get(answer.url).content.decode()
    for told in ("市中区发改委", "曾用名", "2021年3月1日", "〔2021〕2号", "单位更名"):
        assert told in page


def test_what_the_rules_refuse_stands_above_the_form_with_all_that_was_typed(
    as_user, office: User, unit: Unit, other: Unit
) -> None:
    answer = as_user(office).post(
        reverse("unit_rename", args=[unit.pk]),
        {"name": other.name, "short_name": "新简称", "on": "2021-03-01", "ground": "〔2021〕2号"},
    )
    page = answer.content.decode()
    assert "已有名为“市中区财政局”的单位" in page
    assert "〔2021〕2号" in page
    assert "新简称" in page


@pytest.mark.parametrize("act", ["merge", "close"])
def test_the_office_ends_a_unit(as_user, office: User, unit: Unit, other: Unit, act: str) -> None:
    given = {"on": "2021-03-01", "into": unit.pk}
    as_user(office).post(reverse(f"unit_{act}", args=[other.pk]), given)
    other.refresh_from_db()
    assert str(other.ended_on) == "2021-03-01"
    assert (other.successor == unit) is (act == "merge")


def test_the_office_sets_up_and_edits_a_unit(as_user, office: User, unit: Unit) -> None:
    client = as_user(office)
    given = {"name": "市中区医保局", "short_name": "区医保局", "kind": "bureau", "started_on": "2019-01-01"}
    client.post(reverse("unit_new"), given)
    made = Unit.objects.get(short_name="区医保局")
    client.post(
        reverse("unit_edit", args=[made.pk]), {"kind": "bureau", "phone": "0000-7", "parent": unit.pk}
    )
    made.refresh_from_db()
    assert (made.phone, made.parent, made.name) == ("0000-7", unit, "市中区医保局")
    client.post(reverse("unit_name_new", args=[made.pk]), {"name": "医保局", "sort": "short"})
    client.post(reverse("unit_name_drop", args=[made.names.get().pk]))
    assert list(Trace.objects.about(made).values_list("act", flat=True)) == [
        "设立单位",
        "修改单位信息",
        "增加单位名称",
        "删除单位名称",
    ]


def test_the_office_keeps_groups(as_user, office: User) -> None:
    client = as_user(office)
    assert "还没有统称" in client.get(reverse("groups")).content.decode()
    client.post(reverse("group_install"))
    client.post(
        reverse("group_new"), {"name": "各园区", "kinds": ["zone"], "wordings": "各开发区\n各园区管委会"}
    )
    group = Group.objects.get(name="各园区")
    assert group.names.count() == 2
    page = client.get(reverse("group_edit", args=[group.pk])).content.decode()
    assert "各园区管委会" in page
    strange = {"name": "各园区", "also": "区发改局\n无此局"}
    refused = client.post(reverse("group_edit", args=[group.pk]), strange).content.decode()
    assert "另含单位里的“无此局”不在单位名册中" in refused
    client.post(reverse("group_edit", args=[group.pk]), {"name": "各园区", "also": "区发改局"})
    assert [str(unit) for unit in group.also.all()] == ["区发改局"]
    client.post(reverse("group_edit", args=[group.pk]), {"name": "各园区", "open_ended": "on"})
    group.refresh_from_db()
    assert group.open_ended
    assert "各园区" in client.get(reverse("groups")).content.decode()


def test_the_administrator_makes_an_account_and_sees_its_password_once(
    as_user, administrator: User, unit: Unit
) -> None:
    client = as_user(administrator)
    given = {"username": "lisi", "full_name": "李四", "unit": unit.pk, "role": "officer"}
    answer = client.post(reverse("person_new"), given)
    user = User.objects.get(username="lisi")
    word = answer.context["word"]
    assert user.check_password(word)
    assert word in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert word not in client.get(reverse("person", args=[user.pk])).content.decode()


def test_the_administrator_does_every_act_on_an_account(
    as_user, administrator: User, officer: User, other: Unit
) -> None:
    client = as_user(administrator)
    key = [officer.pk]
    client.post(reverse("person_edit", args=key), {"full_name": "新名", "phone": "", "email": ""})
    client.post(reverse("post_new", args=key), {"unit": other.pk, "role": "approver"})
    client.post(reverse("post_end", args=[officer.posts.get(unit=other).pk]))
    client.post(reverse("person_disable", args=key), {"reason": "调离"})
    client.post(reverse("person_enable", args=key))
    client.post(reverse("person_password", args=key))
    assert list(Trace.objects.about(officer).values_list("act", flat=True)) == [
        "修改账号信息",
        "增加岗位",
        "结束岗位",
        "停用账号",
        "启用账号",
        "重置密码",
    ]
    page = client.get(reverse("person", args=key)).content.decode()
    assert "新名" in page
    assert "重置密码" in page


def test_the_office_reads_accounts_and_changes_none(as_user, office: User, officer: User) -> None:
    client = as_user(office)
    page = client.get(reverse("person", args=[officer.pk])).content.decode()
    assert "停用账号" not in page
    assert client.post(reverse("person_password", args=[officer.pk])).status_code == 403


def test_my_account_shows_posts_and_what_can_be_set_up(as_user, officer: User) -> None:
    page = as_user(officer).get(reverse("my_account")).content.decode()
    for told in ("区发改局 单位信息员", "修改密码", "动态口令", "登录的设备"):
        assert told in page
