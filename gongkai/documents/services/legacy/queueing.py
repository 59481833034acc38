"""排队: an import that is started by a page runs in the background (后台导入)."""

from datetime import datetime

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.documents.models import LegacyImport
from gongkai.documents.services.legacy import acts
from gongkai.documents.services.legacy.running import run_import


@transaction.atomic
def start(batch: LegacyImport, *, by: User, at: datetime) -> LegacyImport:
    """Start an import and put it in the queue, together (开始导入)."""
    batch = acts.start(batch, by=by, at=at)
    run_import.enqueue(batch.pk)
    return batch
