"""导入向导 in a real Chromium: from the district's own plan to assignments, by keyboard."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongkai.demo.district import OFFICE_CODE, PASSWORD, build_district, build_staff
from gongkai.ledger.models import Assignment, Plan, PlanImport

SEED = Path(__file__).resolve().parent.parent.parent / "gongkai" / "demo" / "data" / "seed.txt"

pytestmark = [pytest.mark.clause("40"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office_page(live_server, page: Page, sign_in) -> Page:
    """The office at its desk: a district with its units, no plan yet."""
    build_staff(build_district())
    sign_in(page, OFFICE_CODE, PASSWORD)
    return page


def hand_in_the_seed(page: Page) -> None:
    page.goto("/staff/plans/imports/new/")
    page.locator("input[name=upload]").set_input_files(SEED)
    page.get_by_role("button", name="读取任务").click()
    expect(page.locator("#import-summary")).to_contain_text("读到 40 项任务")


def test_the_seed_is_imported_checked_by_keyboard_confirmed_and_sent_out(office_page, axe) -> None:
    page = office_page
    page.goto("/staff/plans/")
    axe(page)
    hand_in_the_seed(page)
    axe(page)

    doubtful = page.locator("[data-doubtful]").count()
    page.keyboard.press("n")
    expect(page.locator("#row-1")).to_contain_text("编制规划的区政府部门单位")
    assert page.evaluate("document.activeElement.closest('[data-row]').dataset.row") == "1"
    expect(page.locator("#source-1")).to_have_class(
        "gk-source__piece gk-source__piece--doubtful gk-source__piece--chosen"
    )

    page.keyboard.press("Enter")
    form = page.locator("#row-1 form")
    expect(form).to_be_visible()
    expect(page.locator("#row-1 [name=text]")).to_be_focused()
    axe(page)
    page.locator("[name=body-0-target]").fill("区发改局、区自然资源局")
    page.keyboard.press("Control+Enter")
    expect(form).to_have_count(0)
    expect(page.locator("[data-doubtful]")).to_have_count(doubtful - 1)
    expect(page.locator("#row-1")).to_contain_text("区发改局、区自然资源局")

    page.keyboard.press("n")  # the next one ends in 等部门: read, and right
    page.keyboard.press("c")
    expect(page.locator("[data-doubtful]")).to_have_count(doubtful - 2)

    page.get_by_role("link", name="责任主体（").click()
    axe(page)
    fields = page.get_by_label("其他单位或统称")
    for at in range(fields.count()):
        fields.nth(at).fill("区政府办公室")
    page.get_by_role("button", name="保存已选的对应").click()
    expect(page.locator(".gk-all-clear")).to_be_visible()

    page.get_by_role("link", name="确认导入").click()
    axe(page)
    page.get_by_label("仍有疑点的任务按现在的内容导入").check()
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2021年市中区政务公开工作要点")
    axe(page)

    page.get_by_role("button", name="下发各单位").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("下发各单位")
    axe(page)
    page.get_by_role("button", name="下发各单位").click()
    expect(page.get_by_text("已下发给")).to_be_visible()
    plan = Plan.objects.get()
    assert (plan.state, plan.tasks.count()) == ("running", 40)
    assert Assignment.objects.filter(task__plan=plan).count() > 500


def test_closing_a_row_without_saving_changes_nothing(office_page) -> None:
    page = office_page
    hand_in_the_seed(page)
    before = PlanImport.objects.get().rows
    page.locator("#row-3 [data-open]").click()
    page.locator("#row-3 [name=text]").fill("不要保存")
    page.keyboard.press("Escape")
    expect(page.locator("#row-3 form")).to_have_count(0)
    expect(page.locator("#row-3")).to_contain_text("开发区体制机制改革")
    assert PlanImport.objects.get().rows == before


def test_single_keys_can_be_turned_off(office_page) -> None:
    page = office_page
    hand_in_the_seed(page)
    page.locator("[data-keys] summary").click()
    page.locator("[data-keys-switch]").click()
    page.locator("[data-keys-switch]").blur()
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.closest('[data-row]')") is None


def test_the_wizard_works_without_script(live_server, browser, sign_in) -> None:
    build_staff(build_district())
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, OFFICE_CODE, PASSWORD)
        hand_in_the_seed(page)
        page.locator("#row-1 [data-open]").click()
        page.locator("[name=body-0-target]").fill("区发改局")
        page.get_by_role("button", name="保存").click()
        expect(page.locator("#row-1")).to_contain_text("区发改局")
        page.locator("#row-2 [data-check]").click()
        expect(page.locator("#row-2 [data-check]")).to_have_count(0)
