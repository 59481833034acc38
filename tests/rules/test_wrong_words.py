"""Wrong wordings and slips: found where they are, and nothing that is right is told (错敏词、文字差错)."""

import random
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.rules import slips
from gongkai.rules.slips import Slip
from gongkai.rules.wrong_words import Hit, Matcher, Term, corrected, starter

pytestmark = pytest.mark.clause("29")

ALL = Matcher(starter())
TODAY = date(2021, 4, 20)


def told(text: str, on: date | None = TODAY) -> list[str]:
    return [hit.term.text for hit in ALL.find(text, on=on)]


@pytest.mark.parametrize("term", starter(), ids=lambda term: term.text)
def test_every_wording_of_the_starter_list_is_found_and_its_right_form_is_not(term: Term) -> None:
    on = date(2026, 1, 1)
    assert [hit.term for hit in ALL.find(f"有关{term.text}。", on=on)] == [term]
    assert told(f"有关{term.right}。", on) == []
    assert term.right
    assert term.note
    assert told("".join(f"有关{whole}。" for whole in term.unless), on) == []


def test_wordings_stand_at_their_places_among_signs_of_any_width() -> None:
    text = "𠮷a工作布署é与防犯"
    assert [text[hit.start : hit.end] for hit in ALL.find(text)] == ["布署", "防犯"]


def test_of_two_that_overlap_the_longer_one_is_told() -> None:
    matcher = Matcher([Term("甲乙", "甲"), Term("甲乙丙", "丙")])
    assert [hit.term.text for hit in matcher.find("甲乙丙")] == ["甲乙丙"]


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("原国土资源部负责", TODAY),
        ("根据《国土资源部关于有关事项的通知》", TODAY),
        ("国土资源部令第10号", TODAY),
        ("国土资源部负责", date(2017, 1, 1)),
        ("国土资源部负责", None),
        ("环境保护部门负责", TODAY),
    ],
)
def test_a_former_name_stays_where_it_was_right(text: str, on: date | None) -> None:
    assert told(text, on) == []


def test_a_former_name_is_told_where_it_is_wrong() -> None:
    assert told("由国土资源部负责") == ["国土资源部"]
    assert told("《通知》由国土资源部印发") == ["国土资源部"]


def test_a_right_form_that_holds_the_wrong_one_is_left_alone() -> None:
    matcher = Matcher([Term("市中区政府", "枣庄市市中区政府")])
    assert matcher.find("枣庄市市中区政府") == []
    assert len(matcher.find("请市中区政府")) == 1


def test_putting_right_changes_only_what_has_a_right_form() -> None:
    matcher = Matcher([Term("布署", "部署"), Term("某词")])
    text = "布署了某词布署"
    assert corrected(text, matcher.find(text)) == "部署了某词部署"


def test_an_empty_list_finds_nothing() -> None:
    assert Matcher([]).find("布署") == []


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("甲乙丙", min_size=1, max_size=3), max_size=6), st.text("甲乙丙丁a", max_size=40))
def test_the_machine_finds_what_a_plain_search_finds(words: list[str], text: str) -> None:
    found = Matcher([Term(word) for word in words]).find(text)
    assert bool(found) is any(word in text for word in words)
    assert all(text[hit.start : hit.end] == hit.term.text for hit in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize(
    ("text", "slip", "right"),
    [
        ("根据示政发[2021]8号文件", Slip.NUMBER, "〔2021〕8号"),
        ("根据示政发（2021）8号文件", Slip.NUMBER, "〔2021〕8号"),
        ("根据示政发〔2021〕第8号文件", Slip.NUMBER, "〔2021〕8号"),
        ("根据示政发〔2021〕08号文件", Slip.NUMBER, "〔2021〕8号"),
        ("于2021年2月29日前", Slip.DAY, ""),
        ("于2021年13月1日前", Slip.DAY, ""),
        ("于6月31日前", Slip.DAY, ""),
        ("自2021年5月1日至2021年4月1日", Slip.DAY, ""),
        ("报送有关材料，，并", Slip.MARK, "，"),
        ("完成任务。。", Slip.MARK, "。"),
        ("报送材料，。", Slip.MARK, "。"),
        ("甲方,乙方", Slip.MARK, "，"),
        ("根据《有关办法的规定", Slip.MARK, ""),
        ("根据有关办法》的规定", Slip.MARK, ""),
    ],
)
def test_a_slip_is_told_with_its_right_form(text: str, slip: Slip, right: str) -> None:
    (fault,) = slips.find(text)
    assert (fault.slip, fault.right) == (slip, right)
    assert text[fault.start : fault.end] == fault.text


@pytest.mark.parametrize(
    "text",
    [
        "根据示政发〔2021〕8号、国令第711号和《办法》（省政府令第336号）",
        "于2020年2月29日、2021年12月31日和2月29日前",
        "自2021年4月1日至2021年5月1日",
        "等等……以及——其他；如下：“甲。”乙！",
        "通告（第178号）", "公告2021年第3号", "（2021）鲁0402民初123号",
        "金额1,234.50元，电话0000-0000000，版本v1.2;a,b",
        "《关于印发〈办法〉的通知》", "1.一是 2)二是", "12:30开始",
    ],
)  # fmt: skip
def test_what_is_right_is_no_slip(text: str) -> None:
    assert slips.find(text) == []


KINDS = "通知 意见 办法 批复 公告 方案 规划 细则 通告 条例 函 决定 指南 报告".split()  # noqa: SIM905
PLACES = ("示例区", "示例市示例区", "示例县人民政府", "示例省教育厅")
MATTERS = (
    "控制性详细规划（2018）启动调整", "建设项目用地征收", "大气重污染应急预案（修订版）",
    "E1-03、E1-04地块用地调整",
    "“十四五”规划（2021-2025年）", "政府信息公开指南（第二版）", "社会救助实施细则（试行）", "2021年度预算",
    "学校招生（教育类320号）", "国内游轮常态化防控工作指南（第五版）",
    "废止《有关办法》", "示政发〔2013〕15号文件",
)  # fmt: skip


def test_titles_of_every_pattern_raise_no_alarm() -> None:
    titles = [f"{place}关于{matter}的{kind}" for place in PLACES for matter in MATTERS for kind in KINDS]
    alarms: list[Hit | slips.Fault] = []
    for title in titles:
        alarms += [*slips.find(title), *ALL.find(title, on=TODAY)]
    assert alarms == []


def test_a_long_list_is_found_in_a_long_text_without_loss() -> None:
    dice = random.Random(7)
    signs = [chr(0x4E00 + place) for place in range(1500)]
    words = sorted({"".join(dice.choices(signs, k=3)) for _ in range(20_000)})
    chosen = [dice.choice(words) for _ in range(200)]
    text = "。".join(chosen)
    found = Matcher([Term(word) for word in words]).find(text)
    assert set(chosen) <= {hit.term.text for hit in found}
