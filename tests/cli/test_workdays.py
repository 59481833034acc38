"""``gongkai workdays`` on the command line (工作日计算命令)."""

import json
import subprocess
import sys

import pytest

from gongkai.cli import main


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run the command as a shell would: status, output, errors."""

    def _run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["gongkai", "workdays", *words])
        try:
            main()
            status = 0
        except SystemExit as left:
            status = int(left.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    return _run


def test_adding_prints_the_day_and_every_step(run) -> None:
    status, out, err = run("2021-01-20", "+20")
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "2021-01-20 起第 20 个工作日：2021-02-22（星期一）"
    assert "依据：国办发明电〔2020〕27号。" in out
    rows = [line.split() for line in out.splitlines() if line.strip().startswith("2021-0")]
    assert ["2021-02-07", "星期日", "春节调休上班", "第13个"] in rows
    assert ["2021-02-11", "星期四", "春节放假", "不计"] in rows
    assert rows[-1] == ["2021-02-22", "星期一", "工作日", "第20个"]


def test_a_narrow_terminal_still_shows_whole_dates(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    _, out, _ = run("2021-04-24", "+1")
    assert ["2021-04-25", "星期日", "劳动节调休上班", "第1个"] in [line.split() for line in out.splitlines()]


def test_json_gives_the_same_as_data(run) -> None:
    status, out, _ = run("2021-01-20", "+20", "--json")
    plain = json.loads(out)
    assert status == 0
    assert (plain["result"], plain["last"], plain["workdays"]) == ("2021-02-22", "2021-02-22", 20)
    assert [step["date"] for step in plain["steps"] if step["kind"] == "makeup"] == [
        "2021-02-07",
        "2021-02-20",
    ]


@pytest.mark.parametrize(
    ("words", "headline"),
    [
        (("2021-01-20", "-5"), "2021-01-20 前第 5 个工作日：2021-01-13（星期三）"),
        (("2021-01-20", "20"), "2021-01-20 起第 20 个工作日：2021-02-22（星期一）"),
        (("2021年1月20日", "＋20个工作日"), "2021-01-20 起第 20 个工作日：2021-02-22（星期一）"),
        (("20210120", "2021/2/22"), "2021-01-20（不计入）至 2021-02-22：20 个工作日"),
        (("2021-02-22", "2021-01-20"), "2021-02-22（不计入）至 2021-01-20：-20 个工作日"),
        (("2021-02-01", "+20d"), "2021-02-01 起第 20 日（自然日）：2021-02-21（星期日）"),
        (("2021-02-21", "-20日"), "2021-02-21 前第 20 日（自然日）：2021-02-01（星期一）"),
        (("2030-01-01", "+30d"), "2030-01-01 起第 30 日（自然日）：2030-01-31（星期四）"),
        (("2021-04-25",), "2021-04-25（星期日）是工作日：劳动节调休上班"),
        (("2021-04-24",), "2021-04-24（星期六）不是工作日：周末"),
        (("2021-04-23",), "2021-04-23（星期五）是工作日"),
    ],
)
def test_the_first_line_is_the_answer(run, words: tuple[str, ...], headline: str) -> None:
    status, out, err = run(*words)
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == headline


def test_calendar_days_that_end_on_a_rest_day_say_that_they_do_not_shift(run) -> None:
    assert run("2021-02-01", "+20d")[1].splitlines()[1] == "当日周末；自然日期限不顺延，除非另有规定"


def test_the_calendar_can_be_the_one_known_on_a_day(run) -> None:
    assert "2020-02-06" in run("2020-01-22", "+7", "--known-on", "2020-01-22")[1].splitlines()[0]
    assert "2020-02-10" in run("2020-01-22", "+7")[1].splitlines()[0]
    plain = json.loads(run("2020-01-22", "+7", "--known-on", "2020-01-22", "--json")[1])
    assert (plain["known_on"], plain["result"]) == ("2020-01-22", "2020-02-06")


def test_a_pause_can_be_given(run) -> None:
    status, out, _ = run("2021-03-31", "+20", "--pause", "2021-04-07..2021-04-20")
    assert status == 0
    assert "2021-05-14" in out.splitlines()[0]
    assert "中止计算期间10天不计入" in out


def test_an_estimate_must_be_asked_for_and_is_marked(run) -> None:
    status, out, err = run("2026-12-20", "+20")
    assert (status, out) == (2, "")
    assert err == ("2027年的放假安排尚未公布，无法计算工作日（现有2006年至2026年）；可加 --estimate 暂估\n")
    status, out, _ = run("2026-12-20", "+20", "--estimate")
    assert status == 0
    assert "本日期为暂定" in out
    assert json.loads(run("2026-12-20", "+20", "--estimate", "--json")[1])["provisional"] is True
    assert "（暂定）" in run("2027-01-01", "--estimate")[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "请写明起算日和天数"),
        (("2021-02-30", "+1"), "“2021-02-30”不是有效的日期"),
        (("昨天", "+1"), "看不懂日期“昨天”"),
        (("2021-01-20", "二十"), "看不懂“二十”"),
        (("2021-01-20", "--jsn"), "看不懂“--jsn”"),
        (("2021-01-20", "+20", "--known-on"), "选项 --known-on"),
        (("2021-01-20", "+20", "--known-on", "x"), "看不懂日期“x”"),
        (("2021-01-20", "+20", "--known-on", "2001-01-01"), "截至2001-01-01没有收录任何放假通知"),
        (("2021-01-20", "+20", "--pause", "2021-01-21"), "看不懂中止期间“2021-01-21”"),
        (("2021-01-20", "+20", "--pause", "2021-01-22..2021-01-21"), "止日2021-01-21早于起日2021-01-22"),
        (("2021-01-20", "+20", "more"), "命令写法有误"),
        (("2021-01-20", "+999999"), "2027年的放假安排尚未公布"),
        (("2021-01-20", "+9999999"), "看不懂“+9999999”"),
        (("9999-12-31", "+1d"), "超出了可以表示的日期范围"),
        (("2037-01-01", "+1", "--estimate"), "2037年的放假安排尚未公布"),
        (("0000-01-01", "+1"), "“0000-01-01”不是有效的日期"),
    ],
)
def test_bad_input_gets_one_chinese_sentence_and_status_two(
    run, words: tuple[str, ...], sentence: str
) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert "Traceback" not in err


def test_help_is_there(run) -> None:
    status, out, _ = run("--help")
    assert status == 0
    assert "起算日（当日不计入）" in out


def test_the_command_starts_without_numpy_django_or_pydantic() -> None:
    code = (
        "import sys; sys.argv = ['gongkai', 'workdays', '2021-01-20', '+1', '--json'];"
        "from gongkai.cli import main; main();"
        "print({'numpy', 'django', 'pydantic'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"
