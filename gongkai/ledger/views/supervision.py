"""督办页面: the list, the record of one supervision, its letter, its acts."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongkai.accounts.access import UserRequest, View, staff_page
from gongkai.accounts.acts import Deed, Place, act_page
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.today import today
from gongkai.ledger.forms.deeds import AnswerForm, CloseForm, PressForm
from gongkai.ledger.models import Supervision
from gongkai.ledger.overview.board import badges_of
from gongkai.ledger.practice import ANSWER_WORKDAYS
from gongkai.ledger.services import supervision as services
from gongkai.ledger.states import SUPERVISION
from gongkai.rules.calendars import UnknownYear, with_estimate
from gongkai.rules.traces import trace, trace_between

DEEDS = {
    "answer": Deed(
        services.answer_supervision,
        AnswerForm,
        "反馈后由区政务公开办核实。任务办结的，请同时在任务页面报送完成情况。",
        "整改情况已反馈。",
    ),
    "press": Deed(
        services.press_supervision,
        PressForm,
        "再次督办会重新通知责任单位，并从新的时限起算。",
        "已再次督办。",
        grave=True,
    ),
    "close": Deed(services.close_supervision, CloseForm, "销号后督办结束，不能再修改。", "已销号。"),
}


class SupervisionSearch(Search):
    """States of supervision (督办筛选)."""

    state = forms.ChoiceField(
        label="状态", choices=[("", "全部状态"), *SUPERVISION.states.items()], required=False
    )
    late = forms.BooleanField(label="只看超期未反馈", required=False)


class Supervisions(Listing[Supervision]):
    """Supervision matters (督办事项)."""

    title = "督办"
    noun = "件"
    filters = SupervisionSearch
    search = ("number", "unit__name", "unit__short_name", "demand")
    order = ("-opened_on",)
    empty = Empty(
        "还没有督办事项",
        "任务逾期后，区政务公开办可以在任务清单中勾选，立案督办。",
        "/staff/assignments/?mark=overdue",
        "查看逾期任务",
    )
    columns = (
        Column(
            label="督办编号", value=lambda row: row.number, link=Supervision.get_absolute_url, sort="number"
        ),
        Column(label="被督办单位", value=lambda row: row.unit, sort="unit__position"),
        Column(label="任务数", value=lambda row: row.n, kind="number", sort="n"),
        Column(label="状态", value=Supervision.get_state_display, template="ledger/state_cell.html"),
        Column(label="发起日期", value=lambda row: row.opened_on, sort="opened_on", kind="narrow"),
        Column(
            label="反馈时限",
            value=lambda row: row.answer_by,
            sort="answer_by",
            template="ledger/answer_by_cell.html",
        ),
    )

    def narrow(self, rows: QuerySet[Supervision], asked: dict[str, Any]) -> QuerySet[Supervision]:
        """Late means: the day has passed without an answer."""
        if asked.pop("late", False):
            rows = rows.filter(state="open", answer_by__lt=today(self.request))
        return super().narrow(rows, asked)


@staff_page()
def supervisions(request: UserRequest) -> HttpResponse:
    """All supervision that the person may see (督办)."""
    rows = Supervision.objects.visible_to(request.user).select_related("unit")
    listing = Supervisions(request, rows.annotate(n=Count("assignments")))
    return listing.respond(breadcrumbs=[("我的工作台", reverse("desk")), ("督办", "")])


@staff_page()
def supervision(request: UserRequest, pk: int) -> HttpResponse:
    """One supervision with its record (督办单)."""
    found = _found(request, pk)
    assignments = found.assignments.select_related("unit", "task__plan").order_by("task__position")
    context = {
        "supervision": found,
        "badges": badges_of(assignments, today(request)),
        "steps": found.steps.select_related("by"),
        "acts": SUPERVISION.open_to(found.state, request.user.roles_in(found.unit)),
        "why": _why(found.opened_on, found.answer_by),
        "breadcrumbs": [("督办", reverse("supervisions")), (found.number, "")],
    }
    return render(request, "ledger/supervision.html", context)


def _why(opened: date, answer_by: date) -> str:
    """How the day for the answer was counted (时限说明)."""
    try:
        return trace_between(opened, answer_by, calendar=with_estimate()).summary()
    except UnknownYear:
        return ""


def _found(request: UserRequest, pk: int) -> Supervision:
    return get_object_or_404(
        Supervision.objects.visible_to(request.user).select_related("unit", "opened_by"), pk=pk
    )


def act(code: str) -> View:
    """The page of one act on a supervision (督办办理)."""

    @staff_page()
    def page(request: UserRequest, pk: int) -> HttpResponse:
        found = _found(request, pk)
        roles = request.user.roles_in(found.unit)
        place = Place("supervision", found, found.state, roles, found, "ledger/act.html")
        new_day = trace(today(request), ANSWER_WORKDAYS, calendar=with_estimate())
        initial = {"answer_by": new_day.last} if code == "press" else None
        return act_page(request, place, SUPERVISION, code, DEEDS[code], initial=initial)

    return page
