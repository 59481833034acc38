"""The open API: only what is public, no cookie, errors in Chinese, and true to its own description."""

import warnings
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, override_settings
from hypothesis import HealthCheck, settings

from gongkai.accounts.models import User
from gongkai.agencies.models import Kind, Unit
from gongkai.documents.models import Attachment, Column, Content, Edition, Paper
from gongkai.search import catch_up

pytestmark = [pytest.mark.django_db, pytest.mark.clause("31")]
MOMENT = datetime(2021, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def unit() -> Unit:
    return Unit.objects.create(name="示例区财政局", short_name="区财政局", kind=Kind.BUREAU)


@pytest.fixture
def column() -> Column:
    return Column.objects.create(name="通知公告", slug="notices")


@pytest.fixture
def paper(unit: Unit, column: Column) -> Paper:
    return published(unit, column, "关于测试的通知", "枣政发〔2021〕1号")


def published(unit: Unit, column: Column, title: str, number: str, *, state: str = "live") -> Paper:
    by = User.objects.get_or_create(username="writer", full_name="测试")[0]
    said = {"title": title, "number": number, "made_on": date(2021, 3, 1), "attribute": "active"}
    paper = Paper.objects.create(
        unit=unit, code=number, state=state, published_at=MOMENT, created_by=by, created_on=MOMENT, **said
    )
    edition = Edition.objects.create(paper=paper, state=state, written_by=by, written_on=MOMENT, **said)
    Content.objects.create(edition=edition, html="<p>正文。</p>", text="正文。")
    Attachment.objects.create(edition=edition, title="附表", upload="papers/x.pdf", kind="pdf", size=7)
    paper.live = edition if state == "live" else None
    paper.save()
    paper.columns.add(column)
    return paper


def asked(client: Client, path: str, **query: Any) -> Any:
    answer = client.get(f"/api/{path}", query)
    assert not answer.cookies
    return answer.json()


def test_papers_are_listed_and_narrowed(client: Client, paper: Paper, column: Column, unit: Unit) -> None:
    listed = asked(client, "papers/")
    assert (listed["total"], listed["items"][0]["title"]) == (1, "关于测试的通知")
    assert listed["items"][0]["url"].endswith(f"/papers/{paper.pk}/")
    hits = {"unit": unit.pk, "column": "notices", "kind": "notice", "standing": "valid", "year": 2021}
    hits |= {"number": paper.number, "since": "2021-03-02", "until": "2021-03-02"}
    misses = {"unit": unit.pk + 1, "column": "other", "kind": "order", "standing": "repealed", "year": 2020}
    misses |= {"number": "x", "since": "2021-03-03", "until": "2021-03-01", "theme": "Z"}
    assert [asked(client, "papers/", **{name: value})["total"] for name, value in hits.items()] == [1] * 8
    assert [asked(client, "papers/", **{name: value})["total"] for name, value in misses.items()] == [0] * 9


def test_pages_do_not_overlap_and_end(client: Client, unit: Unit, column: Column) -> None:
    for number in range(5):
        published(unit, column, f"第{number}件", f"枣政发〔2021〕{number}号")
    pages = [asked(client, "papers/", page=page, limit=2) for page in (1, 2, 3, 4)]
    assert [len(page["items"]) for page in pages] == [2, 2, 1, 0]
    assert len({item["id"] for page in pages for item in page["items"]}) == 5
    assert pages[0]["pages"] == 3


def test_a_paper_comes_with_its_text_columns_and_files(client: Client, paper: Paper) -> None:
    whole = asked(client, f"papers/{paper.pk}/")
    assert (whole["text"], whole["columns"][0]["slug"]) == ("正文。", "notices")
    assert whole["attachments"][0]["title"] == "附表"
    assert "/files/" in whole["attachments"][0]["url"]


@pytest.mark.parametrize("state", ["draft", "left"])
def test_what_is_not_on_the_site_is_not_in_the_api(
    client: Client, unit: Unit, column: Column, state: str
) -> None:
    hidden = published(unit, column, "未公开", "枣政发〔2021〕9号", state=state)
    assert asked(client, "papers/")["total"] == 0
    answer = client.get(f"/api/papers/{hidden.pk}/")
    assert (answer.status_code, answer.json()["detail"]) == (404, "没有这条信息，或者它没有公开")


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"page": 0}, "page 不能小于 1"),
        ({"limit": 101}, "limit 不能大于 100"),
        ({"unit": "x"}, "unit 应当是整数"),
        ({"since": "昨天"}, "since 应写成"),
        ({"kind": "nothing"}, "kind 不在可选的范围内"),
        ({"column": "长" * 41}, "column 不能超过 40 个字"),
        ({"number": "\x00"}, "number 含有无法识别的字符"),
    ],
)
def test_what_makes_no_sense_is_said_in_chinese(client: Client, query: dict[str, Any], reason: str) -> None:
    answer = client.get("/api/papers/", query)
    assert answer.status_code == 422
    assert reason in answer.json()["detail"]


def test_the_number_of_queries_does_not_grow_with_the_papers(
    client: Client, unit: Unit, column: Column, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        published(unit, column, f"第{number}件", f"枣政发〔2021〕{number}号")
    with django_assert_num_queries(2):
        asked(client, "papers/")


def test_a_program_that_comes_again_is_told_that_nothing_changed(client: Client, paper: Paper) -> None:
    first = client.get("/api/papers/")
    again = client.get("/api/papers/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert first["Cache-Control"].startswith("public")


def test_people_can_read_what_the_api_offers(client: Client) -> None:
    page = client.get("/api/").content.decode()
    for words in ("政府信息列表", "/api/papers/{pk}/", "发布机构的单位编号", "检索词", "整数，1—100"):
        assert words in page
    described = asked(client, "openapi.json")
    assert set(described["paths"]) == {
        f"/api/{name}/" for name in ("papers", "papers/{pk}", "columns", "units", "themes", "search")
    }


def test_nothing_can_be_written(client: Client) -> None:
    assert client.post("/api/papers/", {}).status_code == 405


@pytest.fixture
def indexed(paper: Paper, tmp_path: Path) -> Iterator[None]:
    with override_settings(SEARCH_INDEX=str(tmp_path / "index")):
        catch_up.rebuild()
        yield


@pytest.mark.usefixtures("indexed")
def test_the_search_finds_what_the_site_finds(client: Client, paper: Paper) -> None:
    found = asked(client, "search/", q="测试")
    assert (found["total"], found["items"][0]["id"]) == (1, paper.pk)
    assert asked(client, "search/", q="没有的词")["items"] == []


with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # a fresh copy has no collected static files yet
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", WSGIHandler())


@schema.parametrize()
@settings(
    max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)
def test_whatever_is_asked_the_api_keeps_its_own_description(
    case: schemathesis.Case, indexed: None, one_connection: None
) -> None:
    case.call_and_validate(headers={"Host": "localhost"})
