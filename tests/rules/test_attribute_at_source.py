"""公开属性源头认定、索引号."""

import pytest

from gongkai.rules.attribute import GROUNDS, lacking
from gongkai.rules.index_number import IndexNumber, parse
from gongkai.rules.law import Refused


@pytest.mark.clause("29")
@pytest.mark.parametrize(
    ("attribute", "ground", "reason", "texts"),
    [
        ("active", "", "", []),
        ("active", "15", "", ["主动公开的信息不应填写不公开依据"]),
        ("", "", "", ["未标明公开属性"]),
        ("request", "", "", ["依申请公开未说明理由"]),
        ("request", "", "仅涉及特定对象", []),
        ("closed", "", "涉密", ["不予公开未注明依据"]),
        ("closed", "16-1", " ", ["不予公开未说明理由"]),
        ("closed", "99", "涉密", ["不予公开未注明依据"]),
        ("closed", "14-1", "涉密会议材料", []),
    ],
)
def test_a_paper_without_attribute_or_reason_is_returned(attribute, ground, reason, texts):
    assert [each.text for each in lacking(attribute, ground, reason)] == texts


def test_what_is_returned_cites_the_rule_of_2016():
    assert str(lacking("")[0].cite).endswith("（国办发〔2016〕80号）一（一）")


def test_every_ground_stands_in_articles_14_to_16():
    assert {article.place[:4] for article in GROUNDS.values()} == {"第十四条", "第十五条", "第十六条"}


@pytest.mark.parametrize(
    "text",
    ["000014349/2019-00007", "11370322004222241N/2021-5135380", "113708280043326001/2024-02411"],
)
def test_index_numbers_in_use_are_read(text):
    found = parse(text)
    assert str(IndexNumber(found.body, found.year, found.serial)) == text


@pytest.mark.parametrize("text", ["", "枣政发〔2021〕1号", "000014349/21-7", "/2021-00001"])
def test_what_is_of_another_form_is_refused(text):
    with pytest.raises(Refused, match="索引号"):
        parse(text)
