"""栏目体检: each sort of fault is found once, and closed when it is gone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.disclosure.checking import inner_path, leads_somewhere
from gongkai.disclosure.models import ColumnFinding
from gongkai.disclosure.services import health
from gongkai.disclosure.services.nightly import run_nightly
from gongkai.documents.models import Attachment, Content, Paper
from tests.disclosure.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("33")]
ZONE = ZoneInfo("Asia/Shanghai")


def sorts(column):
    return sorted(ColumnFinding.objects.unsettled().filter(column=column).values_list("sort", flat=True))


@pytest.fixture
def kept(column, officer, unit):
    """A column with unit and keeper."""

    def make(**fields):
        home = unit()
        return column(unit=home, keeper=officer(home), **fields)

    return make


def old(paper, day):
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=ZONE)
    Paper.objects.filter(pk=paper.pk).update(published_at=moment, updated_at=moment)


def test_a_column_in_order_has_no_finding(kept, live):
    place = kept()
    live(place.unit, columns=[place])
    health.check_columns(TODAY)
    assert sorts(place) == []


@pytest.mark.parametrize(
    ("sort", "newest", "stale"),
    [
        ("动态要闻", date(2021, 4, 6), False),
        ("动态要闻", date(2021, 4, 5), True),
        ("政策文件", date(2020, 10, 20), False),
        ("政策文件", date(2020, 10, 19), True),
        ("规划计划", date(2020, 10, 19), False),
    ],
)
def test_a_column_is_stale_by_the_limit_of_its_sort(kept, live, sort, newest, stale):
    """国办秘函〔2019〕19号: two weeks for news, six months for policy."""
    place = kept(sort=sort)
    old(live(place.unit, columns=[place]), newest)
    health.check_columns(TODAY)
    assert sorts(place) == (["stale"] if stale else [])


def test_an_empty_column_is_found_but_not_one_that_only_holds_columns(kept, live):
    above = kept()
    below = kept(parent=above)
    live(below.unit, columns=[below])
    alone = kept()
    health.check_columns(TODAY)
    assert (sorts(above), sorts(below), sorts(alone)) == ([], [], ["empty"])


def test_a_keeper_who_left_is_no_keeper(kept, live):
    place = kept()
    live(place.unit, columns=[place])
    place.keeper.posts.update(ended_on=date(2021, 4, 1))
    health.check_columns(TODAY)
    assert sorts(place) == ["no_keeper"]


def test_a_paper_of_another_kind_is_in_the_wrong_place(kept, live):
    place = kept(kinds=["notice"])
    live(place.unit, columns=[place], sort="notice")
    news = live(place.unit, columns=[place], sort="news")
    health.check_columns(TODAY)
    assert ColumnFinding.objects.get(column=place).paper == news
    assert sorts(place) == ["wrong_kind"]


def test_a_dead_link_within_the_site_is_found_and_a_living_one_is_not(kept, live, settings):
    settings.ALLOWED_HOSTS = ["example.gov.cn"]
    place = kept()
    target = live(place.unit, columns=[place])
    html = (
        f'<p><a href="/papers/{target.pk}/">好</a><a href="https://elsewhere.example.cn/gone">外</a>'
        '<a href="http://example.gov.cn/papers/999999/">坏</a><a href="/nowhere/at/all/">坏</a>'
        '<a href="#top">内</a></p>'
    )
    paper = live(place.unit, columns=[place])
    Content.objects.filter(edition=paper.live).update(html=html)
    health.check_columns(TODAY)
    places = set(ColumnFinding.objects.filter(paper=paper).values_list("place", flat=True))
    assert places == {"/papers/999999/", "/nowhere/at/all/"}


def test_an_attachment_whose_file_is_gone_is_found(kept, live):
    place = kept()
    paper = live(place.unit, columns=[place])
    Attachment.objects.create(edition=paper.live, title="清单", upload="papers/gone.pdf", kind="pdf")
    health.check_columns(TODAY)
    assert ColumnFinding.objects.get(paper=paper).place == "附件：清单"


def test_a_finding_is_opened_once_and_closed_by_the_check(kept, live, acts):
    place = kept()
    assert health.check_columns(TODAY).opened == 1
    assert health.check_columns(TODAY).opened == 0
    finding = ColumnFinding.objects.get(column=place)
    assert finding.due_on == date(2021, 4, 26)
    live(place.unit, columns=[place])
    assert health.check_columns(date(2021, 4, 21)).closed == 1
    finding.refresh_from_db()
    assert (finding.state, finding.closed_on) == ("closed", date(2021, 4, 21))
    assert acts(finding) == ["发现栏目问题", "复查通过销号"]


def test_what_is_said_to_be_mended_and_is_not_comes_back_at_once(kept):
    place = kept()
    health.check_columns(TODAY)
    finding = ColumnFinding.objects.get(column=place)
    finding = health.mend_finding(finding, note="已补充内容", by=place.keeper, today=TODAY)
    assert (finding.state, finding.reopened) == ("open", 1)


def test_what_is_mended_is_closed_at_once(kept, live):
    place = kept()
    health.check_columns(TODAY)
    live(place.unit, columns=[place])
    finding = ColumnFinding.objects.get(column=place)
    finding = health.mend_finding(finding, note="已补充内容", by=place.keeper, today=TODAY)
    assert finding.state == "closed"


def test_a_neighbour_mends_nothing_and_only_the_office_passes_on(kept, officer, unit, office):
    place = kept()
    health.check_columns(TODAY)
    finding = ColumnFinding.objects.get(column=place)
    stranger = officer(unit())
    with pytest.raises(PermissionDenied):
        health.mend_finding(finding, note="已改", by=stranger, today=TODAY)
    with pytest.raises(PermissionDenied):
        health.assign_finding(finding, unit=place.unit, by=stranger, today=TODAY)
    other = unit()
    assert health.assign_finding(finding, unit=other, by=office(), today=TODAY).unit == other


def test_a_closed_column_owes_nothing_any_more(kept):
    place = kept()
    health.check_columns(TODAY)
    type(place).objects.filter(pk=place.pk).update(closed_on=TODAY)
    health.check_columns(TODAY)
    assert sorts(place) == []


def test_the_night_run_twice_does_no_more(kept, live):
    place = kept()
    live(place.unit, columns=[place])
    kept()
    assert run_nightly(TODAY)["findings"] == 1
    assert set(run_nightly(TODAY).values()) == {0}


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/papers/7/", "/papers/7/"),
        ("http://example.gov.cn/papers/7/?a=1#b", "/papers/7/"),
        ("https://elsewhere.cn/papers/7/", ""),
        ("mailto:a@b.cn", ""),
        ("http://[broken", ""),
        ("notes.html", ""),
    ],
)
def test_only_links_within_the_site_are_looked_at(address, path, settings):
    settings.ALLOWED_HOSTS = ["example.gov.cn"]
    assert inner_path(address) == path


def test_a_huge_number_is_no_paper():
    assert not leads_somewhere("/papers/" + "9" * 40 + "/x", set())
