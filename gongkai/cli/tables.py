"""导出数据表: every row of every table of the house, as JSON lines and as CSV."""

import csv
import json
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

#: never leave the house: what opens accounts
SECRET = frozenset({"accounts.User.password"})
BATCH = 1000


def nouns() -> list[type[models.Model]]:
    """The tables of the house (数据表), in the order of their rooms."""
    return [model for model in apps.get_models() if model.__module__.startswith("gongkai.")]


def dump(model: type[models.Model], folder: Path) -> int:
    """Write one table (导出一张表); how many rows."""
    name = model._meta.label_lower
    fields = [
        field for field in model._meta.concrete_fields if f"{model._meta.label}.{field.name}" not in SECRET
    ]
    several = list(model._meta.local_many_to_many)
    heads = [*(field.attname for field in fields), *(field.name for field in several)]
    rows = model._default_manager.order_by("pk").prefetch_related(*(field.name for field in several))
    count = 0
    with (
        (folder / f"{name}.jsonl").open("w", encoding="utf-8") as lines,
        (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as sheet,
    ):
        writer = csv.writer(sheet)
        writer.writerow(heads)
        for row in rows.iterator(BATCH):
            values = [plain(field.value_from_object(row)) for field in fields]
            values += [[other.pk for other in getattr(row, field.name).all()] for field in several]
            lines.write(json.dumps(dict(zip(heads, values, strict=True)), ensure_ascii=False) + "\n")
            writer.writerow(_cell(value) for value in values)
            count += 1
    return count


def open_fields(model: type[models.Model]) -> list[Any]:
    """The columns that may leave the house (可导出的列)."""
    label = model._meta.label
    return [field for field in model._meta.concrete_fields if f"{label}.{field.name}" not in SECRET]


def plain(value: Any) -> Any:
    """A value as JSON has it (取值): days as 2021-03-05, files by their names."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat() if timezone.is_aware(value) else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, models.fields.files.FieldFile):
        return value.name
    return value


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def uploads() -> Iterator[str]:
    """The stored name of every file that a row holds (全部文件)."""
    for model in nouns():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                names = model._default_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
                yield from names.distinct().order_by(field.name).iterator(BATCH)


def copy(name: str, folder: Path) -> bool:
    """Copy one stored file under its stored name (复制文件); False where it is not there any more."""
    target = (folder / name).resolve()
    if not target.is_relative_to(folder.resolve()) or not default_storage.exists(name):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    with default_storage.open(name) as stored, target.open("wb") as out:
        shutil.copyfileobj(stored, out)
    return True


def describe(model: type[models.Model], count: int) -> str:
    """One table in words (数据表说明): its name, its columns with their Chinese names."""
    columns = "、".join(f"`{field.attname}` {field.verbose_name}" for field in open_fields(model))
    return f"## {model._meta.verbose_name}（`{model._meta.label_lower}`，{count} 行）\n\n{columns}\n"
