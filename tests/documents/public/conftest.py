"""What the tests of public pages share: a fixed day, and pages read as a visitor reads them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from gongkai.frame.today import standing_on
from tests.documents.conftest import NOW


@pytest.fixture(autouse=True)
def _day():
    """The clock stands on the morning of the tests' day."""
    with standing_on(NOW):
        yield


@pytest.fixture(autouse=True)
def _no_index(settings: Any, tmp_path: Path) -> None:
    """What other tests left in the index is no part of these pages."""
    settings.SEARCH_INDEX = str(tmp_path / "index")


@pytest.fixture
def page(client: Client, db: None) -> Callable[..., LexborHTMLParser]:
    """A public page, answered with the status that is expected, without a cookie."""

    def read(address: str, status: int = 200) -> LexborHTMLParser:
        answer = client.get(address)
        assert answer.status_code == status, address
        assert not answer.cookies
        assert "cookie" not in answer.headers.get("Vary", "").lower()
        return LexborHTMLParser(answer.content.decode())

    return read


def words(page: LexborHTMLParser, selector: str = "main") -> str:
    """The words of a part of a page, in one line."""
    return " ".join(page.css_first(selector).text().split())


LONG_AGO = date(2020, 1, 1)
