"""账号的办理: accounts, their posts, their passwords; no trace ever holds a password."""

import secrets
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from gongkai.accounts.models import Post, Role, User
from gongkai.administration.services.changes import apply, require
from gongkai.agencies.models import Unit
from gongkai.audit.services import record
from gongkai.rules.law import Refused

KEEPER = Role.ADMINISTRATOR
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that people confuse: 0 o 1 l i


def one_time_password() -> str:
    """A password for the first sign-in (初始密码): 60 bits, easy to read out."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(3))


@transaction.atomic
def create_account(
    *,
    username: str,
    full_name: str,
    unit: Unit,
    role: str,
    by: User | None,
    today: date,
    phone: str = "",
    email: str = "",
) -> tuple[User, str]:
    """Make an account with its first post (新增账号); the password is shown once and must be changed."""
    require(by, KEEPER)
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(f"用户名“{username}”已被使用")
    word = one_time_password()
    user = User(username=username, full_name=full_name, phone=phone, email=email, must_change_password=True)
    user.set_password(word)
    user.save()
    record(user, "新增账号", by=by, facts={"用户名": username, "姓名": full_name})
    add_post(user, unit=unit, role=role, by=by, today=today)
    return user, word


@transaction.atomic
def edit_account(user: User, *, by: User | None, **facts: Any) -> User:
    """Change the name or the contacts (修改账号信息)."""
    require(by, KEEPER)
    user = _locked(user)
    changed = apply(user, facts)
    if changed:
        user.save()
        record(user, "修改账号信息", by=by, facts=changed)
    return user


@transaction.atomic
def add_post(user: User, *, unit: Unit, role: str, by: User | None, today: date) -> Post:
    """Give somebody a role in a unit from today (增加岗位)."""
    require(by, KEEPER)
    if unit.ended_on and unit.ended_on <= today:
        raise Refused(f"{unit.name}已撤销或并入其他单位，不能增加岗位")
    if Post.objects.filter(user=user, unit=unit, role=role, ended_on=None).exists():
        raise Refused(f"{user}已担任{unit}的{Role(role).label}")
    post = Post.objects.create(user=user, unit=unit, role=role, started_on=today)
    record(user, "增加岗位", by=by, facts={"岗位": str(post), "日期": today})
    return post


@transaction.atomic
def end_post(post: Post, *, by: User | None, today: date) -> Post:
    """End a role in a unit today (结束岗位); what was done in it stays on file."""
    require(by, KEEPER)
    post = Post.objects.select_for_update().select_related("user", "unit").get(pk=post.pk)
    if post.ended_on:
        raise Refused("这个岗位已经结束")
    post.ended_on = today
    post.save()
    record(post.user, "结束岗位", by=by, facts={"岗位": str(post), "日期": today})
    if post.role == KEEPER:
        keep_an_administrator()
    return post


@transaction.atomic
def disable_account(user: User, *, reason: str, by: User | None) -> User:
    """Bar an account from signing in (停用账号), at once on every device."""
    require(by, KEEPER)
    user = _locked(user)
    if not user.is_active:
        raise Refused("这个账号已经停用")
    if by is not None and by.pk == user.pk:
        raise Refused("不能停用自己的账号")
    user.is_active = False
    user.save()
    end_sessions(user)
    record(user, "停用账号", by=by, note=reason)
    if user.has_role(KEEPER):
        keep_an_administrator()
    return user


@transaction.atomic
def enable_account(user: User, *, by: User | None) -> User:
    """Let an account sign in again (启用账号)."""
    require(by, KEEPER)
    user = _locked(user)
    if user.is_active:
        raise Refused("这个账号正在使用中")
    user.is_active = True
    user.save()
    record(user, "启用账号", by=by)
    return user


@transaction.atomic
def reset_password(user: User, *, by: User | None) -> str:
    """Give a new one-time password (重置密码) and sign the person out everywhere."""
    require(by, KEEPER)
    user = _locked(user)
    word = one_time_password()
    user.set_password(word)
    user.must_change_password = True
    user.save()
    end_sessions(user)
    record(user, "重置密码", by=by)
    return word


@transaction.atomic
def reset_second_factor(user: User, *, by: User | None) -> User:
    """Take away a lost second factor (解除动态口令); the person sets up a new one at the next sign-in."""
    require(by, KEEPER)
    user = _locked(user)
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise Refused("这个账号没有启用动态口令")
    end_sessions(user)
    record(user, "解除动态口令", by=by)
    return user


def end_sessions(user: User) -> None:
    """Sign somebody out on every device (结束全部会话)."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def keep_an_administrator() -> None:
    """Refuse to lose the last administrator (保留系统管理员): nobody could ever make another one.

    Asked behind the trace: two who would end each other's post wait for each other at the trail's head.
    """
    if not Post.objects.filter(role=KEEPER, ended_on=None, user__is_active=True).exists():
        raise Refused("至少要保留一名在用的系统管理员")
