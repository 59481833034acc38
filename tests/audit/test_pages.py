"""The page of the trail: who sees which acts, filters, exports."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import Post, Role, User
from gongkai.agencies.models import Unit
from gongkai.audit.models import Trace
from gongkai.audit.services import record
from gongkai.audit.wording import readable

pytestmark = pytest.mark.django_db


def person(role: str, unit: Unit) -> User:
    user = User.objects.create(username=f"{role}{unit.pk}", full_name=f"{unit}的人")
    Post.objects.create(user=user, unit=unit, role=role, started_on=date(2020, 1, 1))
    return user


@pytest.fixture
def units() -> list[Unit]:
    return [
        Unit.objects.create(name=f"{name}局", short_name=name, kind="bureau") for name in ("甲", "乙", "丙")
    ]


@pytest.fixture
def acts(units: list[Unit]) -> list[Trace]:
    return [record(unit, f"{unit}的操作", by=person(Role.OFFICER, unit), note="例行") for unit in units]


def page(user: User, **query: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse("traces"), query).content.decode()


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ASSESSOR, Role.ADMINISTRATOR])
def test_the_people_of_the_district_see_every_act(units: list[Unit], acts: list[Trace], role: str) -> None:
    shown = page(person(role, units[0]))
    assert all(f"{unit}的操作" in shown for unit in units)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPROVER])
def test_others_see_what_their_own_units_did(units: list[Unit], acts: list[Trace], role: str) -> None:
    user = User.objects.get(username=f"officer{units[0].pk}")
    if role == Role.APPROVER:
        user = person(role, units[0])
    shown = page(user)
    assert "甲的操作" in shown
    assert "乙的操作" not in shown


def test_an_act_belongs_to_the_unit_on_whose_behalf_it_was_done(units: list[Unit]) -> None:
    user = person(Role.OFFICER, units[0])
    Post.objects.create(user=user, unit=units[1], role=Role.OFFICER, started_on=date(2020, 1, 1))
    assert record(units[2], "操作", by=user).unit == units[0]
    assert record(units[2], "操作", by=user, unit=units[1]).unit == units[1]


def test_the_trail_is_narrowed_by_day_unit_kind_and_words(units: list[Unit], acts: list[Trace]) -> None:
    office = person(Role.OFFICE, units[0])
    today, yesterday = timezone.localdate(), timezone.localdate() - timedelta(days=1)
    assert "乙的操作" in page(office, first=str(today), last=str(today))
    assert "乙的操作" not in page(office, last=str(yesterday))
    assert "乙的操作" not in page(office, unit=str(units[0].pk))
    assert "乙的操作" in page(office, subject="agencies.unit")
    assert "乙的操作" not in page(office, subject="accounts.user")
    assert "甲的操作" not in page(office, q="乙的")


def test_the_lines_for_checking_outside_hold_only_what_the_reader_may_see(
    units: list[Unit], acts: list[Trace]
) -> None:
    client = Client()
    client.force_login(User.objects.get(username=f"officer{units[1].pk}"))
    answer = client.get(reverse("traces"), {"export": "jsonl"})
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    assert [line["act"] for line in lines] == ["乙的操作"]
    assert lines[0]["hash"] == acts[1].hash


def test_the_trail_takes_as_many_queries_for_many_acts_as_for_few(
    units: list[Unit], django_assert_max_num_queries
) -> None:
    office = person(Role.OFFICE, units[0])
    for number in range(60):
        record(units[0], f"第{number}次", by=office)
    client = Client()
    client.force_login(office)
    with django_assert_max_num_queries(9):
        client.get(reverse("traces"))


def test_facts_are_told_in_the_words_of_people(units: list[Unit]) -> None:
    facts = {"kind": ["bureau", "street"], "email": ["", "a@example.cn"], "tasks": 3, "群": True, "left": []}
    trace = record(units[0], "修改单位信息", by=person(Role.OFFICE, units[0]), facts=facts)
    assert readable(trace) == [
        "单位类别：政府工作部门→街道办事处",
        "电子邮箱：（空）→a@example.cn",
        "任务：3",
        "群：是",
    ]


def test_facts_of_a_kind_of_record_that_is_gone_can_still_be_read(units: list[Unit]) -> None:
    trace = record(units[0], "登记", by=None, facts={"public": ["True", "False"]})
    trace.subject_kind = "gone.thing"
    assert readable(trace) == ["public：是→否"]


def test_a_history_joins_a_record_and_what_hangs_on_it(units: list[Unit], acts: list[Trace]) -> None:
    assert [each.act for each in Trace.objects.about(*units[:2])] == ["甲的操作", "乙的操作"]
    assert not Trace.objects.about().exists()
