"""The plan that the whole system starts from is read without one mistake."""

import json
from pathlib import Path

import pytest

from bench.score import answers_of, score
from gongkai.ledger.reader import DeadlineKind, Plan, read_plan

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.clause("40")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan((ROOT / "gongkai/demo/data/seed.txt").read_bytes())


@pytest.fixture(scope="module")
def answer() -> list[dict]:
    return json.loads((ROOT / "tests/data/workplans/seed.expected.json").read_text("utf-8"))["tasks"]


def test_all_forty_tasks_are_read_exactly(plan, answer):
    measures = score(answer, answers_of(plan))
    assert [task.number for task in plan.tasks] == [str(number) for number in range(1, 41)]
    assert {name: value for name, value in measures.items() if value is not None and value != 1} == {}


@pytest.mark.parametrize("field", ["others_text", "units_text"])
def test_wordings_are_kept_as_printed(plan, answer, field):
    assert [getattr(task, field) for task in plan.tasks] == [task.get(field, "") for task in answer]


def test_the_plan_knows_its_title_and_year(plan):
    assert (plan.title, plan.year) == ("2021年市中区政务公开工作要点", 2021)


def test_deadlines_become_days_of_the_plans_year(plan):
    limits = {task.number: task.deadlines for task in plan.tasks if task.deadlines}
    assert sorted(limits) == ["29", "32", "35", "36"]
    assert all(one.kind is DeadlineKind.FIXED and str(one.date) == "2021-12-31" for (one,) in limits.values())


def test_sections_make_a_tree_of_five(plan):
    assert [len(section.children) for section in plan.sections] == [6, 3, 3, 4, 4]
    assert [section.number for section in plan.sections] == ["一", "二", "三", "四", "五"]
    assert plan.sections[0].children[1].path == (
        "一、深化重点领域政府信息公开",
        "（二）着眼畅通经济循环推进政务公开",
    )


def test_what_stands_around_the_tasks_is_kept_apart(plan):
    assert plan.preamble.endswith("为加快新时代现代化强区建设做出新贡献。")
    assert plan.closing.startswith("各镇（街）、各部门单位要将本要点落实情况纳入政府信")


def test_every_piece_says_where_it_stands(plan):
    for task in plan.tasks:
        bare = "".join(plan.text[task.text_span.start : task.text_span.end].split())
        assert bare == "".join(task.text.split())
        for body in task.bodies:
            assert "".join(plan.text[body.span.start : body.span.end].split()) == body.name


def test_open_lists_are_marked_for_a_second_look(plan):
    doubted = {task.number: [doubt.code for doubt in task.doubts] for task in plan.tasks if task.doubts}
    assert doubted == {number: ["open"] for number in ("2", "13", "21", "36")}
    assert all(task.confidence < 1 for task in plan.tasks if task.number in doubted)
