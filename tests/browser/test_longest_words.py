"""What people write is long: endless addresses, titles without a gap; a phone never scrolls sideways."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page

from gongkai.accounts.models import User
from gongkai.demo.district import PASSWORD, build_district, build_staff
from gongkai.documents.models import Column, Paper, Topic
from gongkai.documents.services import attachments, papers, publication
from gongkai.frame.uploads import LIMIT, check
from tests.browser.conftest import PHONE, fits

MOMENT = datetime(2021, 9, 14, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
ADDRESS = "http://www.example.gov.cn/" + "art/2021/9/14/art_50921_1234567/" * 5 + "index.html"
TITLE = (
    f"关于转发《{'深入推进' * 9}专项行动实施方案（2021—2025年）》的通知ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
    + "x" * 60
)
NAME = "附件1_" + "重点任务分工表" * 6 + "final_version_20210914_v2_最终稿.pdf"
HTML = (
    f"<h2>{TITLE[:80]}</h2><p>详见{ADDRESS}</p><p>{'w' * 300}</p>"
    f"<table><caption>{TITLE[:60]}</caption><thead><tr>{'<th>列</th>' * 20}</tr></thead>"
    f"<tbody><tr>{f'<td>{ADDRESS}</td>' * 20}</tr></tbody></table><pre>{'0' * 400}</pre>"
)
PUBLIC = (
    "/",
    "/papers/{pk}/",
    "/papers/{pk}/?on=2021-09-14",
    "/papers/{pk}/editions/",
    "/papers/{pk}/changes/",
    "/papers/{pk}/correction/",
    "/columns/",
    "/columns/longest/",
    "/units/",
    "/units/{unit}/",
    "/topics/",
    "/topics/longest/",
    "/search/?q=专项行动",
    "/search/?q=xxxxxxxxxx",
    f"/search/?q={'没有的词' * 20}",
    "/search/?q=专项&sort=date",
    "/disclosure/",
    "/disclosure/contents/",
    "/disclosure/units/{unit}/",
    "/disclosure/units/{unit}/guide/",
    "/disclosure/units/{unit}/apply/",
    "/disclosure/fields/",
    "/disclosure/villages/",
    "/site-map/",
)
STAFF = (
    "/staff/",
    "/staff/papers/",
    "/staff/papers/queue/",
    "/staff/papers/new/",
    "/staff/editions/{draft}/",
    "/staff/editions/{draft}/edit/",
    "/staff/editions/{draft}/preview/",
    "/staff/editions/{draft}/submit/",
    "/staff/papers/{pk}/",
    "/staff/papers/{pk}/compare/",
    "/staff/papers/{pk}/relations/",
    "/staff/papers/{pk}/revise/",
    "/staff/papers/{pk}/remove/",
    "/staff/columns/",
    "/staff/topics/",
    "/staff/errata/",
    "/staff/disclosure/duties/",
    "/staff/disclosure/catalogues/",
    "/staff/disclosure/findings/",
    "/staff/figures/",
)


@pytest.fixture
def places(transactional_db: None, settings, tmp_path) -> dict[str, int]:
    """A paper whose every word is as long as it may be, amended once and in revision again."""
    settings.FIXED_TODAY = "2021-09-15"
    settings.SEARCH_INDEX = str(tmp_path / "index")
    build_staff(build_district())
    writer = User.objects.get(username="fagai-fzr")
    unit = writer.held[0].unit
    column = Column.objects.create(
        name="重大决策部署落实情况信息公开专栏" * 2,
        slug="longest",
        unit=unit,
        keeper=writer,
        description=ADDRESS,
    )
    Topic.objects.create(name="优化营商环境" * 5, slug="longest", query={"words": "专项"}, lead=unit)
    first = papers.create_paper(
        unit=unit,
        title=TITLE,
        by=writer,
        today=MOMENT.date(),
        html=HTML,
        attribute="active",
        made_on=MOMENT.date(),
        number="市中政办发〔2021〕12345号",
        issuers="、".join(["示例区人民政府办公室优化营商环境工作领导小组"] * 4),
        summary=ADDRESS,
        keywords="ABCDEFGHIJKLMNOPQRSTUVWXYZ" * 4,
    )
    upload = SimpleUploadedFile(NAME, b"%PDF-1.7 list")
    attachments.attach(first, checked=check(upload, ("pdf",), LIMIT), by=writer, title=NAME)
    paper = live(first, column, writer)
    again = papers.revise(paper, by=writer, today=MOMENT.date(), note=ADDRESS)
    again = papers.edit_edition(again, by=writer, html=HTML.replace("w" * 300, "v" * 300))
    publication.put_live(again, by=writer, at=MOMENT.replace(hour=15))
    draft = papers.revise(Paper.objects.get(), by=writer, today=MOMENT.date(), note=ADDRESS)
    return {"pk": paper.pk, "unit": unit.pk, "draft": draft.pk}


def live(edition, column: Column, writer: User) -> Paper:
    papers.place(edition.paper, columns=[column], by=writer)
    return publication.put_live(edition, by=writer, at=MOMENT).paper


def wide(page: Page, paths: tuple[str, ...], places: dict[str, int]) -> list[str]:
    """The pages that scroll sideways, or are not there."""
    found = []
    for path in paths:
        answer = page.goto(path.format(**places))
        assert answer is not None
        try:
            assert answer.status == 200, f"{page.url} {answer.status}"
            fits(page)
        except AssertionError as fault:
            found.append(str(fault))
    return found


@pytest.mark.slow
@pytest.mark.clause("31")
def test_no_page_scrolls_sideways_on_a_phone_however_long_the_words(places, new_page, sign_in) -> None:
    public = new_page(PHONE)
    found = wide(public, PUBLIC, places)
    public.goto(f"/papers/{places['pk']}/?view=large")
    fits(public)
    staff = new_page(PHONE)
    sign_in(staff, "fagai-fzr", PASSWORD)
    found += wide(staff, STAFF, places)
    assert not found, "\n".join(found)
