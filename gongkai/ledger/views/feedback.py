"""社会监督留言页面: the public's form, and the office's list."""

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.frame.acts import attempt
from gongkai.frame.forms import form_page
from gongkai.frame.listing import Column, Empty, Listing, Search, keys
from gongkai.frame.today import now, today
from gongkai.ledger.forms.deeds import HandleForm
from gongkai.ledger.forms.feedback import FeedbackForm
from gongkai.ledger.models import Feedback, Plan
from gongkai.ledger.overview.progress import public_tasks
from gongkai.ledger.services.feedback import handle_feedback, receive_feedback
from gongkai.rules.law import Refused


def newest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The form of the newest public plan (意见建议)."""
    plan = Plan.objects.public().first()
    return redirect("progress_feedback", plan.pk) if plan else redirect("progress")


@never_cache
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """The public's form (我要留言); this page alone sets a cookie, for the form's token."""
    plan = get_object_or_404(Plan.objects.public(), pk=pk)
    tasks = public_tasks(plan)
    if request.method != "POST":
        form = FeedbackForm(tasks=tasks, initial={"task": request.GET.get("task")})
        return _show(request, form, plan)
    form = FeedbackForm(request.POST, tasks=tasks)
    if not form.is_valid():
        return _show(request, form, plan)
    if form.from_machine:
        return redirect("progress_thanks", plan.pk)
    if not ratelimit.consume(request, action="feedback"):
        form.add_error(None, "您在一小时内已经提交了多条留言，请过一会儿再试。")
        return _show(request, form, plan)
    return _receive(request, form, plan)


def _receive(request: HttpRequest, form: FeedbackForm, plan: Plan) -> HttpResponse:
    typed = {name: value for name, value in form.cleaned_data.items() if name != "website"}
    try:
        found = receive_feedback(plan, at=now(), **typed)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _show(request, form, plan)
    return redirect(f"{reverse('progress_thanks', args=[plan.pk])}?number={found.pk}")


def _show(request: HttpRequest, form: FeedbackForm, plan: Plan) -> HttpResponse:
    home = reverse("progress_plan", args=[plan.pk])
    return form_page(
        request,
        form,
        title="我要留言",
        submit="提交留言",
        cancel=home,
        template="ledger/progress_feedback.html",
        frame="frame/public.html",
        plan=plan,
        breadcrumbs=[
            ("首页", "/"),
            ("要点落实进度", reverse("progress")),
            (plan.title, home),
            ("我要留言", ""),
        ],
    )


def thanks(request: HttpRequest, pk: int) -> HttpResponse:
    """The number under which the message was received (留言回执)."""
    plan = get_object_or_404(Plan.objects.public(), pk=pk)
    asked = request.GET.get("number", "")
    number = asked if asked.isascii() and asked.isdigit() and len(asked) < 12 else ""
    return render(request, "ledger/progress_thanks.html", {"plan": plan, "number": number})


class FeedbackSearch(Search):
    """Handled or not (留言筛选)."""

    handled_on__isnull = forms.TypedChoiceField(
        label="办理情况",
        choices=[("", "全部"), ("1", "未办理"), ("0", "已办理")],
        coerce=lambda value: value == "1",
        empty_value=None,
        required=False,
    )


def _page_of(row: Feedback) -> str:
    return reverse("feedback", args=[row.pk])


class Feedbacks(Listing[Feedback]):
    """What the public wrote (社会监督留言)."""

    title = "社会监督留言"
    filters = FeedbackSearch
    search = ("text", "name")
    order = ("-received_at",)
    empty = Empty("还没有收到留言", "公众在进度页面提交的意见建议会出现在这里。")
    columns = (
        Column(label="编号", value=lambda row: row.pk, kind="narrow"),
        Column(label="内容", value=lambda row: row.text, link=_page_of, kind="wide", width=60, template=""),
        Column(label="针对任务", value=lambda row: row.task or "不针对某一项", width=30),
        Column(
            label="收到时间", value=lambda row: row.received_at, sort="received_at", kind="narrow", width=18
        ),
        Column(
            label="办理情况",
            value=lambda row: f"已办理 {row.handled_on}" if row.handled_on else "未办理",
            template="ledger/handled_cell.html",
        ),
    )

    def narrow(self, rows: QuerySet[Feedback], asked: dict[str, Any]) -> QuerySet[Feedback]:
        """By plan as well, since the public pages belong to one."""
        plan = keys([self.request.GET.get("plan", "")])
        rows = rows.filter(plan__in=plan) if plan else rows
        return super().narrow(rows, asked)


@staff_page("office", "assessor")
def feedbacks(request: UserRequest) -> HttpResponse:
    """The office's list of messages (社会监督留言)."""
    rows = Feedback.objects.select_related("plan", "task")
    listing = Feedbacks(request, rows)
    return listing.respond(breadcrumbs=[("我的工作台", reverse("desk")), ("社会监督留言", "")])


@staff_page("office", "assessor")
def feedback(request: UserRequest, pk: int) -> HttpResponse:
    """One message, and what became of it (留言办理)."""
    found = get_object_or_404(Feedback.objects.select_related("plan", "task", "handled_by"), pk=pk)
    may = request.user.has_role("office") and found.handled_on is None
    posted = request.method == "POST"
    form = HandleForm(request.POST if posted else None)

    def act() -> object:
        return handle_feedback(found, by=request.user, today=today(request), **form.cleaned_data)

    answer = attempt(request, form, act, done=f"留言 {found.pk} 已办理。", to="feedbacks") if posted else None
    return answer or form_page(
        request,
        form,
        title=f"留言 {found.pk}",
        submit="办理完毕",
        cancel=reverse("feedbacks"),
        template="ledger/feedback.html",
        feedback=found,
        may=may,
        breadcrumbs=[("社会监督留言", reverse("feedbacks")), (f"留言 {found.pk}", "")],
    )
