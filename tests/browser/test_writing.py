"""写稿: the editor in a real browser, under the strict policy; nothing that was typed is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from gongkai.demo.district import PASSWORD
from gongkai.documents.models import Edition, Typed
from gongkai.documents.services import papers
from tests.browser.conftest import text_of
from tests.browser.world import TODAY, World

WORD = '<p class="MsoNormal" style="mso-x:1">从文字处理软件粘贴的一段<o:p></o:p></p>'


@pytest.fixture
def edition(transactional_db: None, settings) -> Edition:
    settings.FIXED_TODAY = TODAY.isoformat()
    world = World()
    return papers.create_paper(unit=world.unit, title="关于秋季绿化的通知", by=world.officer, today=TODAY)


@pytest.fixture
def desk(desktop: Page, sign_in, edition: Edition) -> Page:
    sign_in(desktop, "fagai", PASSWORD)
    desktop.goto(f"/staff/editions/{edition.pk}/edit/")
    return desktop


def test_what_is_typed_outlives_a_page_that_was_never_saved(desk: Page, edition: Edition) -> None:
    text = text_of(desk)
    text.click()
    desk.keyboard.type("没有保存的一段")
    expect(desk.locator("[data-autosave-says]")).to_contain_text("已自动保存")
    assert "没有保存的一段" in Typed.objects.get().fields["html"]
    desk.goto("/staff/")
    desk.goto(f"/staff/editions/{edition.pk}/edit/")
    expect(text).not_to_contain_text("没有保存的一段")
    desk.get_by_role("button", name="恢复").click()
    expect(text).to_contain_text("没有保存的一段")


def test_who_types_on_before_answering_keeps_both_texts(desk: Page, edition: Edition) -> None:
    """What is offered stays its own copy until it is restored or discarded."""
    text = text_of(desk)
    says = desk.locator("[data-autosave-says]")
    address = f"/staff/editions/{edition.pk}/edit/"
    text.click()
    desk.keyboard.type("第一次写的")
    expect(says).to_contain_text("已自动保存")
    desk.goto("/staff/")
    desk.goto(address)
    text.click()
    desk.keyboard.type("第二次写的")
    expect(says).to_contain_text("已自动保存")
    kept = sorted(each.fields["html"] for each in Typed.objects.all())
    assert kept == ["<p>第一次写的</p>", "<p>第二次写的</p>"]
    desk.get_by_role("button", name="恢复").click()
    expect(text).to_have_text("第一次写的")
    desk.get_by_role("button", name="恢复").click()
    expect(text).to_have_text("第二次写的")
    desk.get_by_role("button", name="保存", exact=True).click()
    expect(desk.get_by_text("已保存。")).to_be_visible()
    expect(desk.get_by_role("region", name="没有保存的内容")).to_have_count(1)
    text.press("End")
    desk.keyboard.type("，再加一句")
    desk.get_by_role("button", name="放弃").click()
    expect(desk.get_by_role("region", name="没有保存的内容")).to_have_count(0)
    expect(text).to_have_text("第二次写的，再加一句")
    expect(says).to_contain_text("已自动保存")
    assert [kept.fields["html"] for kept in Typed.objects.all()] == ["<p>第二次写的，再加一句</p>"]


def test_who_types_on_offline_keeps_both_texts(desk: Page) -> None:
    """A page's last breath may still reach the server: each text is offered once, by whoever has it."""
    gone = {"status": 302, "headers": {"Location": "/accounts/login/"}}
    desk.route("**/autosave/", lambda route: route.fulfill(**gone))
    text = text_of(desk)
    offers = desk.get_by_role("region", name=re.compile("没有保存的内容|存在这台电脑上的内容"))
    for words in ("断网一", "断网二"):
        text.click()
        desk.keyboard.type(words)
        expect(desk.locator("[data-autosave-says]")).to_contain_text("内容已存在这台电脑上")
        desk.reload()
    expect(offers).to_have_count(2)
    desk.unroute("**/autosave/")
    offers.first.get_by_role("button", name="恢复").click()
    expect(text).to_contain_text("断网")
    first = text.inner_text().strip()
    expect(offers).to_have_count(1)
    offers.get_by_role("button", name="恢复").click()
    expect(text).not_to_have_text(first)
    expect(text).to_contain_text("断网")
    assert {first, text.inner_text().strip()} == {"断网一", "断网二"}


def test_a_table_keeps_its_name_and_its_heads_through_the_editor(desk: Page, edition: Edition) -> None:
    text_of(desk).click()
    desk.get_by_role("button", name="表格", exact=True).click()
    desk.get_by_label("表格名称").first.fill("绿化面积")
    desk.get_by_role("button", name="插入", exact=True).click()
    desk.keyboard.type("地点")
    desk.get_by_role("button", name="保存", exact=True).click()
    expect(desk.get_by_text("已保存。")).to_be_visible()
    expect(desk.get_by_role("region", name="存在这台电脑上的内容")).to_be_hidden()
    edition.content.refresh_from_db()
    assert "<caption>绿化面积</caption>" in edition.content.html
    assert "<th" in edition.content.html
    text_of(desk).press("End")
    desk.keyboard.type("好")
    expect(desk.locator("[data-autosave-says]")).to_contain_text("已自动保存")
    assert "<caption>绿化面积</caption>" in Typed.objects.get().fields["html"]


def test_a_paste_from_a_word_processor_comes_in_clean(desk: Page) -> None:
    text = text_of(desk)
    text.click()
    text.evaluate(
        """(element, html) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/html", html);
            const told = { clipboardData, bubbles: true, cancelable: true };
            element.dispatchEvent(new ClipboardEvent("paste", told));
        }""",
        WORD,
    )
    expect(text).to_contain_text("从文字处理软件粘贴的一段")
    assert "mso" not in desk.locator("textarea[name=html]").input_value().lower()


def test_a_session_that_ended_loses_nothing(desk: Page, edition: Edition) -> None:
    """What the server no longer takes stays in this browser and is offered again."""
    gone = {"status": 302, "headers": {"Location": "/accounts/login/"}}
    desk.route("**/autosave/", lambda route: route.fulfill(**gone))
    text_of(desk).click()
    desk.keyboard.type("断网时输入的一段")
    expect(desk.locator("[data-autosave-says]")).to_contain_text("内容已存在这台电脑上")
    desk.unroute("**/autosave/")
    desk.reload()
    bar = desk.get_by_role("region", name="存在这台电脑上的内容")
    expect(bar).to_be_visible()
    bar.get_by_role("button", name="恢复").click()
    expect(text_of(desk)).to_contain_text("断网时输入的一段")


def test_a_page_that_dies_before_the_first_autosave_loses_nothing(desk: Page) -> None:
    """Sent off with the page's last breath, or kept in this browser: it is offered once, in one bar."""
    desk.route("**/autosave/", lambda route: None)
    text_of(desk).click()
    desk.keyboard.type("断电前的一句")
    expect(desk.locator("[data-autosave-says]")).to_have_text("正在输入，稍后自动保存")
    again = desk.context.new_page()
    desk.close()
    again.goto(desk.url)
    expect(again.get_by_role("button", name="恢复")).to_have_count(1)
    again.get_by_role("button", name="恢复").click()
    expect(text_of(again)).to_contain_text("断电前的一句")


def test_without_script_the_text_is_written_in_a_plain_box(browser, live_server, edition: Edition) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("fagai")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.goto(f"/staff/editions/{edition.pk}/edit/")
    page.locator("textarea[name=html]").fill("<p>没有脚本也能写</p>")
    page.get_by_role("button", name="保存", exact=True).click()
    edition.content.refresh_from_db()
    assert edition.content.html == "<p>没有脚本也能写</p>"
    context.close()
