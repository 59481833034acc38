"""The one clock of the pages (当日): rules and services are told the day, they never ask."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def today(request: HttpRequest | None = None) -> date:  # noqa: ARG001 (views say whose day they ask for)
    """The day in the district's time zone; a demo may stand on a fixed day by GONGKAI_TODAY."""
    moment = _moment.get()
    if moment:
        return moment.date()
    fixed: str = settings.FIXED_TODAY
    return date.fromisoformat(fixed) if fixed else timezone.localdate()


def now() -> datetime:
    """This moment, with a time zone; on the demo's fixed day, at the real hour of the clock."""
    return _moment.get() or datetime.combine(today(), timezone.localtime().timetz())


@contextmanager
def standing_on(moment: datetime) -> Iterator[None]:
    """Let the clock stand at *moment* (with a time zone): for the demo's year and for tests."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
