"""目录调整记录: the proposals of the units and the decisions of the office, all kept."""

from dataclasses import fields

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongkai.accounts.access import UserRequest, View, staff_page
from gongkai.accounts.acts import Deed, Place, act_page
from gongkai.disclosure.forms.rows import RefusalForm, RemarkForm
from gongkai.disclosure.models import RowChange
from gongkai.disclosure.models.catalogue import facts_from
from gongkai.disclosure.services import rows as services
from gongkai.disclosure.states import ROW_CHANGE
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.rules.catalogue import LABELS, RowFacts, said

DEEDS = {
    "accept": Deed(services.accept_change, RemarkForm, "采纳后标准目录马上更新。", "已采纳，目录已更新。"),
    "refuse": Deed(
        services.refuse_change, RefusalForm, "理由会告诉提出单位。", "已退回提出单位。", grave=True
    ),
    "drop": Deed(services.drop_change, forms.Form, "撤回后区政务公开办不再审定。", "已撤回。"),
}


class ChangeSearch(Search):
    """States of changes (调整筛选)."""

    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部状态"), *ROW_CHANGE.states.items()]
    )


class Changes(Listing[RowChange]):
    """The log of changes (目录调整记录)."""

    title = "目录调整记录"
    noun = "条"
    filters = ChangeSearch
    search = ("title", "reason")
    order = ("-proposed_on", "-pk")
    empty = Empty("还没有目录调整", "各单位可以对自己负责的公开事项提出调整，区政务公开办审定。")
    columns = (
        Column(
            label="事项", value=lambda row: row.title, link=RowChange.get_absolute_url, kind="wide", width=40
        ),
        Column(label="领域", value=lambda row: row.catalogue.field, width=16),
        Column(label="调整方式", value=lambda row: row.get_kind_display(), width=12),
        Column(label="理由", value=lambda row: row.reason, width=40),
        Column(label="提出单位", value=lambda row: row.unit, width=16),
        Column(
            label="提出日期", value=lambda row: row.proposed_on, sort="proposed_on", kind="narrow", width=12
        ),
        Column(
            label="状态",
            value=lambda row: row.get_state_display(),
            template="disclosure/cells/change_state.html",
            width=12,
        ),
    )


@staff_page()
def change_list(request: UserRequest) -> HttpResponse:
    """All changes that the person may see (目录调整)."""
    rows = RowChange.objects.visible_to(request.user).select_related("catalogue__field", "unit")
    return Changes(request, rows).respond(
        breadcrumbs=[("标准目录", reverse("catalogues")), ("目录调整记录", "")]
    )


@staff_page()
def change(request: UserRequest, pk: int) -> HttpResponse:
    """One change: what was, what is to be, why, and the decision (目录调整)."""
    seen = RowChange.objects.visible_to(request.user)
    found = get_object_or_404(
        seen.select_related("catalogue__field", "unit", "proposed_by", "decided_by"), pk=pk
    )
    context = {
        "change": found,
        "lines": _lines(found),
        "acts": ROW_CHANGE.open_to(found.state, request.user.roles_in(found.unit)),
        "breadcrumbs": [
            ("标准目录", reverse("catalogues")),
            ("目录调整记录", reverse("row_changes")),
            (found.title, ""),
        ],
    }
    return render(request, "disclosure/change.html", context)


def _lines(found: RowChange) -> list[tuple[str, str, str, bool]]:
    """Each fact with its label, before, after, and whether it differs (前后对照)."""
    before = facts_from(found.before) if found.before else None
    after = facts_from(found.after) if found.after else None
    lines = []
    for each in fields(RowFacts):
        if each.name != "number":
            one, two = (said(getattr(facts, each.name)) if facts else "" for facts in (before, after))
            lines.append((LABELS[each.name], one, two, one != two))
    return lines


def act(code: str) -> View:
    """The page of one act on a change (目录调整办理)."""

    @staff_page()
    def page(request: UserRequest, pk: int) -> HttpResponse:
        found = get_object_or_404(RowChange.objects.visible_to(request.user).select_related("unit"), pk=pk)
        place = Place("row_change", found, found.state, request.user.roles_in(found.unit), found)
        return act_page(request, place, ROW_CHANGE, code, DEEDS[code])

    return page
