"""稿件页: everything about one edition on one page: where it stands, what stops it, what it says."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Role
from gongkai.documents import records
from gongkai.documents.forms.deeds import OverrideForm
from gongkai.documents.models import Edition
from gongkai.documents.overview.dossier import dossier
from gongkai.documents.overview.prose import prose
from gongkai.documents.services import gates
from gongkai.documents.services.gates import BY_CODE, WEIGHTS, faults
from gongkai.documents.services.guards import acts_open
from gongkai.documents.states import EDITABLE, OPEN, PAPER
from gongkai.documents.views.doors import buttons_of, crumbs, edition_of, tabs
from gongkai.documents.views.elements import facts_of
from gongkai.documents.views.found import Findings, found_in
from gongkai.documents.views.pictures import for_staff
from gongkai.documents.views.walking import steps_of
from gongkai.frame.acts import attempt, press
from gongkai.frame.forms import form_page
from gongkai.frame.today import now, today
from gongkai.rules.law import Refused


@staff_page()
def edition(request: UserRequest, pk: int) -> HttpResponse:
    """The record of an edition (稿件): steps, faults, text, attachments, history."""
    shown = edition_of(request, pk)
    reviews = list(shown.reviews.select_related("by"))
    roles = request.user.roles_in(shown.paper.unit)
    found = found_in(shown) if shown.state in OPEN else None
    context = {
        "edition": shown,
        "paper": shown.paper,
        "content": getattr(shown, "content", None),
        "html": for_staff(shown.content.html) if hasattr(shown, "content") else "",
        "rendered": records.render(shown, request.GET.get("page"), today=today(request))
        if shown.form
        else "",
        "acts": buttons_of(request, shown),
        "paper_acts": PAPER.open_to(shown.paper.state, roles) if _ends(shown) else [],
        "may_edit": shown.state in EDITABLE and bool({Role.OFFICER, Role.APPROVER} & roles),
        "steps": steps_of(shown, reviews),
        "returned": next((row for row in reversed(reviews) if not row.passed), None),
        "reviews": reviews,
        "faults": [] if found is None else _faults(shown, found),
        "may_override": bool({Role.APPROVER, Role.OFFICE} & roles),
        "found": found or [],
        "facts": facts_of(shown),
        "attachments": shown.attachments.all(),
        "countersigns": shown.countersigns.select_related("unit", "by"),
        "overrides": shown.overrides.select_related("by"),
        "gate_names": {code: gate.label for code, gate in BY_CODE.items()},
        "related": [shown.paper],
        "breadcrumbs": crumbs(shown.paper),
        "subnavigation": tabs(request, shown.paper, shown),
    }
    return render(request, "documents/edition.html", context)


def _faults(shown: Edition, content: Findings) -> list[dict[str, Any]]:
    """The gates' faults as the page shows them (关口问题)."""
    return [
        {"fault": each, "weight": WEIGHTS[each.gate.weight], "may_pass": each.gate.weight == "stop"}
        for each in faults(shown, content=content)
    ]


@staff_page("approver", "office")
def override(request: UserRequest, pk: int) -> HttpResponse:
    """Let an edition pass a gate against its warning (例外放行)."""
    shown = edition_of(request, pk)
    code = request.GET.get("gate", "") or request.POST.get("gate", "")
    form = OverrideForm(request.POST or None, initial={"gate": code})
    if not {Role.APPROVER, Role.OFFICE} & request.user.roles_in(shown.paper.unit):
        return _not_yours(request, shown)

    def run() -> object:
        remark, gate = form.cleaned_data["remark"], form.cleaned_data["gate"]
        return gates.override(shown, gate, remark=remark, by=request.user, at=now())

    if request.method == "POST":
        answer = attempt(request, form, run, done="已放行，理由已记录。", to=shown)
        if answer:
            return answer
    return form_page(
        request,
        form,
        title="例外放行",
        submit="放行",
        grave=True,
        cancel=shown.get_absolute_url(),
        lede=f"放行后不再拦下“{shown}”。放行次数和理由列入统计，请从严掌握。",
        breadcrumbs=crumbs(shown.paper, "例外放行"),
    )


def _not_yours(request: UserRequest, shown: Edition) -> HttpResponse:
    return press(request, lambda: _refuse("您的岗位不能放行这份稿件"), done="", to=shown)


def _refuse(reason: str) -> None:
    raise Refused(reason)


@staff_page()
def preview(request: UserRequest, pk: int) -> HttpResponse:
    """The edition as the public will see it (预览)."""
    shown = edition_of(request, pk)
    if not hasattr(shown, "content"):
        return redirect(shown)
    context = {
        "edition": shown,
        "paper": shown.paper,
        "body": prose(for_staff(shown.content.html), shown.attachments.all()).html,
        "rendered": records.render(shown, request.GET.get("page"), today=today(request)),
        "facts": dossier(shown.paper, shown, list(shown.paper.columns.all()), None),
        "attachments": shown.attachments.filter(inline=False),
        "back": reverse("edition", args=[shown.pk]),
        "may_edit": "edit" in acts_open(shown, request.user),
    }
    return render(request, "documents/preview.html", context)


def _ends(shown: Edition) -> bool:
    """Whether this edition is the paper's last word, and what is next concerns the paper (已到终点)."""
    if shown.state == "dropped":
        return not Edition.objects.open().filter(paper=shown.paper_id).exists()
    return shown.state in ("live", "withdrawn")
