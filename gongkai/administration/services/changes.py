"""变化: who may keep the registers, and what an act changed, for its trace."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models

from gongkai.accounts.models import User


def require(by: User | None, *roles: str) -> None:
    """Refuse people without one of *roles* (权限); None is the system itself."""
    if by is not None and not by.has_role(*roles):
        raise PermissionDenied("您的岗位不能办理这项操作。")


def apply(record: models.Model, facts: dict[str, Any]) -> dict[str, list[Any]]:
    """Set *facts* on *record* without saving; gives what differs, by Chinese name: [旧, 新]."""
    changed: dict[str, list[Any]] = {}
    for name, new in facts.items():
        if getattr(record, name) != new:
            before = _said(record, name)
            setattr(record, name, new)
            changed[label(record, name)] = [before, _said(record, name)]
    return changed


def label(record: models.Model, name: str) -> str:
    """The Chinese name of a field (字段名)."""
    return str(getattr(record._meta.get_field(name), "verbose_name", name))


def _said(record: models.Model, name: str) -> Any:
    """A value in words: the label of a choice, the name of a record."""
    shown = getattr(record, f"get_{name}_display", None)
    value = shown() if shown else getattr(record, name)
    return str(value) if isinstance(value, models.Model) else value
