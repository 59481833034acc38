"""账号名册导入: accounts from a sheet; units are found by any of their names."""

from collections.abc import Sequence
from datetime import date

from gongkai.accounts.models import Post, Role, User
from gongkai.administration.rolls import Row
from gongkai.administration.services.accounts import add_post, create_account, edit_account
from gongkai.administration.services.rolls import (
    CHANGED,
    NEW,
    SAME,
    Outcome,
    Report,
    check_email,
    check_length,
    run,
)
from gongkai.agencies.matching import NameIndex
from gongkai.agencies.models import Unit
from gongkai.rules.law import Refused

HEADS = frozenset({"用户名", "姓名", "单位", "角色"})


def import_accounts(rows: Sequence[Row], *, by: User | None, today: date, keep: bool) -> Report:
    """Import accounts (导入账号名册); without *keep* only try."""
    index = NameIndex.load(today)
    return run(rows, lambda row: _account(row, index, by, today), "用户名", keep)


def _account(row: Row, index: NameIndex, by: User | None, today: date) -> Outcome:
    unit, role = _place(row, index)
    username = row.get("用户名")
    contacts = {"full_name": row.get("姓名"), "phone": row.get("联系电话"), "email": row.get("电子邮箱")}
    if contacts["email"]:
        check_email(contacts["email"])
    if not (username and contacts["full_name"]):
        raise Refused("用户名和姓名都要填写")
    for name, text in {**contacts, "username": username}.items():
        check_length(User, name, text)
    known = User.objects.filter(username__iexact=username).first()
    if known is None:
        _, word = create_account(username=username, unit=unit, role=role, by=by, today=today, **contacts)
        return Outcome(row.number, username, NEW, f"{unit} {Role(role).label}", word)
    before = (known.full_name, known.phone, known.email)
    edit_account(known, by=by, **contacts)
    posted = Post.objects.filter(user=known, unit=unit, role=role, ended_on=None).exists()
    if not posted:
        add_post(known, unit=unit, role=role, by=by, today=today)
    changed = before != tuple(contacts.values()) or not posted
    return Outcome(row.number, username, CHANGED if changed else SAME)


def _place(row: Row, index: NameIndex) -> tuple[Unit, str]:
    roles = {str(label): code for code, label in Role.choices}
    if row.get("角色") not in roles:
        raise Refused(f"角色“{row.get('角色')}”不认识，应为：{'、'.join(roles)}")
    match = index.match(row.get("单位"))
    if match.unit_id is None:
        raise Refused(f"单位“{row.get('单位')}”不在名册里")
    return Unit.objects.get(pk=match.unit_id), roles[row.get("角色")]
