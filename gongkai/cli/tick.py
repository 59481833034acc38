"""定时任务: ``gongkai tick`` does what nobody has to ask for, at its hour; several may run at once."""

import logging
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Event, Thread

from django.db import close_old_connections

from gongkai.cli.application import Application
from gongkai.cli.site import run
from gongkai.documents.services.legacy.watching import stop_abandoned
from gongkai.documents.services.publication import publish_due
from gongkai.documents.services.releases import publish_due_releases
from gongkai.frame.today import now, today
from gongkai.ledger.services.notices.mail import deliver_mail
from gongkai.search import catch_up

app = Application(help="定时任务", add_completion=False)
log = logging.getLogger(__name__)
LONGEST_SLEEP = 1.0


@dataclass
class Job:
    """Something done again and again (定时任务): whatever fails is told, and tried again at its next turn."""

    name: str
    every: float
    work: Callable[[], object]
    due: float = 0.0

    def turn(self, moment: float) -> bool:
        """Do it if it is due (到点执行); whether it was."""
        if moment < self.due:
            return False
        self.due = moment + self.every
        try:
            self.work()
        except (Exception, SystemExit):
            log.exception("%s failed", self.name)
        return True


class Nightly:
    """The work of the day (每日任务), once as soon as a new day has come; repeated where it failed."""

    def __init__(self) -> None:
        self.done: date | None = None

    def __call__(self) -> None:
        """Do it if this day has not had it."""
        day = today()
        if self.done != day:
            run("nightly")
            self.done = day


def jobs() -> list[Job]:
    """What there is to do, and how often, in seconds (任务表)."""
    return [
        Job("到时发布", 10, lambda: publish_due(now())),
        Job("整批到时发布", 10, lambda: publish_due_releases(now())),
        Job("发送邮件", 60, lambda: deliver_mail(now())),
        Job("照看导入", 60, lambda: stop_abandoned(now())),
        Job("每日任务", 30, Nightly()),
    ]


class Ticker:
    """Goes round its jobs until told to stop (定时器)."""

    def __init__(self, work: Sequence[Job]) -> None:
        self.work = work
        self.stopping = False
        self.stopped = Event()

    def stop(self, *_signal: object) -> None:
        """End after the job in hand (停止)."""
        self.stopping = True
        self.stopped.set()

    def round(self, moment: float) -> float:
        """Do what is due (一轮); how many seconds are left until the next turn."""
        ran = [job.turn(moment) for job in self.work if not self.stopping]
        if any(ran):
            close_old_connections()
        return max(min(job.due for job in self.work) - time.monotonic(), 0)

    def run(self) -> None:
        """Round after round (运行)."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        while not self.stopping:
            self.stopped.wait(min(self.round(time.monotonic()), LONGEST_SLEEP))


@app.command()
def tick() -> None:
    """到时发布、补发邮件、每日任务、更新检索，一直运行到停止。gongkai serve 已包含它。"""
    ticker = Ticker(jobs())
    reader = Thread(target=catch_up.run, args=(ticker.stopped,), name="search")
    reader.start()  # beside the jobs: a long nightly run must not hold up what was just published
    try:
        ticker.run()
    finally:
        ticker.stop()
        reader.join()
