"""迁移的办理: a manifest is taken in, its columns agreed on; the import started, finished, given up."""

from datetime import datetime
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from gongkai.accounts.guards import locked, permit_act
from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.audit.services import record
from gongkai.documents.models import Column, LegacyImport
from gongkai.documents.services.legacy.headings import BY_CODE, guess
from gongkai.documents.services.legacy.manifest import Manifest
from gongkai.documents.states import LEGACY
from gongkai.frame.uploads import clean_name
from gongkai.rules.law import Refused

FOLDER = "legacy"
COUNTS = ("total", "done", "made", "changed", "same", "refused")


def take_in(stream: IO[bytes], *, name: str, kind: str, by: User) -> LegacyImport:
    """Take a manifest in and look at its headings (上传清单); what cannot be read is said at once."""
    permit_act(LEGACY, "start", by)
    headings = Manifest(stream, kind).headings
    stream.seek(0)
    stored = default_storage.save(f"{FOLDER}/manifest.{kind}", File(stream))
    with transaction.atomic():
        batch = LegacyImport.objects.create(
            name=clean_name(name)[:200], upload=stored, kind=kind, by=by, mapping={"places": guess(headings)}
        )
        record(batch, "上传迁移清单", by=by)
    return batch


@transaction.atomic
def arrange(
    batch: LegacyImport,
    *,
    places: dict[str, int],
    unit: Unit | None,
    column: Column | None,
    by: User,
) -> LegacyImport:
    """Say which column holds what, and what stands where a row is silent (列对应)."""
    permit_act(LEGACY, "start", by)
    batch = locked(batch)
    if batch.state == "running":
        raise Refused("正在导入，不能修改列对应")
    if "title" not in places:
        raise Refused("请指定哪一列是标题")
    batch.mapping = {
        "places": {code: place for code, place in places.items() if code in BY_CODE},
        "unit": unit.pk if unit else None,
        "column": column.pk if column else None,
    }
    _begin_anew(batch)
    batch.save()
    record(batch, "设置列对应", by=by, facts=batch.mapping)
    return batch


@transaction.atomic
def start(batch: LegacyImport, *, by: User, at: datetime) -> LegacyImport:
    """Start the import, from the first row (开始导入); the caller sees to who runs it."""
    permit_act(LEGACY, "start", by)
    batch = locked(batch)
    if batch.state == "done":
        _begin_anew(batch)
    batch.begun_at = at
    return _run(batch, "start", by, at)


@transaction.atomic
def resume(batch: LegacyImport, *, by: User, at: datetime) -> LegacyImport:
    """Go on with an import that was stopped, after the last finished rows (继续导入)."""
    permit_act(LEGACY, "resume", by)
    return _run(locked(batch), "resume", by, at)


def _run(batch: LegacyImport, code: str, by: User, at: datetime) -> LegacyImport:
    batch.state = LEGACY.after(batch.state, code)
    batch.by, batch.note, batch.task = by, "", None
    batch.moved_at, batch.ended_at = at, None
    batch.save()
    record(batch, LEGACY.acts[code].label, by=by)
    return batch


def _begin_anew(batch: LegacyImport) -> None:
    """Counts and report of an earlier run give way to those of the next."""
    for name in COUNTS:
        setattr(batch, name, 0)
    batch.rows.all().delete()


@transaction.atomic
def finish(batch: LegacyImport, *, at: datetime) -> None:
    """All rows are through (完成)."""
    batch = locked(batch)
    batch.state, batch.ended_at = LEGACY.after(batch.state, "finish"), at
    batch.save()
    counts = {name: getattr(batch, name) for name in COUNTS}
    record(batch, "完成导入", by=batch.by, facts=counts)


@transaction.atomic
def fail(batch: LegacyImport, *, note: str, at: datetime) -> None:
    """Something stopped the import (中断); what went in stays, and it can go on."""
    batch = locked(batch)
    batch.state, batch.ended_at, batch.note = LEGACY.after(batch.state, "fail"), at, note
    batch.save()
    record(batch, "导入中断", by=None, note=note)


@transaction.atomic
def drop(batch: LegacyImport, *, by: User) -> LegacyImport:
    """Give an import up (放弃)."""
    permit_act(LEGACY, "drop", by)
    batch = locked(batch)
    batch.state = LEGACY.after(batch.state, "drop")
    batch.save()
    record(batch, "放弃导入", by=by)
    return batch
