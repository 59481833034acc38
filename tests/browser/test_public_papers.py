"""The public site of papers in a real browser: axe, no sideways scrolling, nothing jumps, no script."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.documents.models import Column, Relation, Topic
from gongkai.documents.services import papers, publication
from gongkai.documents.services.standings import refresh_all
from tests.browser.conftest import DESKTOP, PHONE, fits

pytestmark = [pytest.mark.clause("29"), pytest.mark.clause("31")]
TODAY = date(2021, 9, 15)
NOON = datetime(2021, 9, 14, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
LONG = "关于进一步加强事中事后监管深入推进“双随机、一公开”监管工作全覆盖并建立健全部门联合抽查长效机制的通知"
WIDE = "<tr>" + "<td>内容较长的单元格</td>" * 14 + "</tr>"
HTML = (
    "".join(f"<h2>{sign}、要求</h2><p>各单位应当按照分工认真落实。</p>" for sign in "一二三四五")
    + "<table><caption>任务分工表</caption><thead><tr>"
    + '<th scope="col">任务</th>' * 14
    + f"</tr></thead><tbody>{WIDE}</tbody></table>"
)


@pytest.fixture
def paths(transactional_db: None, settings) -> list[str]:
    """A small site: a long paper that was amended, and the places where it stands."""
    settings.FIXED_TODAY = TODAY.isoformat()
    home = Unit.objects.create(name="示例区教育局", short_name="教育局", kind="bureau")
    writer = User.objects.create(username="writer", full_name="某某")
    writer.posts.create(unit=home, role="officer", started_on=date(2020, 1, 1))
    place = Column.objects.create(name="政策文件", slug="policy", statutory=True, description="政策文件")
    Topic.objects.create(name="教育", slug="topic", query={"words": "监管"}, lead=home)
    made = [publish(home, writer, title) for title in (LONG, "修改决定")]
    made[0].columns.add(place)
    Relation.objects.create(paper=made[1], bond="amends", target=made[0], made_by=writer, made_on=TODAY)
    refresh_all(TODAY)
    draft = papers.revise(made[0], by=writer, today=TODAY, note="更正日期")
    publication.put_live(
        papers.edit_edition(draft, by=writer, html=HTML + "<p>附则。</p>"), by=writer, at=NOON
    )
    paper = f"/papers/{made[0].pk}/"
    inside = ("", "?on=2021-09-14", "?on=2020-01-01", "editions/", "changes/", "correction/")
    places = (
        "/",
        "/columns/",
        "/columns/policy/",
        "/units/",
        f"/units/{home.pk}/",
        "/topics/",
        "/topics/topic/",
    )
    return [*places, *(f"{paper}{each}" for each in inside), "/corrections/", "/site-map/", "/no-such-page/"]


def publish(home: Unit, writer: User, title: str):
    edition = papers.create_paper(
        unit=home,
        title=title,
        by=writer,
        today=TODAY,
        html=HTML,
        attribute="active",
        made_on=date(2021, 9, 1),
    )
    return publication.put_live(edition, by=writer, at=NOON.replace(hour=8)).paper


@pytest.mark.slow
def test_public_pages_pass_axe_and_fit_at_a_desk_and_on_a_phone(paths, new_page, axe) -> None:
    for size in (DESKTOP, PHONE):
        page = new_page(size)
        for path in paths:
            page.goto(path)
            assert page.locator("h1").count() == 1, path
            fits(page)
            axe(page)


@pytest.mark.parametrize("view", ["large", "contrast"])
def test_large_type_and_high_contrast_fit_a_phone(paths, new_page, axe, view) -> None:
    page = new_page(PHONE)
    for path in paths[:1] + paths[7:8]:
        page.goto(f"{path}?view={view}")
        fits(page)
        axe(page)


SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""


def test_nothing_jumps_while_a_paper_loads(paths, new_page) -> None:
    page = new_page(PHONE)
    for path in (paths[0], paths[7]):
        page.goto(path, wait_until="networkidle")
        assert page.evaluate(SHIFT) == 0, path


def test_a_wide_table_scrolls_within_itself_by_keyboard(paths, new_page) -> None:
    page = new_page(PHONE)
    page.goto(paths[7])
    table = page.get_by_role("region", name="任务分工表")
    table.focus()
    assert table.evaluate("e => e.scrollWidth > e.clientWidth")
    fits(page)


def test_the_text_is_read_aloud_by_sentences_and_stops_when_told(paths, new_page) -> None:
    page: Page = new_page(DESKTOP)
    page.add_init_script(
        """window.heard = [];
        window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
        Object.defineProperty(window, "speechSynthesis", {value: {
          speak: speech => { window.heard.push(speech.text + "|" + speech.lang);
                             if (window.heard.length < 3) queueMicrotask(() => speech.onend()); },
          cancel: () => {} }});"""
    )
    page.goto(paths[7])
    button = page.locator("[data-read]")
    button.click()
    assert button.inner_text() == "停止朗读"
    assert page.evaluate("window.heard")[:2] == ["一、要求|zh-CN", "各单位应当按照分工认真落实。|zh-CN"]
    assert page.locator(".gk-being-read").count() == 1
    button.click()
    assert button.inner_text() == "朗读全文"
    assert page.locator(".gk-being-read").count() == 0


def test_a_paper_is_whole_without_script(paths, browser, live_server) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(paths[7])
    assert page.locator(".gk-prose").is_visible()
    assert page.get_by_role("link", name="下载 PDF").is_visible()
    assert not page.locator("[data-read]").is_visible()
    page.locator("input[name=on]").fill("2021-09-14")
    page.get_by_role("button", name="查看", exact=True).click()
    assert "on=2021-09-14" in page.url
    context.close()
