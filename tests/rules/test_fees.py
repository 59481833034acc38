"""Fees for very many items or pages, after the tiers of the instrument."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.fees import MOST, bases, basis, fee, payment_limit
from gongkai.rules.law import Refused

ITEMS = {10: 0, 11: 100, 30: 2000, 31: 2200, 35: 3000, 40: 4000, 41: 4300, 45: 5500, 50: 7000, 51: 7400}
ITEMS |= {60: 11000, 61: 11500, 100: 37000}
PAGES = {30: 0, 31: 10, 100: 700, 101: 720, 150: 1700, 200: 2700, 201: 2740, 250: 4700, 300: 6700}


@pytest.mark.clause("30")
@pytest.mark.parametrize(("number", "yuan"), ITEMS.items())
def test_items_of_one_month_cost_what_the_tiers_say(number, yuan):
    assert fee("items", number).yuan == yuan


@pytest.mark.clause("30")
@pytest.mark.parametrize(("number", "yuan"), PAGES.items())
def test_pages_of_one_application_cost_what_the_tiers_say(number, yuan):
    assert fee("pages", number).yuan == yuan


def test_a_single_item_costs_the_rate_of_its_place():
    assert [basis("items").rate(place) for place in (30, 31, 40, 41)] == [100, 200, 200, 300]


def test_ten_items_in_each_of_two_months_are_free_because_months_are_not_added_up():
    assert fee("items", 10).yuan + fee("items", 10).yuan == 0


def test_pages_of_another_application_are_never_added():
    with pytest.raises(Refused, match="不累加"):
        fee("pages", 30, before=30)


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_a_second_batch_costs_the_difference(before, number):
    assert (
        fee("items", number, before=before).yuan
        == fee("items", before + number).yuan - fee("items", before).yuan
    )


@given(st.sampled_from(sorted(bases())), st.integers(0, 300))
def test_the_parts_cover_each_one_once_and_their_sum_is_the_fee(code, number):
    parts = fee(code, number).parts
    assert [place for part in parts for place in range(part.first, part.last + 1)] == list(
        range(1, number + 1)
    )
    assert fee(code, number).yuan == sum(basis(code).rate(place) for place in range(1, number + 1))


@given(st.sampled_from(sorted(bases())), st.integers(1, 5000))
def test_one_more_never_costs_less_than_the_one_before(code, number):
    assert basis(code).rate(number + 1) >= basis(code).rate(number)


def test_the_sum_is_told_tier_by_tier():
    assert fee("items", 35).lines() == [
        "第1至10件：不收费",
        "第11至30件：20件×100元/件＝2000元",
        "第31至35件：5件×200元/件＝1000元",
    ]
    assert "此前已计10件" in fee("items", 2, before=10).summary()


def test_a_huge_sum_is_told_in_one_sentence_that_still_adds_up():
    found = fee("items", 1000)
    said = found.summary()
    assert said.endswith(f"共{found.yuan}元。")
    assert len(said) < 400


@pytest.mark.parametrize("number", [-1, MOST + 1])
def test_odd_numbers_are_refused_in_words(number):
    with pytest.raises(Refused):
        fee("items", number)


def test_an_unknown_basis_is_refused():
    with pytest.raises(Refused, match="items、pages"):
        fee("hours", 3)


def test_the_time_to_pay_comes_with_its_source():
    assert (payment_limit().length, payment_limit().cite.number) == (20, "国办函〔2020〕109号")
