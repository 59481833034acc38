"""Columns, units, topics, feeds and maps: what stands where, and what a merged unit's address says."""

from datetime import date, timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.documents.models import Topic, TopicPin
from gongkai.documents.services.standings import refresh_all
from tests.documents.conftest import NOW, TODAY
from tests.documents.public.conftest import words

pytestmark = pytest.mark.django_db


def titles(shown: LexborHTMLParser) -> list[str]:
    return [link.text() for link in shown.css(".gk-table tbody th a")]


@pytest.mark.clause("33")
def test_a_column_shows_its_papers_and_those_of_the_columns_below(live, column, page):
    above = column("民生")
    below = column("教育", parent=above)
    for place, title in ((above, "甲"), (below, "乙"), (column("别处"), "丙")):
        live(title=title).columns.add(place)
    assert sorted(titles(page(above.get_absolute_url()))) == ["乙", "甲"]
    assert titles(page(below.get_absolute_url())) == ["乙"]
    crumbs = page(below.get_absolute_url()).css(".govuk-breadcrumbs li")
    assert [each.text() for each in crumbs] == ["首页", "公开栏目", "民生", "教育"]


def test_a_column_narrows_by_year_unit_kind_standing_and_words(live, column, unit, bear, page):
    place, home = column(), unit("教育局")
    live(home, title="旧年的通知", at=NOW - timedelta(days=400)).columns.add(place)
    rules = live(title="关于甲的办法", sort="rules")
    rules.columns.add(place)
    bear(live(title="废止决定", sort="decision"), "repeals", rules, on=TODAY)
    refresh_all(TODAY)
    url = place.get_absolute_url()
    assert titles(page(f"{url}?year=2020")) == ["旧年的通知"]
    assert titles(page(f"{url}?unit={home.pk}")) == ["旧年的通知"]
    assert titles(page(f"{url}?kind=rules")) == ["关于甲的办法"]
    assert titles(page(f"{url}?standing=repealed")) == ["关于甲的办法"]
    assert titles(page(f"{url}?q=办法")) == ["关于甲的办法"]
    assert "已废止" in words(page(f"{url}?kind=rules"), ".gk-table tbody")
    assert "没有符合条件的内容" in words(page(f"{url}?q=不存在的词"))


def test_an_empty_column_says_so_and_a_closed_one_too(column, page):
    assert "这里还没有信息" in words(page(column().get_absolute_url()))
    closed = column("旧栏目", closed_on=date(2021, 1, 1))
    assert "2021年1月1日 关闭" in words(page(closed.get_absolute_url(), 410))


def test_the_list_of_columns_counts_what_stands_in_them(live, column, page):
    above = column("规划", statutory=True)
    live().columns.add(column("年度计划", parent=above))
    assert "规划 1 条" in words(page("/columns/"), ".gk-shelf")


def test_a_unit_that_was_merged_keeps_its_address_and_names_its_successor(live, unit, page):
    heir = unit("自然资源局", phone="0000-1234567", address="示例路1号")
    gone = unit("国土局", ended_on=date(2019, 1, 1), successor=heir)
    live(gone, title="旧局的文件")
    shown = page(f"/units/{gone.pk}/")
    assert "2019年1月1日 撤销" in words(shown)
    assert shown.css_first(".gk-notice a").attributes["href"] == f"/units/{heir.pk}/"
    assert titles(shown) == ["旧局的文件"]
    assert "承接了示例区国土局的职责" in words(page(f"/units/{heir.pk}/"))
    assert "0000-1234567" in words(page(f"/units/{heir.pk}/"), ".gk-dossier")
    listed = words(page("/units/"))
    assert "自然资源局" in listed
    assert "国土局" not in listed


def test_a_topic_shows_the_pinned_papers_first_and_counts_by_unit_and_quarter(live, unit, page):
    home, other = unit("商务局"), unit("税务局")
    topic = Topic.objects.create(name="营商环境", slug="business", query={"words": "营商"}, lead=home)
    live(home, title="优化营商环境的通知")
    pinned = live(other, title="减税办法", at=NOW - timedelta(days=200))
    proposed = live(other, title="只是推荐的文件")
    pin = {"topic": topic, "proposed_by": pinned.created_by, "proposed_on": TODAY}
    TopicPin.objects.create(paper=pinned, accepted_on=TODAY, **pin)
    TopicPin.objects.create(paper=proposed, **pin)
    shown = page("/topics/business/")
    assert titles(shown) == ["减税办法", "优化营商环境的通知"]
    rows = [" ".join(row.text(separator=" ").split()) for row in shown.css(".gk-tally tbody tr")]
    assert rows == ["商务局 2021年第2季度 1 条 1", "税务局 2020年第4季度 1 条 1"]


def test_a_topic_that_asks_for_nothing_shows_nothing(live, unit, page):
    live()
    Topic.objects.create(name="空", slug="empty", query={"unknown": "x", "since": "2021-99-99"}, lead=unit())
    assert "这里还没有信息" in words(page("/topics/empty/"))


@pytest.mark.parametrize(
    "narrow", [{"unit": 1}, {"column": ["policy"]}, {"kind": "rules"}, {"since": "2021-01-01"}]
)
def test_a_topic_narrows_by_each_key_of_the_search(live, unit, column, page, narrow):
    home, place = unit(), column()
    place.slug = "policy"
    place.save()
    if "unit" in narrow:
        narrow = {"unit": str(home.pk)}
    wanted = live(home, title="要的", sort="rules")
    wanted.columns.add(place)
    live(title="不要的", sort="notice", at=NOW - timedelta(days=300))
    Topic.objects.create(name="专题", slug="one", query=narrow, lead=home)
    assert titles(page("/topics/one/")) == ["要的"]


def test_feeds_name_the_newest_papers_of_their_place(live, unit, column, client):
    home, place = unit(), column()
    Topic.objects.create(name="专题", slug="one", query={"words": "馈送"}, lead=home)
    live(home, title="馈送的文件", summary="概述").columns.add(place)
    live(title="别处的文件")
    for where in (f"{place.get_absolute_url()}feed/", f"/units/{home.pk}/feed/", "/topics/one/feed/"):
        answer = client.get(where)
        assert answer["Content-Type"].startswith("application/atom+xml")
        text = answer.content.decode()
        assert "馈送的文件" in text
        assert "别处的文件" not in text
    everything = client.get("/feed/").content.decode()
    assert everything.count("<entry>") == 2


def test_the_map_for_search_engines_has_every_live_paper_in_pages(live, draft, client):
    found, hidden = live(), draft().paper
    assert "sitemap-papers.xml" in client.get("/sitemap.xml").content.decode()
    text = client.get("/sitemap-papers.xml").content.decode()
    assert f"/papers/{found.pk}/" in text
    assert f"/papers/{hidden.pk}/" not in text
    assert "/columns/" in client.get("/sitemap-places.xml").content.decode()


@pytest.mark.parametrize(
    "bad", ["?page=x", "?page=-3", "?unit=x", "?year=99999999999999999999", "?sort=code", "?q=%00"]
)
def test_an_odd_question_never_breaks_a_list(column, client, bad):
    assert client.get(f"{column().get_absolute_url()}{bad}").status_code == 200
