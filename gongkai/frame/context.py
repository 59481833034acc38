"""What every page knows: the district, the day and the way of showing (页面公共内容)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gongkai.frame.today import today

#: ways of showing a public page (显示方式) besides the standard one: large type, high contrast
VIEWS = ("large", "contrast")


def site(request: HttpRequest) -> dict[str, Any]:
    """Template context: ``site`` (names of the district), ``today``, ``demo`` and ``view``."""
    asked = request.GET.get("view", "")
    return {
        "site": settings.SITE,
        "today": today(request),
        "demo": bool(settings.FIXED_TODAY),
        "view": asked if asked in VIEWS else "",
    }
