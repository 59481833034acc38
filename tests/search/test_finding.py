"""A person's question: passages, corrections, ways on, the office's words, counts without people."""

from datetime import date
from typing import Any

import pytest

from gongkai.accounts.models import User
from gongkai.audit.models import Trace
from gongkai.rules.law import Refused
from gongkai.search import catch_up, services
from gongkai.search.finding import Question, find, find_parts
from gongkai.search.hints import did_you_mean, looser, suggestions
from gongkai.search.models import Searched, Synonym
from gongkai.search.passages import marked, passage
from gongkai.search.tally import Tally
from gongkai.search.wording import read
from tests.search.conftest import Shelf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_index")]
TODAY = date(2021, 4, 20)


@pytest.fixture
def library(shelf: Shelf) -> Shelf:
    """Some titles in an index."""
    titles = [
        "就业补贴发放办法",
        "高龄老人津贴标准",
        "义务教育招生方案",
        "社会保险补贴公示",
        "公租房分配方案",
    ]
    for key, title in enumerate(titles, 1):
        shelf.put(key, title, text=f"{title}的全文。<b>各镇街</b>按程序办理。", unit=key % 2 + 1, day=key)
    catch_up.rebuild()
    return shelf


@pytest.fixture
def office() -> User:
    """Somebody who writes synonyms."""
    return User.objects.create(username="office", full_name="测试员")


def found(text: str, **more: Any) -> list[int]:
    return [result.key for result in find(Question(text=text, **more)).results]


def test_words_are_marked_and_everything_else_is_escaped() -> None:
    words = read("办法")
    assert marked("<i>办法", words) == "&lt;i&gt;<mark>办法</mark>"
    assert passage("甲" * 300 + "<办法>" + "乙" * 300, words) == (
        "…" + "甲" * 23 + "&lt;<mark>办法</mark>&gt;" + "乙" * 83 + "…"
    )


def test_the_passage_is_the_one_with_the_most_different_words() -> None:
    text = "补贴。" + "空" * 400 + "低保补贴。"
    assert "<mark>低保补贴</mark>" in passage(text, read("低保 补贴"))


def test_marks_reach_across_brackets_and_traditional_forms() -> None:
    assert marked("印发《就業補貼》", read("印发就业")) == "<mark>印发《就業</mark>補貼》"


def test_a_number_is_not_marked_inside_a_longer_one() -> None:
    assert "<mark>" not in marked("第12019号", read("2019"))


def test_results_carry_title_and_passage_from_the_database(library: Shelf) -> None:
    result = find(Question(text="招生")).results[0]
    assert (result.title, result.place) == ("义务教育<mark>招生</mark>方案", "正文")
    assert "&lt;b&gt;" in result.passage


def test_what_has_just_left_the_database_is_not_shown(library: Shelf) -> None:
    del library.entries[3]
    assert found("招生") == []


def test_a_filter_shows_its_other_values_with_their_counts(library: Shelf) -> None:
    answer = find(Question(text="补贴", filters={"unit": (2,)}, counts=True))
    units = next(each for each in answer.filters if each.name == "unit")
    assert {choice.value: (choice.count, choice.chosen) for choice in units.choices} == {
        2: (1, True),
        1: (1, False),
    }


def test_a_synonym_takes_effect_at_once_and_ends_at_once(library: Shelf, office: User) -> None:
    assert found("社保补贴") == []
    synonym = services.add_synonym(words="社保、社會保險", by=office, today=TODAY)
    assert found("社保补贴") == [4]
    services.change_synonym(synonym, words="社保 养老保险", by=office, today=TODAY)
    assert found("社保补贴") == []
    services.drop_synonym(synonym, by=office)
    assert not Synonym.objects.exists()
    assert [trace.act for trace in Trace.objects.order_by("number")] == [
        "添加同义词",
        "修改同义词",
        "删除同义词",
    ]


def test_one_word_alone_and_a_group_that_is_there_are_refused(office: User) -> None:
    with pytest.raises(Refused, match="至少要有两个词"):
        services.add_synonym(words="社保", by=office, today=TODAY)
    services.add_synonym(words="社保、社会保险", by=office, today=TODAY)
    with pytest.raises(Refused, match="已经有了"):
        services.add_synonym(words="社保 社会保险", by=office, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("捕贴", "补贴"),
        ("高龄老人金贴", "高龄老人津贴"),
        ("义务交育招生", "义务教育招生"),
        ("2021 捕贴", ""),
        ("补贴 办法", ""),
        ("风马牛", ""),
    ],
)
def test_a_word_that_finds_nothing_is_mended_by_the_titles(library: Shelf, typed: str, meant: str) -> None:
    """A mended word is offered only where it finds something."""
    assert did_you_mean(typed) == meant


def test_less_is_offered_with_how_much_it_would_find(library: Shelf) -> None:
    ways = looser(Question(text="补贴 招生", filters={"unit": (9,)}))
    assert [(way.label, way.total) for way in ways] == []
    ways = looser(Question(text="补贴", filters={"unit": (9,)}))
    assert [(way.label, way.total) for way in ways] == [("去掉所有筛选条件", 2)]
    ways = looser(Question(text="补贴 招生"))
    assert [(way.label, way.total) for way in ways] == [("只找“招生”", 1), ("只找“补贴”", 2)]


def test_parts_of_a_long_phrase_are_found_and_marked(library: Shelf) -> None:
    parts = find_parts(Question(text="高龄老人津贴领取"))
    assert parts
    assert parts.loose
    assert parts.results[0].title == "<mark>高龄老人津贴</mark>标准"
    assert find_parts(Question(text="补贴")) is None


def test_what_several_people_looked_for_is_offered_and_what_one_did_is_not(library: Shelf) -> None:
    services.count_searches({"就业补贴": ("就业补贴", 2, 1), "就业": ("就业", 3, 1)}, today=TODAY)
    assert suggestions("就") == ["就业"]
    assert suggestions("就业") == ["就业", "就业补贴发放办法"]
    assert suggestions("  ") == []


def test_counts_hold_no_personal_data_and_add_up(db: None) -> None:
    tally = Tally()
    for words in ("低保", "低 保", "低保", "13800138000", "张某379901199001011237", "长" * 41):
        tally.add(words, 4)
    tally.flush()
    tally.add("低保", 5)
    tally.flush()
    rows = Searched.objects.values_list("folded", "times", "found").order_by("-times")
    assert list(rows) == [("低保", 3, 5), ("低 保", 1, 4)]


def test_a_query_of_marks_alone_finds_nothing_and_breaks_nothing(library: Shelf) -> None:
    assert find(Question(text="，。")).total == 0
    assert find_parts(Question(text="，。")) is None
    assert did_you_mean("，。") == ""
