"""Two units, and one person in each role."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from gongkai.accounts.models import Post, Role, User
from gongkai.agencies.models import Unit

WORD = "correct-horse-battery"
TODAY = date(2021, 4, 1)


@pytest.fixture
def unit(db: None) -> Unit:
    return Unit.objects.create(name="市中区发展和改革局", short_name="区发改局", kind="bureau")


@pytest.fixture
def other(db: None) -> Unit:
    return Unit.objects.create(name="市中区财政局", short_name="区财政局", kind="bureau")


@pytest.fixture
def person(unit: Unit) -> Callable[..., User]:
    """People in the first unit."""

    def make(role: str = Role.OFFICER, username: str = "", **facts: object) -> User:
        user = User.objects.create_user(
            username or f"{role}{User.objects.count()}", password=WORD, full_name="测试员", **facts
        )
        Post.objects.create(user=user, unit=unit, role=role, started_on=date(2020, 1, 1))
        return user

    return make


@pytest.fixture
def administrator(person: Callable[..., User]) -> User:
    return person(Role.ADMINISTRATOR)


@pytest.fixture
def office(person: Callable[..., User]) -> User:
    return person(Role.OFFICE)


@pytest.fixture
def officer(person: Callable[..., User]) -> User:
    return person(Role.OFFICER)


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def browse(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return browse
