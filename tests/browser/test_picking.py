"""查找政府信息: a paper is chosen by the keyboard, at a desk and on a phone; without script by radios."""

import pytest
from playwright.sync_api import Page, expect

from gongkai.demo.district import PASSWORD
from gongkai.documents.models import Edition, Paper, Relation
from gongkai.documents.services import papers, publication
from gongkai.frame.today import now
from tests.browser.world import TODAY, World

pytestmark = pytest.mark.clause("29")


@pytest.fixture
def edition(transactional_db: None, settings) -> Edition:
    settings.FIXED_TODAY = TODAY.isoformat()
    world = World()
    given = {"unit": world.unit, "by": world.officer, "today": TODAY}
    for name in ("甲", "乙"):
        old = papers.create_paper(title=f"防火巡查办法（{name}）", attribute="active", **given)
        publication.put_live(old, by=world.officer, at=now())
    return papers.create_paper(title="新的管理办法", **given)


def test_a_paper_is_chosen_by_the_keyboard(page: Page, sign_in, axe, edition: Edition) -> None:
    sign_in(page, "fagai", PASSWORD)
    page.goto(f"/staff/papers/{edition.paper_id}/relate/")
    box = page.get_by_role("combobox", name="对方文件")
    expect(page.get_by_role("button", name="查找")).to_be_hidden()
    box.press_sequentially("防火巡查")
    options = page.get_by_role("listbox", name="查到的信息").get_by_role("option")
    expect(options).to_have_count(2)
    axe(page)
    box.press("Escape")
    expect(options).to_have_count(0)
    box.press("ArrowDown")
    expect(options).to_have_count(2)
    box.press("ArrowDown")
    box.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    box.press("Enter")
    expect(page.get_by_text("已选：防火巡查办法").first).to_be_visible()
    axe(page)
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("已登记关联")).to_be_visible()
    assert Relation.objects.get(paper=edition.paper).target.title.startswith("防火巡查办法（")


def test_without_script_a_paper_is_chosen_from_radios(browser, live_server, edition: Edition) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("fagai")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.goto(f"/staff/papers/{edition.paper_id}/relate/")
    page.get_by_label("对方文件").fill("防火 巡查")
    page.get_by_role("button", name="查找").click()
    page.get_by_label("防火巡查办法（乙）").check(force=True)
    page.get_by_role("button", name="登记").click()
    assert Relation.objects.get(paper=edition.paper).target == Paper.objects.get(title="防火巡查办法（乙）")
    context.close()
