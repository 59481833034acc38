"""The tools behind the Makefile: pins, ports, stages, the throw-away PostgreSQL."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from scripts import assets, check, port, postgres

ROOT = Path(__file__).resolve().parent.parent


def test_every_npm_package_is_pinned_exactly() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions = {**package["dependencies"], **package["devDependencies"]}
    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_the_npm_lock_pins_by_hash() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert [name for name, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []


def test_pages_load_the_packages_as_they_were_installed() -> None:
    for source, target in assets.copies():
        copied = target.read_text(encoding="utf-8")
        assert copied.strip()
        assert "sourceMappingURL" not in copied
        assert source.read_text(encoding="utf-8").startswith(copied.rstrip())


def addresses(sheet: Path) -> list[str]:
    found = re.findall(r"url\(\"?([^)\"]+)\"?\)", sheet.read_text(encoding="utf-8"))
    return [address for address in found if not address.startswith("data:")]


@pytest.mark.parametrize("name", ["public.css", "staff.css"])
def test_a_style_sheet_asks_for_no_picture_that_is_not_there(name: str) -> None:
    sheet = assets.STATIC / "css" / name
    assert [address for address in addresses(sheet) if not (sheet.parent / address).exists()] == []


@pytest.mark.parametrize("name", ["public.css", "staff.css"])
def test_a_style_sheet_brings_neither_the_crown_nor_its_font(name: str) -> None:
    sheet = assets.STATIC / "css" / name
    assert [address for address in addresses(sheet) if re.search("crown|crest|font", address)] == []
    assert "GDS Transport" not in sheet.read_text(encoding="utf-8")


def test_a_port_in_use_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        number = other.getsockname()[1]
        assert port.main(str(number)) == 1
    assert (
        capsys.readouterr().err
        == f"make demo: port {number} is in use; stop that program, or: make demo PORT=8080\n"
    )


@pytest.mark.parametrize("argument", ["", "http", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(argument: str) -> None:
    assert port.main(argument) == 1


def test_the_stages_run_in_the_order_of_their_cost() -> None:
    names = [stage.name for stage in check.chosen([])]
    assert names == ["ruff", "imports", "mypy", "migrations", "house", "sqlite", "postgres", "browser"]


def test_an_unknown_stage_is_refused() -> None:
    with pytest.raises(SystemExit, match="no stage 'speed'"):
        check.chosen(["speed"])


def test_the_first_failure_stops_the_checks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = [sys.executable, "-c", ""], [sys.executable, "-c", "raise SystemExit(3)"]
    plan = {"one": good, "two": bad, "three": good}
    stages = [check.Stage(name, "a trial", [command]) for name, command in plan.items()]
    monkeypatch.setattr(check, "ALL", tuple(stages))
    assert check.main([]) == 1
    told = capsys.readouterr().out
    assert re.search(r"passed  one", told)
    assert re.search(r"FAILED  two", told)
    assert "1 stage not run" in told
    assert "=== three" not in told


def test_a_named_postgresql_is_used_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_TEST_POSTGRES", "postgresql://me@127.0.0.1:5/mine")
    with postgres.address() as url:
        assert url == "postgresql://me@127.0.0.1:5/mine"


def test_a_missing_postgresql_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "programs", lambda: None)
    monkeypatch.setattr(postgres.system, "apt", lambda *_: False)
    with pytest.raises(SystemExit, match=r"^make test: PostgreSQL is missing; .*GONGKAI_TEST_POSTGRES"):
        postgres.installed()


@pytest.mark.slow
def test_the_throw_away_postgresql_goes_when_the_command_fails() -> None:
    ask = "import os, psycopg as p; url = os.environ['GONGKAI_DATABASE']; print(url); p.connect(url); exit(7)"
    environment = {name: text for name, text in os.environ.items() if name != "GONGKAI_TEST_POSTGRES"}
    command = [sys.executable, "-m", "scripts.postgres", sys.executable, "-c", ask]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 7
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(done.stdout.strip(), connect_timeout=5)
