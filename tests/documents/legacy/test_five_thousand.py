"""Five thousand papers of an old site come in twice, and stand there once."""

from collections.abc import Callable
from typing import Any

import pytest

from gongkai.documents.models import Edition, LegacyOrigin, OldAddress, Paper
from tests.documents.legacy.conftest import as_csv, counts, row

MANY = 5_000
Make = Callable[..., Any]


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.clause("29")
def test_five_thousand_papers_twice_give_no_doubles(bring: Make) -> None:
    content = as_csv([row(number) for number in range(1, MANY + 1)])
    assert counts(bring(content)) == (MANY, 0, 0, 0)
    assert counts(bring(content)) == (0, 0, MANY, 0)
    assert Paper.objects.filter(state="live").count() == MANY
    assert Paper.objects.values("code").distinct().count() == MANY
    for kind in (Edition, LegacyOrigin, OldAddress):
        assert kind.objects.count() == MANY
