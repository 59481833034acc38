"""编制要点的页面: the list, a plan by hand, its tasks, copying and sending out."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.ledger.figures import FIGURES
from gongkai.ledger.models import Plan, Task
from tests.ledger.importing import begin, district
from tests.ledger.pages import browser, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]


@pytest.fixture
def units():
    return district()


@pytest.fixture
def clerk(office):
    return office()


@pytest.fixture
def desk(clerk):
    return browser(clerk)


def task_post(**changes):
    """What the form of a task sends, with *changes*."""
    return {
        "number": "1",
        "text": "公开预算。",
        "section": "",
        "cycle": "quarterly",
        "due_on": "2021-12-31",
        "deadline_text": "",
        "weight": "2",
        "clause": "",
        "public": "on",
        "body-TOTAL_FORMS": "2",
        "body-INITIAL_FORMS": "0",
        "body-0-target": "区财政局",
        "body-0-part": "lead",
        "body-1-target": "各镇人民政府",
        "body-1-part": "each",
        "act": "save",
    } | changes


def test_a_plan_is_made_by_hand_and_sent_out(units, desk, acts):
    sent = {"title": "2021年要点", "year": 2021, "document_number": "", "public": "on"}
    answer = desk.post(reverse("plan_new"), sent)
    plan = Plan.objects.get()
    assert answer.url == reverse("plan_outline", args=[plan.pk])

    desk.post(reverse("section_new", args=[plan.pk]), {"heading": "一、重点工作", "parent": ""})
    section = plan.sections.get()
    desk.post(reverse("task_new", args=[plan.pk]), task_post(section=section.pk))
    task = plan.tasks.get()
    shares = {each.unit.short_name: each.part for each in task.assignments.all()}
    assert shares == {"区财政局": "lead", "甲镇": "each", "乙镇": "each"}
    assert task.milestones.count() == 4

    desk.post(reverse("plan_issue", args=[plan.pk]))
    plan.refresh_from_db()
    assert plan.state == "running"
    assert acts(plan) == ["新建要点", "添加章节", "下发各单位"]


def test_a_unit_that_nobody_knows_is_said_and_the_task_is_not_made(units, plan, desk):
    mine = plan(state="draft")
    page = text_of(desk.post(reverse("task_new", args=[mine.pk]), task_post(**{"body-0-target": "某某局"})))
    assert "没有找到“某某局”" in page
    assert "公开预算。" in page
    assert not mine.tasks.exists()


def test_a_task_is_changed_and_who_stays_keeps_the_assignment(units, plan, desk):
    mine = plan(state="draft")
    desk.post(reverse("task_new", args=[mine.pk]), task_post())
    task = mine.tasks.get()
    kept = task.assignments.get(unit__short_name="区财政局")
    page = text_of(desk.get(reverse("task_edit", args=[task.pk])))
    assert "各镇人民政府" in page
    changed = task_post(text="公开预算和决算。", **{"body-0-part": "support", "body-1-DELETE": "on"})
    assert desk.post(reverse("task_edit", args=[task.pk]), changed).status_code == 302
    task.refresh_from_db()
    kept.refresh_from_db()
    assert (task.text, kept.part, kept.ended_on) == ("公开预算和决算。", "support", None)
    assert task.assignments.filter(ended_on=None).count() == 1


def test_saving_a_task_unchanged_releases_nobody(units, plan, desk):
    mine = plan(state="draft")
    desk.post(reverse("task_new", args=[mine.pk]), task_post())
    task = mine.tasks.get()
    desk.post(reverse("task_edit", args=[task.pk]), task_post())
    assert task.assignments.filter(ended_on=None).count() == task.assignments.count() == 3


def test_a_task_is_split_at_the_empty_lines(task, desk):
    whole = task()
    page = desk.post(reverse("task_split", args=[whole.pk]), {"text": "只有一项"})
    assert "至少要分成两项" in text_of(page)
    desk.post(reverse("task_split", args=[whole.pk]), {"text": "第一项\n\n第二项"})
    assert [part.text for part in whole.parts.all()] == ["第一项", "第二项"]


def test_a_task_is_withdrawn_only_with_a_reason(task, desk):
    mine = task()
    assert "请填写取消理由" in text_of(desk.post(reverse("task_withdraw", args=[mine.pk]), {"reason": ""}))
    desk.post(reverse("task_withdraw", args=[mine.pk]), {"reason": "上级调整"})
    mine.refresh_from_db()
    assert mine.withdrawn_on


def test_steps_are_set_and_half_a_step_is_said(task, desk):
    mine = task()
    address = reverse("task_milestones", args=[mine.pk])
    head = {"step-TOTAL_FORMS": 1, "step-INITIAL_FORMS": 0}
    page = desk.post(address, head | {"step-0-title": "中期", "step-0-due_on": ""})
    assert "要一起填" in text_of(page)
    desk.post(address, head | {"step-0-title": "中期", "step-0-due_on": "2021-06-30"})
    assert [(step.title, step.due_on) for step in mine.milestones.all()] == [("中期", date(2021, 6, 30))]


def test_a_task_is_bound_to_a_figure_of_the_register(task, desk):
    mine = task()
    code = next(iter(FIGURES))
    desk.post(reverse("task_figure", args=[mine.pk]), {"figure": code, "target": "90"})
    mine.refresh_from_db()
    assert (mine.figure, int(mine.target)) == (code, 90)


def test_a_plan_is_copied_into_the_next_year(units, plan, desk):
    mine = plan(state="draft")
    desk.post(reverse("task_new", args=[mine.pk]), task_post())
    page = text_of(desk.get(reverse("plan_copy", args=[mine.pk])))
    assert "不带过去" in page
    desk.post(reverse("plan_copy", args=[mine.pk]), {"year": 2022, "title": "2022年要点"})
    copied = Plan.objects.get(year=2022)
    assert copied.tasks.get().due_on == date(2022, 12, 31)
    assert copied.tasks.get().assignments.count() == 3


def test_a_plan_with_a_task_that_nobody_has_to_do_is_not_sent_out(plan, task, desk):
    mine = plan(state="draft")
    task(mine)
    page = text_of(desk.post(reverse("plan_issue", args=[mine.pk])))
    assert "没有责任单位" in page
    mine.refresh_from_db()
    assert mine.state == "draft"


def test_the_list_shows_drafts_and_imports_to_the_office_alone(units, plan, clerk, desk, officer):
    plan(state="draft", title="草稿要点")
    begin(clerk)
    page = text_of(desk.get(reverse("plans")))
    assert "草稿要点" in page
    assert "继续核对" in page
    other = text_of(browser(officer(units["区发改局"])).get(reverse("plans")))
    assert "草稿要点" not in other
    assert "继续核对" not in other
    assert "手工新建" not in other


NAMES = ["plan_outline", "plan_edit", "plan_copy", "plan_issue", "section_new", "task_new"]


@pytest.mark.parametrize("name", NAMES)
def test_the_making_of_plans_is_the_offices_alone(units, plan, officer, desk, name):
    address = reverse(name, args=[plan(state="draft").pk])
    assert browser(officer(units["区发改局"])).get(address).status_code == 403
    assert desk.get(address).status_code == 200


def test_the_list_of_plans_asks_as_much_for_many_as_for_few(plan, desk, django_assert_max_num_queries):
    for year in range(2010, 2025):
        plan(year=year)
    with django_assert_max_num_queries(14):
        assert desk.get(reverse("plans")).status_code == 200


def test_the_outline_asks_as_much_for_many_tasks_as_for_few(plan, task, desk, django_assert_max_num_queries):
    mine = plan(state="draft")
    for _ in range(20):
        task(mine)
    with django_assert_max_num_queries(14):
        assert desk.get(reverse("plan_outline", args=[mine.pk])).status_code == 200
    assert Task.objects.count() == 20


@pytest.mark.parametrize("total", ["²", "9" * 5000, "-1", "x", ""])
def test_one_more_line_survives_a_broken_count_of_lines(plan, desk, total):
    url = reverse("task_new", args=[plan(state="draft").pk])
    answer = desk.post(url, task_post(act="more") | {"body-TOTAL_FORMS": total})
    assert answer.status_code == 200
    assert "公开预算。" in text_of(answer)


def test_enter_saves_a_task_and_adds_no_line(plan, office):
    page = browser(office()).get(reverse("task_new", args=[plan(state="draft").pk])).content.decode()
    form = page[page.index("<form", page.index("<main")) :]
    assert form.index('value="save"') < form.index('value="more"')
