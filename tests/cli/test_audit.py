"""``gongkai audit``: one sentence, and an exit status that a script can read."""

import pytest

from gongkai.agencies.models import Unit
from gongkai.audit.models import ChainHead
from gongkai.audit.services import record
from gongkai.cli.audit import app

pytestmark = pytest.mark.django_db


def test_a_whole_chain_ends_with_status_zero(capsys: pytest.CaptureFixture[str]) -> None:
    unit = Unit.objects.create(name="市中区财政局", short_name="区财政局", kind="bureau")
    trace = record(unit, "设立单位", by=None)
    app(args=["verify", "--anchor", f"1:{trace.hash}"])
    assert capsys.readouterr().out.startswith("留痕链完整：共1条")


def test_a_broken_chain_ends_with_status_one(capsys: pytest.CaptureFixture[str]) -> None:
    ChainHead.objects.create(pk=1, number=3, hash="0" * 64)
    with pytest.raises(SystemExit) as ended:
        app(args=["verify"])
    assert ended.value.code == 1
    assert "第1号处断开" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["verify", "--anchor", "x"], ["export", "a.doc"], ["export"]])
def test_bad_input_ends_with_status_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        app(args=words)
    assert ended.value.code == 2
    assert capsys.readouterr().err.strip()
