"""办理冲突: two people did the same thing at once; the later one is told so, and nothing is half-written."""

from collections.abc import Callable

from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

#: what PostgreSQL calls a deadlock, a serialization failure, a lock that was not to be had (SQLSTATE)
WAITED_IN_VAIN = frozenset({"40P01", "40001", "55P03"})


class CollisionMiddleware:
    """Answers 409 where an act met another one in the database, instead of 500 (办理冲突)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do while all goes well."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Every act is one transaction: it was undone as a whole and can be tried again."""
        return render(request, "409.html", status=409) if collided(exception) else None


def collided(exception: Exception) -> bool:
    """Whether it was another writer that stood in the way (是否办理冲突), not a fault of the database."""
    if isinstance(exception, OperationalError):
        cause = exception.__cause__
        return getattr(cause, "sqlstate", "") in WAITED_IN_VAIN or "locked" in str(exception)
    return isinstance(exception, IntegrityError) and "unique" in str(exception).lower()
