"""站点: makes Django ready for the commands that need the database, and runs its commands for them."""

import os
from typing import Any

import django
import typer
from django.core.management import CommandError, call_command
from django.db.utils import OperationalError, ProgrammingError

from gongkai.rules.law import Refused

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()


def run(command: str, *words: str, **options: Any) -> None:
    """Run one Django command (执行); what goes wrong is one sentence and an exit status."""
    try:
        call_command(command, *words, **options)
    except CommandError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(error.returncode) from None
    except (OperationalError, ProgrammingError) as error:
        typer.echo(f"数据库不可用，或尚未建表（先运行 gongkai manage migrate）：{error}", err=True)
        raise SystemExit(2) from None


def check_tables() -> None:
    """Refuse to go on with a database that has not the tables of this version (核对建表)."""
    try:
        call_command("migrate", check=True, verbosity=0)
    except SystemExit:
        raise Refused("数据库还没有建表或没有升级，请先运行 gongkai manage migrate") from None
    except OperationalError as error:
        raise Refused(f"数据库不可用：{error}") from None
