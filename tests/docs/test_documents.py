"""The documents: links lead somewhere, commands exist, words are in the glossary."""

import doctest
import re
from pathlib import Path

import pytest
from django.apps import apps

from gongkai.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|<img[^>]+src=\"([^\"]+)\"")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
MAKE = re.compile(r"(?<![\w-])make ([a-z]+)\b")
GLOSSARY = ROOT / "docs" / "glossary.md"


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def prose(path: Path) -> str:
    return FENCED.sub("", path.read_text(encoding="utf-8"))


def anchors(path: Path) -> set[str]:
    """The anchors of a page, as code hosts make them from headings."""
    headings = re.findall(r"^#+ +(.+?) *$", prose(path), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-") for heading in headings
    }


def broken(path: Path) -> list[str]:
    """The links of a page that lead nowhere."""
    found = []
    for target in ("".join(pair) for pair in LINK.findall(prose(path))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        place = (path.parent / name).resolve() if name else path
        if not place.exists() or (anchor and place.suffix == ".md" and anchor.lower() not in anchors(place)):
            found.append(target)
    return found


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))


def commands(path: Path) -> set[str]:
    """The `make` targets that a page tells people to run, in code only."""
    text = path.read_text(encoding="utf-8")
    code = re.findall(r"^```.*?^```|`[^`\n]+`", text, re.MULTILINE | re.DOTALL)
    return {target for piece in code for target in MAKE.findall(piece)}


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_every_link_leads_somewhere(path: Path) -> None:
    assert broken(path) == []


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_every_make_command_exists(path: Path) -> None:
    assert commands(path) - targets() == set()


def programs(path: Path) -> set[str]:
    """The `gongkai` commands that a page shows, in code only."""
    code = re.findall(r"^```.*?^```|`[^`\n]+`", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return {
        name for piece in code for name in re.findall(r"(?:^|[\n`$ /])gongkai ([a-z]+(?:-[a-z]+)*)", piece)
    }


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_every_gongkai_command_exists(path: Path) -> None:
    assert programs(path) - set(COMMANDS) == set()


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md"])
def test_a_newcomer_is_told_the_two_commands(name: str) -> None:
    assert {"demo", "test"} <= commands(ROOT / name)


def test_ci_runs_the_test_command_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    acts = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert acts == ["exec make test </dev/null"]


def test_make_help_lists_every_target_for_people() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    public = next(line for line in makefile.splitlines() if line.startswith(".PHONY:")).split()[1:]
    assert set(public) == targets()


def spoken_names() -> list[tuple[str, str]]:
    mine = [model for model in apps.get_models() if model.__module__.startswith("gongkai.")]
    return [(model.__name__, str(model._meta.verbose_name)) for model in mine]


@pytest.mark.parametrize(("english", "chinese"), spoken_names(), ids=lambda word: word)
def test_every_noun_of_the_house_is_in_the_glossary(english: str, chinese: str) -> None:
    words = " ".join(re.findall(r"[A-Z]?[a-z]+", english)).lower()
    rows = [line.lower() for line in GLOSSARY.read_text(encoding="utf-8").splitlines()]
    assert any(words in row and chinese in row for row in rows), f"{words} = {chinese} is missing"


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_the_examples_of_the_documents_are_true(path: Path) -> None:
    failed, _ = doctest.testfile(
        str(path), module_relative=False, encoding="utf-8", optionflags=doctest.ELLIPSIS
    )
    assert failed == 0


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "adr").glob("[0-9]*.md")), ids=short)
def test_a_decision_says_what_it_costs(path: Path) -> None:
    headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == ["Context", "Decision", "What becomes easier", "What becomes harder"]
