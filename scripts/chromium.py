"""浏览器: the Chromium that the browser tests drive, found or installed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts import system

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge")
PLACES = (Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),)
MISSING = "make test: Chromium is missing; install chromium, or name one: GONGKAI_CHROMIUM=/path/to/chromium"


def candidates() -> Iterator[str]:
    """Where a Chromium may be (候选路径), the one that was named first."""
    named = os.environ.get("GONGKAI_CHROMIUM")
    if named:
        yield named
        return
    yield from filter(None, map(shutil.which, NAMES))
    yield from (str(place) for place in PLACES if place.exists())
    with sync_playwright() as driver:
        yield driver.chromium.executable_path


def works(program: str) -> bool:
    """Does it start (能否启动)? Ubuntu's `chromium-browser` may be a stub that only names a snap."""
    try:
        return (
            subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False).returncode
            == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def found() -> str | None:
    """The first Chromium that starts (可用浏览器)."""
    return next(filter(works, candidates()), None)


def install() -> bool:
    """Fetch one (安装浏览器): from Debian, with the Chinese font, else as Playwright's own build."""
    if system.apt("chromium", "fonts-noto-cjk") and found():
        return True
    print("make test: fetching Playwright's Chromium", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return (
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False).returncode
        == 0
    )


def executable() -> str:
    """The path of a working Chromium (浏览器路径); ends the program with one line where there is none."""
    program = found()
    if program is None and "GONGKAI_CHROMIUM" not in os.environ and install():
        program = found()
    return program or sys.exit(MISSING)


if __name__ == "__main__":
    print(executable())
