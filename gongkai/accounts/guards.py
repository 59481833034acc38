"""办理的门槛: what the acts of every room ask first: the row under lock, the right role, a text that fits."""

from collections.abc import Iterable
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.rules.flow import Flow
from gongkai.rules.law import Refused

Row = TypeVar("Row", bound=models.Model)


def locked(row: Row) -> Row:
    """The row as it stands now, under lock until the transaction ends (锁定记录)."""
    try:
        return type(row)._base_manager.select_for_update().get(pk=row.pk)
    except type(row).DoesNotExist:  # type: ignore[attr-defined]
        raise Refused(f"这条{row._meta.verbose_name}已不存在，请刷新页面") from None


def permit(by: User, roles: Iterable[str], unit: Unit | None = None) -> None:
    """Let through only who holds one of *roles* towards *unit*, or at all where none is named (核对权限)."""
    wanted = frozenset(roles)
    allowed = by.roles_in(unit) & wanted if unit else by.has_role(*wanted)
    if not allowed:
        raise PermissionDenied("您的岗位不能办理这一事项")


def permit_act(flow: Flow, code: str, by: User, unit: Unit | None = None) -> None:
    """Let through only the roles that the table of acts names for *code*."""
    permit(by, flow.acts[code].roles, unit)


def said(text: str, what: str) -> str:
    """The text without white space around it; refused where nothing is left (必填文字)."""
    if not text.strip():
        raise Refused(f"请填写{what}")
    return text.strip()


def fitting(row: Row) -> Row:
    """Refuse a text that is missing, too long or not storable, in the words of the page (核对文字)."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if not isinstance(field, models.CharField | models.TextField) or not isinstance(value, str):
            continue
        if "\x00" in value:
            raise Refused(f"{field.verbose_name}含有无法保存的字符")
        if field.max_length and len(value) > field.max_length:
            raise Refused(f"{field.verbose_name}不能超过{field.max_length}个字，现有{len(value)}个字")
        if not field.blank and not value.strip():
            raise Refused(f"请填写{field.verbose_name}")
    return row
