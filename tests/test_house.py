"""The house itself: what its rules promise, measured on its own files."""

import ast
import os
import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "gongkai"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
]
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_NAME = 400, 60, 30
PACKAGES = sorted(path.parent.name for path in HOUSE.glob("*/__init__.py"))
MODULES = sorted(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)
MIGRATIONS = sorted(HOUSE.glob("*/migrations/[0-9]*.py"))
TEMPLATES = sorted(HOUSE.rglob("templates/**/*.html"))
SHAPELESS = {"utils", "common", "core", "helpers", "misc", "base", "lib"}


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def contract(name: str) -> dict:
    return next(found for found in CONTRACTS if found["id"] == name)


def models() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("gongkai.")
    ]


# --- rooms and floors -------------------------------------------------------------------------------


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_has_a_floor(package: str) -> None:
    floors = {room.strip("() ") for layer in contract("floors")["layers"] for room in layer.split("|")}
    assert package in floors, f"gongkai/{package} has no floor in pyproject.toml"


@pytest.mark.parametrize("package", PACKAGES)
def test_a_room_with_models_keeps_the_order_of_its_files(package: str) -> None:
    if (HOUSE / package / "models.py").exists() or (HOUSE / package / "models").is_dir():
        assert f"gongkai.{package}" in contract("rooms")["containers"]


def test_no_file_has_a_shapeless_name() -> None:
    assert [short(path) for path in MODULES if {path.stem, path.parent.name} & SHAPELESS] == []


# --- size -------------------------------------------------------------------------------------------


def test_no_file_is_too_long_to_read() -> None:
    lengths = {short(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{short(path)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_function_is_too_long_to_read() -> None:
    lengths = dict(found for path in MODULES for found in functions(path))
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


# --- no magic ---------------------------------------------------------------------------------------

CLOCKS = re.compile(
    r"\b(?:date\.today\(|datetime\.(?:now|utcnow|today)\(|timezone\.(?:now|localdate|localtime)\(\))"
)
CLOCK_KEEPERS = ("gongkai/frame/today.py", "gongkai/cli/", "gongkai/demo/")


def code(path: Path) -> str:
    """The file without its texts and remarks: as Python itself writes it down, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value = ast.Constant(None)
    return ast.unparse(tree)


def test_only_the_clock_keepers_ask_for_the_day() -> None:
    asking = [short(path) for path in MODULES if CLOCKS.search(code(path))]
    strangers = [name for name in asking if not name.startswith(CLOCK_KEEPERS) and "/management/" not in name]
    assert strangers == [], "ask gongkai.frame.today instead, or be told the day"


@pytest.mark.parametrize("line", ["date.today()", "datetime.now(UTC)", "timezone.localdate()"])
def test_the_check_of_clocks_hears_a_question(line: str) -> None:
    assert CLOCKS.search(line)


@pytest.mark.parametrize("line", ["today(request)", "timezone.localtime(moment)", "localdate(moment)"])
def test_the_check_of_clocks_lets_conversions_pass(line: str) -> None:
    assert not CLOCKS.search(line)


def test_nothing_happens_by_signal() -> None:
    magic = re.compile(r"django\.(?:dispatch|db\.models\.signals)|@receiver")
    assert [short(path) for path in MODULES if magic.search(code(path))] == []


def test_no_model_saves_in_a_way_of_its_own() -> None:
    own = [model.__name__ for model in models() if {"save", "delete"} & set(vars(model))]
    assert own == [], "an act belongs in services.py"


# --- the database -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MIGRATIONS, ids=short)
def test_a_migration_is_named_for_what_it_does(path: Path) -> None:
    assert not re.fullmatch(r"\d{4}_(?:initial|auto_\w+|\w+_and_more)", path.stem)


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_names_in_the_database_are_chosen_and_short(model: type[Model]) -> None:
    meta = model._meta
    names = [meta.db_table, *(thing.name for thing in (*meta.indexes, *meta.constraints))]
    assert [name for name in names if len(name) > LONGEST_NAME] == []
    assert meta.auto_created or "db_table" in meta.original_attrs, f"{model.__name__} names no db_table"


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_people_read_the_names_of_models_and_fields_in_chinese(model: type[Model]) -> None:
    if model._meta.auto_created:
        return
    with translation.override("zh-hans"):
        names = {field.name: str(field.verbose_name) for field in model._meta.fields if not field.primary_key}
        names[model.__name__] = str(model._meta.verbose_name)
    assert {name: text for name, text in names.items() if not re.search(r"[\u4e00-\u9fff]", text)} == {}


# --- templates --------------------------------------------------------------------------------------

# Latin words that a Chinese reader meets every day, or that are names
KNOWN_WORDS = set((ROOT / "tests" / "data" / "latin_words.txt").read_text(encoding="utf-8").split())
SPOKEN = {"alt", "aria-label", "placeholder", "title", "label", "content"}
SILENT = {"script", "style", "code", "kbd", "samp"}
DJANGO = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
WORD = re.compile(r"(?<![\w@./:_-])[A-Za-z]{3,}(?![\w@/_-])")


class Reader(HTMLParser):
    """Reads a template as a visitor and as a browser with a strict content policy."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.spoken: list[str] = []
        self.refused: list[str] = []
        self._silent: list[str] = []
        self.feed(DJANGO.sub(" ", source))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.refused += [f"{tag} {name}" for name in given if name == "style" or re.match(r"on[a-z]+$", name)]
        self.refused += [
            f"{tag} javascript:" for text in given.values() if (text or "").startswith("javascript:")
        ]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.refused.append(tag)
        if tag in SILENT:
            self._silent.append(tag)
        if tag != "meta":
            self.spoken += [text for name, text in attrs if name in SPOKEN and text]

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.spoken.append(data)


def stray_words(source: str) -> list[str]:
    words = [word for text in Reader(source).spoken for word in WORD.findall(text)]
    return [word for word in words if word.lower() not in KNOWN_WORDS]


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_a_template_holds_no_script_and_no_style_of_its_own(path: Path) -> None:
    assert Reader(path.read_text(encoding="utf-8")).refused == []


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_a_template_speaks_chinese(path: Path) -> None:
    if path.suffix == ".html":
        assert stray_words(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "<script>go()</script>",
        '<p style="color: red">红</p>',
        '<a href="javascript:go()">去</a>',
        '<button onclick="go()">去</button>',
        "<style>p {}</style>",
    ],
)
def test_the_check_of_templates_sees_what_the_browser_would_refuse(source: str) -> None:
    assert Reader(source).refused


@pytest.mark.parametrize(
    "source", ["<p>Submit 提交</p>", '<input placeholder="Search">', "{% if a %}Overdue{% endif %}"]
)
def test_the_check_of_templates_hears_english(source: str) -> None:
    assert stray_words(source)


@pytest.mark.parametrize(
    "source", ["<p>导出 PDF</p>", "<p>{{ plan.title }}</p>", "<code>gongkai verify</code>"]
)
def test_the_check_of_templates_lets_ordinary_text_pass(source: str) -> None:
    assert not stray_words(source)


# --- what is handed over ----------------------------------------------------------------------------

HOMES = re.compile(r"(?<![\w.:/])/(?:" + "|".join(["work", "root", "home", "Users"]) + r")/\w+")
READABLE = {".py", ".md", ".toml", ".html", ".scss", ".js", ".sh", ".json", ".txt", ".yml", ".cfg", ""}


def handed_over() -> Iterator[Path]:
    """The files of the project: all that .gitignore does not leave out."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    ignored = {line.strip("/") for line in lines} | {".git"}
    for folder, folders, files in os.walk(ROOT):
        here = Path(folder)
        folders[:] = [name for name in folders if not {name, short(here / name)} & ignored]
        yield from (here / name for name in files if Path(name).suffix in READABLE)


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    texts = {short(path): path.read_text(encoding="utf-8", errors="replace") for path in handed_over()}
    told = {name: HOMES.findall(text) for name, text in texts.items()}
    assert {name: places for name, places in told.items() if places} == {}
