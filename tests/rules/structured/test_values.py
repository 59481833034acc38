"""Values are brought into one form, whatever people typed; what does not fit is said in one sentence."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gongkai.rules.personal_data.columns import Treatment
from gongkai.rules.structured import Field, Sort, declarations, normalise, shown
from gongkai.rules.structured.values import Unfit, read


def field(sort, **more):
    return Field(code="a", label="栏目", sort=sort, **more)


@pytest.mark.parametrize(
    ("sort", "raw", "value"),
    [
        (Sort.MONEY, "1,234.5元", "1234.50"),
        (Sort.MONEY, "１２３", "123.00"),
        (Sort.MONEY, 0.1 + 0.2, "0.30"),
        (Sort.MONEY, "-0", "0.00"),
        (Sort.NUMBER, "12.50", "12.5"),
        (Sort.NUMBER, 100, "100"),
        (Sort.DATE, "2021年3月5日", "2021-03-05"),
        (Sort.DATE, "2021/3/5", "2021-03-05"),
        (Sort.DATE, "20210305", "2021-03-05"),
        (Sort.DATE, datetime(2021, 3, 5, 8, 0, tzinfo=UTC), "2021-03-05"),
        (Sort.DATE, date(2021, 3, 5), "2021-03-05"),
        (Sort.YEAR, "2021年度", "2021"),
        (Sort.YEAR, 2021.0, "2021"),
        (Sort.FLAG, "√", "是"),
        (Sort.FLAG, False, "否"),
        (Sort.TEXT, "  多  个\t空格 ", "多 个 空格"),
        (Sort.LINK, "/papers/12/", "/papers/12/"),
        (Sort.TEXT, None, ""),
    ],
)
def test_what_people_type_comes_into_one_form(sort, raw, value):
    assert read(field(sort), raw) == value


@pytest.mark.parametrize(
    ("sort", "raw"),
    [
        (Sort.MONEY, "三百元"),
        (Sort.MONEY, "1.234"),
        (Sort.MONEY, "-5"),
        (Sort.MONEY, "NaN"),
        (Sort.MONEY, "1e40"),
        (Sort.DATE, "2021-02-30"),
        (Sort.DATE, "昨天"),
        (Sort.YEAR, "21"),
        (Sort.LINK, "javascript:alert(1)"),
        (Sort.LINK, "//elsewhere.example/"),
        (Sort.IDENTITY, "379901199001011233"),
        (Sort.FLAG, "也许"),
        (Sort.TEXT, "长" * 201),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(sort, raw):
    with pytest.raises(Unfit, match=r"[\u4e00-\u9fff]"):
        read(field(sort, public=Treatment.MASK), raw)


def test_a_choice_that_is_not_offered_names_those_that_are():
    with pytest.raises(Unfit, match="甲、乙"):
        read(field(Sort.CHOICE, choices=("甲", "乙")), "丙")


@given(some.decimals(0, 10**9, places=2))
def test_an_amount_reads_the_same_when_shown_and_typed_again(number):
    money = field(Sort.MONEY, measure="元")
    value = read(money, f"{number}")
    assert read(money, shown(money, value)) == value
    assert read(money, shown(money, value) + "元") == value


@given(some.dates(date(1949, 1, 1), date(2100, 12, 31)))
def test_a_day_reads_the_same_when_shown_and_typed_again(day):
    assert read(field(Sort.DATE), shown(field(Sort.DATE), day.isoformat())) == day.isoformat()


ANY = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=30),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@given(
    some.sampled_from(sorted(declarations())),
    some.fixed_dictionaries({}, optional={"values": ANY, "rows": ANY, "stages": ANY}),
)
def test_any_record_can_be_normalised_and_a_second_time_changes_nothing(code, raw):
    known = declarations()[code]
    once, _ = normalise(known, raw)
    twice, _ = normalise(known, once)
    assert once == twice


CELL = some.text(max_size=25) | some.from_regex(r"\A\d{1,20}(\.\d{1,4})?\Z")


@given(some.data())
def test_typed_values_are_never_lost(data):
    known = declarations()["subsidy"]
    columns = [column.code for column in known.tables[0].columns]
    row = data.draw(some.dictionaries(some.sampled_from(columns), CELL, max_size=6))
    made, faults = normalise(known, {"values": {}, "rows": {"people": [row]}, "stages": {}})
    kept = made["rows"]["people"][0] if made["rows"]["people"] else {}
    for code, typed in row.items():
        shown_marks = [mark for mark in typed if mark.isprintable() and not mark.isspace()]
        if shown_marks and not any(each.column == code for each in faults):
            assert kept.get(code)
        elif typed and any(each.column == code for each in faults):
            assert kept[code] == typed[:2000]
