"""Two at once: the later one is told, in the frame; a fault of the database stays a fault."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path


class Deadlock(Exception):  # noqa: N818 (as the driver of PostgreSQL tells it)
    sqlstate = "40P01"


def _raising(error: Exception, cause: Exception | None = None) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        raise error from cause

    return view


urlpatterns = [
    path("t/same-name/", _raising(IntegrityError("UNIQUE constraint failed: account_user.username"))),
    path("t/same-name-too/", _raising(IntegrityError('duplicate key violates unique constraint "x"'))),
    path("t/locked/", _raising(OperationalError("database is locked"))),
    path("t/deadlock/", _raising(OperationalError("deadlock detected"), Deadlock())),
    path("t/empty/", _raising(IntegrityError("NOT NULL constraint failed: account_user.username"))),
    path("t/down/", _raising(OperationalError("connection refused"))),
    path("", include("gongkai.portal.urls")),
]
handler500 = "gongkai.portal.errors.server_error"
pytestmark = pytest.mark.urls(__name__)


@pytest.mark.parametrize("address", ["same-name", "same-name-too", "locked", "deadlock"])
def test_who_comes_second_is_told_that_nothing_was_saved(address: str) -> None:
    answer = Client(raise_request_exception=False).post(f"/t/{address}/")
    assert answer.status_code == 409
    assert "没有保存您这一次提交的内容" in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["empty", "down"])
def test_a_fault_of_the_house_stays_a_fault(address: str) -> None:
    assert Client(raise_request_exception=False).post(f"/t/{address}/").status_code == 500
