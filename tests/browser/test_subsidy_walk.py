"""A subsidy list with identity numbers is stopped, masked with one click, and published without a number."""

import io
import re
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from gongkai.demo.district import build_district, build_staff
from gongkai.documents.models import Column, Edition, Paper
from tests.browser.conftest import DESKTOP, Enter, Look, NewPage

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
HEADS = ("村", "户主姓名", "身份证号码", "一卡通账号", "手机号", "亩数", "标准", "金额")
VILLAGES = ("东村", "西村", "南村")
HEAD = {
    "补贴项目": "耕地地力保护补贴",
    "年度": "2021",
    "镇（街道）": "示例镇",
    "补贴标准": "每亩125元",
    "政策依据": "区财政局年度补贴实施方案",
    "发放户数": "6",
    "发放总额": "6625",
    "公示开始日期": "2021-09-16",
    "公示截止日期": "2021-09-30",
    "监督电话": "0632-0000000",
}


def identity(number: int) -> str:
    """A number that is well formed and nobody's (虚构的证件号码)."""
    body = f"110105194912310{number:02d}"
    return body + CHECKS[sum(int(sign) * weight for sign, weight in zip(body, WEIGHTS, strict=True)) % 11]


AREAS = (8, 9, 7.5, 10.5, 6, 12)
SECRETS = [identity(number) for number in range(1, 7)]
PHONES = [f"1380000{number:04d}" for number in range(1, 7)]


def listed() -> list[list[str | float]]:
    """Six households in three villages, as the town's clerk keeps them."""
    rows: list[list[str | float]] = []
    for place, (secret, phone, area) in enumerate(zip(SECRETS, PHONES, AREAS, strict=True)):
        name = f"某{'甲乙丙丁戊己'[place]}"
        rows.append([VILLAGES[place % 3], name, secret, "", phone, area, 125, area * 125])
    return rows


def clerk_sheet(folder: Path) -> Path:
    """The clerk's own workbook: a title, the list, a sum, and last year's numbers on a hidden sheet."""
    book = Workbook()
    page = book.active
    page.append(["示例镇2021年耕地地力保护补贴发放表"])
    for line in (HEADS, *listed(), ["合计", "", "", "", "", 53, "", 6625]):
        page.append(list(line))
    hidden = book.create_sheet("上年")
    hidden.append(["户主姓名", "身份证号码"])
    hidden.append(["某甲", SECRETS[0]])
    hidden.sheet_state = "hidden"
    book.properties.creator = PHONES[0]
    path = folder / "补贴发放表.xlsx"
    book.save(path)
    return path


@pytest.fixture
def district(transactional_db: None, settings, tmp_path: Path) -> None:
    settings.FIXED_TODAY = "2021-09-15"
    settings.SEARCH_INDEX = str(tmp_path / "index")
    build_staff(build_district())
    Column.objects.create(name="惠民补贴", slug="subsidies", description="惠民补贴", statutory=True)


@pytest.mark.slow
@pytest.mark.clause("11")
def test_a_subsidy_list_with_identity_numbers_is_stopped_masked_and_published(
    district, enter: Enter, new_page: NewPage, look: Look, tmp_path: Path
) -> None:
    officer = enter("fagai")
    fill(officer, look, clerk_sheet(tmp_path))
    stopped(officer, look)
    masked(officer, look)
    publish(officer, enter)
    read(new_page(DESKTOP), look, tmp_path)


def fill(page: Page, look: Look, sheet: Path) -> None:
    page.goto("/staff/papers/new/?way=form")
    look(page)
    page.get_by_label("结构化样式").select_option("补贴发放名单")
    page.get_by_label("栏目").select_option("惠民补贴")
    page.get_by_role("button", name="开始填写").click()
    page.wait_for_url("**/record/")
    look(page)
    page.get_by_role("link", name="导入表格").click()
    look(page)
    page.locator("input[type=file]").set_input_files(sheet)
    page.get_by_role("button", name="导入", exact=True).click()
    expect(page.locator("main")).to_contain_text("已导入 6 行")
    for label, value in HEAD.items():
        page.get_by_label(re.compile(f"^{re.escape(label)}")).first.fill(value)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("main")).to_contain_text("已保存")
    page.get_by_role("link", name="写标题、正文和要素").click()
    page.get_by_label("标题").fill("示例镇2021年耕地地力保护补贴发放名单公示")
    page.get_by_label("主动公开").check()
    page.locator("input[name=upload]").set_input_files(sheet)
    page.get_by_label("附件名称").fill("补贴发放表.xlsx")
    page.get_by_role("button", name="添加附件").click()
    expect(page.locator(".gk-evidence").get_by_role("link", name="补贴发放表.xlsx")).to_be_visible()
    look(page)


def stopped(page: Page, look: Look) -> None:
    """The gate names what it found and where; there is no button to go on with."""
    page.get_by_role("button", name="提交审核").click()
    page.wait_for_url("**/submit/")
    fault = page.locator(".gk-fault", has_text="个人信息").first
    expect(fault).to_contain_text("身份证号")
    expect(fault).to_contain_text("中华人民共和国个人信息保护法")
    expect(page.get_by_role("button", name="提交审核")).to_have_count(0)
    look(page)
    assert Edition.objects.get().state == "draft"


def masked(page: Page, look: Look) -> None:
    page.get_by_role("button", name=re.compile("一键脱敏")).click()
    expect(page.locator("main")).to_contain_text("个人信息已脱敏")
    expect(page.locator(".gk-fault", has_text="身份证")).to_have_count(0)
    look(page)
    page.get_by_role("button", name="提交审核", exact=True).click()
    page.wait_for_url("**/submit/")
    page.get_by_role("button", name="提交审核").click()
    expect(page.locator("main")).to_contain_text("待单位审核")


def publish(officer: Page, enter: Enter) -> None:
    address = officer.url
    head, guard = enter("fagai-fzr"), enter("fagai-bm")
    for page, act in ((head, "单位审核通过"), (guard, "保密审查通过"), (head, "签发")):
        page.goto(address)
        page.locator("main a", has_text=act).first.click()
        page.locator("h1", has_text=act).wait_for()
        page.get_by_role("button", name=act, exact=True).click()
        expect(page.locator("h1", has_text="示例镇")).to_be_visible()
    assert Paper.objects.get().state == "live"


def read(page: Page, look: Look, folder: Path) -> None:
    """What the public reads, downloads and finds holds the list, and no number."""
    page.goto("/search/?q=耕地地力保护补贴")
    page.locator(".gk-result").get_by_role("link").first.click()
    expect(page.locator(".gk-record")).to_contain_text("东村")
    look(page)
    assert clean(page.content())
    for number, link in enumerate(("下载 Excel", "下载 CSV", "下载 Word", "补贴发放表.xlsx")):
        with page.expect_download() as taken:
            page.get_by_role("link", name=re.compile(re.escape(link))).first.click()
        path = folder / f"{number}"
        taken.value.save_as(path)
        words = told(path, link)
        assert "某甲" in words, link
        assert clean(words), link
    page.goto(f"/search/?q={SECRETS[0]}")
    expect(page.locator(".gk-result", has_text="补贴")).to_have_count(0)


def told(path: Path, link: str) -> str:
    """All that a file says, hidden sheets and properties included."""
    content = path.read_bytes()
    if link in ("下载 Excel", "补贴发放表.xlsx"):
        book = load_workbook(io.BytesIO(content))
        cells = [str(cell.value) for page in book for row in page.iter_rows() for cell in row]
        return " ".join([*cells, str(book.properties)])
    if link == "下载 Word":
        document = Document(io.BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return " ".join([*cells, *(each.text for each in document.paragraphs)])
    return content.decode("utf-8-sig")


def clean(words: str) -> bool:
    return not any(secret in words for secret in (*SECRETS, *PHONES))
