"""The same tasks come out whatever the layout, the line breaks, the width, the encoding and the file."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.plans import (
    ORDERS,
    PROSE,
    as_csv,
    as_docx,
    as_html,
    as_xlsx,
    make_plan,
    paged,
    samples,
    table_rows,
    wrapped,
)
from bench.score import answers_of, score
from gongkai.ledger.reader import Plan, Unreadable, read_plan, read_text

SAMPLES = {sample.name: sample for sample in samples()}

#: Where a line ends exactly between two names nothing shows which cut was meant.
LEAST_BODIES = 0.9


def mistakes(expected: list[dict], plan: Plan) -> dict[str, float]:
    measures = score(expected, answers_of(plan))
    return {name: value for name, value in measures.items() if value is not None and value < 1}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_layout_in_every_format_is_read_without_a_mistake(name):
    sample = SAMPLES[name]
    assert mistakes(sample.expected(), read_plan(sample.content)) == {}


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10_000),
    layout=st.sampled_from([name for name in PROSE if name not in ("run on", "two on a line")]),
    width=st.integers(24, 34),
    gap=st.sampled_from(["\n", "\n\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"]),
    leads=st.booleans(),
)
def test_hard_line_breaks_and_encodings_change_nothing(seed, layout, width, gap, encoding, leads):
    facts = make_plan(seed, leads=leads)
    content = paged(wrapped(PROSE[layout](facts), width, gap)).encode(encoding)
    assert mistakes([task.expected() for task in facts.tasks], read_plan(content)) == {}


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10_000),
    layout=st.sampled_from([name for name in PROSE if name not in ("run on", "two on a line")]),
    width=st.integers(16, 60),
)
def test_any_width_keeps_every_task_and_heading_and_nearly_every_body(seed, layout, width):
    facts = make_plan(seed, leads=True)
    plan = read_text(wrapped(PROSE[layout](facts), width))
    found = mistakes([task.expected() for task in facts.tasks], plan)
    assert found.pop("units_f1", 1) > LEAST_BODIES
    assert found.pop("leads", 1) > LEAST_BODIES
    assert found == {}


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10_000),
    order=st.sampled_from(["leads", "one column"]).flatmap(lambda name: st.permutations(ORDERS[name])),
    make=st.sampled_from(["docx", "xlsx", "html", "csv"]),
)
def test_columns_may_stand_in_any_order(seed, order, make):
    facts = make_plan(seed, 9, leads="牵头单位" in order)
    rows, merge = table_rows(facts, order), [order.index("重点领域")]
    content = {
        "docx": lambda: as_docx([facts.title], rows, merge),
        "xlsx": lambda: as_xlsx(facts.title, rows, merge),
        "html": lambda: as_html([facts.title], rows, merge),
        "csv": lambda: as_csv(rows),
    }[make]()
    expected = [{**task.expected(), "deadline_text": task.limit or "全年"} for task in facts.tasks]
    assert mistakes(expected, read_plan(content)) == {}


def test_a_head_repeated_on_every_page_is_no_task():
    facts = make_plan(5, 9)
    head, *rows = table_rows(facts, ORDERS["one column"])
    plan = read_plan(as_docx([facts.title], [head, *rows[:4], head, *rows[4:]]))
    assert len(plan.tasks) == 9


def test_full_width_digits_and_marks_are_the_same_numbers():
    plan = read_text("一、总则\n１．公开规划。（责任单位：区发改局）\n２．公开预算。（责任单位：区财政局）")
    assert [(task.number, task.units) for task in plan.tasks] == [("1", ("区发改局",)), ("2", ("区财政局",))]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=300) | st.text("一二、（）()1.2。；：责任单位牵头区局各镇年底前\n\t ", max_size=300))
def test_any_text_is_read_or_refused_in_one_sentence(text):
    reason = ""
    tasks = []
    try:
        tasks = list(read_text(text).tasks)
    except Unreadable as refusal:
        reason = str(refusal)
    assert not reason or reason.endswith("。")
    assert all(0 <= task.confidence <= 1 and task.position for task in tasks)
