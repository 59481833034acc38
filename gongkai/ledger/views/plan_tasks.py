"""任务的编制: sections and tasks by hand, with their units, steps and figures."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Role
from gongkai.frame.acts import attempt
from gongkai.frame.forms import form_page
from gongkai.frame.today import today
from gongkai.ledger.forms.bodies import BodyFormSet, body_lines, with_one_more
from gongkai.ledger.forms.plans import (
    FigureForm,
    ReasonForm,
    SectionForm,
    SplitForm,
    TaskForm,
    step_lines,
)
from gongkai.ledger.models import Plan, Task
from gongkai.ledger.services import plans as services
from gongkai.ledger.services.importing import Directory, share_task
from gongkai.ledger.services.importing.rows import Answer, Row, RowBody
from gongkai.ledger.services.plans.task import EDITABLE

RELEASED = "调整责任单位"


@staff_page(Role.OFFICE)
def section_new(request: UserRequest, pk: int) -> HttpResponse:
    """Add a heading (添加章节)."""
    plan = get_object_or_404(Plan, pk=pk)
    form = SectionForm(request.POST or None, plan=plan)
    back = reverse("plan_outline", args=[pk])

    def act() -> object:
        return services.add_section(plan, by=request.user, **form.cleaned_data)

    answer = attempt(request, form, act, done="已添加章节", to=back) if request.method == "POST" else None
    return answer or form_page(request, form, title="添加章节", submit="添加", cancel=back)


@staff_page(Role.OFFICE)
def task_new(request: UserRequest, pk: int) -> HttpResponse:
    """Add a task with its units (添加任务)."""
    plan = get_object_or_404(Plan, pk=pk)
    day = today(request)
    initial = {
        "section": request.GET.get("section"),
        "due_on": date(plan.year, 12, 31),
        "weight": 1,
        "public": plan.public,
        "cycle": Task.Cycle.YEAR_ROUND,
    }
    form = TaskForm(request.POST or None, plan=plan, initial=initial)

    def act(fields: dict[str, Any]) -> Task:
        return services.add_task(plan, by=request.user, today=day, **fields)

    return _task_page(request, plan, form, None, act, title="添加任务", done="已添加任务")


@staff_page(Role.OFFICE)
def task_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a task and its units (修改任务)."""
    task = get_object_or_404(Task.objects.select_related("plan"), pk=pk)
    day = today(request)
    form = TaskForm(request.POST or None, plan=task.plan, instance=get_object_or_404(Task, pk=pk))

    def act(fields: dict[str, Any]) -> Task:
        known = {name: value for name, value in fields.items() if name in EDITABLE}
        return services.edit_task(task, by=request.user, today=day, **known)

    return _task_page(request, task.plan, form, task, act, title="修改任务", done="已保存任务")


def _task_page(
    request: UserRequest,
    plan: Plan,
    form: TaskForm,
    task: Task | None,
    act: Callable[[dict[str, Any]], Task],
    *,
    title: str,
    done: str,
) -> HttpResponse:
    directory = Directory(today(request))
    more = request.POST.get("act") == "more"
    lines = body_lines(directory, _held(task), _posted(request, more))
    back = reverse("plan_outline", args=[plan.pk])

    def save() -> None:
        with transaction.atomic():
            made = act(form.cleaned_data)
            row = Row(key=0, text=made.text, bodies=lines.bodies())
            share_task(
                made, directory.shares(row, {}), reason=RELEASED, by=request.user, today=directory.today
            )

    if request.method == "POST" and not more and _settled(form, lines, directory):
        answer = attempt(request, form, save, done=done, to=back)
        if answer:
            return answer
    context = {
        "title": title,
        "form": form,
        "lines": lines,
        "quiet": more,
        "plan": plan,
        "task": task,
        "cancel": back,
        "agency_choices": list(directory.choices()),
        "section_choices": [],
        "breadcrumbs": [("要点与台账", reverse("plans")), (plan.title, back), (title, "")],
    }
    return render(request, "ledger/task_form.html", context)


def _settled(form: TaskForm, lines: BodyFormSet, directory: Directory) -> bool:
    """Whether all is well typed and every line names somebody."""
    if not (form.is_valid() and lines.is_valid()):
        return False
    for line in lines.forms:
        body = line.body()
        if body and not directory.meaning(body, {}).settled:
            line.add_error("target", f"没有找到“{body.name}”，请从候选中选择")
    return not any(line.errors for line in lines.forms)


def _posted(request: UserRequest, more: bool) -> Any:
    if request.method != "POST":
        return None
    return with_one_more(request.POST) if more else request.POST


def _held(task: Task | None) -> Row | None:
    """The units of a task as lines of the form: each unit once, a group as one line."""
    if task is None:
        return None
    lines: dict[tuple[str, str], RowBody] = {}
    for each in task.assignments.filter(ended_on=None).select_related("unit", "group"):
        if each.group:
            body = RowBody(each.group.name, each.part, answer=Answer(group=each.group.pk))
        else:
            body = RowBody(each.unit.short_name, each.part, answer=Answer(units=(each.unit.pk,)))
        lines[body.name, body.part] = body
    return Row(key=task.pk, text=task.text, bodies=tuple(lines.values()))


@staff_page(Role.OFFICE)
def task_split(request: UserRequest, pk: int) -> HttpResponse:
    """Make several tasks of one (分解任务)."""
    return _simple(
        request,
        pk,
        SplitForm,
        lambda task, form: services.split_task(
            task, texts=form.cleaned_data["text"], by=request.user, today=today(request)
        ),
        title="分解任务",
        done="已分解任务",
        initial=lambda task: {"text": task.text},
        lede="分解后，各项分别报送；原任务的报送记录保留，不再继续报送。",
    )


@staff_page(Role.OFFICE)
def task_figure(request: UserRequest, pk: int) -> HttpResponse:
    """Bind a task to a live figure (绑定指标)."""
    return _simple(
        request,
        pk,
        FigureForm,
        lambda task, form: services.bind_figure(task, by=request.user, **form.cleaned_data),
        title="绑定指标",
        done="已保存指标",
        initial=lambda task: {"figure": task.figure, "target": task.target},
        lede="绑定后，任务页直接显示系统算出的数值，点开能看到背后的每一条记录。",
    )


@staff_page(Role.OFFICE)
def task_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take a task out of the plan (取消任务)."""
    return _simple(
        request,
        pk,
        ReasonForm,
        lambda task, form: services.withdraw_task(
            task, reason=form.cleaned_data["reason"], by=request.user, today=today(request)
        ),
        title="取消任务",
        done="已取消任务",
        lede="取消后，各单位不再报送这项任务；已有的报送记录保留。",
        grave=True,
    )


def _simple(
    request: UserRequest,
    pk: int,
    kind: type[forms.Form],
    act: Callable[[Task, forms.Form], object],
    *,
    title: str,
    done: str,
    lede: str,
    initial: Callable[[Task], dict[str, Any]] | None = None,
    grave: bool = False,
) -> HttpResponse:
    """One act on one task: what it means, what to type, one button."""
    task = get_object_or_404(Task.objects.select_related("plan"), pk=pk)
    form = kind(request.POST or None, initial=initial(task) if initial else None)
    back = reverse("plan_outline", args=[task.plan_id])
    if request.method == "POST":
        answer = attempt(request, form, lambda: act(task, form), done=done, to=back)
        if answer:
            return answer
    crumbs = [("要点与台账", reverse("plans")), (task.plan.title, back), (title, "")]
    return form_page(
        request,
        form,
        title=f"{title}：{task}",
        submit=title,
        cancel=back,
        lede=lede,
        grave=grave,
        breadcrumbs=crumbs,
    )


@staff_page(Role.OFFICE)
def task_milestones(request: UserRequest, pk: int) -> HttpResponse:
    """The dated steps of a task (时间节点)."""
    task = get_object_or_404(Task.objects.select_related("plan"), pk=pk)
    lines = step_lines(task, request.POST or None)
    form = forms.Form(request.POST or None)
    back = reverse("plan_outline", args=[task.plan_id])
    if request.method == "POST" and lines.is_valid():
        answer = attempt(
            request,
            form,
            lambda: services.set_milestones(task, steps=lines.steps(), by=request.user),
            done="已保存时间节点",
            to=back,
        )
        if answer:
            return answer
    crumbs = [("要点与台账", reverse("plans")), (task.plan.title, back), ("时间节点", "")]
    context = {"title": "时间节点", "task": task, "lines": lines, "form": form, "cancel": back}
    return render(request, "ledger/task_milestones.html", context | {"breadcrumbs": crumbs})
