"""后台任务: one worker of each name on a host, and what a killed one had in hand is taken up again."""

import fcntl
import os
from hashlib import blake2b
from typing import IO

from django.conf import settings
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gongkai.rules.law import Refused

#: a task that its worker did not survive so many times is given up
TRIES = 5


def held(name: str) -> IO[str]:
    """A lock on the worker's name (锁定名称): while it is held, no other of this name is alive here."""
    site = blake2b(str(settings.DATABASES["default"]["NAME"]).encode(), digest_size=4).hexdigest()
    path = settings.BASE_DIR / "var" / f"worker-{site}-{name}.lock"
    path.parent.mkdir(exist_ok=True)
    handle: IO[str] = path.open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        raise Refused(f"名为“{name}”的后台任务进程已在运行，请用 --name 另取名称") from None
    handle.write(str(os.getpid()))
    handle.flush()
    return handle


@transaction.atomic
def take_up_again(name: str) -> int:
    """Put back what a dead worker of this name had in hand (重新排队); how many there were."""
    left = DBTaskResult.objects.running().select_for_update()
    mine = [task for task in left if task.worker_ids and task.worker_ids[-1] == name]
    for task in mine:
        if len(task.worker_ids) >= TRIES:
            task.set_failed(RuntimeError(f"the worker did not survive this task {TRIES} times"))
            continue
        task.status = TaskResultStatus.READY
        task.save(update_fields=["status"])
    return len(mine)
