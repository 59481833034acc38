"""The one clock of the pages (当日): rules and services are told the day, they never ask."""

from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone


def today(request: HttpRequest | None = None) -> date:  # noqa: ARG001 (views say whose day they ask for)
    """The day in the district's time zone; a demo may stand on a fixed day by GONGKAI_TODAY."""
    fixed: str = settings.FIXED_TODAY
    return date.fromisoformat(fixed) if fixed else timezone.localdate()


def now() -> datetime:
    """This moment, with a time zone; on the demo's fixed day, at the real hour of the clock."""
    moment = timezone.localtime()
    return datetime.combine(today(), moment.timetz())
