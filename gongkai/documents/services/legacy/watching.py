"""照看导入: an import that nobody works on any more is told as stopped, so that people can go on with it."""

from datetime import datetime, timedelta

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gongkai.documents.models import LegacyImport
from gongkai.documents.services.legacy.acts import fail
from gongkai.rules.law import Refused

#: an import gives a sign of life at least every minute while somebody works on it
QUIET = timedelta(minutes=30)
_ALIVE = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
DEAD = "后台程序多次中断，导入已停下。已导入的部分有效，可以继续导入；仍不成功请联系技术人员"
SILENT = "导入长时间没有进展，已停下。已导入的部分有效，可以继续导入；请确认后台程序正在运行"


def stop_abandoned(at: datetime) -> int:
    """Tell imports as stopped that nobody works on (标为中断); how many there were."""
    return sum(stop_if_abandoned(batch, at) for batch in LegacyImport.objects.filter(state="running"))


def stop_if_abandoned(batch: LegacyImport, at: datetime) -> bool:
    """The same for one import (核对是否停下); whether it was."""
    note = why_abandoned(batch, at)
    if batch.state != "running" or not note:
        return False
    try:
        with transaction.atomic():
            held = LegacyImport.objects.select_for_update().get(pk=batch.pk)
            if (held.task, held.moved_at) != (batch.task, batch.moved_at):
                return False  # somebody went on with it in the meantime
            fail(held, note=note, at=at)
    except Refused:
        return False
    return True


def why_abandoned(batch: LegacyImport, at: datetime) -> str:
    """Why nobody works on a running import (停下的原因), or nothing where somebody does.

    One that waits in the queue is not abandoned, however long it waits.
    """
    task = DBTaskResult.objects.filter(pk=batch.task).first() if batch.task else None
    if batch.task and (task is None or task.status not in _ALIVE):
        return DEAD
    waiting = task is not None and task.status == TaskResultStatus.READY
    moved = batch.moved_at or batch.begun_at
    return SILENT if not waiting and moved and at - moved > QUIET else ""
