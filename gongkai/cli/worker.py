"""后台任务: ``gongkai worker`` runs what was put off, such as the import of an older site."""

import socket
from typing import Annotated

import typer

from gongkai.cli.application import Application
from gongkai.cli.site import run
from gongkai.documents.services.legacy.watching import stop_abandoned
from gongkai.frame.background import held, take_up_again
from gongkai.frame.today import now

app = Application(help="后台任务", add_completion=False)
INTERVAL = 0.5


@app.command()
def worker(name: Annotated[str, typer.Option(help="同一台主机运行多个时的名称")] = "1") -> None:
    """执行后台任务（如数据迁移），一直运行到停止。gongkai serve 已包含它。"""
    known = f"{socket.gethostname()}-{name}"[:64]
    with held(known):
        take_up_again(known)
        stop_abandoned(now())
        run("db_worker", queue_name="*", worker_id=known, interval=INTERVAL, reload=False, verbosity=0)
