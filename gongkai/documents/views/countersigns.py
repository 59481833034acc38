"""会签: units are asked for their consent and answer on one page; nothing goes out before all agree."""

from typing import ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, View, staff_page
from gongkai.accounts.acts import Deed, Place, act_page
from gongkai.agencies.models import Unit
from gongkai.documents.forms.deeds import AgreeForm, DisagreeForm
from gongkai.documents.models import Countersign
from gongkai.documents.services import countersigns as services
from gongkai.documents.states import COUNTERSIGN
from gongkai.documents.views.acts import at_once, subject
from gongkai.documents.views.doors import crumbs, edition_of
from gongkai.frame.acts import attempt, press
from gongkai.frame.forms import form_page
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.today import today


class CountersignSearch(Search):
    """What the countersignatures are narrowed by (会签筛选)."""

    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *COUNTERSIGN.states.items()]
    )


class CountersignListing(Listing[Countersign]):
    """What was asked of one's units, and what they asked of others (会签)."""

    title = "会签"
    noun = "件"
    columns = (
        Column(
            label="稿件",
            value=lambda row: str(row.edition),
            link=lambda row: reverse("edition", args=[row.edition_id]),
            kind="wide",
            width=50,
        ),
        Column(label="来文单位", value=lambda row: row.edition.paper.unit.short_name, width=16),
        Column(label="会签单位", value=lambda row: row.unit.short_name, sort="unit", width=16),
        Column(
            label="状态",
            value=lambda row: row.get_state_display(),
            template="documents/cells/countersign.html",
            sort="state",
            width=12,
        ),
        Column(label="会签人", value=lambda row: row.by, width=12),
        Column(label="时间", value=lambda row: row.at, sort="at", width=17),
        Column(label="意见", value=lambda row: row.remark, on="sheet", width=40),
    )
    filters = CountersignSearch
    search = ("edition__title",)
    order: ClassVar[tuple[str, ...]] = ("-id",)
    empty = Empty("没有会签", "其他单位请本单位会签敏感信息时，会出现在这里。")


@staff_page()
def countersigns(request: UserRequest) -> HttpResponse:
    """All countersignatures that concern one's units (会签列表)."""
    rows = Countersign.objects.visible_to(request.user)
    linked = rows.select_related("unit", "by", "edition__paper__unit")
    return CountersignListing(request, linked).respond(
        breadcrumbs=[("政府信息", reverse("papers")), ("会签", "")],
    )


class AskForm(forms.Form):
    """The unit that is asked (会签单位)."""

    unit = forms.ModelChoiceField(Unit.objects.all(), label="会签单位", empty_label="请选择")


@staff_page("officer", "approver")
def ask(request: UserRequest, pk: int) -> HttpResponse:
    """Ask another unit for its consent (请求会签)."""
    edition = edition_of(request, pk)
    form = AskForm(request.POST or None)
    field = form.fields["unit"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = Unit.objects.on(today(request)).exclude(pk=edition.paper.unit_id)

    def run() -> object:
        return services.ask_countersign(edition, unit=form.cleaned_data["unit"], by=request.user)

    if request.method == "POST":
        answer = attempt(request, form, run, done="已请求会签。", to=edition)
        if answer:
            return answer
    return form_page(
        request,
        form,
        title="请求会签",
        submit="请求会签",
        cancel=edition.get_absolute_url(),
        lede="敏感信息涉及其他单位时，全部会签单位同意后才能签发。可以逐个添加。",
        breadcrumbs=crumbs(edition.paper, "请求会签"),
    )


DEEDS = {
    "agree": Deed(
        at_once(services.agree), AgreeForm, "同意后，稿件待全部会签单位同意后进入签发。", "已会签同意。"
    ),
    "refuse": Deed(
        lambda record, by, today, remark: at_once(services.refuse)(record, by=by, today=today, reason=remark),
        DisagreeForm,
        "不同意时，稿件退回起草单位修改。",
        "已填写不同意的理由，稿件退回起草单位。",
        grave=True,
    ),
}


def act(code: str) -> View:
    """The page on which a unit answers (会签办理)."""

    @staff_page()
    def page(request: UserRequest, pk: int) -> HttpResponse:
        rows = Countersign.objects.visible_to(request.user)
        row = get_object_or_404(
            rows.select_related("unit", "edition__paper__unit", "edition__content"), pk=pk
        )
        roles = request.user.roles_in(row.unit)
        place = Place("countersign", row, row.state, roles, row.edition, "documents/act.html")
        shown = subject(row.edition, "pass_unit") | {"stopped": False}
        return act_page(request, place, COUNTERSIGN, code, DEEDS[code], **shown)

    return page


@staff_page("officer", "approver")
@require_POST
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """No longer ask a unit (取消会签)."""
    row = get_object_or_404(Countersign.objects.visible_to(request.user).select_related("edition"), pk=pk)
    return press(
        request,
        lambda: services.withdraw_countersign(row, by=request.user),
        done="已取消会签。",
        to=row.edition,
    )
