"""Papers are found by the public: what stands on the site, at once, and nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.documents.finding import LONGEST, SOURCE, fetch
from gongkai.documents.models import Attachment, AttachmentText, Content, Paper, Theme
from gongkai.rules.structured import masking
from gongkai.search import catch_up, sources

Make = Callable[..., Any]


@pytest.fixture(autouse=True)
def _own_index(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SEARCH_INDEX = str(tmp_path / "index")
    monkeypatch.setattr(sources, "_sources", {"paper": SOURCE})


def look(**asked: Any) -> Any:
    """The search page, as a stranger sees it."""
    return Client().get(reverse("search"), asked)


@pytest.mark.clause("31")
@pytest.mark.django_db(transaction=True)
def test_a_paper_is_found_the_moment_it_is_published(live: Make) -> None:
    live(title="高龄津贴发放办法", html="<p>按月发放。</p>")
    page = look(q="津贴 按月").content.decode()
    assert "高龄<mark>津贴</mark>发放办法" in page
    assert "<mark>按月</mark>发放" in page
    assert "找到" in page


@pytest.mark.django_db
def test_only_live_and_public_papers_can_be_found(live: Make, draft: Make) -> None:
    shown, left, asked = live(title="甲办法"), live(title="乙办法"), live(title="丙办法")
    draft(title="丁办法")
    Paper.objects.filter(pk=left.pk).update(state="left")
    Paper.objects.filter(pk=asked.pk).update(attribute="request")
    every = list(Paper.objects.values_list("pk", flat=True))
    assert [entry.key for entry in fetch(every)] == [shown.pk] == SOURCE.keys(0, 99)
    assert (SOURCE.count(), list(SOURCE.show(every))) == (1, [shown.pk])


@pytest.mark.django_db
def test_an_entry_holds_text_attachments_and_elements(live: Make, column: Make) -> None:
    paper = live(title="救助办法", number="枣政办发〔2021〕3号", html="<p>正文文字</p>", summary="概述文字")
    paper.columns.add(column())
    Attachment.objects.create(edition=paper.live, title="标准表", upload="x", kind="pdf", sha256="a")
    AttachmentText.objects.create(sha256="a", text="最低生活保\n障标准")
    Theme.objects.create(code="1", name="社会救助")
    entry = next(iter(fetch([paper.pk])))
    assert "正文文字" in entry.text
    assert "概述文字" in entry.text
    assert "最低生活保 障标准" in entry.text
    assert (entry.number, entry.year, len(entry.columns)) == ("枣政办发〔2021〕3号", 2021, 1)
    catch_up.rebuild()
    page = look(q="最低生活保障标准").content.decode()
    assert "附件“标准表”：" in page


@pytest.mark.django_db
def test_the_work_for_one_paper_does_not_grow_with_its_attachments(live: Make) -> None:
    paper = live(title="长文")
    Attachment.objects.create(edition=paper.live, title="表", upload="x", kind="xlsx", sha256="b")
    AttachmentText.objects.create(sha256="b", text="数" * (LONGEST + 10))
    assert len(next(iter(fetch([paper.pk]))).text) == LONGEST


@pytest.mark.django_db
def test_a_repealed_paper_says_so_and_comes_after_one_in_force(live: Make) -> None:
    old, new = live(title="低保办法"), live(title="低保办法")
    Paper.objects.filter(pk=old.pk).update(standing="repealed")
    catch_up.rebuild()
    page = look(q="低保办法").content.decode()
    assert page.index(f"/papers/{new.pk}/") < page.index(f"/papers/{old.pk}/")
    assert "已废止" in page


@pytest.mark.django_db
def test_filters_carry_names_and_counts_and_lead_back(live: Make, unit: Make) -> None:
    home = unit("民政局")
    live(home, title="低保办法", sort="rules")
    live(title="低保通知")
    catch_up.rebuild()
    page = look(q="低保", unit=home.pk)
    shown = page.content.decode()
    assert "发布机构：民政局" in shown
    assert "办法、规定" in shown
    drawer = next(each for each in page.context["drawers"] if each.label == "发布机构")
    assert {link.choice.count for link in drawer.first} == {1}
    assert f"unit={home.pk}" not in drawer.chosen[0].url


@pytest.mark.django_db
def test_a_search_is_a_handful_of_queries_however_many_it_finds(
    live: Make, django_assert_max_num_queries: Any
) -> None:
    home = live(title="低保办法0").unit
    for number in range(1, 12):
        live(home, title=f"低保办法{number}")
    catch_up.rebuild()
    look(q="低保")
    with django_assert_max_num_queries(9):
        assert look(q="低保").context["found"].total == 12


@pytest.mark.django_db
def test_a_search_sets_no_cookie_and_is_not_kept(live: Make) -> None:
    live(title="低保办法")
    catch_up.rebuild()
    answer = look(q="低保")
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_nothing_found_always_offers_a_way_on(live: Make) -> None:
    live(title="高龄津贴发放办法")
    catch_up.rebuild()
    page = look(q="高龄金贴", year="2020").content.decode()
    assert "没有找到" in page
    page = look(q="高龄金贴").content.decode()
    assert "您是不是要找" in page
    assert "高龄津贴" in page
    page = look(q="津贴 石头").content.decode()
    assert "只找“津贴”" in page
    assert "按栏目浏览" in page


@pytest.mark.django_db
def test_traditional_and_full_width_words_say_how_they_were_read(live: Make) -> None:
    live(title="2021年就业补贴办法")
    catch_up.rebuild()
    page = look(q="２０２１年就業補貼").content.decode()
    assert "已按“2021年就业补贴”查找" in page
    assert "<mark>2021年就业补贴</mark>" in page


@pytest.mark.django_db
def test_a_lost_index_is_said_plainly_and_asked_for_again_later() -> None:
    answer = look(q="低保")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "检索正在准备" in answer.content.decode()
    assert Client().get(reverse("search_suggest"), {"q": "低保"}).json() == []
    assert Client().get(reverse("search_feed"), {"q": "低保"}).status_code == 503


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        {"q": "\0低保"},
        {"q": "a" * 5000},
        {"q": '"'},
        {"q": "*) OR (", "page": "0"},
        {"q": "低保", "page": "99999999999999999999"},
        {"q": "低保", "page": "-1", "order": "x"},
        {"unit": "1e3", "column": "9" * 40, "sort": "<b>", "year": "²"},
        {"since": "2021-02-31", "until": "0000-00-00"},
        {"since": "2021-01-01", "until": "2021-12-31"},
        {"unit": ["1", "2", "3"], "sort": ["notice", "notice"]},
    ],
)
def test_no_address_breaks_the_search(live: Make, asked: dict[str, Any]) -> None:
    live(title="低保办法")
    catch_up.rebuild()
    for name in ("search", "search_feed", "search_suggest"):
        assert Client().get(reverse(name), asked).status_code == 200


@pytest.mark.django_db
def test_a_query_can_be_subscribed_to(live: Make) -> None:
    paper = live(title="低保<办法>")
    live(title="其他")
    catch_up.rebuild()
    answer = Client().get(reverse("search_feed"), {"q": "低保"})
    assert answer["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    space = "{http://www.w3.org/2005/Atom}"
    assert [entry.findtext(f"{space}title") for entry in root.iter(f"{space}entry")] == ["低保<办法>"]
    assert paper.get_absolute_url() in answer.content.decode()


@pytest.mark.django_db
def test_titles_are_offered_while_somebody_types(live: Make) -> None:
    live(title="高龄津贴发放办法")
    catch_up.rebuild()
    assert Client().get(reverse("search_suggest"), {"q": "高龄"}).json() == ["高龄津贴发放办法"]
    assert Client().get(reverse("search_suggest"), {"q": ""}).json() == []


@pytest.mark.django_db
def test_a_passage_costs_no_more_however_much_is_stored(live: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a long list the first rows are masked, of long texts the beginning is fetched, and no more."""
    paper = live(title="补贴发放名单", form="subsidy", html="")
    Attachment.objects.create(edition=paper.live, title="附件", upload="x", kind="pdf", sha256="a")
    treated: list[object] = []
    real = masking.public_value
    monkeypatch.setattr(masking, "public_value", lambda *given: treated.append(given) or real(*given))

    def work(times: int) -> tuple[int, int]:
        rows = [{"name": "张某", "village": "东村", "amount": "120.00"}] * 400 * times
        text = "发放补贴。" * 50_000 * times
        Content.objects.filter(edition=paper.live).update(record={"rows": {"people": rows}}, text=text)
        AttachmentText.objects.update_or_create(sha256="a", defaults={"text": text, "parts": []})
        treated.clear()
        shown = SOURCE.show([paper.pk])[paper.pk]
        return len(treated), sum(len(said) for _, said in shown.passages)

    few = work(1)
    assert few[0] > 0
    assert work(5) == few
    assert "东村" in "".join(said for _, said in SOURCE.show([paper.pk])[paper.pk].passages)
