"""The life of a paper in one walk: written, reviewed, signed, found, revised, amended and repealed.

Officer, approver, secrecy reviewer and the public each have a browser of their own; axe looks at the pages.
"""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from gongkai.accounts.models import User
from gongkai.demo.district import build_district, build_staff
from gongkai.documents.models import Column, Edition, Paper
from gongkai.documents.services import papers, publication
from tests.browser.conftest import DESKTOP, Enter, Look, NewPage, text_of

WRITTEN, REVISED, LATER = "2021-09-15", "2021-09-22", "2021-10-12"
TITLE = "区级重点项目管理暂行办法"
AMENDING, REPEALING = "关于修改区级重点项目管理暂行办法的决定", "区级重点项目管理办法"
WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>'
    '<p class="MsoNormal" style="text-indent:24pt;mso-x:1"><b>一、适用范围</b><o:p></o:p></p>'
    '<p class="MsoNormal">本办法适用于区级重点项目的申报与调度。<o:p></o:p></p></body></html>'
)
PASTED = "本办法适用于区级重点项目的申报与调度。"
TYPED = "每月十日前报送项目进度。"
PASTE = """(element, html) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def district(transactional_db: None, settings, tmp_path: Path) -> None:
    """The units and people of the demo, an empty site with one column, an index of its own."""
    settings.FIXED_TODAY = WRITTEN
    settings.SEARCH_INDEX = str(tmp_path / "index")
    build_staff(build_district())
    Column.objects.create(name="规范性文件", slug="rules", description="规范性文件", statutory=True)


class Desks:
    """The people of one unit at their desks, the public at home, and axe behind them."""

    def __init__(self, enter: Enter, look: Look, public: Page) -> None:
        self.enter, self.look, self.public = enter, look, public
        self.officer = enter("fagai")
        self.approver = enter("fagai-fzr")
        self.guard = enter("fagai-bm")

    def decide(self, page: Page, act: str, *, read: bool = True, look: bool = True) -> None:
        """Open the first paper that waits for this person, and do the act that is asked of him."""
        page.goto("/staff/papers/queue/")
        page.locator("main").get_by_role("link", name=re.compile(TITLE)).first.click()
        page.locator("main a", has_text=act).first.click()
        page.locator("h1", has_text=act).wait_for()
        if look:
            self.look(page)
        if read:
            page.get_by_label("我已通读并校对全文").check()
        page.get_by_role("button", name=act, exact=True).click()
        expect(page.locator(".govuk-notification-banner, .moj-alert").first).to_be_visible()


@pytest.mark.slow
@pytest.mark.clause("29")
def test_a_paper_is_written_reviewed_published_found_amended_and_repealed(
    district, enter: Enter, new_page: NewPage, look: Look, settings
) -> None:
    desks = Desks(enter, look, new_page(DESKTOP))
    write(desks)
    submit(desks)
    review(desks)
    paper = Paper.objects.get()
    find(desks, paper)
    settings.FIXED_TODAY = REVISED
    revise(desks, paper)
    amend(desks, paper)
    settings.FIXED_TODAY = LATER
    repeal(desks, paper)
    look_back(desks, paper)


def write(desks: Desks) -> None:
    """写一篇, and the page dies before anything was saved."""
    desks.officer.goto("/staff/papers/")
    desks.look(desks.officer)
    desks.officer.get_by_role("button", name="写一篇").first.click()
    desks.look(desks.officer)
    desks.officer.get_by_label("标题").fill(TITLE)
    desks.officer.get_by_label("栏目").select_option("规范性文件")
    desks.officer.get_by_role("button", name="开始写").click()
    desks.look(desks.officer)
    text = text_of(desks.officer)
    text.click()
    text.evaluate(PASTE, WORD)
    expect(text).to_contain_text(PASTED)
    text.press("End")
    desks.officer.keyboard.press("Enter")
    desks.officer.keyboard.type(TYPED)
    expect(desks.officer.locator("[data-autosave-says]")).to_contain_text("已自动保存")
    address = desks.officer.url
    desks.officer.close()
    desks.officer = desks.enter("fagai")
    desks.officer.goto(address)
    text = text_of(desks.officer)
    expect(text).not_to_contain_text(TYPED)
    bar = desks.officer.get_by_role("region", name="没有保存的内容")
    desks.look(desks.officer)
    bar.get_by_role("button", name="恢复").click()
    expect(text).to_contain_text(PASTED)
    expect(text).to_contain_text(TYPED)


def submit(desks: Desks) -> None:
    """Without an attribute the paper is returned, with the article; then it goes on."""
    page = desks.officer
    page.get_by_role("button", name="提交审核").click()
    fault = page.locator(".gk-fault", has_text="未标明公开属性")
    expect(fault).to_contain_text("退文")
    expect(fault).to_contain_text("国办发〔2016〕80号")
    expect(page.get_by_role("button", name="提交审核")).to_have_count(0)
    desks.look(page)
    assert Edition.objects.get().state == "draft"
    page.get_by_role("button", name="继续编辑").click()
    page.get_by_label("体裁").select_option("办法、规定")
    page.get_by_label("主动公开").check()
    page.get_by_label("发文字号").fill("市中发改发〔2021〕8号")
    page.get_by_label("成文日期").fill("2021-09-14")
    page.get_by_role("button", name="提交审核").click()
    page.wait_for_url("**/submit/")
    page.get_by_role("button", name="提交审核").click()
    expect(page.locator("main")).to_contain_text("待单位审核")
    desks.look(page)
    html = Edition.objects.get().content.html
    assert "mso" not in html.lower()
    assert PASTED in html


def review(desks: Desks, *, look: bool = True) -> None:
    """Unit review, secrecy review and signing, by three hands; with the signature it is live."""
    desks.decide(desks.approver, "单位审核通过", look=look)
    desks.decide(desks.guard, "保密审查通过", look=look)
    desks.decide(desks.approver, "签发", look=look)
    expect(desks.approver.locator("main")).to_contain_text("已发布")


def find(desks: Desks, paper: Paper) -> None:
    """The public finds at once by half a sentence what was just signed; no cookie is set."""
    page = desks.public
    page.goto("/search/?q=每月十日前")
    result = page.locator(".gk-result", has_text=TITLE)
    expect(result).to_have_count(1)
    expect(result.locator("mark").first).to_be_visible()
    desks.look(page)
    result.get_by_role("link", name=TITLE).click()
    facts = page.locator(".gk-dossier")
    for label, value in {
        "索引号": paper.code,
        "发文字号": "市中发改发〔2021〕8号",
        "成文日期": "2021年9月14日",
        "发布日期": "2021年9月15日",
        "有效性": "现行有效",
        "所在栏目": "规范性文件",
    }.items():
        row = facts.locator("div", has=page.get_by_text(label, exact=True))
        expect(row.locator("dd")).to_contain_text(value)
    expect(page.locator("main")).to_contain_text("发布以来没有改动过")
    desks.look(page)
    assert page.context.cookies() == []


def revise(desks: Desks, paper: Paper) -> None:
    """A second edition; until it is signed, the public reads the first."""
    page = desks.officer
    page.goto(f"/staff/papers/{paper.pk}/revise/")
    page.get_by_label("本次修改说明").fill("报送时间改为每月十五日前")
    page.get_by_role("button", name="开始修订").click()
    text = text_of(page)
    text.get_by_text(TYPED).select_text()
    page.keyboard.type("每月十五日前报送项目进度。")
    page.get_by_role("button", name="提交审核").click()
    page.wait_for_url("**/submit/")
    page.get_by_role("button", name="提交审核").click()
    expect(page.locator("main")).to_contain_text("待单位审核")
    desks.public.goto(paper.get_absolute_url())
    expect(desks.public.locator("#text")).to_contain_text(TYPED)
    review(desks, look=False)
    desks.public.reload()
    expect(desks.public.locator("#text")).to_contain_text("每月十五日前报送项目进度。")
    desks.public.get_by_role("link", name=re.compile("全部 2 个版本")).click()
    desks.look(desks.public)


def published(title: str, day: str, **fields: str) -> Paper:
    """A paper of the same unit that went live on *day*."""
    moment = datetime.fromisoformat(day).replace(hour=9, tzinfo=ZoneInfo("Asia/Shanghai"))
    officer = User.objects.get(username="fagai")
    given = {"html": f"<p>{title}。</p>", "attribute": "active", "sort": "rules", **fields}
    edition = papers.create_paper(
        unit=officer.held[0].unit,
        title=title,
        by=officer,
        today=moment.date(),
        made_on=moment.date(),
        **given,
    )
    return publication.put_live(edition, by=officer, at=moment).paper


def relate(desks: Desks, by: Paper, bond: str, target: str, day: str) -> None:
    page = desks.officer
    page.goto(f"/staff/papers/{by.pk}/relations/")
    page.get_by_role("button", name="登记关联").click()
    page.get_by_label("本文件对它").select_option(bond)
    page.get_by_label("对方文件").fill(target)
    page.get_by_label("生效日期").fill(day)
    page.get_by_role("button", name="登记").click()
    expect(page.locator("main")).to_contain_text("已登记关联")


def amend(desks: Desks, paper: Paper) -> None:
    relate(desks, published(AMENDING, REVISED, sort="decision"), "修改", TITLE, REVISED)
    desks.public.goto(paper.get_absolute_url())
    expect(desks.public.locator(".gk-sheet__meta")).to_contain_text("已修改")
    expect(desks.public.locator(".gk-notice")).to_contain_text(AMENDING)
    desks.look(desks.public)


def repeal(desks: Desks, paper: Paper) -> None:
    """A new paper repeals it from October: said in the search as well."""
    relate(desks, published(REPEALING, "2021-10-08"), "废止", TITLE, "2021-10-10")
    desks.public.goto(f"/search/?q={TITLE}")
    result = desks.public.locator(".gk-result", has_text="每月十五日前").or_(
        desks.public.locator(".gk-result", has=desks.public.get_by_role("link", name=TITLE, exact=True))
    )
    expect(result.first).to_contain_text("已废止")
    desks.public.goto(paper.get_absolute_url())
    expect(desks.public.locator(".gk-sheet__meta")).to_contain_text("已废止")
    expect(desks.public.locator(".gk-notice")).to_contain_text("本文件已废止，不再作为依据")
    desks.look(desks.public)


def look_back(desks: Desks, paper: Paper) -> None:
    """The timeline tells the whole life; each day has its own text and its own standing."""
    page = desks.public
    life = page.locator(".gk-life")
    for day, words in {
        WRITTEN: "公布",
        REVISED: AMENDING,
        "2021-10-10": REPEALING,
    }.items():
        expect(
            life.locator("li", has=page.locator(f"time[datetime='{day}']")).filter(has_text=words)
        ).to_have_count(1)
    for day, said, text in (
        ("2021-09-16", "现行有效", TYPED),
        ("2021-09-30", "已修改", "每月十五日前"),
        ("2021-10-11", "已废止", "每月十五日前"),
    ):
        page.goto(paper.get_absolute_url())
        page.get_by_label("日期", exact=True).fill(day)
        page.get_by_role("button", name="查看", exact=True).click()
        expect(page.locator(".gk-notice--then")).to_contain_text(said)
        expect(page.locator("#text")).to_contain_text(text)
    desks.look(page)
    assert page.context.cookies() == []
