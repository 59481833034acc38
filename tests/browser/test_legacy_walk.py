"""An old site is brought in by the page: manifest, columns, progress, each row; twice, and no doubles."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from gongkai.demo.district import OFFICE_CODE, build_district, build_staff
from gongkai.documents.models import Column, LegacyImport, Paper
from gongkai.documents.services.legacy import running
from tests.browser.conftest import DESKTOP, Enter, Look, NewPage

HEADS = ("编号", "信息标题", "文号", "发布单位", "公开日期", "栏目", "正文内容", "网址")
MANY = 50


def manifest(folder: Path) -> Path:
    """Fifty rows as the old system wrote them; one has no title."""
    path = folder / "旧站清单.csv"
    with path.open("w", encoding="gb18030", newline="") as out:
        sheet = csv.writer(out)
        sheet.writerow(HEADS)
        sheet.writerows(line(number) for number in range(1, MANY + 1))
    return path


def line(number: int) -> list[str]:
    title = "" if number == 7 else f"关于第{number}批重点项目的通知"
    address = f"http://old.example.gov.cn/art/{number}.html"
    day = f"2019年3月{number % 28 + 1}日"
    return [
        f"A{number}",
        title,
        f"市中发改[2019]{number}号",
        "区发改局",
        day,
        "通知公告",
        "<p>正文。</p>",
        address,
    ]


@pytest.fixture
def district(transactional_db: None, settings, tmp_path: Path) -> None:
    settings.FIXED_TODAY = "2021-09-15"
    settings.SEARCH_INDEX = str(tmp_path / "index")
    build_staff(build_district())
    Column.objects.create(name="通知公告", slug="notices", description="通知公告")


class Held:
    """The page's questions about the progress wait here until the worker of the test has done its part."""

    def __init__(self, page: Page) -> None:
        self.waiting: list[Route] = []
        page.route("**/staff/legacy/*/", self.ask)
        self.open = True

    def ask(self, route: Route) -> None:
        if self.open or not route.request.headers.get("hx-request"):
            route.continue_()
        else:
            self.waiting.append(route)

    def shut(self) -> None:
        self.open = False

    def let_go(self) -> None:
        self.open = True
        for route in self.waiting:
            route.continue_()
        self.waiting.clear()


@pytest.mark.slow
@pytest.mark.clause("29")
def test_an_old_site_is_brought_in_twice_by_the_page_and_gives_no_doubles(
    district, enter: Enter, new_page: NewPage, look: Look, tmp_path: Path
) -> None:
    office = enter(OFFICE_CODE)
    held = Held(office)
    hand_in(office, look, manifest(tmp_path))
    bring_in(office, held, "开始导入")
    figures(office, 新增=MANY - 1, 未导入=1)
    look(office)
    read_the_rows(office, look)
    bring_in(office, held, "再导入一次")
    figures(office, 新增=0, 无变化=MANY - 1, 未导入=1)
    assert Paper.objects.count() == MANY - 1
    follow_the_old_address(new_page(DESKTOP))


def hand_in(page: Page, look: Look, path: Path) -> None:
    page.goto("/staff/legacy/")
    look(page)
    page.get_by_role("button", name="上传清单").first.click()
    look(page)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="上传并核对列").click()
    expect(page.locator("h1")).to_contain_text("核对列对应")
    expect(page.get_by_label("标题", exact=False).first).to_be_visible()
    look(page)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("main")).to_contain_text("列对应已保存")
    look(page)


def bring_in(page: Page, held: Held, button: str) -> None:
    """Start it, see that it waits, let the worker work, and see the page come round by itself."""
    held.shut()
    page.get_by_role("button", name=button).click()
    expect(page.locator("#legacy progress")).to_be_visible()
    running.run_import.func(LegacyImport.objects.get().pk)
    held.let_go()
    expect(page.locator("#legacy progress")).to_have_count(0)
    expect(page.locator("h1")).to_contain_text("已完成")


def figures(page: Page, **wanted: int) -> None:
    for label, number in wanted.items():
        box = page.locator(".gk-figure", has=page.get_by_text(label, exact=True))
        expect(box.locator(".gk-figure__number")).to_have_text(str(number))


def read_the_rows(page: Page, look: Look) -> None:
    """The row that did not come in says why; back on the page of the import one can start again."""
    address = page.url
    page.locator(".gk-figure", has_text="未导入").click()
    expect(page.locator("main")).to_contain_text("没有标题")
    look(page)
    page.get_by_role("link", name="查看每一行的结果").or_(page.get_by_label("结果")).first.wait_for()
    page.goto(address)


def follow_the_old_address(page: Page) -> None:
    page.goto("/art/12.html")
    expect(page.locator("h1")).to_have_text("关于第12批重点项目的通知")
    page.goto("/search/?q=第12批重点项目")
    expect(page.locator(".gk-result")).to_have_count(1)
