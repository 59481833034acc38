"""Acts on accounts: each works and leaves a trace, none keeps a password, and the wrong ones are refused."""

import json
import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.accounts.models import Role, User
from gongkai.administration.services import accounts
from gongkai.agencies.models import Unit
from gongkai.audit.models import Trace
from gongkai.rules.law import Refused

TODAY = date(2021, 4, 1)


def make(by: User | None, unit: Unit, **facts: object) -> tuple[User, str]:
    given = {"username": "zhangsan", "full_name": "张三", "unit": unit, "role": Role.OFFICER, **facts}
    return accounts.create_account(by=by, today=TODAY, **given)


def acts(user: User) -> list[str]:
    return list(Trace.objects.about(user).values_list("act", flat=True))


def test_a_new_account_has_a_post_and_a_password_that_must_be_changed(
    administrator: User, unit: Unit
) -> None:
    user, word = make(administrator, unit)
    assert user.check_password(word)
    assert user.must_change_password
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){2}", word)
    assert [str(post) for post in user.held] == ["区发改局 单位信息员"]
    assert acts(user) == ["新增账号", "增加岗位"]


def test_no_trace_ever_holds_a_password(administrator: User, unit: Unit) -> None:
    user, first = make(administrator, unit)
    second = accounts.reset_password(user, by=administrator)
    kept = json.dumps([[trace.note, trace.facts] for trace in Trace.objects.all()], ensure_ascii=False)
    assert first not in kept
    assert second not in kept


def test_a_user_name_is_given_once_whatever_its_case(administrator: User, unit: Unit) -> None:
    make(administrator, unit)
    with pytest.raises(Refused, match="已被使用"):
        make(administrator, unit, username="ZhangSan")


def test_a_post_is_held_once_and_ends(administrator: User, unit: Unit) -> None:
    user, _ = make(administrator, unit)
    with pytest.raises(Refused, match="已担任"):
        accounts.add_post(user, unit=unit, role=Role.OFFICER, by=administrator, today=TODAY)
    post = user.posts.get()
    accounts.end_post(post, by=administrator, today=TODAY)
    assert User.objects.get(pk=user.pk).held == []
    with pytest.raises(Refused, match="已经结束"):
        accounts.end_post(post, by=administrator, today=TODAY)


def test_nobody_is_posted_to_a_unit_that_is_no_more(administrator: User, unit: Unit) -> None:
    unit.ended_on = TODAY
    unit.save()
    with pytest.raises(Refused, match="不能增加岗位"):
        make(administrator, unit)
    assert not User.objects.filter(username="zhangsan").exists()


def test_a_disabled_account_comes_back_with_its_posts(administrator: User, unit: Unit) -> None:
    user, _ = make(administrator, unit)
    accounts.disable_account(user, reason="调离", by=administrator)
    user.refresh_from_db()
    assert not user.is_active
    with pytest.raises(Refused, match="已经停用"):
        accounts.disable_account(user, reason="调离", by=administrator)
    accounts.enable_account(user, by=administrator)
    with pytest.raises(Refused, match="正在使用"):
        accounts.enable_account(user, by=administrator)
    assert acts(user)[-2:] == ["停用账号", "启用账号"]
    assert Trace.objects.about(user).get(act="停用账号").note == "调离"


def test_the_last_administrator_stays(administrator: User) -> None:
    with pytest.raises(Refused, match="至少要保留一名"):
        accounts.end_post(administrator.posts.get(), by=administrator, today=TODAY)
    with pytest.raises(Refused, match="至少要保留一名"):
        accounts.disable_account(administrator, reason="测试", by=None)
    with pytest.raises(Refused, match="自己"):
        accounts.disable_account(administrator, reason="测试", by=administrator)
    administrator.refresh_from_db()
    assert administrator.is_active


def test_a_second_factor_that_is_not_there_cannot_be_taken_away(administrator: User, officer: User) -> None:
    with pytest.raises(Refused, match="没有启用"):
        accounts.reset_second_factor(officer, by=administrator)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPROVER, Role.OFFICE, Role.ASSESSOR])
def test_only_the_administrator_keeps_accounts(person, unit: Unit, role: str) -> None:
    by, user = person(role), person(Role.OFFICER)
    post = user.posts.get()
    for act in (
        lambda: make(by, unit),
        lambda: accounts.edit_account(user, by=by, phone="1"),
        lambda: accounts.add_post(user, unit=unit, role=Role.APPROVER, by=by, today=TODAY),
        lambda: accounts.end_post(post, by=by, today=TODAY),
        lambda: accounts.disable_account(user, reason="测试", by=by),
        lambda: accounts.enable_account(user, by=by),
        lambda: accounts.reset_password(user, by=by),
        lambda: accounts.reset_second_factor(user, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert not Trace.objects.exists()
