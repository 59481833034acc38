"""``gongkai search``: rebuild, catch up, and say how the index stands."""

import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.cli.search import app
from gongkai.search import sources
from gongkai.search.models import Change
from tests.search.conftest import NOUN, Shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_world(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SEARCH_INDEX = str(tmp_path)
    shelf = Shelf()
    shelf.put(1, "低保办法")
    monkeypatch.setattr(sources, "_sources", {NOUN: shelf.source()})


def test_a_lost_index_is_told_rebuilt_and_told_again(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        app(args=["status"])
    assert ended.value.code == 1
    assert "gongkai search rebuild" in capsys.readouterr().out
    app(args=["rebuild"])
    assert "已收录 1 条" in capsys.readouterr().out
    app(args=["status", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (told["entries"], told["behind"], told["fault"]) == (1, 0, "")


def test_catching_up_needs_an_index_and_says_how_much_it_read(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        app(args=["catch-up"])
    assert ended.value.code == 2
    app(args=["rebuild"])
    Change.objects.create(noun=NOUN, key=1, at="2021-04-20T00:00:00Z")
    app(args=["catch-up"])
    assert "已处理 1 处变更" in capsys.readouterr().out
