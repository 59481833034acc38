"""Articles, limits and refusals (法条、期限、不予准许)."""

import pytest

from gongkai.rules.law import REGULATION, Article, Instrument, Limit, Refused, Unit

REPLY = REGULATION.article("第三十三条第二款")


def test_an_article_is_printed_as_people_cite_it() -> None:
    assert str(REPLY) == "《中华人民共和国政府信息公开条例》（国令第711号）第三十三条第二款"


def test_an_instrument_can_be_cited_as_a_whole() -> None:
    assert str(Instrument("办法", "国办函〔2020〕109号").article("")) == "《办法》（国办函〔2020〕109号）"


def test_an_article_knows_its_instrument() -> None:
    assert Article("中华人民共和国政府信息公开条例", "国令第711号", "第三十三条第二款") == REPLY


@pytest.mark.parametrize(
    ("limit", "printed"), [(Limit(20, REPLY), "20个工作日"), (Limit(30, REPLY, Unit.DAYS), "30日")]
)
def test_a_limit_says_what_it_counts(limit: Limit, printed: str) -> None:
    assert str(limit) == printed


def test_a_limit_cannot_be_changed_by_accident() -> None:
    with pytest.raises(AttributeError):
        Limit(20, REPLY).length = 40  # type: ignore[misc]


def test_a_refusal_carries_its_article() -> None:
    refused = Refused("延长期限不得超过20个工作日", REPLY)
    assert refused.cite == REPLY
    assert refused.reason == "延长期限不得超过20个工作日"
    assert str(refused).endswith("（《中华人民共和国政府信息公开条例》（国令第711号）第三十三条第二款）")


def test_a_refusal_without_an_article_is_one_plain_sentence() -> None:
    assert str(Refused("任务已办结")) == "任务已办结"
