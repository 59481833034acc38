"""What all tests share: a house that writes only into a temporary folder, and forgets between tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_django
from django.conf import settings
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import override_settings


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The costly files first: when two processes share the files, they then end together."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    here = Path(__file__).parent
    items.sort(key=lambda item: (item.path not in slow, item.path.parent != here))


@pytest.fixture(scope="session", autouse=True)
def _quiet_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Files in a temporary folder, quick password hashes, no fixed day, cache in memory."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "static").mkdir()
    storages = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder / "uploads"},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(
        STORAGES=storages,
        STATIC_ROOT=folder / "static",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        FIXED_TODAY="",
        SEARCH_INDEX=str(folder / "index"),
        SEARCH_SERVER="",
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    ):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> None:
    """PostgreSQL refuses to empty the traces unless the database itself is told to let tests do so."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f'ALTER DATABASE "{connection.settings_dict["NAME"]}" SET gongkai.allow_truncate = on'
            )
            cursor.execute("SET gongkai.allow_truncate = on")


@pytest.fixture
def one_connection(db: None) -> Iterator[None]:
    """A whole WSGI application works on the test's own connection, and does not close it after a request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """Rate limits count in the cache: no test may use up the attempts of the next."""
    yield
    cache.clear()
