"""The demo as people start it: its own database, the real server, compressed and hashed static files."""

import pytest
from playwright.sync_api import Browser

from scripts import server
from tests.browser.conftest import Watch


@pytest.mark.slow
def test_the_demo_starts_and_its_front_page_is_whole(browser: Browser, axe) -> None:
    with server.demo() as address, browser.new_context(base_url=address, locale="zh-CN") as context:
        page = context.new_page()
        watch = Watch(page, address)
        answer = page.goto("/")
        assert answer is not None
        assert answer.ok
        axe(page)
        sheets = page.evaluate("[...document.styleSheets].map(sheet => [sheet.href, sheet.cssRules.length])")
        assert sheets
        assert all(rules > 100 for _, rules in sheets), sheets
        assert watch.faults == []
