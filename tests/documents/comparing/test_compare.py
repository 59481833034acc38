"""Comparing: nothing is lost, changes are found where they are, moves are moves, and all is said in words."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.comparing import Change, Comparison, Kind, compare, compare_texts, show, summary
from gongkai.documents.comparing.pieces import pieces

pytestmark = pytest.mark.clause("29")

LINES = st.lists(st.text("甲乙丙丁第一二三条，。12 3a<\t", max_size=14), max_size=12).map("\n".join)


def said(row_pieces, change: Change) -> str:
    return "".join(piece.text for piece in row_pieces if piece.change in (Change.SAME, change))


def rebuilt(comparison: Comparison) -> tuple[list[str], list[str]]:
    old = {
        row.old: said(row.pieces, Change.GONE)
        for row in comparison.rows
        if row.old and row.kind is not Kind.MOVED
    }
    new = {
        row.new: said(row.pieces, Change.NEW)
        for row in comparison.rows
        if row.new and row.kind is not Kind.LEFT
    }
    return [old[place] for place in sorted(old)], [new[place] for place in sorted(new)]


@settings(max_examples=500, deadline=None)
@given(LINES, LINES)
def test_both_texts_can_be_read_out_of_the_comparison(old: str, new: str) -> None:
    found = rebuilt(compare_texts(old, new))
    assert found == (old.split("\n") if old else [], new.split("\n") if new else [])


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert compare_texts(text, text).is_same
    assert summary(compare_texts(text, text)) == "两个版本的文字没有差别。"


@settings(max_examples=300, deadline=None)
@given(st.text("甲乙丙12 a，", max_size=30), st.text("甲乙丙12 a，", max_size=30))
def test_both_paragraphs_can_be_read_out_of_their_pieces(old: str, new: str) -> None:
    found = pieces(old, new)
    assert (said(found, Change.GONE), said(found, Change.NEW)) == (old, new)


FIRST, KEPT, STAYS = "第一条　为了规范有关工作，制定本办法。", "各单位应当配合。", "有关材料应当齐全。"
MOVED = "附则中没有变化的一段文字。"
OLD = [FIRST, KEPT, "第二条　申请人应当提交材料。", STAYS, "第三条　本办法自2021年3月5日起施行。", MOVED]
NEW = [
    FIRST, MOVED, KEPT, "第二条　申请人应当提交书面材料。", "另有一段与别处都不相同的话。", STAYS,
    "第三条　本办法自2021年3月15日起施行。",
]  # fmt: skip


def test_changes_moves_and_additions_are_told_apart() -> None:
    found = compare_texts("\n".join(OLD), "\n".join(NEW))
    assert [(row.kind.value, row.old, row.new) for row in found.rows if row.kind is not Kind.SAME] == [
        ("moved", 6, 2),
        ("changed", 3, 4),
        ("added", None, 5),
        ("changed", 5, 7),
        ("left", 6, 2),
    ]
    assert summary(found) == "共修改2段，新增1段，移动1段。"


def test_a_number_changes_as_a_whole() -> None:
    found = pieces("自2021年3月5日起", "自2021年3月15日起")
    assert [(piece.change.value, piece.text) for piece in found] == [
        ("same", "自2021年3月"), ("gone", "5"), ("new", "15"), ("same", "日起"),
    ]  # fmt: skip


def test_a_moved_paragraph_that_was_also_changed_is_still_a_move() -> None:
    moved = "各镇人民政府和各街道办事处应当按照要求抓好落实"
    old = [f"{moved}。", *(f"其他内容{place}没有变化" for place in range(6))]
    new = [*old[1:], f"{moved}工作。"]
    (row,) = [row for row in compare_texts("\n".join(old), "\n".join(new)).rows if row.kind is Kind.MOVED]
    assert (row.old, row.new) == (1, 7)
    assert Change.NEW in {piece.change for piece in row.pieces}


def test_a_text_written_anew_is_struck_out_and_put_in() -> None:
    found = compare_texts("完全不同的一段话在这里", "另写的内容毫无相似之处")
    assert [row.kind for row in found.rows] == [Kind.GONE, Kind.ADDED]


def test_clean_texts_are_compared_by_their_words() -> None:
    found = compare("<h2>一、总则</h2><p>正文</p>", "<h3>一、总则</h3>\n<p><strong>正文</strong></p>")
    assert found.is_same


def test_changes_are_said_in_words_and_nothing_is_taken_for_markup() -> None:
    html = show(compare_texts("金额<b>5元", "金额<b>8元"))
    assert "<b>" not in html
    assert re.sub("<[^>]+>", "", html) == "共修改1段。修改 金额&lt;b&gt;删去：5。增加：8。元"


def test_long_unchanged_stretches_are_folded_and_short_ones_are_not() -> None:
    same = [f"没有变化的第{place}段文字" for place in range(10)]
    html = show(compare_texts("\n".join([*same, "原来的一句话。"]), "\n".join([*same, "现在的一句话。"])))
    assert "<summary>没有变动的9段</summary>" in html
    assert html.count('class="gk-diff__row"') == 10
    assert "<summary>" not in show(compare_texts("甲甲甲甲\n乙", "甲甲甲甲\n丙"))


def test_one_endless_paragraph_is_told_as_replaced_and_hangs_nobody() -> None:
    old, new = "甲乙丙" * 70_000, "丁甲乙" * 70_000
    assert [(piece.change.name, len(piece.text)) for piece in pieces(old, new)] == [
        ("GONE", 210_000),
        ("NEW", 210_000),
    ]
