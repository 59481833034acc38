"""The weight of public pages: a constant number of queries, and few bytes."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.documents.models import Paper, Topic
from tests.documents.conftest import NOW
from tests.documents.public.conftest import words

pytestmark = pytest.mark.django_db
MOST = 150 * 1024
#: what the page of a paper loads: its style sheet, and the scripts for showing, printing and reading aloud
LOADED = ("css/public.css", "frame/view.js", "frame/public.js", "frame/print.js", "frame/sheet.js")
PARAGRAPH = "<p>为深入贯彻落实上级决策部署，结合本区实际，现就有关事项通知如下，请认真组织实施。</p>"


@pytest.fixture
def world(live, unit, column, bear):
    """A way to make everything bigger by so many rows."""
    home, place = unit("示例局"), column("政策文件", statutory=True)
    Topic.objects.create(name="专题", slug="topic", query={"words": "事项"}, lead=home)
    subject = live(home, title="关于事项的办法", sort="rules", html="<h2>一、总则</h2><p>内容。</p>")
    subject.columns.add(place)

    def grow(rows: int) -> Paper:
        for number in range(rows):
            other = live(
                home, title=f"关于事项{number}的解读", sort="reading", at=NOW - timedelta(days=number)
            )
            other.columns.add(place, column(parent=place))
            bear(other, "interprets", subject)
            bear(subject, "based_on", other)
            bear(other, "amends", subject)
        return subject

    return grow, home, place


def asked(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 14),
        ("/columns/", 3),
        ("{column}", 8),
        ("/units/", 2),
        ("/units/{unit}/", 9),
        ("/topics/", 3),
        ("/topics/topic/", 10),
        ("/papers/{paper}/", 10),
        ("/papers/{paper}/?on=2021-04-20", 10),
        ("/papers/{paper}/editions/", 4),
        ("/site-map/", 5),
        ("/feed/", 2),
        ("{column}feed/", 4),
        ("/sitemap-papers.xml", 4),
    ],
)
def test_a_page_asks_the_database_no_more_often_as_the_site_grows(world, client, address, most):
    grow, home, place = world
    subject = grow(3)
    where = address.format(paper=subject.pk, unit=home.pk, column=place.get_absolute_url())
    few = asked(client, where)
    grow(12)
    assert asked(client, where) == few
    assert few <= most


def test_a_paper_with_all_that_it_loads_weighs_less_than_150_kilobytes(live, client):
    found = live(html="<h2>一、要求</h2>" + PARAGRAPH * 40)
    page = client.get(f"/papers/{found.pk}/").content
    folder = settings.BASE_DIR / "gongkai" / "frame" / "static"
    assert len(page) + sum((folder / name).stat().st_size for name in LOADED) < MOST


def test_a_page_without_forms_does_not_load_the_scripts_of_forms(live, client):
    text = client.get(f"/papers/{live().pk}/").content.decode()
    assert "govuk-frontend.js" not in text
    assert 'data-module="govuk-button"' not in text


@pytest.mark.parametrize("papers", [0, 3])
def test_the_first_page_is_whole_with_nothing_and_with_a_little(live, page, papers):
    for number in range(papers):
        live(title=f"第{number}件")
    shown = page("/")
    assert len(shown.css("section[aria-labelledby=newest] li")) == papers
    assert ("还没有公开的信息" in words(shown)) == (papers == 0)
