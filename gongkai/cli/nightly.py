"""每日检查: ``gongkai nightly`` does the day's work once, and may run twice without harm."""

from typing import Annotated

import typer

from gongkai.cli.application import Application
from gongkai.cli.site import run

app = Application(help="每日一次的提醒和督办检查", add_completion=False)


@app.command()
def nightly(
    day: Annotated[str, typer.Option("--date", help="按哪一天检查，默认当天，如 2021-03-29")] = "",
) -> None:
    """检查临期和逾期、生成提醒、补发邮件，并打印各项条数。"""
    run("nightly", *([f"--date={day}"] if day else []))
