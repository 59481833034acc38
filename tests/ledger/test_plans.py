"""要点的编制: plans and tasks from draft to archive."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.agencies.models import Group, Kind
from gongkai.ledger.models import Assignment, Notice, Plan, Report, Task
from gongkai.ledger.services import assignments, plans, reports
from gongkai.rules.law import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]


def test_a_plan_is_begun_by_the_office_alone(office, officer, unit, today, acts):
    made = plans.create_plan(year=2021, title=" 2021年要点 ", by=office(), today=today)
    assert (made.title, made.state, acts(made)) == ("2021年要点", "draft", ["新建要点"])
    with pytest.raises(PermissionDenied):
        plans.create_plan(year=2021, title="要点", by=officer(unit()), today=today)


@pytest.mark.parametrize(
    ("year", "title", "words"),
    [(1999, "要点", "年度应在"), (2021, " ", "请填写标题"), (2021, "长" * 121, "不能超过120个字")],
)
def test_a_plan_without_a_sound_head_is_refused(office, today, year, title, words):
    with pytest.raises(Refused, match=words):
        plans.create_plan(year=year, title=title, by=office(), today=today)


def test_the_head_of_a_plan_can_be_changed_until_it_is_closed(plan, office, acts):
    mine = plan()
    plans.edit_plan(mine, title="新标题", public=False, by=office())
    mine.refresh_from_db()
    assert (mine.title, mine.public, acts(mine)[-1]) == ("新标题", False, "修改要点")
    with pytest.raises(Refused, match="不能修改"):
        plans.edit_plan(plan(state="closed"), title="新标题", by=office())


def test_sections_stand_in_the_order_in_which_they_were_added(plan, office, acts):
    mine = plan()
    first = plans.add_section(mine, heading="一、公开", by=office())
    second = plans.add_section(mine, heading="（一）领域", parent=first, by=office())
    assert (first.position, second.position, second.parent) == (1, 2, first)
    assert acts(mine)[-1] == "添加章节"
    with pytest.raises(Refused, match="不属于这份要点"):
        plans.add_section(plan(), heading="（二）", parent=first, by=office())


def test_a_quarterly_task_brings_its_quarters_along(plan, task):
    steps = task(plan(state="draft"), cycle="quarterly").milestones.all()
    assert [str(step.due_on) for step in steps] == ["2021-03-31", "2021-06-30", "2021-09-30", "2021-12-31"]


def test_a_task_added_to_a_running_plan_owes_nothing_for_quarters_that_are_over(task):
    assert task(cycle="quarterly").milestones.all()[0].title == "第二季度"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "请填写任务内容"),
        ({"due_on": date(2020, 12, 31)}, "完成时限应在"),
        ({"cycle": "weekly"}, "请选择完成周期"),
        ({"weight": 0}, "权重"),
        ({"number": "长" * 21}, "序号不能超过20个字"),
    ],
)
def test_an_unsound_task_is_refused_and_nothing_is_half_written(plan, task, fields, words):
    mine = plan()
    with pytest.raises(Refused, match=words):
        task(mine, **fields)
    assert not mine.tasks.exists()


def test_a_changed_task_says_in_its_trace_what_changed(task, office, today, acts):
    mine = task()
    changed = plans.edit_task(mine, text="新的内容", due_on=date(2021, 9, 30), by=office(), today=today)
    assert (changed.text, acts(mine)[-1]) == ("新的内容", "修改任务")
    with pytest.raises(TypeError):
        plans.edit_task(mine, plan=None, by=office(), today=today)


def test_a_withdrawn_task_takes_no_more_changes(task, office, today, acts):
    mine = task()
    gone = plans.withdraw_task(mine, reason="上级调整", by=office(), today=today)
    assert (gone.withdrawn_on, acts(mine)[-1]) == (today, "取消任务")
    for act in (
        lambda: plans.withdraw_task(mine, reason="再次", by=office(), today=today),
        lambda: plans.edit_task(mine, text="改", by=office(), today=today),
        lambda: plans.split_task(mine, texts=["一", "二"], by=office(), today=today),
    ):
        with pytest.raises(Refused, match="已取消"):
            act()


def test_a_split_task_passes_units_and_steps_to_its_parts_in_place(
    plan, task, assignment, office, today, acts
):
    mine = plan()
    first, last = task(mine, cycle="quarterly", number="3"), task(mine)
    held = assignment(first)
    parts = plans.split_task(first, texts=["其一", "其二"], by=office(), today=today)
    assert [part.number for part in parts] == ["3-1", "3-2"]
    assert list(Task.objects.current().filter(plan=mine)) == [*parts, last]
    for part in parts:
        assert part.assignments.get().unit == held.unit
        assert part.milestones.count() == 3
    assert acts(first)[-1] == "分解任务"
    with pytest.raises(Refused, match="至少要有两项"):
        plans.split_task(last, texts=["其一"], by=office(), today=today)


def test_steps_are_set_by_the_office_within_the_tasks_deadline(task, office, acts):
    mine = task(due_on=date(2021, 9, 30))
    plans.set_milestones(mine, steps=[("方案", date(2021, 5, 31)), ("初稿", date(2021, 7, 31))], by=office())
    assert [step.title for step in mine.milestones.all()] == ["方案", "初稿"]
    assert acts(mine)[-1] == "设置时间节点"
    for steps, words in (
        ([("晚", date(2021, 10, 1))], "晚于任务的完成时限"),
        ([("同", date(2021, 5, 1)), ("同", date(2021, 6, 1))], "不能重复"),
        ([("", date(2021, 5, 1))], "请填写节点"),
    ):
        with pytest.raises(Refused, match=words):
            plans.set_milestones(mine, steps=steps, by=office())


def test_a_step_that_was_reported_on_can_not_go(assignment, report, office):
    mine = assignment(cycle="quarterly")
    report(mine, "signed", milestone=mine.task.milestones.first())
    with pytest.raises(Refused, match="已有报送"):
        plans.set_milestones(mine.task, steps=[("年底", date(2021, 12, 31))], by=office())


def test_a_task_is_bound_to_a_figure_that_exists(task, office, acts):
    mine = plans.bind_figure(task(), figure="ledger.done", target=Decimal(95), by=office())
    assert (mine.figure, mine.target, acts(mine)[-1]) == ("ledger.done", Decimal(95), "绑定指标")
    for figure, target, words in (
        ("nothing", None, "没有这个指标"),
        ("ledger.done", Decimal(101), "不能超过100"),
        ("ledger.overdue", Decimal(-1), "不能小于0"),
    ):
        with pytest.raises(Refused, match=words):
            plans.bind_figure(mine, figure=figure, target=target, by=office())


def test_sending_out_tells_each_unit_once_and_forgets_quarters_that_are_over(
    plan, task, assignment, officer, office, today, acts
):
    mine = plan(state="draft")
    held = assignment(task(mine, cycle="quarterly"))
    assignment(task(mine), held.unit)
    reader = officer(held.unit)
    issued = plans.issue_plan(mine, by=office(), today=today)
    held.refresh_from_db()
    assert (issued.state, issued.issued_on, held.due_on) == ("running", today, date(2021, 6, 30))
    assert [each.text for each in Notice.objects.filter(reader=reader)] == [
        "《2021年工作要点》已下发，本单位承担2项任务"
    ]
    assert acts(mine)[-1] == "下发各单位"


def test_a_plan_that_binds_nobody_is_not_sent_out(plan, task, office, today):
    empty, loose = plan(state="draft"), plan(state="draft")
    task(loose, number="7")
    with pytest.raises(Refused, match="还没有任务"):
        plans.issue_plan(empty, by=office(), today=today)
    with pytest.raises(Refused, match="1项任务没有责任单位（7）"):
        plans.issue_plan(loose, by=office(), today=today)
    with pytest.raises(Refused, match="不能下发各单位"):
        plans.issue_plan(plan(), by=office(), today=today)


def test_a_plan_is_closed_when_every_report_is_decided_and_can_be_opened_again(
    assignment, report, office, today, acts
):
    mine = assignment()
    signed = report(mine, "signed")
    closing = mine.task.plan
    with pytest.raises(Refused, match="还有1份报送待验收"):
        plans.close_plan(closing, by=office(), today=today)
    reports.accept_report(signed, by=office(), today=today)
    assert plans.close_plan(closing, by=office(), today=today).state == "closed"
    assert plans.reopen_plan(closing, by=office(), today=today).state == "running"
    assert acts(closing)[-2:] == ["归档", "重新启用"]
    with pytest.raises(Refused):
        plans.reopen_plan(closing, by=office(), today=today)


def test_last_years_plan_becomes_the_draft_of_the_next_without_its_reports(
    plan, task, assignment, report, unit, office, acts
):
    towns = Group.objects.create(name="各镇人民政府", kinds=[Kind.TOWN])
    one, two = unit(kind=Kind.TOWN), unit(kind=Kind.TOWN)
    heir = unit()
    gone = unit(ended_on=date(2021, 12, 1), successor=heir)
    old = plan()
    top = plans.add_section(old, heading="一、公开", by=office())
    below = plans.add_section(old, heading="（一）领域", parent=top, by=office())
    first = task(old, section=below, due_on=date(2021, 6, 30), cycle="fixed", deadline_text="2021年6月底前")
    Assignment.objects.create(
        task=first, unit=gone, part="lead", started_on=date(2021, 4, 1), due_on=first.due_on
    )
    assignments.assign_group(first, group=towns, part="support", by=office(), today=date(2021, 4, 20))
    task(old, cycle="quarterly")
    report(assignment(first), "accepted")
    two.ended_on = date(2021, 10, 1)
    two.save()
    three = unit(kind=Kind.TOWN)
    new = plans.copy_plan(old, year=2022, title="2022年要点", by=office(), today=date(2022, 2, 1))
    copied, quarterly = new.tasks.all()
    assert (copied.section.heading, copied.section.parent.heading) == ("（一）领域", "一、公开")
    assert (copied.due_on, copied.deadline_text) == (date(2022, 6, 30), "2022年6月底前")
    assert {(each.unit, each.part) for each in copied.assignments.all()} >= {
        (heir, "lead"),
        (one, "support"),
        (three, "support"),
    }
    assert not copied.assignments.filter(unit__in=(gone, two)).exists()
    assert quarterly.milestones.all()[0].due_on == date(2022, 3, 31)
    assert not Report.objects.filter(assignment__task__plan=new).exists()
    assert (new.state, new.copied_from, acts(new)) == ("draft", old, ["新建要点", "沿用要点"])


@pytest.mark.parametrize("act", ["edit_plan", "issue_plan", "close_plan", "add_section", "copy_plan"])
def test_a_unit_does_not_prepare_plans(plan, officer, unit, today, act):
    words = {
        "edit_plan": {"title": "改"},
        "add_section": {"heading": "一"},
        "copy_plan": {"year": 2022, "title": "新", "today": today},
    }.get(act, {"today": today})
    with pytest.raises(PermissionDenied):
        getattr(plans, act)(plan(), by=officer(unit()), **words)
    assert Plan.objects.count() == 1
