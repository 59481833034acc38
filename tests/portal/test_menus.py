"""Menus: by role, nearest entry marked, nothing for strangers."""

from datetime import date

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path

from gongkai.accounts.models import Post, User
from gongkai.agencies.models import Unit
from gongkai.portal.navigation import navigation


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("staff/", _page, name="desk"),
    path("staff/plans/", _page, name="plans"),
    path("staff/people/", _page, name="people"),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def asked(address: str, role: str = "") -> HttpRequest:
    user = User.objects.create(username="somebody", full_name="某某")
    if role:
        unit = Unit.objects.create(
            name="区示例局", short_name="示例局", kind="department", started_on=date(2000, 1, 1)
        )
        Post.objects.create(user=user, unit=unit, role=role, started_on=date(2020, 1, 1))
    request = RequestFactory().get(address)
    request.user = user
    return request


def labels(request: HttpRequest) -> list[str]:
    return [entry.label for entry in navigation(request)["navigation"]]


def test_only_places_that_exist_and_are_open_to_the_role_are_listed() -> None:
    assert labels(asked("/staff/", "officer")) == ["我的工作台", "要点与台账"]


def test_the_office_sees_the_accounts_too() -> None:
    assert labels(asked("/staff/", "office")) == ["我的工作台", "要点与台账", "账号"]


def test_somebody_without_a_post_sees_no_menu() -> None:
    assert labels(asked("/staff/")) == []


def test_the_nearest_entry_alone_is_marked() -> None:
    entries = navigation(asked("/staff/plans/3/", "officer"))["navigation"]
    assert [entry.current for entry in entries] == ["", "true"]


def test_a_group_marks_both_itself_and_its_nearest_page() -> None:
    with override_settings(ROOT_URLCONF="config.urls"):
        request = asked("/staff/papers/queue/", "officer")
        groups = [entry for entry in navigation(request)["navigation"] if entry.active]
        assert [(group.label, group.current) for group in groups] == [("政府信息", "true")]
        assert [(page.label, page.current) for page in groups[0].inside if page.active] == [
            ("待我审核", "page")
        ]


def test_the_main_menu_stays_short_for_every_role() -> None:
    with override_settings(ROOT_URLCONF="config.urls"):
        assert len(labels(asked("/staff/", "office"))) <= 6
