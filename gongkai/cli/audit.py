"""办理留痕的命令: ``gongkai audit verify`` and ``gongkai audit export``."""

from pathlib import Path
from typing import Annotated

import typer

from gongkai.cli.application import Application
from gongkai.cli.site import run

app = Application(help="办理留痕：校验、导出", no_args_is_help=True, add_completion=False)


@app.command()
def verify(anchor: Annotated[str, typer.Option(help="事先抄存的“序号:校验值”")] = "") -> None:
    """逐条校验留痕链；完整时退出码为 0，断开时为 1。"""
    run("audit_verify", anchor=anchor)


@app.command()
def export(
    path: Annotated[Path, typer.Argument(help="目标文件：.jsonl、.csv 或 .xlsx")],
    first: Annotated[str, typer.Option("--from", help="从哪一天起，如 2021-01-01")] = "",
    last: Annotated[str, typer.Option("--to", help="到哪一天止")] = "",
) -> None:
    """导出一段时间的留痕。"""
    run("audit_export", str(path), first=first, last=last)
