"""Texts that say nearly the same are found by a few numbers; strangers are left alone."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.near import BANDS, keys, likeness, near, plain, signature

BODIES = [
    "市中区自然资源局",
    "区住房和城乡建设局",
    "永安镇人民政府",
    "区教育和体育局",
    "区人力资源和社会保障局",
]
THINGS = [
    "征地补偿安置方案",
    "老旧小区改造项目名单",
    "危房鉴定报告",
    "招生计划和学区划分",
    "失业保险金发放标准",
]
PLACES = [
    "东山村",
    "西湖路",
    "建设路12号",
    "光明小区",
    "矿区街道",
    "龙山花园三期",
    "文化路农贸市场",
    "税郭镇南石村",
]
MORE = [
    "请提供复印件并加盖公章",
    "以电子邮件方式提供",
    "包括批准文号和日期",
    "含附图和附表",
    "请尽快答复",
    "邮寄到家里",
]


def application(chance: Random) -> str:
    body, thing, place = (chance.choice(each) for each in (BODIES, THINGS, PLACES))
    year, number = chance.randrange(2005, 2026), chance.randrange(1, 400)
    said = f"申请公开{body}{year}年作出的关于{place}的{thing}（文号第{number}号）"
    return said + "，" + "，".join(chance.sample(MORE, chance.randrange(1, 4))) + "。"


def retold(text: str, chance: Random) -> str:
    """The same matter written down again: some signs left out, put in, changed."""
    signs = list(text)
    for _ in range(chance.randrange(1, 5)):
        place = chance.randrange(len(signs))
        signs[place : place + chance.randrange(2)] = chance.choice(["", "的", "请", "，", "本人"])
    return "".join(signs)


@pytest.mark.clause("30")
def test_of_texts_that_are_nearly_the_same_ninety_nine_of_a_hundred_share_a_key():
    chance = Random(30)
    pairs = [(text, retold(text, chance)) for text in (application(chance) for _ in range(3000))]
    alike = [(one, other) for one, other in pairs if near(one, other)]
    assert len(alike) > 2500
    met = sum(not set(keys(one)).isdisjoint(keys(other)) for one, other in alike)
    assert met / len(alike) >= 0.99


def test_few_strangers_share_a_key():
    chance = Random(7)
    texts = [application(chance) for _ in range(400)]
    shared = [set(keys(text)) for text in texts]
    pairs = [(one, other) for one in range(400) for other in range(one) if not near(texts[one], texts[other])]
    met = sum(not shared[one].isdisjoint(shared[other]) for one, other in pairs)
    assert met / len(pairs) < 0.12


STORED = [-8344678941776443614, -7784334027637626887, 3426568526531715678]


def test_the_keys_of_a_text_are_the_same_for_ever_because_they_are_stored():
    assert keys("请公开2021年部门预算")[:3] == STORED


@given(st.text(max_size=80))
def test_any_text_has_its_keys_and_width_case_and_marks_change_nothing(text):
    found = keys(text)
    assert len(found) in (0, BANDS)
    assert all(-(2**63) <= key < 2**63 for key in found)
    assert keys(f"《{text}》。") == found
    assert keys(plain(text)) == found
    assert (signature(text).size == 0) is (not plain(text))


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_likeness_is_the_same_both_ways_and_whole_for_the_same_text(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1
