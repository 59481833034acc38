"""适老化: text of twice the size breaks no page, on paper everything is there."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, fits
from tests.browser.world import TODAY, World

PASSWORD = "gongkai-2021"


@pytest.fixture
def world(transactional_db: None, settings) -> World:
    settings.FIXED_TODAY = TODAY.isoformat()
    return World()


def enlarge(page: Page) -> None:
    page.evaluate("document.documentElement.style.fontSize = '200%'")


@pytest.mark.slow
def test_twice_the_text_size_makes_no_page_scroll_sideways(world, new_page, sign_in) -> None:
    plan, task = world.plan.pk, world.plan.tasks.first().pk
    public = [
        "/",
        "/progress/",
        f"/progress/{plan}/",
        f"/progress/tasks/{task}/",
        f"/progress/{plan}/feedback/",
    ]
    inside = [
        "/staff/",
        f"/staff/plans/{plan}/",
        f"/staff/tasks/{task}/",
        "/staff/supervision/",
        "/staff/units/",
    ]
    inside += [f"/staff/plans/{plan}/{tab}/" for tab in ("units", "matrix", "timeline")]
    for size in (DESKTOP, PHONE):
        visitor, office = new_page(size), new_page(size)
        sign_in(office, world.office.username, PASSWORD)
        for page, addresses in ((visitor, public), (office, inside)):
            for address in addresses:
                page.goto(address)
                enlarge(page)
                fits(page)


def test_the_matrix_fits_the_long_edge_of_the_paper(world, new_page, sign_in) -> None:
    office = new_page(DESKTOP)
    sign_in(office, world.office.username, PASSWORD)
    office.goto(f"/staff/plans/{world.plan.pk}/matrix/")
    office.emulate_media(media="print")
    office.set_viewport_size({"width": 1032, "height": 703})  # A4 across, within its margins
    fits(office)
    assert office.locator(".gk-filter").is_hidden()
    assert office.evaluate("getComputedStyle(document.body).page") == "wide"
