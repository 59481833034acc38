"""``gongkai nightly``: runs twice without harm, and says what is wrong with a day in one sentence."""

import pytest

from gongkai.cli.nightly import app


@pytest.mark.django_db
def test_the_night_may_be_run_twice(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        app(args=["--date", "2021-06-30"])
    assert capsys.readouterr().out.count("2021-06-30") == 2


def test_a_day_that_is_none_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        app(args=["--date", "昨天"])
    assert ended.value.code == 2
    assert "日期" in capsys.readouterr().err
