"""每日任务: ``manage nightly [--date 2021-06-30]``, for a timer of the machine."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.frame.today import today
from gongkai.ledger.services.nightly import LABELS, run_nightly


class Command(BaseCommand):
    """The day's work of the ledger (每日任务)."""

    help = "做一天的例行工作：转交撤并单位的任务，发出提醒和邮件。可以重复运行。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--date`` stands for today."""
        parser.add_argument("--date", help="日期，例如 2021-06-30；不写就是今天")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run, and print one line of counts."""
        try:
            day = date.fromisoformat(options["date"]) if options["date"] else today()
        except ValueError:
            raise CommandError("日期应写成 2021-06-30 的样子", returncode=2) from None
        counts = run_nightly(day)
        words = "，".join(f"{LABELS[name]}{number}件" for name, number in counts.items())
        self.stdout.write(f"{day} 每日任务完成：{words}")
