"""命令行程序: a typer application whose every error is one Chinese sentence and exit status 2."""

from typing import Any

import typer

from gongkai.rules.law import Refused

BAD_INPUT = 2


class Application(typer.Typer):
    """A command (命令) that says what is wrong in one sentence and never shows a traceback for bad input."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run it; bad input ends with status 2 (输入有误)."""
        try:
            status = super().__call__(*args, standalone_mode=False, **kwargs)
        except Refused as refused:
            typer.echo(str(refused), err=True)
            raise SystemExit(BAD_INPUT) from None
        except typer.TyperException as wrong:
            typer.echo(f"命令写法有误{_where(wrong)}，请加 --help 查看用法", err=True)
            raise SystemExit(BAD_INPUT) from None
        if isinstance(status, int) and status:
            raise SystemExit(status)


def _where(wrong: typer.TyperException) -> str:
    option = getattr(wrong, "option_name", None)
    return f"：选项 {option} 不完整或不认识" if option else ""
