"""检索索引的命令: ``gongkai search rebuild``, ``catch-up``, ``status``, ``run``."""

import json
import signal
from threading import Event
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from gongkai.cli.application import Application
from gongkai.cli.site import check_tables  # first: it makes Django ready
from gongkai.rules.law import Refused
from gongkai.search import catch_up as reading
from gongkai.search.engines.interface import Lost
from gongkai.search.sources import sources

app = Application(help="检索索引：重建、跟进、查看状态", no_args_is_help=True, add_completion=False)


@app.command()
def rebuild() -> None:
    """从数据库重建本机索引；重建期间原索引照常检索。"""
    check_tables()
    bar = (TextColumn("重建索引"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*bar, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=sum(each.count() for each in sources()))
        count = reading.rebuild(lambda done: progress.advance(task, done))
    typer.echo(f"已收录 {count} 条")


@app.command(name="catch-up")
def catch_up() -> None:
    """把数据库里的新变更收录进本机索引。"""
    check_tables()
    try:
        typer.echo(f"已处理 {reading.catch_up()} 处变更")
    except Lost as lost:
        raise Refused(f"{lost}，请运行 gongkai search rebuild") from None


@app.command()
def status(as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False) -> None:
    """查看本机索引：条数、大小、落后多少；不可用时退出码为 1。"""
    check_tables()
    found = reading.status()
    if as_json:
        typer.echo(json.dumps({name: getattr(found, name) for name in found.__slots__}, ensure_ascii=False))
    elif found.fault:
        typer.echo(f"索引不可用：{found.fault}。请运行 gongkai search rebuild")
    else:
        typer.echo(f"索引 {found.entries} 条，{found.size / 2**20:.1f} MB；数据库可检索 {found.records} 条")
        typer.echo(f"待收录变更 {found.behind} 处" if found.behind else "已与数据库一致")
    raise typer.Exit(1 if found.fault else 0)


@app.command()
def run() -> None:
    """持续跟进，直到被停止；索引缺失时自动重建。gongkai serve 已包含它。"""
    check_tables()
    stop = Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    reading.run(stop)
