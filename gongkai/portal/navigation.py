"""导航: the staff's menu, by role."""

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Template context: ``navigation``, the entries that this person may open."""
    return {"navigation": []}
