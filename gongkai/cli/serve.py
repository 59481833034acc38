"""运行: ``gongkai serve`` is the whole site in one command: pages, work in the background, the clock."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from gongkai.cli.application import Application
from gongkai.cli.children import Child, Keeper
from gongkai.cli.ports import taken
from gongkai.cli.site import check_tables
from gongkai.rules.law import Refused

app = Application(help="运行网站", add_completion=False)
PROGRAMS = Path(sys.executable).parent
THREADS = 3


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址；前面有 nginx 时保持默认")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="端口")] = 8000,
    workers: Annotated[int, typer.Option(min=0, max=64, help="网页进程数，0 表示按处理器个数")] = 0,
) -> None:
    """运行整个网站：网页、后台任务、定时任务。任何一个意外停止都会自动重新启动；Ctrl-C 停止。"""
    if taken(host, port):
        raise Refused(f"端口 {port} 已被其他程序占用，请先停止它，或用 --port 换一个端口")
    check_tables()
    typer.echo(f"Gongkai 公开：http://{host}:{port}/   （按 Ctrl-C 停止）")
    keeper = Keeper(children(host, port, workers or min(os.cpu_count() or 1, 8)))
    keeper.watch()
    typer.echo("已停止")


def children(host: str, port: int, workers: int) -> list[Child]:
    """What makes up the running site (组成)."""
    gongkai = [sys.executable, "-m", "gongkai.cli"]
    pages = [
        str(PROGRAMS / "granian"),
        "--interface=wsgi",
        f"--host={host}",
        f"--port={port}",
        f"--workers={workers}",
        f"--blocking-threads={THREADS}",
        "--respawn-failed-workers",
        "--respawn-interval=0.5",
        "--no-ws",
        "--log-level=warning",
        "config.wsgi:application",
    ]
    return [
        Child("网页服务", pages, warn),
        Child("后台任务", [*gongkai, "worker", f"--name={port}"], warn),
        Child("定时任务", [*gongkai, "tick"], warn),
    ]


def warn(sentence: str) -> None:
    """Say what went wrong on standard error (提示)."""
    typer.echo(sentence, err=True)
