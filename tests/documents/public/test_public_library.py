"""规范性文件库: all normative papers since 2016, narrowed by standing, year and maker, and exported."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from gongkai.documents.models import Paper
from tests.documents.public.conftest import words

pytestmark = [pytest.mark.django_db, pytest.mark.clause("29")]


def titles(shown) -> list[str]:
    return [link.text() for link in shown.css(".gk-table tbody th a")]


@pytest.fixture
def shelf(live, unit, bear):
    """Two in force and one repealed, of two units; one too old; one that is not normative."""
    home, other = unit("财政局"), unit("民政局")
    first = live(home, title="甲办法", normative=True, made_on=date(2017, 3, 1), number="示财〔2017〕1号")
    live(other, title="乙办法", normative=True, made_on=date(2020, 3, 1))
    gone = live(other, title="丙办法", normative=True, made_on=date(2018, 3, 1))
    Paper.objects.filter(pk=gone.pk).update(standing="repealed")
    live(home, title="很早的办法", normative=True, made_on=date(2015, 12, 31))
    live(home, title="普通通知", made_on=date(2020, 3, 1))
    later = live(home, title="废止丙办法的决定", made_on=date(2020, 9, 1))
    bear(later, "repeals", gone, on=date(2020, 10, 1))
    bear(first, "based_on", None, target_title="省里的办法")
    return home, other


def test_the_library_holds_the_normative_papers_since_2016(shelf, page):
    shown = page("/normative/")
    assert titles(shown) == ["乙办法", "丙办法", "甲办法"]
    assert "现行有效 2 件" in words(shown)
    assert "已废止 1 件" in words(shown)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("standing=repealed", ["丙办法"]),
        ("year=2017", ["甲办法"]),
        ("q=示财", ["甲办法"]),
        ("year=x&standing=y&unit=z", ["乙办法", "丙办法", "甲办法"]),
        ("sort=made_on", ["甲办法", "丙办法", "乙办法"]),
    ],
)
def test_the_library_is_narrowed(shelf, page, asked, found):
    assert titles(page(f"/normative/?{asked}")) == found


def test_the_library_is_narrowed_by_its_makers(shelf, page):
    _, other = shelf
    assert titles(page(f"/normative/?unit={other.pk}")) == ["乙办法", "丙办法"]


def test_the_sheet_names_every_relation_both_ways(shelf, client):
    answer = client.get("/normative/?export=xlsx")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    cells = {str(row[0]): " ".join(map(str, row)) for row in rows if row[0]}
    assert "废止丙办法的决定" in cells["丙办法"]
    assert "省里的办法" in cells["甲办法"]


def test_more_papers_need_no_more_queries(shelf, live, client, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        client.get("/normative/")
    for number in range(8):
        live(shelf[0], title=f"办法{number}", normative=True, made_on=date(2019, 3, 1))
    with django_assert_num_queries(len(few)):
        client.get("/normative/")
