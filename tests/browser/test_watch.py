"""The watch itself: a fault that nobody sees would make every walk worthless."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PHONE, Watch, fits

GOOD = "<!doctype html><html lang='zh'><title>好</title><main><h1>公开</h1><p>内容</p></main></html>"
HOME = "http://gongkai.test"
POLICY = "<meta http-equiv='Content-Security-Policy' content=\"style-src 'self'\">"
Check = Callable[[Page], None]


@pytest.fixture
def blank(browser: Browser) -> Page:
    width, height = PHONE
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        yield context.new_page()


def test_a_good_page_passes(blank: Page, axe: Check) -> None:
    blank.set_content(GOOD)
    axe(blank)


def test_a_picture_without_words_is_found(blank: Page, axe: Check) -> None:
    blank.set_content(GOOD.replace("内容", "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"))
    with pytest.raises(AssertionError, match="image-alt"):
        axe(blank)


def test_pale_grey_text_is_found(blank: Page, axe: Check) -> None:
    blank.set_content(GOOD.replace("<p>", "<p style='color: #ccc'>"))
    with pytest.raises(AssertionError, match="color-contrast"):
        axe(blank)


def test_a_page_wider_than_the_phone_is_found(blank: Page) -> None:
    blank.set_content(GOOD.replace("<p>", "<p style='width: 900px'>"))
    with pytest.raises(AssertionError, match="908 px wide"):
        fits(blank)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("<script>throw new Error('坏')</script>", "script: "),
        ("<script>console.error('坏')</script>", "console: 坏"),
        (POLICY + "<p style='color: red'>红</p>", "console: "),
        ("<img src='http://127.0.0.1:9/other.png'>", "fetched from elsewhere"),
    ],
    ids=["script error", "console error", "refused style", "stranger"],
)
def test_a_fault_is_noticed(blank: Page, content: str, fault: str) -> None:
    watch = Watch(blank, HOME)
    blank.set_content(content)
    assert any(found.startswith(fault) for found in watch.faults), watch.faults


def test_a_missing_file_is_a_fault_but_a_missing_page_is_not(blank: Page) -> None:
    watch = Watch(blank, HOME)
    blank.route("**/*", lambda route: route.fulfill(status=404, body=GOOD, content_type="text/html"))
    blank.goto(f"{HOME}/no-such-page/")
    assert watch.faults == []
    blank.evaluate("fetch('/no-such-script.js')")
    assert watch.faults == [f"404: {HOME}/no-such-script.js"]


def test_a_server_error_is_a_fault_even_when_it_is_the_page(blank: Page) -> None:
    watch = Watch(blank, HOME)
    blank.route("**/*", lambda route: route.fulfill(status=500, body=GOOD, content_type="text/html"))
    blank.goto(HOME)
    assert watch.faults == [f"500: {HOME}/"]


def test_axe_looks_at_pages_under_a_strict_content_policy(blank: Page, axe: Check) -> None:
    policy = {"Content-Security-Policy": "default-src 'none'; script-src 'self'"}
    pale = GOOD.replace("lang='zh'", "")
    blank.route("**/*", lambda route: route.fulfill(body=pale, headers=policy, content_type="text/html"))
    blank.goto(HOME)
    with pytest.raises(AssertionError, match="html-has-lang"):
        axe(blank)
