"""管理命令: ``gongkai manage …`` is Django's own command line."""

import os
from collections.abc import Sequence

from django.core.management import execute_from_command_line


def app(*, prog_name: str, args: Sequence[str]) -> None:
    """Hand the words on to Django (转交)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    execute_from_command_line([prog_name, *args])
