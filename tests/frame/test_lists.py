"""Lists: filter, search, sort, paging, counts, choosing, empty states, export."""

from datetime import date
from io import BytesIO

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory
from django.urls import URLPattern
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai.agencies.models import Unit
from gongkai.frame.listing import Column, Empty, Listing, Search, chosen

urlpatterns: list[URLPattern] = []  # the frame stands without any room
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class UnitFilter(Search):
    kind = forms.ChoiceField(
        label="种类", required=False, choices=[("", "全部"), ("town", "镇"), ("department", "部门")]
    )


class Units(Listing[Unit]):
    title = "单位"
    noun = "个单位"
    columns = (
        Column[Unit](label="名称", value=lambda row: row.name, sort="name", link=lambda row: f"/u/{row.pk}/"),
        Column[Unit](label="设立日期", value=lambda row: row.started_on, sort="started_on"),
        Column[Unit](label="备注", value=lambda row: row.address, on="sheet"),
    )
    filters = UnitFilter
    search = ("name", "short_name")
    order = ("name",)
    per_page = 10
    empty = Empty("还没有单位", "先导入单位名单。", "/import/", "导入单位")
    bulk = (("remind", "发提醒"),)


@pytest.fixture
def units() -> list[Unit]:
    return Unit.objects.bulk_create(
        Unit(
            name=f"示例{number:02}{'镇' if number % 5 == 0 else '局'}",
            short_name=f"示例{number:02}",
            kind="town" if number % 5 == 0 else "department",
            started_on=date(2000, 1, 1 + number % 28),
            address="=1+1",
        )
        for number in range(25)
    )


def ask(query: str = "") -> HttpRequest:
    request = RequestFactory().get(f"/?{query}")
    request.user = AnonymousUser()
    return request


def page(query: str = "") -> HTMLParser:
    return HTMLParser(Units(ask(query), Unit.objects.all()).respond().content.decode())


def test_a_page_holds_its_rows_and_says_how_many_there_are(units: list[Unit]) -> None:
    first, last = page(), page("page=3")
    assert len(first.css("tbody tr")) == 10
    assert len(last.css("tbody tr")) == 5
    assert "共 25 个单位" in " ".join(first.css_first(".gk-list-head").text().split())
    assert first.css_first('.govuk-pagination a[rel="next"]').attributes["href"] == "?page=2"


def test_a_page_that_is_not_there_becomes_the_nearest(units: list[Unit]) -> None:
    assert len(page("page=99").css("tbody tr")) == 5
    assert len(page("page=none").css("tbody tr")) == 10


def test_filters_narrow_and_stand_above_the_list_with_a_way_to_drop_them(units: list[Unit]) -> None:
    shown = page("kind=town")
    assert len(shown.css("tbody tr")) == 5
    chip = shown.css_first(".gk-chip")
    assert "种类：镇" in chip.text()
    assert chip.attributes["href"] == "?"


def test_every_word_searched_must_be_found(units: list[Unit]) -> None:
    assert len(page("q=示例1 镇").css("tbody tr")) == 2
    assert page("q=示例 海").css("tbody tr") == []


def test_an_unknown_filter_value_is_named_and_narrows_nothing(units: list[Unit]) -> None:
    shown = page("kind=moon")
    assert "种类中没有这个选项" in shown.css_first(".govuk-error-message").text()
    assert len(shown.css("tbody tr")) == 10


def test_columns_sort_both_ways_and_say_so(units: list[Unit]) -> None:
    up, down = page("sort=name"), page("sort=-name")
    assert up.css_first("tbody th").text() == "示例00镇"
    assert down.css_first("tbody th").text() == "示例24局"
    assert up.css_first('th[aria-sort="ascending"] a').attributes["href"] == "?sort=-name"
    assert down.css_first("th[aria-sort]").attributes["aria-sort"] == "descending"


def test_only_a_sortable_column_sorts(units: list[Unit]) -> None:
    assert page("sort=address").css_first("tbody th").text() == "示例00镇"


def test_a_list_that_holds_nothing_says_what_to_do_next() -> None:
    empty = page()
    assert empty.css_first(".gk-empty__title").text() == "还没有单位"
    assert empty.css_first(".gk-empty a").attributes["href"] == "/import/"
    assert empty.css_first("form.gk-filter") is None


def test_a_search_that_finds_nothing_keeps_the_filter_and_offers_to_clear_it(units: list[Unit]) -> None:
    empty = page("q=没有这个单位")
    assert empty.css_first(".gk-empty__title").text() == "没有符合条件的内容"
    assert empty.css_first("#id_q").attributes["value"] == "没有这个单位"
    assert empty.css_first(".gk-empty a").attributes["href"] == "?"


def test_the_export_holds_all_narrowed_rows_and_the_columns_of_the_sheet(units: list[Unit]) -> None:
    answer = Units(ask("kind=department&export=xlsx"), Unit.objects.all()).respond()
    sheet = load_workbook(BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[3]] == ["名称", "设立日期", "备注"]
    assert sheet.max_row == 3 + 20
    assert "种类：部门" in sheet["A2"].value
    assert "attachment" in answer["Content-Disposition"]


def test_only_rows_that_a_person_may_see_can_be_ticked(units: list[Unit]) -> None:
    request = RequestFactory().post("/")
    mine, other = units[0], units[1]
    request.POST = QueryDict(f"chosen={mine.pk}&chosen={other.pk}&chosen=x&chosen=1e9&chosen=²")
    assert list(chosen(request, Unit.objects.filter(pk=mine.pk))) == [mine]
    boxes = page().css('input[name="chosen"]')
    assert len(boxes) == 10
    assert all(box.attributes["form"] == "bulk" for box in boxes)


def test_the_number_of_queries_does_not_grow_with_the_rows(
    units: list[Unit], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):  # the count and the page
        page()


def test_text_in_a_row_is_escaped(units: list[Unit]) -> None:
    Unit.objects.filter(pk=units[0].pk).update(name="<b>示例00</b>")
    answer = Units(ask(), Unit.objects.all()).respond().content.decode()
    assert "<b>示例00" not in answer


@pytest.mark.parametrize("typed", ["9" * 19, "9" * 5000, "²", "x", ""])
def test_what_no_database_holds_as_a_key_chooses_nothing(typed: str) -> None:
    request = RequestFactory().post("/", {"chosen": typed})
    assert not chosen(request, Unit.objects.all()).exists()
