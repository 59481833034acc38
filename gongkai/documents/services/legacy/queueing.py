"""排队: an import that is started by a page runs in the background (后台导入)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongkai.accounts.guards import permit_act
from gongkai.accounts.models import User
from gongkai.documents.models import LegacyImport
from gongkai.documents.services.legacy import acts
from gongkai.documents.services.legacy.running import run_import
from gongkai.documents.services.legacy.watching import stop_if_abandoned
from gongkai.documents.states import LEGACY


@transaction.atomic
def start(batch: LegacyImport, *, by: User, at: datetime) -> LegacyImport:
    """Start an import and put it in the queue, together (开始导入)."""
    return _queued(acts.start(batch, by=by, at=at))


@transaction.atomic
def resume(batch: LegacyImport, *, by: User, at: datetime) -> LegacyImport:
    """Go on with an import that was stopped, or that nobody works on, and put it in the queue (继续导入)."""
    permit_act(LEGACY, "resume", by)
    stop_if_abandoned(batch, at)
    return _queued(acts.resume(batch, by=by, at=at))


def _queued(batch: LegacyImport) -> LegacyImport:
    """The task is remembered, so that its end is noticed."""
    batch.task = UUID(run_import.enqueue(batch.pk).id)
    batch.save(update_fields=["task"])
    return batch
