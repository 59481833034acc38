"""A real Chromium for the walks: pages that watch for faults, axe-core, and the width of a phone."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Condition

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, sync_playwright

from gongkai.demo.district import PASSWORD
from scripts import chromium

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "test-results"
DESKTOP, PHONE = (1280, 900), (390, 844)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a browser test, whether it says so or not."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember a failure, so that the page can be photographed before it closes."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all walks."""
    program = chromium.executable()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        # Playwright keeps an event loop in this thread, which Django would take for asynchronous code
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        running = driver.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


class Watch:
    """The faults that a page shows only to its console: scripts, refused styles, missing files, strangers."""

    def __init__(self, page: Page, home: str) -> None:
        self.home = home
        self.faults: list[str] = []
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self.asked)
        page.on("requestfailed", self.failed)
        page.on("response", self.answered)

    def console(self, message: ConsoleMessage) -> None:
        # a missing file is told by `answered`, with its address; a page that is meant to be 404 is no fault
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def asked(self, request: Request) -> None:
        if request.url.startswith("http") and not request.url.startswith(self.home):
            self.faults.append(f"fetched from elsewhere: {request.url}")

    def failed(self, request: Request) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):  # downloads and left pages end like that
            self.faults.append(f"failed: {request.url} {request.failure}")

    def answered(self, response: Response) -> None:
        shown = response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and not shown):
            self.faults.append(f"{response.status}: {response.url}")


NewPage = Callable[[tuple[int, int]], Page]
Look = Callable[[Page], None]
Enter = Callable[[str], Page]


class InHand:
    """The questions that the server has in hand: one that writes after its test would disturb the next."""

    def __init__(self) -> None:
        self._number = 0
        self._changed = Condition()

    def begin(self, **_: object) -> None:
        with self._changed:
            self._number += 1

    def end(self, **_: object) -> None:
        with self._changed:
            self._number -= 1
            self._changed.notify_all()

    def all_answered(self) -> bool:
        """Wait until nothing is left (等待处理完毕); false where that takes too long."""
        with self._changed:
            return self._changed.wait_for(lambda: self._number <= 0, timeout=20)


@pytest.fixture
def in_hand() -> Iterator[InHand]:
    """What the server of this test has in hand."""
    count = InHand()
    request_started.connect(count.begin, weak=False)
    request_finished.connect(count.end, weak=False)
    yield count
    request_started.disconnect(count.begin)
    request_finished.disconnect(count.end)


@pytest.fixture
def new_page(
    request: pytest.FixtureRequest, browser: Browser, live_server, in_hand: InHand
) -> Iterator[NewPage]:
    """A factory of pages, each a new visitor; `new_page((390, 844))`. Faults fail the test at its end."""
    opened: list[tuple[Page, Watch]] = []

    def open_page(size: tuple[int, int] = DESKTOP) -> Page:
        width, height = size
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        opened.append((page, Watch(page, live_server.url)))
        return page

    yield open_page
    if request.node.stash.get(FAILED, False):
        photograph(request.node.name, [page for page, _ in opened if not page.is_closed()])
    faults = [fault for _, watch in opened for fault in watch.faults]
    for page, _ in opened:
        page.context.set_offline(True)  # what a page still sends when it closes comes too late for this test
        page.context.close()
    assert in_hand.all_answered(), "the server is still at work on a page's question"
    assert not faults, "the pages showed faults:\n" + "\n".join(faults)


def photograph(name: str, pages: list[Page]) -> None:
    """Keep what a failed walk saw, in test-results/."""
    PICTURES.mkdir(exist_ok=True)
    for number, page in enumerate(pages, start=1):
        page.screenshot(path=PICTURES / f"{name}-{number}.png", full_page=True)


@pytest.fixture
def desktop(new_page: NewPage) -> Page:
    """A visitor at a desk, 1280 wide."""
    return new_page(DESKTOP)


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    """A visitor with a phone, 390 wide."""
    return new_page(PHONE)


@pytest.fixture(params=[DESKTOP, PHONE], ids=["1280", "390"])
def page(request: pytest.FixtureRequest, new_page: NewPage) -> Page:
    """A visitor; the test runs at the desk and on the phone."""
    return new_page(request.param)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """`axe(page)`: the page shuts nobody out (WCAG 2.1 AA) and never scrolls sideways."""
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        if page.evaluate("typeof window.axe === 'undefined'"):
            page.evaluate(source)
        # of what is in order axe would write a long report, which nobody reads
        found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS)
        problems = [told(violation) for violation in found["violations"]]
        assert not problems, f"{page.url} shuts people out:\n" + "\n".join(problems)
        fits(page)

    return check


def text_of(page: Page) -> Locator:
    """The editor of a paper's text (正文): not the plain box that stands there until its script has run."""
    return page.locator("[contenteditable=true]").and_(page.get_by_role("textbox", name="正文"))


def told(violation: dict) -> str:
    """One violation of axe in readable lines."""
    lines = [f"- {violation['id']} ({violation['impact']}): {violation['help']}"]
    for node in violation["nodes"][:5]:
        lines += [f"    {node['html'][:200]}", f"      {node['failureSummary']}"]
    return "\n".join(lines)


def fits(page: Page) -> None:
    """The page never scrolls sideways as a whole; a wide table scrolls in its own box."""
    needed, there = page.evaluate("[document.scrollingElement.scrollWidth, window.innerWidth]")
    assert needed <= there, f"{page.url} is {needed} px wide on a screen of {there} px"


@pytest.fixture
def sign_in() -> Callable[[Page, str, str], None]:
    """`sign_in(page, username, password)` by the form that people use."""

    def enter(page: Page, username: str, password: str) -> None:
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(username)
        page.locator("input[name=password]").fill(password)
        page.locator("form:has(input[name=password]) button[type=submit]").click()
        page.wait_for_url(lambda address: "/accounts/login/" not in address)

    return enter


@pytest.fixture
def look(axe: Callable[[Page], None]) -> Look:
    """`look(page)`: nobody is shut out of this page, at a desk or on a phone."""

    def at_both_widths(page: Page) -> None:
        # a focused link is told by a yellow ground and a black line, which axe takes for plain text
        page.evaluate("document.activeElement?.blur()")
        for width, height in (PHONE, DESKTOP):
            page.set_viewport_size({"width": width, "height": height})
            axe(page)

    return at_both_widths


@pytest.fixture
def enter(new_page: NewPage, sign_in: Callable[[Page, str, str], None]) -> Enter:
    """`enter("fagai")`: a page of its own in which this person of the demo's district is signed in."""

    def page_of(username: str) -> Page:
        page = new_page(DESKTOP)
        sign_in(page, username, PASSWORD)
        return page

    return page_of
