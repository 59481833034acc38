"""The one door of staff pages, and who sees whose rows."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from gongkai.accounts.access import staff_page
from gongkai.accounts.models import Post, Role, User
from gongkai.agencies.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def units() -> dict[str, Unit]:
    found = {
        name: Unit.objects.create(name=f"{name}局", short_name=name, kind="bureau") for name in ("甲", "乙")
    }
    found["甲下"] = Unit.objects.create(
        name="甲下中心", short_name="甲下", kind="institution", parent=found["甲"]
    )
    return found


def person(role: str, unit: Unit, **facts: object) -> User:
    user = User.objects.create(username=f"{role}{User.objects.count()}", full_name="某某", **facts)
    Post.objects.create(user=user, unit=unit, role=role, started_on=date(2020, 1, 1))
    return user


def visit(rf, user: object, *roles: str) -> int:
    @staff_page(*roles)
    def page(_request: object) -> HttpResponse:
        return HttpResponse("ok")

    request = rf.get("/staff/x/?a=1")
    request.user = user
    return page(request)


def test_a_stranger_is_sent_to_sign_in_and_then_back(rf) -> None:
    answer = visit(rf, AnonymousUser())
    assert answer.status_code == 302
    assert answer.url == "/accounts/login/?next=/staff/x/%3Fa%3D1"


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("wanted", Role.values)
def test_a_page_opens_to_its_roles_and_to_no_other(rf, units, role: str, wanted: str) -> None:
    user = person(role, units["甲"])
    if role == wanted:
        assert visit(rf, user, wanted).status_code == 200
    else:
        with pytest.raises(PermissionDenied):
            visit(rf, user, wanted)


def test_a_page_without_roles_opens_to_everybody_with_a_post(rf, units) -> None:
    assert visit(rf, person(Role.OFFICER, units["甲"])).status_code == 200


def test_a_person_whose_posts_have_ended_opens_nothing(rf, units) -> None:
    user = person(Role.OFFICE, units["甲"])
    user.posts.update(ended_on=date(2021, 1, 1))
    with pytest.raises(PermissionDenied):
        visit(rf, User.objects.get(pk=user.pk))


def test_the_one_time_password_has_to_be_changed_first(rf, units) -> None:
    user = person(Role.OFFICE, units["甲"], must_change_password=True)
    assert visit(rf, user, Role.OFFICE).url == "/accounts/password/"


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.OFFICER, {"甲", "甲下"}),
        (Role.APPROVER, {"甲", "甲下"}),
        (Role.OFFICE, {"甲", "乙", "甲下"}),
        (Role.ASSESSOR, {"甲", "乙", "甲下"}),
        (Role.ADMINISTRATOR, {"甲", "乙", "甲下"}),
    ],
)
def test_who_sees_the_rows_of_which_units(units, role: str, seen: set[str]) -> None:
    assert {str(unit) for unit in person(role, units["甲"]).units()} == seen


@pytest.mark.parametrize(
    ("role", "reach"),
    [
        (Role.OFFICER, {"甲", "甲下"}),
        (Role.APPROVER, {"甲", "甲下"}),
        (Role.OFFICE, {"甲", "乙", "甲下"}),
        (Role.ASSESSOR, {"甲", "乙", "甲下"}),
    ],
)
def test_how_far_a_role_reaches(units, role: str, reach: set[str]) -> None:
    user = person(role, units["甲"])
    assert {name for name, unit in units.items() if role in user.roles_in(unit)} == reach


def test_a_subordinate_unit_does_not_see_its_parent(units) -> None:
    assert {str(unit) for unit in person(Role.OFFICER, units["甲下"]).units()} == {"甲下"}
