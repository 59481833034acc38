"""Lists about people: every cell is looked at under its heading, and a masked list raises no alarm (名单)."""

import random

import pytest

from gongkai.rules.personal_data.findings import Kind
from gongkai.rules.personal_data.grid import find_in_grid, heads, masked_grid

pytestmark = pytest.mark.clause("29")

IDENTITY, CARD = "379901199001011237", "6299990000001234560"
ROWS = [
    ["示例区补贴发放名单"],
    ["序号", "姓名", "身份证号", "开户账号", "致贫原因", "金额"],
    ["1", "甲", IDENTITY, CARD, "因病", "800.00"],
    ["2", "乙", "370402********1234", "3799012345678", "无", "1200"],
]


def test_the_row_of_headings_is_found_below_a_title() -> None:
    assert heads(ROWS) == (1, ("序号", "姓名", "身份证号", "开户账号", "致贫原因", "金额"))
    assert heads([["甲", "1"], ["乙", "2"]]) == (-1, ())


def test_cells_are_judged_by_their_columns() -> None:
    found = [(each.row, each.heading, each.kind, each.masked) for each in find_in_grid(ROWS)]
    assert found == [
        (2, "身份证号", Kind.IDENTITY, "379901********1237"),
        (2, "开户账号", Kind.ACCOUNT, "***************4560"),
        (2, "致贫原因", None, ""),
        (3, "开户账号", Kind.ACCOUNT, "*********5678"),
    ]


def test_a_masked_list_raises_no_alarm_and_keeps_the_rest() -> None:
    rows = [list(row) for row in ROWS]
    for (row, column), new in masked_grid(ROWS).items():
        rows[row][column] = new
    assert list(find_in_grid(rows)) == []
    assert rows[2] == ["1", "甲", "379901********1237", "***************4560", "", "800.00"]
    assert rows[0] == ROWS[0]


def test_numbers_of_things_raise_no_alarm() -> None:
    dice = random.Random(5)
    rows = [["序号", "项目编号", "统一社会信用代码", "投资（万元）", "面积"]]
    rows += [
        [str(place), f"2021-{dice.randint(10**6, 10**7)}", f"1137040200{dice.randint(10**7, 10**8 - 1)}",
         "12345678901", "3层"]
        for place in range(300)
    ]  # fmt: skip
    assert list(find_in_grid(rows)) == []


def test_a_table_without_headings_is_looked_through_all_the_same() -> None:
    assert [each.kind for each in find_in_grid([["甲", IDENTITY], ["乙", "13800138000"]])] == [
        Kind.IDENTITY,
        Kind.MOBILE,
    ]
