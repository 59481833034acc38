"""校验留痕链: one sentence; exit status 1 when the chain is broken."""

import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.audit.chain import verify


class Command(BaseCommand):
    """Check the whole chain (校验)."""

    help = "校验留痕链是否完整"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The anchor that was noted down earlier."""
        parser.add_argument("--anchor", default="", help="事先抄存的“序号:校验值”")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the verdict."""
        verdict = verify(self._anchor(options["anchor"]))
        if not verdict.whole:
            raise CommandError(str(verdict), returncode=1)
        self.stdout.write(str(verdict))

    def _anchor(self, text: str) -> tuple[int, str] | None:
        if not text:
            return None
        parts = re.fullmatch(r"(\d+):([0-9a-f]{64})", text)
        if not parts:
            raise CommandError("--anchor 应写成“序号:校验值”，校验值是64位十六进制数", returncode=2)
        return int(parts[1]), parts[2]
