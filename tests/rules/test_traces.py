"""The way to a date, explained (推算过程)."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.calendars import calendar_as_of, with_estimate
from gongkai.rules.traces import trace, trace_between
from gongkai.rules.workdays import add_workdays, count_workdays


def test_every_day_is_explained() -> None:
    lines = trace(date(2021, 4, 30), 3).lines()
    assert lines == [
        "2021年4月30日（星期五）起算日，不计入",
        "2021年5月1日（星期六）劳动节放假，不计入",
        "2021年5月2日（星期日）劳动节放假，不计入",
        "2021年5月3日（星期一）劳动节放假，不计入",
        "2021年5月4日（星期二）劳动节放假，不计入",
        "2021年5月5日（星期三）劳动节放假，不计入",
        "2021年5月6日（星期四）工作日，计入，第1个工作日",
        "2021年5月7日（星期五）工作日，计入，第2个工作日",
        "2021年5月8日（星期六）劳动节调休上班，计入，第3个工作日",
    ]


def test_the_summary_of_a_letter_names_the_exceptions_and_the_notice() -> None:
    assert trace(date(2021, 3, 31), 20).summary() == (
        "自2021年3月31日的次日起算，至2021年4月28日（星期三）共20个工作日。"
        "清明节放假3天不计入（4月3日至5日）。"
        "周末5天不计入（4月10日至11日、4月17日至18日、4月24日）。"
        "劳动节调休上班1天计入（4月25日）。"
        "依据：国办发明电〔2020〕27号。"
    )


def test_a_summary_across_two_years_names_the_second_year_and_both_notices() -> None:
    summary = trace(date(2021, 12, 31), 20).summary()
    assert "元旦放假3天不计入（2022年1月1日至3日）" in summary
    assert "2022年1月29日（星期六）共20个工作日" in summary
    assert "春节调休上班1天计入（2022年1月29日）" in summary
    assert summary.endswith("依据：国办发明电〔2021〕11号。")


def test_a_trace_as_of_an_earlier_day_rests_on_the_earlier_notice() -> None:
    old = trace(date(2020, 1, 22), 7, calendar=calendar_as_of(date(2020, 1, 22)))
    new = trace(date(2020, 1, 22), 7)
    assert [notice.number for notice in old.notices] == ["国办发明电〔2019〕16号"]
    assert [notice.number for notice in new.notices] == ["国办发明电〔2020〕1号"]
    assert "春节调休上班1天计入（2月1日）" in old.summary()


def test_a_paused_working_day_says_so() -> None:
    way = trace(date(2021, 3, 31), 20, pauses=[(date(2021, 4, 7), date(2021, 4, 20))])
    assert way.last == date(2021, 5, 14)
    assert "2021年4月7日（星期三）中止计算期间，不计入" in way.lines()
    assert "2021年4月10日（星期六）周末，不计入" in way.lines()
    assert "中止计算期间10天不计入（4月7日至9日、4月12日至16日、4月19日至20日）" in way.summary()


def test_an_estimated_day_is_marked_provisional() -> None:
    way = trace(date(2026, 12, 30), 3, calendar=with_estimate())
    assert way.provisional
    assert way.lines()[-1] == "2027年1月5日（星期二）工作日，计入，第3个工作日（暂定）"
    assert way.lines()[1] == "2026年12月31日（星期四）工作日，计入，第1个工作日"
    assert "本日期为暂定，公布后重新计算" in way.summary()
    assert not trace(date(2026, 12, 20), 3, calendar=with_estimate()).provisional


def test_a_trace_can_be_counted_backwards() -> None:
    way = trace(date(2021, 2, 18), -2)
    assert (way.last, way.workdays) == (date(2021, 2, 9), -2)
    assert way.summary().startswith("自2021年2月18日的前一日起算，至2021年2月9日（星期二）共2个工作日。")
    assert "春节放假7天不计入（2月11日至17日）" in way.summary()


def test_nothing_to_count_is_said_plainly() -> None:
    way = trace_between(date(2021, 2, 10), date(2021, 2, 13))
    assert way.workdays == 0
    assert way.summary().startswith(
        "2021年2月10日（起算日，不计入）至2021年2月13日（星期六）没有可计入的工作日。"
    )
    assert len(trace(date(2021, 2, 10), 0).steps) == 1


def test_a_span_across_months_names_both() -> None:
    assert "春节放假7天不计入（1月31日至2月6日）" in trace(date(2022, 1, 28), 5).summary()


def test_a_span_across_the_new_year_names_the_second_year() -> None:
    summary = trace_between(date(2022, 12, 28), date(2023, 1, 3)).summary()
    assert "元旦放假3天不计入（12月31日至2023年1月2日）" in summary


def test_a_long_way_gives_numbers_and_leaves_the_days_to_the_rows() -> None:
    way = trace_between(date(2021, 1, 1), date(2021, 12, 31))
    assert "。周末84天不计入。" in way.summary()
    assert "清明节放假3天不计入（4月3日至5日）" in way.summary()
    assert len(way.steps) == 365


def test_the_structured_rows_say_the_same_as_the_text() -> None:
    way = trace(date(2021, 4, 23), 2)
    plain = json.loads(json.dumps(way.as_dict(), ensure_ascii=False))
    assert (plain["start"], plain["last"], plain["workdays"]) == ("2021-04-23", "2021-04-26", 2)
    assert plain["provisional"] is False
    assert plain["notices"] == [
        {
            "number": "国办发明电〔2020〕27号",
            "title": "国务院办公厅关于2021年部分节假日安排的通知",
            "dated": "2020-11-25",
        }
    ]
    assert plain["steps"][2] == {
        "date": "2021-04-25",
        "weekday": "星期日",
        "kind": "makeup",
        "holiday": "劳动节",
        "reason": "劳动节调休上班",
        "counted": True,
        "number": 1,
        "provisional": False,
        "text": "2021年4月25日（星期日）劳动节调休上班，计入，第1个工作日",
    }
    assert [step["text"] for step in plain["steps"]] == way.lines()


@given(
    st.dates(date(2008, 1, 1), date(2024, 12, 31)),
    st.integers(-60, 60),
    st.lists(
        st.tuples(st.dates(date(2008, 1, 1), date(2025, 1, 1)), st.integers(0, 30)).map(
            lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))
        ),
        max_size=3,
    ),
)
def test_the_trace_reaches_the_day_that_adding_finds(
    start: date, workdays: int, pauses: list[tuple[date, date]]
) -> None:
    way = trace(start, workdays, pauses=pauses)
    assert way.last == add_workdays(start, workdays, pauses=pauses)
    assert way.workdays == workdays
    assert [step.number for step in way.steps if step.counted] == list(range(1, abs(workdays) + 1))


@pytest.mark.parametrize("last", [date(2021, 2, 22), date(2021, 1, 20), date(2020, 12, 1)])
def test_the_trace_between_two_days_counts_what_counting_counts(last: date) -> None:
    assert trace_between(date(2021, 1, 20), last).workdays == count_workdays(date(2021, 1, 20), last)
