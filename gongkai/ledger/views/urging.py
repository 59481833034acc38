"""催办与立案: what the office does with the rows that it ticked."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.agencies.models import Unit
from gongkai.frame.dates import date_zh
from gongkai.frame.listing import keys
from gongkai.frame.today import today
from gongkai.ledger.forms.supervision import ReminderForm, SupervisionForm
from gongkai.ledger.models import Assignment, Supervision
from gongkai.ledger.practice import ANSWER_WORKDAYS
from gongkai.ledger.services.notices import remind
from gongkai.ledger.services.supervision import open_supervision
from gongkai.rules.calendars import with_estimate
from gongkai.rules.law import Refused
from gongkai.rules.traces import trace

REMINDER = "请尽快报送下列任务的进展和佐证材料。"


@staff_page("office")
@require_POST
def urge(request: UserRequest) -> HttpResponse:
    """Where a list's ticked rows arrive (勾选后办理): on to the form that was asked for."""
    rows = _rows(request)
    if not rows:
        messages.warning(request, "请先勾选尚未完成的任务，再点催办或立案督办。")
        return redirect(_back(request))
    if request.POST.get("act") == "supervise":
        return _supervise(request, rows)
    return _remind(request, rows)


def _rows(request: UserRequest) -> list[Assignment]:
    ticked = ",".join([*request.POST.getlist("chosen"), *request.POST.getlist("ids")]).split(",")
    found = Assignment.objects.visible_to(request.user).current().unfinished().filter(pk__in=keys(ticked))
    found = found.select_related("unit", "task__plan")
    return list(found.order_by("unit__position", "unit", "due_on", "pk"))


def _back(request: UserRequest) -> str:
    """The page that the rows came from, if it is one of this site."""
    asked = request.POST.get("back") or request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(asked, {request.get_host()}):
        return asked
    return reverse("assignments")


def _remind(request: UserRequest, rows: Sequence[Assignment]) -> HttpResponse:
    asked = "text" in request.POST
    form = ReminderForm(request.POST) if asked else ReminderForm(initial={"text": REMINDER})
    if asked and form.is_valid():
        try:
            count = remind(rows, text=form.cleaned_data["text"], by=request.user, today=today(request))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            again = len(rows) - count
            note = f"另有 {again} 项今天已经提醒过，不再重复。" if again else ""
            messages.success(request, f"已发出提醒，涉及 {count} 项任务。{note}")
            return redirect(_back(request))
    return _show(request, form, rows, title="催办", submit="发出提醒", act="remind")


def _supervise(request: UserRequest, rows: Sequence[Assignment]) -> HttpResponse:
    day = today(request)
    way = trace(day, ANSWER_WORKDAYS, calendar=with_estimate())
    asked = "demand" in request.POST
    initial = {"demand": demand_for(rows), "answer_by": way.last}
    form = SupervisionForm(request.POST) if asked else SupervisionForm(initial=initial)
    if asked and form.is_valid():
        opened, refusals = _open(request, rows, form.cleaned_data)
        for refusal in refusals:
            form.add_error(None, refusal)
        if not refusals:
            messages.success(request, f"已立案督办 {len(opened)} 件。")
            return redirect(opened[0]) if len(opened) == 1 else redirect("supervisions")
    return _show(request, form, rows, title="立案督办", submit="立案并通知单位", act="supervise", way=way)


def _open(
    request: UserRequest, rows: Sequence[Assignment], typed: dict[str, Any]
) -> tuple[list[Supervision], list[str]]:
    """One supervision for each unit; what one unit's rules refuse does not stop the others."""
    opened, refusals = [], []
    typed = {**typed, "by": request.user, "today": today(request)}
    for unit, theirs in by_unit(rows):
        try:
            opened.append(open_supervision(unit=unit, assignments=theirs, **typed))
        except Refused as refused:
            refusals.append(f"{unit}：{refused}")
    return opened, refusals


def by_unit(rows: Sequence[Assignment]) -> list[tuple[Unit, list[Assignment]]]:
    """The rows under their units (按单位归并)."""
    found: dict[Unit, list[Assignment]] = defaultdict(list)
    for row in rows:
        found[row.unit].append(row)
    return list(found.items())


def demand_for(rows: Sequence[Assignment]) -> str:
    """The demand that the form begins with (督办要求)."""
    numbers = "、".join(dict.fromkeys(row.task.number or str(row.task) for row in rows))
    last = max(row.due_on for row in rows)
    return (
        f"《{rows[0].task.plan.title}》第{numbers}项任务"
        f"应于{date_zh(last)}前完成，目前尚未完成。请抓紧办理，按时反馈办理情况、未按期完成的原因和完成时间。"
    )


def _show(request: UserRequest, form: Any, rows: Sequence[Assignment], **context: Any) -> HttpResponse:
    given = {
        "form": form,
        "groups": by_unit(rows),
        "rows": rows,
        "ids": ",".join(str(row.pk) for row in rows),
        "back": _back(request),
        **context,
    }
    return render(request, "ledger/urge.html", given)
