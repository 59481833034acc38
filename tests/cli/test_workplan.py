"""``gongkai workplan parse`` for people and for programs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.cli.workplan import app

SEED = Path(__file__).parents[2] / "gongkai" / "demo" / "data" / "seed.txt"


def run(*arguments: str) -> int:
    """The exit status of the command."""
    with pytest.raises(SystemExit) as done:
        app(prog_name="gongkai workplan", args=["parse", *arguments])
    return int(done.value.code or 0)


def test_json_holds_every_field_of_every_task(capsys):
    assert run(str(SEED), "--json") == 0
    plan = json.loads(capsys.readouterr().out)
    task = plan["tasks"][28]
    assert (plan["title"], plan["year"], len(plan["tasks"])) == ("2021年市中区政务公开工作要点", 2021, 40)
    assert task["number"] == "29"
    assert task["deadlines"] == [{"text": "2021年年底前", "date": "2021-12-31", "kind": "fixed"}]
    assert {
        "text",
        "section_path",
        "units",
        "lead_units",
        "support_units",
        "units_text",
        "others_text",
    } <= set(task)
    assert {"deadline_text", "confidence", "doubts", "source"} <= set(task)
    assert task["source"]["text"].startswith("29.用好行政法规集中统一公开成果")
    assert plan["sections"][0]["sections"][0]["title"] == "（一）立足实施重大战略推进政务公开"


def test_people_get_a_table(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert run(str(SEED)) == 0
    out = capsys.readouterr().out
    assert "共 40 项任务" in out
    assert "年度决策事项目录涉及的区政府部门" in out.replace("\n", "").replace("│", "") or "区司法局" in out


def test_the_year_can_be_given(capsys, tmp_path):
    plan = tmp_path / "plan.txt"
    plan.write_text("1.公开预算，6月底前完成。（责任单位：区财政局）", "utf-8")
    assert run(str(plan), "--json", "--year", "2024") == 0
    assert json.loads(capsys.readouterr().out)["tasks"][0]["deadlines"][0]["date"] == "2024-06-30"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为"),
        (b"PK\x03\x04broken", "损坏"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence_with_status_two(capsys, tmp_path, content, words):
    file = tmp_path / "plan.docx"
    file.write_bytes(content)
    assert run(str(file), "--json") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert said.err.strip().count("。") == 1


def test_a_missing_file_is_status_two(capsys, tmp_path):
    assert run(str(tmp_path / "none.txt")) == 2
    assert "打不开" in capsys.readouterr().err


def test_a_plan_can_come_from_standard_input_without_django():
    code = "import sys; from gongkai.cli import main; sys.argv[1:] = ['workplan', 'parse', '-', '--json']\n"
    code += "try:\n    main()\nfinally:\n    assert not {'django', 'pdfplumber'} & set(sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], input=SEED.read_bytes(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert len(json.loads(done.stdout)["tasks"]) == 40
