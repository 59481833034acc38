"""全部检查: the stages of `make test`, cheap ones first; the first failure stops the run.

python -m scripts.check [STAGE…]
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts import chromium

ROOT = Path(__file__).resolve().parent.parent
HERE = [sys.executable, "-m"]
PYTEST = [*HERE, "pytest", "-q", "--no-header"]
HOUSE = ["tests/test_house.py", "tests/docs"]
REST = [f"--ignore={path}" for path in HOUSE]
#: what never opens a database is proved once, on SQLite
PURE = [
    f"--ignore=tests/{path}"
    for path in ("rules", "ledger/reader", "documents/reading", "documents/comparing")
]
#: two processes; a file stays whole in one of them, for its tests share a costly world
BOTH = ["-n2", "--dist=loadfile", "--no-loadscope-reorder"]
SQLITE = "sqlite:///var/test.sqlite3"  # never the office's own database; the tests' copy is kept in memory


def nothing() -> Mapping[str, str]:
    """A stage that needs no preparation (无需准备)."""
    return {}


def browser() -> Mapping[str, str]:
    """What the browser tests need (浏览器环境): Playwright's loop runs beside Django's ordinary code."""
    return {"GONGKAI_CHROMIUM": chromium.executable(), "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}


@dataclass(frozen=True)
class Stage:
    """One step of the checks (检查步骤): its name, what it proves, its commands, what it needs."""

    name: str
    proves: str
    commands: Sequence[Sequence[str]]
    prepare: Callable[[], Mapping[str, str]] = nothing

    def run(self) -> bool:
        """Run the commands in order (执行); true when all of them are content."""
        environment = {**os.environ, "GONGKAI_DATABASE": SQLITE, **self.prepare()}
        return all(_run(command, environment) for command in self.commands)


def _run(command: Sequence[str], environment: Mapping[str, str]) -> bool:
    done = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False)
    return done.returncode == 0


def tool(name: str, *arguments: str) -> list[str]:
    """The command line of a tool of this environment (本环境的工具)."""
    return [str(Path(sys.executable).parent / name), *arguments]


ALL = (
    Stage("ruff", "the code's style", [tool("ruff", "check", "."), tool("ruff", "format", "--check", ".")]),
    Stage("imports", "arrows only fall", [tool("lint-imports")]),
    Stage("mypy", "types, strict", [tool("mypy")]),
    Stage(
        "migrations",
        "models and migrations agree",
        [[*HERE, "django", "makemigrations", "--check", "--dry-run", "--settings=config.settings"]],
    ),
    Stage("house", "the house's rules, the documents", [[*PYTEST, *HOUSE]]),
    Stage("sqlite", "everything, on SQLite", [[*PYTEST, *BOTH, "-m", "not browser", *REST]]),
    Stage(
        "postgres",
        "everything that opens a database, on a real PostgreSQL",
        [[*HERE, "scripts.postgres", *PYTEST, *BOTH, "-m", "not browser and not once", *REST, *PURE]],
    ),
    Stage(
        "browser",
        "pages in Chromium, with axe-core",
        [[*PYTEST, *BOTH, "-m", "browser", "tests"]],
        browser,
    ),
)
QUICK = Stage("quick", "fast tests, on SQLite", [[*PYTEST, "-m", "not browser and not slow"]])


def chosen(names: Sequence[str]) -> list[Stage]:
    """The stages that were asked for (选定的步骤); all of them where none was named."""
    known = {stage.name: stage for stage in (*ALL, QUICK)}
    strange = [name for name in names if name not in known]
    if strange:
        sys.exit(f"make test: no stage {strange[0]!r}; there are {', '.join(known)}")
    return [known[name] for name in names] or list(ALL)


def report(lines: Sequence[tuple[Stage, bool, float]], left: int) -> None:
    """One line for each stage that ran (结果汇总)."""
    print("\n" + "─" * 72)
    for stage, passed, seconds in lines:
        print(f"{'passed' if passed else 'FAILED'}  {stage.name:<11}{stage.proves:<46}{seconds:6.1f} s")
    if left:
        print(f"Stopped at the first failure; {left} stage{'s' * (left > 1)} not run.")


def main(names: Sequence[str]) -> int:
    """Run the stages until one fails (逐项检查); exit status 1 if one did."""
    stages = chosen(names)
    lines: list[tuple[Stage, bool, float]] = []
    for stage in stages:
        print(f"\n=== {stage.name}: {stage.proves}", flush=True)
        began = time.monotonic()
        passed = stage.run()
        lines.append((stage, passed, time.monotonic() - began))
        if not passed:
            break
    report(lines, len(stages) - len(lines))
    return int(not all(passed for _, passed, _ in lines))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
