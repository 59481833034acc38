"""标准目录的读写: channels, limits, versions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.catalogue import CHANNELS, RowFacts, compare, read_channels, read_limit, write_channels

pytestmark = pytest.mark.clause("35")


@given(st.sets(st.sampled_from(CHANNELS)))
def test_channels_come_back_as_they_were_written(chosen):
    ordered = tuple(name for name in CHANNELS if name in chosen)
    assert read_channels(write_channels(ordered)) == (ordered, "")


def test_a_channel_of_ones_own_stands_beside_the_rest():
    assert read_channels(write_channels(("政府网站", "其他"), "村广播")) == (("政府网站", "其他"), "村广播")


@pytest.mark.parametrize(
    ("text", "matter", "wanted"),
    [
        ("信息形成或者变更之日起20个工作日内", "", "general"),
        ("自信息形成或变更之日起 20 个工作日内予以公开", "", "general"),
        ("行政许可、行政处罚7个工作日", "行政许可结果", "permit"),
        ("作出决定之日起7个工作日内", "行政处罚决定", "penalty"),
        ("批复后20日内", "部门预算", "unit_budget"),
        ("本级人大批准后20日内", "政府决算", "budget"),
        ("公告时间不少于10个工作日", "征收土地预公告", "land_notice"),
        ("10个工作日内", "征收土地预公告", ""),
        ("公告时间不得少于30日", "征地补偿安置方案公告", "land_compensation"),
        ("征求意见期限不少于30日", "征收补偿方案征求意见", "housing_plan"),
        ("征求意见期限不少于20日", "征收补偿方案征求意见", ""),
        ("作出征收决定之日起3日内", "房屋征收决定公告", "housing_decision"),
        ("公示时间不少于5日", "分户初步评估结果", "housing_valuation"),
        ("公示时间不少于10日", "最低补偿对象公示", "housing_minimum"),
        ("作出决定之日起20个工作日内", "行政强制决定", "enforcement"),
        ("3个工作日内撤回", "被撤销的处罚信息", "penalty_withdrawn"),
        ("村务公开栏公布时间不少于5日", "评议结果", "village_board"),
        ("公示时间不少于20个工作日", "评审结果", ""),
        ("及时公开", "", "prompt"),
        ("实时公开", "", "prompt"),
        ("长期公开", "", "standing"),
        ("永久公开", "", "standing"),
        ("10个工作日内", "", ""),
        ("", "", ""),
    ],
)
def test_the_words_of_a_limit_are_understood(text, matter, wanted):
    assert read_limit(text, matter) == wanted


def test_twenty_calendar_days_are_not_twenty_working_days():
    assert read_limit("20日内", "就业政策") == ""


def test_a_new_version_shows_what_it_adds_drops_and_changes():
    old = [RowFacts(1, "甲", "一", limit="及时公开"), RowFacts(2, "甲", "二")]
    new = [RowFacts(1, "甲", "一", limit="长期公开"), RowFacts(2, "甲", "三")]
    found = compare(old, new)
    assert [(each.kind, each.second) for each in found] == [
        ("changed", "一"),
        ("added", "三"),
        ("dropped", "二"),
    ]
    assert found[0].changed == (("公开时限", "及时公开", "长期公开"),)


def test_another_number_alone_is_no_change():
    assert compare([RowFacts(1, "甲", "一")], [RowFacts(7, " 甲", "一 ")]) == []
