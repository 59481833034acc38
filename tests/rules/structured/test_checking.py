"""Sums, numbers, dates and personal data are checked; each fault names its row and column."""

from copy import deepcopy
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gongkai.demo.records import invented_record
from gongkai.rules.structured import declaration, masked, normalise, rows_of, validate
from gongkai.rules.structured.timing import SlotState, due, rows_on, shown_until, slots

IDENTITY, CARD = "379901199001011237", "6299990000001234560"


def invented(code, number=0):
    return deepcopy(invented_record(code, Random(3), "示例镇", 2021, ["东村", "西村"], number=number))


def said(code, record):
    return [str(each) for each in validate(declaration(code), record)]


def test_a_total_that_is_not_the_sum_of_the_rows_is_a_fault():
    record = invented("subsidy")
    record["values"]["total"] = "1"
    (fault,) = said("subsidy", record)
    assert "“发放总额”填的是1.00元" in fault
    assert "相差" in fault


def test_a_count_that_is_not_the_number_of_rows_is_a_fault():
    record = invented("subsidy")
    record["values"]["households"] = "1"
    assert said("subsidy", record)[0].startswith("“发放户数”填的是1")


def test_area_times_rate_must_give_the_amount():
    record = invented("subsidy")
    record["rows"]["people"][1]["quantity"] = "0.5"
    assert any("“发放明细”第2行“补贴金额”是" in each for each in said("subsidy", record))


def test_the_same_identity_number_twice_is_a_fault():
    record = invented("subsidy")
    for place in (0, 2):
        record["rows"]["people"][place]["identity"] = IDENTITY
    assert any("第3行“身份证号”与第1行重复" in each for each in said("subsidy", record))


@pytest.mark.clause("10")
def test_the_sums_of_codes_are_checked_level_by_level():
    record = invented("budget")
    record["rows"]["functions"][0]["amount"] = "1"
    assert any(
        "“支出表（功能分类）”第1行“合计”是1.00万元，下级科目相加是" in each for each in said("budget", record)
    )


@pytest.mark.clause("10")
def test_basic_spending_by_economic_class_must_match_the_functions():
    record = invented("budget")
    leaf = next(row for row in record["rows"]["economy"] if row["code"] == "303")
    leaf["amount"] = str(int(leaf["amount"]) + 7)
    assert any("两表应当相等，相差7.00万元" in each for each in said("budget", record))


def test_days_in_the_wrong_order_are_a_fault():
    record = invented("project")
    record["values"]["started_on"] = "2019-01-01"
    assert any("“开工日期”（2019-01-01）早于“批准日期”" in each for each in said("project", record))


def test_what_is_required_and_missing_is_named():
    record = invented("subsidy")
    del record["values"]["programme"]
    del record["rows"]["people"][0]["village"]
    assert {"请填写“补贴项目”", "“发放明细”第1行“村（社区）”没有填写"} <= set(said("subsidy", record))


def test_a_stage_that_does_not_apply_needs_a_reason():
    record = invented("project")
    record["stages"]["land"] = {"state": "none"}
    assert "“征收土地”不涉及，请写明原因" in said("project", record)


# --- personal data ----------------------------------------------------------------------------------


def exposed():
    record = invented("subsidy")
    row = record["rows"]["people"][0]
    row |= {"identity": IDENTITY, "account": CARD, "phone": "13800138000", "remark": "电话13900139000"}
    return record


@pytest.mark.clause("11")
def test_personal_data_that_is_not_masked_is_a_private_fault():
    found = [each for each in validate(declaration("subsidy"), exposed()) if each.private]
    assert [each.column for each in found] == ["identity", "account", "phone", "remark"]
    assert found[0].text == "“发放明细”第1行“身份证号”还没有脱敏"
    assert found[1].text == "“发放明细”第1行“银行账号”不得公开，请清空"


@pytest.mark.clause("11")
def test_masking_hides_what_must_be_hidden_and_leaves_the_rest():
    known = declaration("subsidy")
    before, _ = normalise(known, exposed())
    after = masked(known, before)
    row = rows_of(after, "people")[0]
    assert row["identity"] == "379901********1237"
    assert row["phone"] == "138****8000"
    assert row["remark"] == "电话139****9000"
    assert "account" not in row
    assert row["amount"] == rows_of(before, "people")[0]["amount"]
    assert validate(known, after) == []


@given(
    some.lists(
        some.sampled_from([IDENTITY, CARD, "13800138000", "甲", "东村3组12号", ""]), min_size=5, max_size=5
    )
)
def test_masking_twice_is_masking_once(cells):
    known = declaration("subsidy")
    keys = ("identity", "account", "phone", "remark", "village")
    record, _ = normalise(known, {"rows": {"people": [dict(zip(keys, cells, strict=True))]}})
    once = masked(known, record)
    assert masked(known, once) == once
    assert not any(each.private for each in validate(known, once))


# --- days -------------------------------------------------------------------------------------------


@pytest.mark.clause("10")
def test_a_budget_is_due_twenty_calendar_days_after_approval():
    record = invented("budget")
    record["values"]["approved_on"] = "2021-02-01"
    limit, last = due(declaration("budget"), record)
    assert (limit.code, last) == ("budget", date(2021, 2, 21))


@pytest.mark.clause("14")
def test_a_penalty_is_due_seven_working_days_after_the_decision():
    record = invented("enforcement")
    record["values"]["decided_on"] = "2021-09-24"
    assert due(declaration("enforcement"), record)[1] == date(2021, 10, 9)


def test_a_record_without_its_event_has_no_clock_yet():
    assert due(declaration("budget"), {"values": {}}) is None


def test_the_term_of_show_is_what_was_filled_in_or_the_shortest():
    known = declaration("subsidy")
    assert shown_until(known, {"values": {"notice_from": "2021-03-01"}}) == date(2021, 3, 8)
    both = {"values": {"notice_from": "2021-03-01", "notice_until": "2021-04-01"}}
    assert shown_until(known, both) == date(2021, 4, 1)


ROW = {
    "number": "示〔2021〕1号",
    "party": "某公司",
    "shown_from": "2021-01-31",
    "term": "3个月",
    "state": "有效",
}


@pytest.mark.clause("14")
def test_a_row_leaves_by_itself_when_its_term_is_over():
    table = declaration("enforcement").tables[0]
    record = {"rows": {"results": [ROW]}}
    assert rows_on(record, table, date(2021, 4, 30)) == [ROW]
    assert rows_on(record, table, date(2021, 5, 1)) == []


@pytest.mark.clause("14")
def test_of_a_revoked_decision_only_number_state_and_reason_stay():
    table = declaration("enforcement").tables[0]
    fallen = ROW | {"state": "已撤销", "changed_on": "2021-02-02", "reason": "复议撤销"}
    (left,) = rows_on({"rows": {"results": [fallen]}}, table, date(2021, 2, 3))
    assert set(left) == {"number", "state", "changed_on", "reason"}


@pytest.mark.clause("6")
def test_a_slot_is_filled_due_late_not_applicable_or_still_to_come():
    known = declaration("project")
    record = {
        "values": {"approved_on": "2021-03-01", "tendered_on": "2021-04-19", "land_on": "2021-01-05"},
        "stages": {
            "approve": {"state": "done", "on": "2021-03-10"},
            "build": {"state": "none", "note": "无"},
        },
    }
    found = {slot.stage.code: slot.state for slot in slots(known, record, date(2021, 4, 20))}
    assert found == {
        "approve": SlotState.FILLED,
        "tender": SlotState.DUE,
        "land": SlotState.OVERDUE,
        "build": SlotState.ABSENT,
        "accept": SlotState.WAITING,
    }


@pytest.mark.clause("20")
def test_the_assessment_of_an_accident_is_due_one_year_after_approval():
    record = {"values": {"approved_on": "2021-03-31"}, "stages": {}}
    last = slots(declaration("accident"), record, date(2022, 4, 1))[-1]
    assert (last.stage.code, last.due, last.state) == ("review", date(2022, 3, 31), SlotState.OVERDUE)
