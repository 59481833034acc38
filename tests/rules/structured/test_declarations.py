"""The declarations are read strictly: nothing unknown, nothing missing, nothing that leads nowhere."""

import tomllib
from random import Random

import pytest

from gongkai.demo.records import invented_record, title
from gongkai.rules.structured import Misdeclared, Sort, build, declarations, normalise, validate
from gongkai.rules.structured.declaration import SENSITIVE

LEAST = """
code = "plain"
name = "样式"
clauses = ["1"]
note = "说明"
page = "table"
[[fields]]
code = "name"
label = "名称"
[[tables]]
code = "rows"
label = "明细"
[[tables.columns]]
code = "amount"
label = "金额"
sort = "money"
"""


def made(more: str = "", base: str = LEAST):
    return build(tomllib.loads(base + more))


def test_the_smallest_declaration_is_read():
    assert made().table("rows").column("amount").sort is Sort.MONEY


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("colour = 1", "不认识的键 colour"),
        ('[[checks]]\nkind = "guess"', "不认识的核对规则"),
        ('[[checks]]\nkind = "sum"\ntable = "rows"\ntotal = "lost"\ncolumn = "amount"', "lost"),
        ('[[checks]]\nkind = "sum"\ntable = "nowhere"\ntotal = "name"', "没有 nowhere 这张表"),
        ('[clock]\nlimits = ["never"]\nevent = "name"', "没有“never”这项公开期限"),
        ('[clock]\nlimits = ["general"]\nevent = "lost"', "lost"),
        ('[[stages]]\ncode = "a"\nlabel = "环节"\ndue_from = "lost"', "lost"),
        ('[keys]\nyear = "lost"', "lost"),
        ('[[fields]]\ncode = "name"\nlabel = "再来"', "代码重复"),
        ('[[fields]]\ncode = "Bad Code"\nlabel = "代码"', "代码只能用"),
        ('[[fields]]\ncode = "identity"\nlabel = "身份证号"\nsort = "identity"', "不能声明为公开"),
        ('[[fields]]\ncode = "kind"\nlabel = "种类"\nsort = "choice"', "choices"),
        ('[[fields]]\ncode = "kind"\nlabel = "种类"\nsort = "colour"', "sort"),
        ('[[fields]]\ncode = "kind"\nlabel = "种类"\nrequired = "yes"', "应为 bool"),
        ('[[fields]]\nlabel = "种类"', "缺少 code"),
    ],
)
def test_a_declaration_with_a_fault_is_an_error(more, says):
    base = more + "\n" + LEAST if "colour = 1" in more else LEAST + more
    with pytest.raises(Misdeclared, match=says):
        build(tomllib.loads(base))


def test_a_page_that_nobody_draws_is_an_error():
    with pytest.raises(Misdeclared, match="页面样式"):
        build(tomllib.loads(LEAST.replace('"table"\n[[f', '"dance"\n[[f')))


@pytest.mark.parametrize("clause", ["1", "6", "10", "11", "12", "13", "14", "16", "17", "18", "19", "20"])
def test_every_task_that_asks_for_slots_has_a_kind(clause):
    assert [code for code, each in declarations().items() if clause in each.clauses]


def test_no_kind_shows_identity_numbers_or_accounts():
    for known in declarations().values():
        for field in (*known.fields, *(column for table in known.tables for column in table.columns)):
            assert field.sort not in SENSITIVE or field.public.name != "SHOW", (known.code, field.code)


@pytest.mark.parametrize("code", list(declarations()))
def test_the_demo_invents_records_that_pass_every_check(code):
    for number in range(6):
        chance = Random(f"{code}{number}")
        record = invented_record(code, chance, "示例镇", 2021, ["东村", "西村"], number=number)
        known = declarations()[code]
        assert [str(each) for each in validate(known, record)] == []
        canonical, _faults = normalise(known, record)
        assert set(record["values"]) <= {field.code for field in known.fields}
        assert {name: len(rows) for name, rows in record["rows"].items()} == {
            name: len(canonical["rows"][name]) for name in record["rows"]
        }
        assert "{" not in title(code, record)


def test_the_same_chance_invents_the_same_record():
    twice = [invented_record("subsidy", Random(7), "示例镇", 2021, ["东村"]) for _ in range(2)]
    assert twice[0] == twice[1]
