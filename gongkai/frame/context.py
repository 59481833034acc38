"""What every page knows: the district, and the day (页面公共内容)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gongkai.frame.today import today


def site(request: HttpRequest) -> dict[str, Any]:
    """Template context: ``site`` (names of the district) and ``today``."""
    return {"site": settings.SITE, "today": today(request)}
