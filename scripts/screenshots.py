"""截图: take the pictures of the README anew from a fresh demo, as docs/pictures/shots.toml lists them."""

import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts import chromium, server

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@dataclass(frozen=True)
class Shot:
    """One picture (截图): its file's name, the page, who looks at it, how wide, what is clicked first."""

    name: str
    path: str
    who: str = ""
    size: str = "desktop"
    click: Sequence[str] = ()
    whole: bool = False


def shots() -> list[Shot]:
    """The list of pictures (截图清单), as written in shots.toml."""
    listed = tomllib.loads((PICTURES / "shots.toml").read_text(encoding="utf-8"))
    return [Shot(**shot) for shot in listed["shot"]]


def password() -> str:
    """The password of the demo's accounts (演示密码)."""
    listed = tomllib.loads((PICTURES / "shots.toml").read_text(encoding="utf-8"))
    return str(listed["password"])


def sign_in(page: Page, who: str) -> None:
    """Sign in by the form that people use (登录)."""
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(who)
    page.locator("input[name=password]").fill(password())
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url(lambda address: "/accounts/login/" not in address)


@contextmanager
def visit(browser: Browser, address: str, shot: Shot) -> Iterator[BrowserContext]:
    """A visitor with the right screen (访问者)."""
    width, height = SIZES[shot.size]
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    try:
        yield context
    finally:
        context.close()


def take(browser: Browser, address: str, shot: Shot) -> None:
    """Take one picture (拍摄); a page that answers with an error is no picture."""
    with visit(browser, address, shot) as context:
        page = context.new_page()
        if shot.who:
            sign_in(page, shot.who)
        answer = page.goto(shot.path)
        if answer is None or not answer.ok:
            sys.exit(f"make screenshots: {shot.path} answered {answer and answer.status}")
        for words in shot.click:
            page.get_by_role("link", name=words).or_(page.get_by_role("button", name=words)).first.click()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURES / f"{shot.name}.png", full_page=shot.whole)


def main(wanted: Sequence[str]) -> int:
    """Take the pictures that were named, or all of them (截图)."""
    chosen = [shot for shot in shots() if not wanted or shot.name in wanted]
    program = chromium.executable()
    with server.demo() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        for shot in chosen:
            take(browser, address, shot)
            print(f"docs/pictures/{shot.name}.png", flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
