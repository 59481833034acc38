"""The page of a paper: its facts, its standing, its relations both ways, earlier days, its end."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from gongkai.documents.models import Attachment, OldAddress, Paper, Theme
from gongkai.documents.services import leaving, papers, publication
from gongkai.documents.services.standings import refresh_all
from tests.documents.conftest import NOW, TODAY, person
from tests.documents.public.conftest import words

pytestmark = [pytest.mark.django_db, pytest.mark.clause("29")]


def address(paper: Paper) -> str:
    return f"/papers/{paper.pk}/"


def test_a_paper_carries_all_elements_of_the_platform(live, column, page):
    theme = Theme.objects.create(code="A", name="综合政务")
    found = live(
        title="关于示例事项的通知",
        number="示例发〔2021〕1号",
        issuers="示例区人民政府",
        keywords="示例 事项",
        summary="概述一句话",
        theme=theme,
        commences_on=date(2021, 4, 1),
    )
    shelf = column("政策文件")
    found.columns.add(shelf)
    facts = {
        entry.css_first("dt").text(): " ".join(entry.css_first("dd").text().split())
        for entry in page(address(found)).css(".gk-dossier__list > div")
    }
    assert facts["索引号"] == found.code
    assert facts["主题分类"] == "综合政务"
    assert facts["发文机关"] == "示例区人民政府"
    assert facts["成文日期"] == "2021年4月20日"
    assert facts["标题"] == "关于示例事项的通知"
    assert facts["发文字号"] == "示例发〔2021〕1号"
    assert facts["发布日期"] == "2021年4月20日"
    assert facts["主题词"] == "示例 事项"
    assert facts["有效性"] == "现行有效"
    assert facts["施行日期"] == "2021年4月1日"
    assert facts["公开方式"] == "主动公开"
    assert facts["内容概述"] == "概述一句话"
    assert facts["所在栏目"] == "政策文件"


def test_the_tags_and_the_structured_data_say_what_it_is(live, page):
    found = live(title="带“引号”和</script><b>的通知", keywords="甲")
    shown = page(address(found))
    tags = {tag.attributes.get("name"): tag.attributes.get("content") for tag in shown.css("meta")}
    assert tags["ArticleTitle"] == found.title
    assert tags["PubDate"] == "2021-04-20 09:30"
    assert tags["ContentSource"] == found.unit.name
    assert tags["ColumnName"]
    assert tags["ColumnType"]
    assert tags["SiteIDCode"] == settings.SITE["code"]
    told = [json.loads(each.text()) for each in shown.css('script[type="application/ld+json"]')]
    assert told[0]["name"] == found.title
    assert told[0]["datePublished"].startswith("2021-04-20T09:30")
    assert next(step["name"] for step in told[1]["itemListElement"]) == "首页"


def test_a_draft_is_not_there(draft, page):
    page(address(draft().paper), 404)


def test_an_amended_paper_says_by_what_and_both_papers_link_to_each_other(live, bear, page):
    old, new = live(title="关于甲的办法", sort="rules"), live(title="关于修改甲的决定", sort="decision")
    bear(new, "amends", old, on=TODAY, place="第三条")
    refresh_all(TODAY)
    notice = page(address(old)).css_first(".gk-notice")
    assert "部分内容已被修改" in notice.text()
    assert "第三条" in notice.text()
    assert notice.css_first("a").attributes["href"] == address(new)
    back = page(address(new)).css_first(".gk-ties a")
    assert back.attributes["href"] == address(old)


def test_a_draft_that_will_amend_is_not_given_away(live, draft, bear, page):
    old = live(title="关于甲的办法", sort="rules")
    bear(draft(title="秘而不宣的修改决定").paper, "repeals", old, on=TODAY)
    refresh_all(TODAY)
    shown = page(address(old))
    assert "秘而不宣" not in shown.html
    assert shown.css_first(".gk-notice") is None


def test_a_target_that_was_never_public_is_not_named(live, draft, bear, page):
    found = live()
    bear(found, "based_on", draft(title="没有公开的文件").paper)
    assert "没有公开的文件" not in page(address(found)).html


@pytest.mark.clause("23")
def test_a_policy_and_its_reading_link_both_ways(live, bear, page):
    policy, reading = live(title="关于甲的意见"), live(title="关于甲的意见的解读", sort="reading")
    bear(reading, "interprets", policy)
    there = page(address(policy)).css_first("section[aria-labelledby=readings] a")
    back = page(address(reading)).css_first("section[aria-labelledby=readings] a")
    assert there.attributes["href"] == address(reading)
    assert back.attributes["href"] == address(policy)


def test_a_paper_shows_the_edition_and_the_standing_of_an_earlier_day(live, page):
    found = live(
        at=NOW - timedelta(days=30),
        html="<p>旧的写法。</p>",
        made_on=date(2021, 3, 1),
        commences_on=date(2021, 4, 1),
    )
    writer = found.created_by
    draft = papers.revise(found, by=writer, today=TODAY, note="改了说法")
    draft = papers.edit_edition(draft, by=writer, html="<p>新的写法。</p>")
    publication.put_live(draft, by=writer, at=NOW)
    now, then = page(address(found)), page(f"{address(found)}?on=2021-03-25")
    assert "新的写法" in words(now, ".gk-prose")
    assert "旧的写法" in words(then, ".gk-prose")
    assert "尚未生效" in words(then, ".gk-notice--then")
    assert "改了说法" in words(now, ".gk-life")
    before = page(f"{address(found)}?on=2021-01-01")
    assert "2021年3月21日 第一次在网站上发布" in words(before)


@pytest.mark.parametrize("asked", ["x", "2021-13-40", "2099-01-01", "99999999999999999999"])
def test_a_day_that_makes_no_sense_is_asked_for_again(live, page, asked):
    shown = page(f"{address(live())}?on={asked}")
    assert "请填写今天或以前的日期" in words(shown, "#on-error")


def test_two_editions_can_be_compared(live, page):
    found = live(at=NOW - timedelta(days=3), html="<p>各镇人民政府：</p>")
    draft = papers.revise(found, by=found.created_by, today=TODAY)
    draft = papers.edit_edition(draft, by=found.created_by, html="<p>各镇（街道）人民政府：</p>")
    publication.put_live(draft, by=found.created_by, at=NOW)
    listed = page(f"{address(found)}editions/")
    assert [row.css_first("th").text() for row in listed.css("tbody tr")] == ["第 2 版（现在）", "第 1 版"]
    shown = page(f"{address(found)}changes/?from=1&to=2")
    assert "（街道）" in shown.css_first(".gk-diff ins").text()
    assert (
        page(f"{address(found)}changes/?from=2&to=1").css_first("h1").text() == shown.css_first("h1").text()
    )


def left(paper: Paper, how: str, unit, into: Paper | None = None) -> Paper:
    head = person(paper.unit, "approver")
    return leaving.remove(paper, how=how, note="原因说明", by=head, at=NOW, into=into)


def test_an_error_is_gone_and_says_so(live, page, unit):
    found = left(live(title="误发的标题", html="<p>误发的内容</p>"), "error", unit)
    shown = page(address(found), 410)
    assert "已经撤下" in words(shown)
    assert "误发的" not in words(shown)


def test_a_merged_paper_leads_to_the_other(live, client, unit):
    home = unit()
    target = live(home)
    found = left(live(home), "merged", unit, into=target)
    answer = client.get(address(found))
    assert (answer.status_code, answer["Location"]) == (301, address(target))


def test_a_withdrawn_paper_stays_readable_under_its_reason(live, page, unit):
    found = left(live(html="<p>仍可查阅的内容。</p>"), "withdrawn", unit)
    shown = page(address(found))
    assert "原因说明" in words(shown, ".gk-notice--bad")
    assert "仍可查阅的内容" in words(shown, ".gk-prose")
    assert shown.css_first(".gk-tools") is None
    assert shown.css_first('meta[name="robots"]').attributes["content"] == "noindex"


def test_a_publicity_whose_term_is_over_shows_nothing_even_before_the_nightly_run(live, page):
    found = live(title="补贴名单公示", html="<p>张某某</p>", shown_until=TODAY - timedelta(days=1))
    shown = page(address(found), 410)
    assert "公示期到 2021年4月19日 为止" in words(shown)
    assert "张某某" not in shown.html
    for way in ("pdf/", "word/", "editions/", "changes/"):
        page(f"{address(found)}{way}", 404)


def attached(edition, name="名单") -> Attachment:
    stored = default_storage.save("papers/test.pdf", ContentFile(b"%PDF-1.4 test"))
    return Attachment.objects.create(edition=edition, title=name, upload=stored, kind="pdf", size=13)


def test_an_attachment_is_given_out_only_while_its_edition_is_on_the_site(live, client, page, unit):
    found = live()
    file = attached(found.live)
    link = page(address(found)).css_first(".gk-files a").attributes["href"]
    answer = client.get(link)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    left(Paper.objects.get(pk=found.pk), "withdrawn", unit)
    assert client.get(link).status_code == 404
    assert client.get(f"/files/{file.pk}/another-name").status_code == 404


def test_an_attachment_of_a_draft_is_not_there(draft, client):
    assert client.get(f"/files/{attached(draft()).pk}/x.pdf").status_code == 404


def test_a_file_that_a_newer_edition_carries_on_keeps_its_address(live, client):
    found = live()
    file = attached(found.live)
    draft = papers.revise(found, by=found.created_by, today=TODAY)
    publication.put_live(draft, by=found.created_by, at=NOW)
    answer = client.get(f"/files/{file.pk}/x.pdf")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    draft = papers.revise(Paper.objects.get(pk=found.pk), by=found.created_by, today=TODAY)
    draft.attachments.all().delete()
    publication.put_live(draft, by=found.created_by, at=NOW)
    assert client.get(f"/files/{file.pk}/x.pdf").status_code == 404


@pytest.mark.parametrize("old", ["/art/2019/3/5/art_12.html", "/col/show.jsp?id=7"])
def test_an_old_address_leads_to_where_the_paper_stands_now(live, client, old):
    found = live()
    OldAddress.objects.create(path=old, paper=found)
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, address(found))


@pytest.mark.parametrize("odd", ["/no/such/%00page/", "/no/such/page/?q=%00", "/no/such/page/?q=\x00"])
def test_an_address_with_a_sign_that_no_database_takes_is_simply_not_there(client, odd):
    assert client.get(odd).status_code == 404


def test_an_address_that_never_was_offers_the_search(page):
    shown = page("/no/such/page/", 404)
    assert shown.css_first("form[role=search] input[name=q]") is not None


def test_moments_of_publication_are_shown_to_the_minute(live, page):
    moment = datetime.fromisoformat("2021-04-19T23:59:00+08:00")
    assert "2021-04-19 23:59" in words(page(address(live(at=moment))), ".gk-sheet__meta")
