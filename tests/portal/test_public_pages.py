"""Public pages: marks in the foot, tags in the head, no cookie, no script or style inside the page."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai.search import catch_up

pytestmark = pytest.mark.django_db
PAGES = ["/", "/site-map/", "/accessibility/", "/no-such-page/"]
COLUMNS = ["/", "/site-map/", "/accessibility/"]


def opened(client: Client, path: str) -> HTMLParser:
    return HTMLParser(client.get(path).content.decode())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_carries_the_footer_marks(client: Client, path: str) -> None:
    foot = opened(client, path).css_first("footer").text()
    for mark in (
        "党政机关",
        "网站标识",
        "我要纠错",
        "网站标识码",
        "ICP备案号",
        "公安备案号",
        "主办单位",
        "联系方式",
        "网站地图",
    ):
        assert mark in foot, mark
    assert settings.SITE["code"] in foot


@pytest.mark.parametrize("path", PAGES)
def test_every_page_names_the_site_in_its_tags(client: Client, path: str) -> None:
    page = opened(client, path)
    for name, value in (("SiteName", "name"), ("SiteDomain", "domain"), ("SiteIDCode", "code")):
        assert page.css_first(f'meta[name="{name}"]').attributes["content"] == settings.SITE[value]


@pytest.mark.parametrize("path", COLUMNS)
def test_column_pages_describe_their_column(client: Client, path: str) -> None:
    page = opened(client, path)
    for name in ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"):
        assert page.css_first(f'meta[name="{name}"]').attributes["content"], name


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_only_shows_sets_no_cookie_and_reads_none(client: Client, path: str) -> None:
    answer = client.get(path)
    assert not answer.cookies
    assert "cookie" not in answer.headers.get("Vary", "").lower()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_that_is_not_a_file_of_ours(client: Client, path: str) -> None:
    answer = client.get(path)
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self';" in f"{policy};"
    assert "style-src 'self';" in f"{policy};"
    assert "unsafe" not in policy
    page = HTMLParser(answer.content.decode())
    run = [script for script in page.css("script") if script.attributes.get("type") != "application/ld+json"]
    assert all(script.attributes.get("src") for script in run)  # a block of data never runs
    assert page.css("style") == []
    assert not re.search(r"\s(style|on\w+)=", answer.content.decode())


@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_in_chinese_with_one_heading_and_a_way_to_skip(client: Client, path: str) -> None:
    page = opened(client, path)
    assert page.css_first("html").attributes["lang"] == "zh-CN"
    assert len(page.css("h1")) == 1
    assert page.css_first("a.govuk-skip-link").attributes["href"] == "#main-content"
    assert page.css_first("main#main-content") is not None


@pytest.mark.parametrize("path", COLUMNS)
def test_no_link_leads_nowhere(client: Client, path: str, tmp_path: Path) -> None:
    with override_settings(SEARCH_INDEX=str(tmp_path / "index")):
        catch_up.rebuild()
        follow(client, path)


def follow(client: Client, path: str) -> None:
    for link in opened(client, path).css("a"):
        target = link.attributes["href"] or ""
        if target.startswith("/"):
            assert client.get(target).status_code in (200, 302), target
        else:
            assert target.startswith(("#", "?", "mailto:")), target


@pytest.mark.parametrize(("asked", "kind"), [("large", "gk-view-large"), ("contrast", "gk-view-contrast")])
def test_large_type_and_high_contrast_need_no_script(client: Client, asked: str, kind: str) -> None:
    page = opened(client, f"/?view={asked}")
    assert kind in (page.css_first("html").attributes["class"] or "")
    assert page.css_first(f'[data-view="{asked}"]').attributes["aria-current"] == "true"


def test_an_unknown_view_is_the_standard_one(client: Client) -> None:
    assert opened(client, '/?view="><script>').css_first("html").attributes["class"] == "govuk-template"


def test_a_demo_says_that_it_is_one(client: Client) -> None:
    with override_settings(FIXED_TODAY="2021-06-15"):
        assert "时间停在 2021年6月15日" in client.get("/").content.decode()
    assert "演示数据" not in client.get("/").content.decode()
