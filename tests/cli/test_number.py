"""``gongkai number`` on the command line (发文字号命令)."""

import json
import sys

import pytest

from gongkai.cli import main


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run the command as a shell would: status, output, errors."""

    def _run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["gongkai", "number", *words])
        try:
            main()
            status = 0
        except SystemExit as left:
            status = int(left.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    return _run


def test_a_number_is_written_as_the_standard_does_and_its_original_shown(run) -> None:
    status, out, err = run("枣政发[2021]01号")
    assert (status, err) == (0, "")
    assert out == "枣政发〔2021〕1号  文件  代字 枣政发  年份 2021  顺序号 1（原文“枣政发[2021]01号”）\n"


def test_every_number_of_a_text_is_listed(run) -> None:
    _, out, _ = run("根据国令第711号和鲁政发〔2021〕9号")
    assert [line.split()[0] for line in out.splitlines()] == ["国令第711号", "鲁政发〔2021〕9号"]


def test_json_holds_the_parts(run) -> None:
    status, out, _ = run("公告2021年第3号", "--json")
    assert status == 0
    assert json.loads(out) == [
        {
            "number": "公告2021年第3号",
            "kind": "公告",
            "issuer": "公告",
            "year": 2021,
            "serial": 3,
            "original": "公告2021年第3号",
            "canonical": True,
        }
    ]


@pytest.mark.parametrize(
    ("words", "reason"), [(["枣政发〔21〕1号"], "应写四位"), (["没有文号"], "看不懂"), ([], "请写明")]
)
def test_bad_input_is_one_sentence_and_status_2(run, words: list[str], reason: str) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert reason in err
    assert err.count("\n") == 1
