"""回头看页面: last year's dated tasks, verified one by one."""

from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, View, staff_page
from gongkai.accounts.acts import Deed, Place, act_page
from gongkai.agencies.models import Unit
from gongkai.frame.acts import press
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.today import today
from gongkai.ledger.forms.deeds import MendForm, OrderForm, VerifyForm
from gongkai.ledger.models import LookBack, LookBackEntry, Plan
from gongkai.ledger.services import lookback as services
from gongkai.ledger.states import LOOKBACK

DEEDS = {
    "verify": Deed(
        services.verify_entry, VerifyForm, "核实任务确已落实。核查情况写入回头看报告。", "已核查属实。"
    ),
    "order": Deed(
        services.order_entry,
        OrderForm,
        "没有落实或落实不到位的，责令限期整改并通知单位。",
        "已责令整改，并通知责任单位。",
        grave=True,
    ),
    "mend": Deed(services.mend_entry, MendForm, "报送后由区政务公开办复核。", "整改结果已报送，等待复核。"),
}


@staff_page()
def lookbacks(request: UserRequest) -> HttpResponse:
    """The looks back that were started, and the plans that wait for one (回头看)."""
    counts = {
        "n": Count("lookback__entries"),
        **{
            f"n_{state}": Count("lookback__entries", filter=Q(lookback__entries__state=state))
            for state in LOOKBACK.states
        },
    }
    plans = Plan.objects.visible_to(request.user).exclude(state="draft").select_related("lookback")
    plans = plans.filter(Q(lookback__isnull=False) | Q(year__lt=today(request).year))
    context = {
        "title": "回头看",
        "plans": plans.annotate(**counts).order_by("-year"),
        "may_start": request.user.has_role("office"),
        "breadcrumbs": [("我的工作台", reverse("desk")), ("回头看", "")],
    }
    return render(request, "ledger/lookbacks.html", context)


@staff_page("office")
@require_POST
def start(request: UserRequest, pk: int) -> HttpResponse:
    """Begin the look back at a plan (启动回头看)."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=pk)

    def run() -> LookBack:
        return services.start_lookback(plan, by=request.user, today=today(request))

    return press(request, run, done=f"已启动《{plan.title}》回头看。", to=reverse("lookbacks"))


class EntrySearch(Search):
    """States and units (核查筛选)."""

    state = forms.ChoiceField(
        label="状态", choices=[("", "全部状态"), *LOOKBACK.states.items()], required=False
    )
    assignment__unit = forms.ModelChoiceField(
        Unit.objects.filter(pk__in=LookBackEntry.objects.values("assignment__unit")),
        label="单位",
        required=False,
        empty_label="全部单位",
    )


class Entries(Listing[LookBackEntry]):
    """The tasks under verification (核查事项)."""

    title = "核查事项"
    noun = "项"
    filters = EntrySearch
    search = ("assignment__task__text",)
    order = ("assignment__task__position", "assignment__position")
    empty = Empty("没有需要核查的事项", "回头看核查上一年度有明确责任单位和时限的任务。")
    columns = (
        Column(
            label="任务",
            value=lambda row: row.assignment.task,
            link=lambda row: row.assignment.get_absolute_url(),
            kind="wide",
            width=60,
        ),
        Column(label="责任单位", value=lambda row: row.assignment.unit, sort="assignment__unit__position"),
        Column(label="状态", value=LookBackEntry.get_state_display, template="ledger/state_cell.html"),
        Column(
            label="核查情况", value=lambda row: row.finding, template="ledger/finding_cell.html", kind="wide"
        ),
        Column(label="整改时限", value=lambda row: row.mend_by or "", kind="narrow"),
        Column(label="整改结果", value=lambda row: row.answer, on="sheet", width=40),
        Column(label="办理", value=str, template="ledger/entry_acts_cell.html", on="page"),
    )


@staff_page()
def lookback(request: UserRequest, pk: int) -> HttpResponse:
    """One look back with its entries (回头看台账)."""
    found = get_object_or_404(_seen(request), pk=pk)
    rows = LookBackEntry.objects.visible_to(request.user).filter(lookback=found)
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    listing = Entries(request, rows.select_related("assignment__unit", "assignment__task"))
    roles = [post.role for post in request.user.held]
    context: dict[str, Any] = {
        "lookback": found,
        "may_report": request.user.has_role("office", "assessor"),
        "counts": [(code, label, counts.get(code, 0)) for code, label in LOOKBACK.states.items()],
        "acts": {code: LOOKBACK.open_to(code, roles) for code in LOOKBACK.states},
        "breadcrumbs": [("回头看", reverse("lookbacks")), (found.plan.title, "")],
    }
    return listing.respond("ledger/lookback.html", **context)


def _seen(request: UserRequest) -> QuerySet[LookBack]:
    return LookBack.objects.filter(plan__in=Plan.objects.visible_to(request.user)).select_related("plan")


def act(code: str) -> View:
    """The page of one act on an entry (核查办理)."""

    @staff_page()
    def page(request: UserRequest, pk: int) -> HttpResponse:
        seen = LookBackEntry.objects.visible_to(request.user)
        found = get_object_or_404(
            seen.select_related("assignment__unit", "assignment__task", "lookback__plan"), pk=pk
        )
        roles = request.user.roles_in(found.assignment.unit)
        place = Place("entry", found, found.state, roles, found.lookback, "ledger/act.html")
        return act_page(request, place, LOOKBACK, code, DEEDS[code], entry=found)

    return page
