"""办理页面: one page for each act: what it means, what to type, one button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.accounts.access import UserRequest
from gongkai.frame.acts import Page, attempt
from gongkai.frame.forms import form_page
from gongkai.frame.today import today
from gongkai.rules.flow import Flow
from gongkai.rules.law import Refused


@dataclass(frozen=True, slots=True)
class Deed:
    """How a page does one act (办理方式): the service, the form, what it means, what was done."""

    service: Callable[..., object]
    form: type[forms.Form]
    lede: str
    done: str | Callable[[Any], str]
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where an act happens (办理对象): the record, the roles held towards it, the page to which one returns.

    *noun* is how the addresses of its acts begin: ``report`` for ``report_send``; *template* extends
    ``frame/act.html`` and draws the record in its block ``subject``. *open* names the acts that are open
    where the table of acts alone does not decide it.
    """

    noun: str
    record: models.Model
    state: str
    roles: frozenset[str]
    home: Page
    template: str = "frame/act.html"
    open: frozenset[str] | None = None

    def opens(self, code: str) -> bool:
        """Whether this person may do the act here and now, as far as *open* says."""
        return self.open is None or code in self.open


def act_page(
    request: UserRequest, place: Place, flow: Flow, code: str, deed: Deed, **context: Any
) -> HttpResponse:
    """Show one act, or do it: those without the role may not, a state that does not allow it says why."""
    act = flow.acts[code]
    if not act.roles & place.roles:
        raise PermissionDenied(f"您的岗位不能{act.label}。")
    try:
        flow.after(place.state, code)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(place.home)
    if not place.opens(code):
        raise PermissionDenied(f"您的岗位不能在这个环节{act.label}。")
    initial = context.pop("initial", None)
    posted = request.method == "POST"
    form = deed.form(request.POST) if posted else deed.form(initial=initial)

    def run() -> object:
        return deed.service(place.record, by=request.user, today=today(request), **form.cleaned_data)

    answer = attempt(request, form, run, done=deed.done, to=place.home) if posted else None
    home = place.home.get_absolute_url()
    return answer or form_page(
        request,
        form,
        title=act.label,
        submit=act.label,
        cancel=home,
        lede=deed.lede,
        grave=deed.grave,
        template=place.template,
        record=place.record,
        others=_others(place, flow, code),
        breadcrumbs=[("我的工作台", reverse("desk")), (str(place.home), home), (act.label, "")],
        **context,
    )


def _others(place: Place, flow: Flow, code: str) -> list[tuple[str, str]]:
    """What else one could decide here (其他办理)."""
    open_now = flow.open_to(place.state, place.roles)
    acts = [each for each in open_now if each.code != code and place.opens(each.code)]
    return [(each.label, reverse(f"{place.noun}_{each.code}", args=[place.record.pk])) for each in acts]
