"""纠错: what readers point at, and what became of it, within three working days."""

from typing import ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongkai.accounts.access import UserRequest, View, staff_page
from gongkai.accounts.acts import Deed, Place, act_page
from gongkai.accounts.models import User
from gongkai.documents.forms.filters import ErratumSearch
from gongkai.documents.forms.keeping import AnswerErratumForm
from gongkai.documents.models import Erratum
from gongkai.documents.services import errata as services
from gongkai.documents.states import ERRATUM
from gongkai.documents.views.acts import at_once
from gongkai.frame.listing import Column, Empty, Listing

DEEDS = {
    "mend": Deed(
        at_once(services.mend_erratum), AnswerErratumForm, "先更正有错的内容，再填写处理结果。", "已办结。"
    ),
    "decline": Deed(
        at_once(services.decline_erratum), AnswerErratumForm, "请写明为什么不需要更正。", "已办结。"
    ),
}


def erratum_url(row: Erratum) -> str:
    """The page of an erratum."""
    return reverse("erratum", args=[row.pk])


class ErratumListing(Listing[Erratum]):
    """The errata of one's units, the most urgent first (纠错)."""

    title = "公众纠错"
    noun = "件"
    columns = (
        Column(label="问题", value=lambda row: row.text[:80], link=erratum_url, kind="wide", width=60),
        Column(
            label="信息", value=lambda row: str(row.paper) if row.paper else row.address, width=40, on="sheet"
        ),
        Column(label="单位", value=lambda row: row.paper.unit.short_name if row.paper else "", width=16),
        Column(
            label="状态",
            value=lambda row: row.get_state_display(),
            template="documents/cells/erratum.html",
            sort="state",
            width=12,
        ),
        Column(
            label="答复期限",
            value=lambda row: row.due_on,
            sort="due_on",
            template="documents/cells/erratum_due.html",
            width=14,
        ),
        Column(label="收到时间", value=lambda row: row.received_at, sort="received_at", width=17),
        Column(label="处理结果", value=lambda row: row.reply, on="sheet", width=50),
        Column(label="处理人", value=lambda row: row.handled_by, on="sheet", width=12),
    )
    filters = ErratumSearch
    lookups: ClassVar[dict[str, str]] = {"unit": "paper__unit"}
    search = ("text", "quote", "paper__title")
    order: ClassVar[tuple[str, ...]] = ("-state", "due_on")
    empty = Empty("没有纠错", "公众在信息页面点“我要纠错”后，会出现在这里。")

    def search_form(self) -> forms.Form:
        """Only the units that the person may see are offered."""
        user = self.request.user
        assert isinstance(user, User)
        return ErratumSearch(self.request.GET, units=user.units())


def _seen(request: UserRequest) -> QuerySet[Erratum]:
    return Erratum.objects.visible_to(request.user).select_related("paper__unit", "handled_by")


@staff_page()
def errata(request: UserRequest) -> HttpResponse:
    """All errata of one's units (纠错列表)."""
    return ErratumListing(request, _seen(request)).respond(
        breadcrumbs=[("政府信息", reverse("papers")), ("公众纠错", "")],
    )


@staff_page()
def erratum(request: UserRequest, pk: int) -> HttpResponse:
    """One erratum (纠错)."""
    shown = get_object_or_404(_seen(request), pk=pk)
    context = {
        "erratum": shown,
        "acts": ERRATUM.open_to(shown.state, _roles(request, shown)),
        "breadcrumbs": [("公众纠错", reverse("errata")), (shown.text[:20], "")],
    }
    return render(request, "documents/erratum.html", context)


def _roles(request: UserRequest, shown: Erratum) -> frozenset[str]:
    """The roles towards the paper's unit; what is about no paper belongs to the office."""
    if shown.paper:
        return request.user.roles_in(shown.paper.unit)
    return frozenset({"office"} if request.user.has_role("office") else ())


def act(code: str) -> View:
    """The page on which an erratum is answered (纠错办理)."""

    @staff_page()
    def page(request: UserRequest, pk: int) -> HttpResponse:
        shown = get_object_or_404(_seen(request), pk=pk)
        roles = _roles(request, shown)
        place = Place("erratum", shown, shown.state, roles, shown, "documents/erratum_act.html")
        return act_page(request, place, ERRATUM, code, DEEDS[code], erratum=shown)

    return page
