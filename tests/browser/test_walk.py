"""The year's work in one walk: import the plan, fix a doubt, issue, report, sign, accept, see it in public.

Every page on the way is looked at by axe-core, at a desk and on a phone.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongkai.demo.district import OFFICE_CODE, build_district, build_staff
from gongkai.ledger.models import Assignment, Plan
from tests.browser.conftest import DESKTOP, Look

SEED = Path(__file__).resolve().parent.parent.parent / "gongkai" / "demo" / "data" / "seed.txt"
TASK = "抓好区域协调发展重点任务落实信息公开"
WORDS = "已在区政府门户网站发布区域协调发展信息12条，制作图解2期。"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture
def district(transactional_db: None, settings) -> None:
    """The units and people of the demo, on the day after the plan came out; no plan yet."""
    settings.FIXED_TODAY = "2021-04-27"
    build_staff(build_district())


@pytest.mark.slow
@pytest.mark.clause("40")
def test_a_plan_goes_from_the_file_to_the_public_page(district, enter, new_page, look, tmp_path) -> None:
    proof = tmp_path / "公开情况清单.pdf"
    proof.write_bytes(PDF)
    office = enter(OFFICE_CODE)
    look(office)
    import_the_seed(office, look)
    fix_the_doubts(office, look)
    confirm_and_issue(office, look)
    report(enter("fagai"), look, proof)
    sign(enter("fagai-fzr"), look)
    accept(office, look)
    watch_the_year(office, look)
    see_it_in_public(new_page(DESKTOP), look)
    answer_the_public(office, look)


def import_the_seed(office: Page, look: Look) -> None:
    office.get_by_role("link", name="要点与台账").click()
    look(office)
    office.get_by_role("button", name="导入要点").click()
    look(office)
    office.locator("input[name=upload]").set_input_files(SEED)
    office.get_by_role("button", name="读取任务").click()
    expect(office.locator(".gk-read")).to_have_count(40)
    look(office)


def fix_the_doubts(office: Page, look: Look) -> None:
    """The first task names nobody by name: the office says who is meant; the others in one go."""
    row = office.locator("#row-1")
    expect(row).to_contain_text("还没有对应到单位")
    row.get_by_role("link", name="修改").click()
    row.locator("[name=body-0-target]").fill("区发改局")
    row.get_by_role("button", name="保存", exact=True).click()
    expect(office.locator("#row-1")).not_to_contain_text("还没有对应到单位")
    office.get_by_role("link", name=re.compile("责任主体（")).click()
    look(office)
    for choice in office.locator("fieldset.gk-wording").all():
        choice.get_by_label("另选单位").check()
        choice.get_by_label("其他单位或统称").fill("区司法局")
    office.get_by_role("button", name="保存已选的对应").click()
    expect(office.locator("main")).to_contain_text("都已对应到单位")


def confirm_and_issue(office: Page, look: Look) -> None:
    office.get_by_role("link", name="确认导入").first.click()
    look(office)
    doubts = office.locator("[name=doubts_accepted]")
    if doubts.count():
        doubts.check()
    office.get_by_role("button", name="确认导入").click()
    office.wait_for_url("**/outline/")
    look(office)
    plan = Plan.objects.get()
    assert plan.tasks.count() == 40
    office.goto(plan.get_absolute_url())
    look(office)
    office.get_by_role("link", name="下发各单位").click()
    look(office)
    office.get_by_role("button", name="下发").click()
    expect(office.locator("main")).to_contain_text("执行中")


def report(officer: Page, look: Look, proof: Path) -> None:
    look(officer)
    task = officer.locator("tr", has_text=TASK)
    task.get_by_role("link", name="填报进展").click()
    look(officer)
    officer.get_by_role("button", name="报负责人审签").click()
    expect(officer.locator(".govuk-error-summary")).to_contain_text("请填写进展情况")
    look(officer)
    officer.get_by_label("进展情况").fill(WORDS)
    officer.get_by_label("本任务已全部完成，申请验收").check()
    officer.locator("input[name=uploads]").set_input_files(proof)
    officer.get_by_label("本次添加的材料可以向社会公开").check()
    officer.get_by_role("button", name="报负责人审签").click()
    officer.wait_for_url("**/send/")
    look(officer)
    officer.get_by_role("button", name="报负责人审签").click()
    expect(officer.locator("main")).to_contain_text("已报送，等待本单位负责人审签")
    look(officer)


def sign(approver: Page, look: Look) -> None:
    expect(approver.locator("main")).to_contain_text("待我审签")
    look(approver)
    approver.get_by_role("link", name=re.compile("^签发")).click()
    look(approver)
    approver.get_by_role("button", name="签发报区政务公开办").click()
    expect(approver.locator("main")).to_contain_text("已签发，等待区政务公开办验收")


def accept(office: Page, look: Look) -> None:
    office.goto("/staff/")
    look(office)
    office.get_by_role("link", name=re.compile("^验收")).click()
    expect(office.locator("main")).to_contain_text(WORDS)
    with office.expect_download() as proof:
        office.get_by_role("link", name="公开情况清单").click()
    assert proof.value.suggested_filename == "公开情况清单.pdf"
    look(office)
    office.get_by_role("button", name="验收通过").click()
    expect(office.locator("main")).to_contain_text("已验收通过")
    assert Assignment.objects.filter(standing="done").count() == 1


def watch_the_year(office: Page, look: Look) -> None:
    """The board in its four views, a reminder to everybody behind one task, and the lists."""
    office.goto(Plan.objects.get().get_absolute_url())
    for tab in ("按单位", "矩阵", "时间轴", "按章节"):
        office.get_by_role("navigation", name="本栏目导航").get_by_role("link", name=tab).click()
        expect(office.get_by_role("link", name=tab)).to_have_attribute("aria-current", "page")
        look(office)
    office.locator(".gk-row input[type=checkbox]").first.check()
    office.get_by_role("button", name="立案督办").click()
    look(office)
    office.get_by_role("button", name="立案并通知单位").click()
    expect(office.locator("main")).to_contain_text("督办中")
    look(office)
    with office.expect_download() as letter:
        office.get_by_text("下载督办通知单").click()
    assert letter.value.suggested_filename.endswith(".docx")
    for address in ("/staff/assignments/", "/staff/supervision/", "/staff/lookback/", "/staff/notices/"):
        office.goto(address)
        look(office)


def see_it_in_public(citizen: Page, look: Look) -> None:
    citizen.goto("/")
    citizen.get_by_role("link", name="要点落实进度").first.click()
    look(citizen)
    citizen.locator("main").get_by_role("link", name="2021年").first.click()
    look(citizen)
    citizen.get_by_role("link", name=re.compile(TASK)).click()
    expect(citizen.locator("main")).to_contain_text(WORDS)
    expect(citizen.locator("main")).to_contain_text("已完成")
    with citizen.expect_download() as proof:
        citizen.get_by_role("link", name="公开情况清单").click()
    assert Path(proof.value.path()).read_bytes() == PDF
    look(citizen)
    assert citizen.context.cookies() == []
    citizen.get_by_role("link", name="对这项任务有意见建议").click()
    look(citizen)
    citizen.get_by_role("button", name="提交留言").click()
    expect(citizen.locator(".govuk-error-summary")).to_be_visible()
    look(citizen)
    citizen.get_by_label("您的意见建议").fill("图解很清楚，希望每季度都有。")
    citizen.get_by_role("button", name="提交留言").click()
    expect(citizen.locator("main")).to_contain_text("留言已收到")
    look(citizen)


def answer_the_public(office: Page, look: Look) -> None:
    office.goto("/staff/")
    office.get_by_role("link", name="图解很清楚，希望每季度都有。", exact=True).click()
    look(office)
    office.get_by_label("处理结果").fill("已转区发改局，三季度起每季度发布。")
    office.get_by_role("button", name="办理完毕").click()
    expect(office.locator("main")).to_contain_text("已办理")
    look(office)
