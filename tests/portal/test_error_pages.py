"""Error pages: a sentence that helps, in the frame, and one that needs nothing to work."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from django.views.decorators.http import require_POST

from gongkai.portal.errors import server_error


def _raising(error: Exception) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    path("t/400/", _raising(SuspiciousOperation("坏"))),
    path("t/403/", _raising(PermissionDenied("只有区政务公开办可以下发要点。"))),
    path("t/500/", _raising(ZeroDivisionError())),
    path("t/post/", require_POST(lambda request: HttpResponse("好"))),
    path("", include("gongkai.portal.urls")),
]
handler400 = "gongkai.portal.errors.bad_request"
handler403 = "gongkai.portal.errors.forbidden"
handler404 = "gongkai.portal.errors.not_found"
handler500 = "gongkai.portal.errors.server_error"
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]  # a 404 asks for old addresses


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/t/400/", 400, "系统看不懂这次请求"),
        ("/t/403/", 403, "您没有打开这个页面的权限"),
        ("/t/404/", 404, "没有找到这个页面"),
        ("/t/500/", 500, "系统出了故障"),
    ],
)
def test_each_error_has_a_page_that_says_what_to_do(address: str, status: int, heading: str) -> None:
    answer = Client(raise_request_exception=False).get(address)
    text = answer.content.decode()
    assert answer.status_code == status
    assert heading in text
    assert "您可以" in text
    assert 'href="/"' in text


def test_a_refusal_of_entry_gives_its_reason() -> None:
    assert "只有区政务公开办可以下发要点。" in Client().get("/t/403/").content.decode()


def test_a_stale_form_says_that_nothing_was_sent() -> None:
    answer = Client(enforce_csrf_checks=True).post("/t/post/")
    assert answer.status_code == 403
    assert "这张表单已经失效，没有提交成功" in answer.content.decode()


def test_the_page_for_a_broken_system_needs_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "ensure_connection", pytest.fail)
    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "/static/css/public.css" in answer.content.decode()
    assert "网站标识码" in answer.content.decode()
