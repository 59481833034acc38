"""Rows come out of a sheet and go into one without loss; what is wrong is told by row and column."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from gongkai.demo.records import invented_record
from gongkai.documents.records.sheet import Unreadable, csv_text, read_rows, sheet, template
from gongkai.frame.sheets import Head, workbook
from gongkai.rules.structured import declaration, declarations, normalise, rows_of

SUBSIDY = declaration("subsidy")
PEOPLE = SUBSIDY.table("people")


def heads(*labels):
    return [Head(each) for each in labels]


@pytest.mark.parametrize(
    ("code", "table"), [(code, table.code) for code, each in declarations().items() for table in each.tables]
)
def test_rows_of_every_kind_survive_the_way_through_a_sheet(code, table):
    known = declaration(code)
    made = invented_record(code, Random(5), "示例镇", 2021, ["东村", "西村"], number=1)
    rows = rows_of(normalise(known, made)[0], table)
    found = read_rows(known.table(table), sheet("测试", known.table(table), rows), "xlsx")
    assert [each.text for each in found.faults] == []
    assert found.rows == rows


CELL = some.text(
    alphabet=some.characters(whitelist_categories=("Lo", "Lu", "Nd"), max_codepoint=0x9FFF), max_size=12
)
MONEY = some.decimals(0, 10**7, places=2).map(str)


@settings(max_examples=30, deadline=None)
@given(
    some.lists(
        some.fixed_dictionaries({"village": CELL, "name": CELL, "amount": MONEY, "remark": CELL}),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_stands_in_a_list_is_the_same_after_export_and_import(rows):
    filled = [
        {"village": "东村", "name": f"甲{n}", "amount": "1"} | {k: v for k, v in row.items() if v}
        for n, row in enumerate(rows)
    ]
    filled = [row for row in filled if not {row["village"], row["name"]} & {"合计", "总计", "小计", "共计"}]
    canonical = rows_of(normalise(SUBSIDY, {"rows": {"people": filled}})[0], "people")
    found = read_rows(PEOPLE, sheet("测试", PEOPLE, canonical), "xlsx")
    assert found.rows == canonical
    assert read_rows(PEOPLE, csv_text(PEOPLE, canonical).encode(), "csv").rows == canonical


def test_headings_are_matched_by_their_usual_names_in_any_order():
    content = workbook(
        "发放表",
        heads("序号", "金额（元）", "身份证号码", "户主 姓名", "所在村", "家庭人口"),
        [[1, 125.5, "379901199001011237", "安明远", "东村", 4], ["合计", 125.5, "", "", "", ""]],
        note="填表日期：2021年3月",
    )
    found = read_rows(PEOPLE, content, "xlsx")
    assert found.rows == [
        {"amount": "125.50", "identity": "379901199001011237", "name": "安明远", "village": "东村"}
    ]
    assert (found.faults, found.ignored) == ([], ["家庭人口"])


def test_every_fault_of_a_sheet_names_its_row_and_column():
    content = workbook(
        "发放表",
        heads("村", "姓名", "身份证号", "金额"),
        [
            ["东村", "甲", "123", "12元"],
            ["", "乙", "", "三百"],
            ["东村", "丙", "379901199001011237", 1],
            ["东村", "丁", "379901199001011237", 1],
        ],
    )
    texts = [(each.row, each.text) for each in read_rows(PEOPLE, content, "xlsx").faults]
    assert texts == [
        (3, "“发放明细”第3行“身份证号”身份证号不对，请检查位数和校验码"),
        (4, "“发放明细”第4行“补贴金额”“三百”不是数字"),
        (4, "“发放明细”第4行“村（社区）”没有填写"),
        (6, "“发放明细”第6行“身份证号”与第5行重复：379901199001011237"),
    ]


def test_a_sheet_without_a_needed_column_says_which():
    with pytest.raises(Unreadable, match="缺少“补贴金额”"):
        read_rows(PEOPLE, workbook("表", heads("村", "姓名"), [["东村", "甲"]]), "xlsx")


def test_a_sheet_without_a_head_says_what_it_needs():
    with pytest.raises(Unreadable, match="没有找到表头"):
        read_rows(PEOPLE, workbook("表", heads("甲", "乙"), [[1, 2]]), "xlsx")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"hello"])
def test_a_broken_file_is_refused_in_words(content):
    with pytest.raises(Unreadable):
        read_rows(PEOPLE, content, "xlsx")


def test_more_rows_than_a_table_holds_are_refused():
    small = type(PEOPLE)(code="people", label="明细", columns=PEOPLE.columns, most=2)
    content = workbook("表", heads("村", "姓名", "金额"), [["东村", "甲", 1]] * 3)
    with pytest.raises(Unreadable, match="最多2行"):
        read_rows(small, content, "xlsx")


def test_the_template_is_a_sheet_that_can_be_read_again():
    found = read_rows(PEOPLE, template(SUBSIDY, PEOPLE), "xlsx")
    assert found.rows == []
    assert [each.code for each in found.columns] == [each.code for each in PEOPLE.columns]


def test_a_formula_in_a_name_is_not_run_by_a_spreadsheet():
    assert "'=1+1" in csv_text(PEOPLE, [{"name": "=1+1"}])
