"""The demo's district, and when the demo refuses."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Unit
from gongkai.demo import DAY
from gongkai.demo.district import PASSWORD, build_district, build_staff
from gongkai.demo.people import invented_name
from gongkai.demo.words import plan_text

pytestmark = pytest.mark.django_db


def test_the_district_has_some_sixty_units_each_with_an_officer_and_an_approver() -> None:
    units = build_district()
    build_staff(units)
    assert len(units) == Unit.objects.count() == 61
    for role in (Role.OFFICER, Role.APPROVER, Role.SECRECY):
        assert User.objects.filter(posts__role=role).count() == 61
    assert User.objects.get(username="fagai").check_password(PASSWORD)


def test_invented_names_do_not_repeat_within_the_district() -> None:
    names = [invented_name(number) for number in range(470)]
    assert len(set(names)) == len(names)


def test_the_plan_comes_without_the_lines_that_name_its_source() -> None:
    assert "source:" not in plan_text("seed.txt")
    assert "2021 年市中区政务公开工作要点" in plan_text("seed.txt")


def test_the_demo_refuses_to_mix_with_other_peoples_accounts(settings) -> None:
    settings.FIXED_TODAY = DAY
    User.objects.create(username="somebody")
    with pytest.raises(CommandError, match="不建立演示数据"):
        call_command("demo")


def test_the_demo_asks_for_its_day(settings) -> None:
    settings.FIXED_TODAY = ""
    with pytest.raises(CommandError, match="GONGKAI_TODAY"):
        call_command("demo")
