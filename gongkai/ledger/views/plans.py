"""要点的编制: the list of plans, a plan by hand, copied, sent out, closed."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Role
from gongkai.frame.acts import attempt
from gongkai.frame.forms import form_page
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.today import today
from gongkai.ledger.forms.plans import BlankForm, CopyForm, PlanForm
from gongkai.ledger.models import Assignment, Plan, PlanImport, Task
from gongkai.ledger.services import plans as services
from gongkai.ledger.services.importing.changes import section_paths
from gongkai.ledger.states import PLAN


class PlanSearch(Search):
    """Filters of the list of plans (筛选要点)."""

    year = forms.IntegerField(label="年度", required=False)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *PLAN.states.items()])


class PlanListing(Listing[Plan]):
    """Plans, the newest first (要点列表)."""

    title = "要点与台账"
    noun = "份要点"
    columns = (
        Column(label="年度", value=lambda row: row.year, sort="year", kind="narrow", width=8),
        Column(label="标题", value=lambda row: row.title, link=Plan.get_absolute_url, kind="wide", width=50),
        Column(
            label="状态",
            value=lambda row: row.get_state_display(),
            sort="state",
            template="ledger/plan_state_cell.html",
        ),
        Column(label="任务", value=lambda row: row.task_count, kind="number", width=8),
        Column(label="分工", value=lambda row: row.share_count, kind="number", width=8),
        Column(label="下发日期", value=lambda row: row.issued_on or "", sort="issued_on", kind="narrow"),
        Column(label="办理", value=str, template="ledger/plan_acts_cell.html", on="page"),
    )
    filters = PlanSearch
    search = ("title", "document_number")
    order: ClassVar = ("-year", "-id")
    empty = Empty("还没有下发的要点", "区政务公开办下发要点后，会列在这里。")


class OfficeListing(PlanListing):
    """The same for those who make plans (要点列表)."""

    empty = Empty("还没有要点", "把今年的工作要点文件交给系统，几分钟就能变成台账。点右上角“导入要点”开始。")


@staff_page()
def plan_list(request: UserRequest) -> HttpResponse:
    """All plans, and the imports under way (要点与台账)."""
    office = request.user.has_role(Role.OFFICE)
    kind = OfficeListing if office else PlanListing
    listing = kind(request, _counted(Plan.objects.visible_to(request.user)))
    under_way = PlanImport.objects.filter(state="checking").select_related("started_by", "revises")
    return listing.respond("ledger/plan_list.html", office=office, under_way=under_way[:10] if office else [])


def _counted(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    tasks = Count("tasks", filter=Q(tasks__withdrawn_on=None, tasks__split_on=None))
    open_ones = Assignment.objects.filter(
        task__plan=OuterRef("pk"), ended_on=None, task__withdrawn_on=None, task__split_on=None
    )
    shares = open_ones.order_by().values("task__plan").annotate(n=Count("pk")).values("n")
    counted = Coalesce(Subquery(shares), 0, output_field=IntegerField())
    return plans.annotate(task_count=tasks, share_count=counted)


@staff_page(Role.OFFICE)
def plan_new(request: UserRequest) -> HttpResponse:
    """A plan by hand (新建要点)."""
    form = PlanForm(request.POST or None, initial={"year": today(request).year, "public": True})
    if request.method == "POST":
        made: list[Plan] = []
        answer = attempt(
            request,
            form,
            lambda: made.append(
                services.create_plan(by=request.user, today=today(request), **form.cleaned_data)
            ),
            done="已新建要点，接着添加章节和任务",
            to="plans",
        )
        if answer:
            return redirect("plan_outline", made[0].pk)
    return form_page(request, form, title="新建要点", submit="新建", cancel=reverse("plans"))


@staff_page(Role.OFFICE)
def plan_outline(request: UserRequest, pk: int) -> HttpResponse:
    """The plan as it is being made (编制): headings, tasks, units, and what to do next."""
    plan = get_object_or_404(Plan, pk=pk)
    tasks = plan.tasks.current().annotate(
        share_count=Count("assignments", filter=Q(assignments__ended_on=None))
    )
    context = {
        "title": plan.title,
        "plan": plan,
        "blocks": _blocks(plan, list(tasks)),
        "loose": tasks.filter(share_count=0).count(),
        "acts": PLAN.open_to(plan.state, [Role.OFFICE]),
        "breadcrumbs": [
            ("要点与台账", reverse("plans")),
            (plan.title, ""),
        ],
    }
    return render(request, "ledger/plan_outline.html", context)


def _blocks(plan: Plan, tasks: list[Task]) -> list[dict[str, Any]]:
    """The headings in order, each with its tasks; tasks without a heading come first."""
    paths = section_paths(plan)
    by_section: dict[int, list[Task]] = {}
    for task in tasks:
        by_section.setdefault(task.section_id or 0, []).append(task)
    places = {key: min((task.position for task in held), default=0) for key, held in by_section.items()}
    order = sorted(by_section, key=lambda key: places[key]) + [key for key in paths if key not in by_section]
    return [{"key": key, "path": paths.get(key, ()), "tasks": by_section.get(key, [])} for key in order]


@staff_page(Role.OFFICE)
def plan_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Title, year, number, publicity (修改要点)."""
    plan = get_object_or_404(Plan, pk=pk)
    form = PlanForm(request.POST or None, instance=get_object_or_404(Plan, pk=pk))
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: services.edit_plan(plan, by=request.user, **form.cleaned_data),
            done="已保存",
            to=reverse("plan_outline", args=[pk]),
        )
        if answer:
            return answer
    return form_page(request, form, title="修改要点", cancel=reverse("plan_outline", args=[pk]))


@staff_page(Role.OFFICE)
def plan_copy(request: UserRequest, pk: int) -> HttpResponse:
    """The plan as next year's draft (沿用): what comes along is said before."""
    plan = get_object_or_404(Plan, pk=pk)
    next_year = plan.year + 1
    initial = {"year": next_year, "title": plan.title.replace(str(plan.year), str(next_year))}
    form = CopyForm(request.POST or None, initial=initial)
    if request.method == "POST":
        made: list[Plan] = []
        answer = attempt(
            request,
            form,
            lambda: made.append(
                services.copy_plan(plan, by=request.user, today=today(request), **form.cleaned_data)
            ),
            done="已沿用为草稿，请逐项修改后下发",
            to="plans",
        )
        if answer:
            return redirect("plan_outline", made[0].pk)
    tasks = plan.tasks.current().prefetch_related("milestones")
    context = {"plan": plan, "tasks": tasks, "years": next_year - plan.year, "next_year": next_year}
    return form_page(
        request,
        form,
        title="沿用要点",
        submit="沿用为草稿",
        cancel=plan.get_absolute_url(),
        template="ledger/plan_copy.html",
        **context,
    )


def _act(
    request: UserRequest, pk: int, service: Callable[..., object], *, title: str, lede: str, done: str
) -> HttpResponse:
    """One act on the whole plan behind a page that says what it means (整份办理)."""
    plan = get_object_or_404(Plan, pk=pk)
    form = BlankForm({} if request.method == "POST" else None)
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: service(plan, by=request.user, today=today(request)),
            done=done,
            to=plan,
        )
        if answer:
            return answer
    cancel = reverse("plan_outline", args=[pk])
    return form_page(request, form, title=title, submit=title, cancel=cancel, lede=lede)


@staff_page(Role.OFFICE)
def plan_issue(request: UserRequest, pk: int) -> HttpResponse:
    """Send the plan out (下发各单位)."""
    open_ones = Assignment.objects.filter(task__plan=pk, ended_on=None)
    units = open_ones.values("unit").distinct().count()
    lede = f"下发后，{units} 个单位会在自己的工作台上收到 {open_ones.count()} 项分工。"
    return _act(
        request, pk, services.issue_plan, title="下发各单位", lede=lede, done=f"已下发给 {units} 个单位"
    )


@staff_page(Role.OFFICE)
def plan_close(request: UserRequest, pk: int) -> HttpResponse:
    """Close the plan (归档)."""
    lede = "归档后，各单位不能再报送这份要点的进展；台账和公开页面仍可查看。"
    return _act(request, pk, services.close_plan, title="归档", lede=lede, done="已归档")


@staff_page(Role.OFFICE)
def plan_reopen(request: UserRequest, pk: int) -> HttpResponse:
    """Open the plan again (重新启用)."""
    lede = "重新启用后，各单位可以继续报送进展。"
    return _act(request, pk, services.reopen_plan, title="重新启用", lede=lede, done="已重新启用")
