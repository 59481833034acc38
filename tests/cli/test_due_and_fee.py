"""``gongkai due`` and ``gongkai fee`` on the command line."""

import json
import sys

import pytest

from gongkai.cli import main


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run the command as a shell would: status, output, errors."""

    def _run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["gongkai", *words])
        try:
            main()
            status = 0
        except SystemExit as left:
            status = int(left.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    return _run


@pytest.mark.clause("30")
def test_the_last_day_to_answer_is_printed_with_every_day_on_the_way(run) -> None:
    status, out, err = run("due", "--received", "2021-01-20")
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "最迟 2021-02-22（星期一）答复"
    assert "第三十三条第二款" in out
    assert "最迟 2021-01-29 一次性告知" in out
    rows = [line.split() for line in out.splitlines() if line.strip().startswith("2021-0")]
    assert ["2021-02-07", "星期日", "春节调休上班", "第13个"] in rows


def test_extension_and_pauses_move_the_day(run) -> None:
    words = ("due", "--received", "2021-03-31", "--json")
    assert json.loads(run(*words)[1])["due"] == "2021-04-28"
    assert json.loads(run(*words, "--extend", "20")[1])["due"] == "2021-05-28"
    paused = json.loads(run(*words, "--pause", "2021-04-07", "2021-04-20")[1])
    assert paused["due"] == "2021-05-14"
    assert any("2021年4月7日至2021年4月20日不计入答复期限" in reason for reason in paused["reasons"])
    assert json.loads(run(*words, "--supplemented", "2021-04-19")[1])["due"] == "2021-05-18"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("due",), "请写明收到申请的日期"),
        (("due", "--received", "2021-02-30"), "不是有效的日期"),
        (("due", "--received", "2021-03-31", "--extend", "21"), "最多20个工作日"),
        (("due", "--received", "2021-03-31", "--pause", "2021-04-20", "2021-04-07"), "止日"),
        (("due", "--received", "2026-12-20"), "--estimate"),
        (("fee",), "请写明件数或页数"),
        (("fee", "--items", "3", "--pages", "3"), "只能选一种"),
        (("fee", "--pages", "3", "--before", "3"), "不累加"),
        (("fee", "--items", "-3"), "不能小于零"),
    ],
)
def test_what_cannot_be_worked_out_is_refused_in_one_sentence(run, words, says) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert says in err
    assert "Traceback" not in err


def test_an_unpublished_year_may_be_estimated_and_is_marked(run) -> None:
    status, out, _ = run("due", "--received", "2026-12-20", "--estimate")
    assert status == 0
    assert "（暂定）" in out.splitlines()[0]


def test_a_fee_is_printed_tier_by_tier(run) -> None:
    status, out, err = run("fee", "--items", "35")
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "按件计收：3000 元"
    assert "第31至35件：5件×200元/件＝1000元" in out
    assert "国办函〔2020〕109号" in out


def test_a_fee_as_data(run) -> None:
    plain = json.loads(run("fee", "--pages", "250", "--json")[1])
    assert (plain["yuan"], plain["basis"]) == (4700, "pages")
    assert json.loads(run("fee", "--items", "2", "--before", "10", "--json")[1])["yuan"] == 200
