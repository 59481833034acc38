"""公开职责: the board, the page of one duty, and the acts on it."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Role
from gongkai.disclosure.forms.duties import DutyForm, EndForm, EventForm, KeeperForm
from gongkai.disclosure.judging import gather, needs_event, papers_of, verdict_on, writing_url
from gongkai.disclosure.models import Duty
from gongkai.disclosure.services import duties as services
from gongkai.disclosure.views.board import TONES, Board
from gongkai.frame.acts import Page, attempt
from gongkai.frame.forms import form_page
from gongkai.frame.today import today
from gongkai.rules.duties import STANDINGS, record_of

TRAIL = ("公开职责", "/staff/disclosure/duties/")
PAPERS = 10
RECORD = 12


def _seen(request: UserRequest) -> QuerySet[Duty]:
    return Duty.objects.visible_to(request.user).select_related("unit", "column", "row", "keeper")


@staff_page()
def board(request: UserRequest) -> HttpResponse:
    """The duties of one's units, or of all (公开职责清单)."""
    day = today(request)
    listing = Board(request, _seen(request).on(day))  # type: ignore[attr-defined]
    for row in listing.page:
        row.writing = writing_url(row, day)  # type: ignore[attr-defined]
    return listing.respond(
        "disclosure/board.html",
        counts=listing.counts,
        office=request.user.has_role(Role.OFFICE),
        writes=request.user.has_role(Role.OFFICER, Role.APPROVER),
        breadcrumbs=[("公开职责", "")],
    )


@staff_page()
def duty(request: UserRequest, pk: int) -> HttpResponse:
    """One duty: how it stands and why, its papers, its periods, its events (公开职责)."""
    found, day = get_object_or_404(_seen(request), pk=pk), today(request)
    facts = gather(Duty.objects.filter(pk=found.pk))
    papers, events = facts.papers(found), facts.events.get(found.pk, [])
    verdict = verdict_on(found, day, papers, events)
    roles = request.user.roles_in(found.unit)
    record = record_of(found.terms, day, papers)[:RECORD]
    context = {
        "duty": found,
        "verdict": verdict,
        "tone": TONES[verdict.standing],
        "word": STANDINGS[verdict.standing],
        "papers": papers_of(found)[:PAPERS],
        "record": [(each, TONES[each.standing], STANDINGS[each.standing]) for each in record],
        "events": found.events.select_related("made_by"),
        "writing": writing_url(found, day) if roles & {Role.OFFICER, Role.APPROVER} else "",
        "office": Role.OFFICE in roles,
        "may_keep": bool(roles & {Role.OFFICE, Role.APPROVER}),
        "may_tell": needs_event(found) and bool(roles & {Role.OFFICE, Role.OFFICER, Role.APPROVER}),
        "breadcrumbs": [TRAIL, (found.title, "")],
    }
    return render(request, "disclosure/duty.html", context)


def _act(
    request: UserRequest,
    form: Any,
    run: Callable[[], object],
    *,
    title: str,
    done: str,
    to: str | Page,
    lede: str = "",
    grave: bool = False,
) -> HttpResponse:
    if request.method == "POST":
        answer = attempt(request, form, run, done=done, to=to)
        if answer:
            return answer
    cancel = to if isinstance(to, str) else to.get_absolute_url()
    trail = [TRAIL, (title, "")] if isinstance(to, str) else [TRAIL, (str(to), cancel), (title, "")]
    return form_page(request, form, title=title, cancel=cancel, lede=lede, grave=grave, breadcrumbs=trail)


@staff_page("office")
def duty_new(request: UserRequest) -> HttpResponse:
    """Lay a duty on a unit (设定公开职责)."""
    day = today(request)
    form = DutyForm(request.POST or None, today=day, initial={"starts_on": day, "limit": "general"})
    return _act(
        request,
        form,
        lambda: services.create_duty(by=request.user, today=day, **form.cleaned_data),
        title="设定公开职责",
        done="公开职责已设定。",
        to=reverse("duties"),
    )


@staff_page("office")
def duty_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what a duty asks for (修改公开职责)."""
    found, day = get_object_or_404(_seen(request), pk=pk), today(request)
    initial = {name: getattr(found, name) for name in DutyForm.base_fields}
    form = DutyForm(request.POST or None, today=day, initial=initial)
    return _act(
        request,
        form,
        lambda: services.edit_duty(found, by=request.user, today=day, **form.cleaned_data),
        title="修改公开职责",
        done="公开职责已修改。",
        to=found,
    )


@staff_page("office")
def duty_end(request: UserRequest, pk: int) -> HttpResponse:
    """End a duty (终止公开职责)."""
    found = get_object_or_404(_seen(request), pk=pk)
    form = EndForm(request.POST or None, initial={"on": today(request)})
    return _act(
        request,
        form,
        lambda: services.end_duty(found, by=request.user, **form.cleaned_data),
        title="终止公开职责",
        done="公开职责已终止。",
        to=found,
        lede="从终止日期起不再核对这项职责，以前的记录保留。",
        grave=True,
    )


@staff_page("office", "approver")
def duty_keeper(request: UserRequest, pk: int) -> HttpResponse:
    """Name the keeper of a duty (指定责任人)."""
    found = get_object_or_404(_seen(request), pk=pk)
    form = KeeperForm(request.POST or None, unit=found.unit, initial={"keeper": found.keeper_id})
    return _act(
        request,
        form,
        lambda: services.set_keeper(found, by=request.user, **form.cleaned_data),
        title="指定责任人",
        done="责任人已指定。",
        to=found,
    )


@staff_page("office", "officer", "approver")
def duty_event(request: UserRequest, pk: int) -> HttpResponse:
    """Tell what sets the clock going (登记起算事项)."""
    found, day = get_object_or_404(_seen(request), pk=pk), today(request)
    form = EventForm(request.POST or None, initial={"on": day})
    return _act(
        request,
        form,
        lambda: services.add_event(found, by=request.user, today=day, **form.cleaned_data),
        title="登记起算事项",
        done="已登记，公开期限从这一天起算。",
        to=found,
        lede="登记批准、作出决定等发生的日期，系统按法定期限计算应公开的日期。",
    )
