"""未公开信息: papers that are not public, looked at again when their day comes (条例第十八条)."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import User
from gongkai.documents.forms.filters import UnitSearch
from gongkai.documents.forms.keeping import ReassessForm
from gongkai.documents.models import Attribute, Paper
from gongkai.documents.services import reassessing as services
from gongkai.documents.views.doors import crumbs
from gongkai.documents.views.papers import edition_url, latest
from gongkai.frame.acts import attempt
from gongkai.frame.forms import form_page
from gongkai.frame.listing import Column, Empty, Listing
from gongkai.frame.today import today


class ClosedSearch(UnitSearch):
    """What the papers not public are narrowed by (筛选)."""

    attribute = forms.ChoiceField(
        label="公开属性", required=False, choices=[("", "全部"), *Attribute.choices[1:]]
    )
    due = forms.BooleanField(label="只看到期应评估的", required=False)
    field_order = ("q", "unit", "attribute", "due")


class ClosedListing(Listing[Paper]):
    """Signed papers that are not public (未公开信息)."""

    title = "未公开信息定期评估"
    noun = "条"
    columns = (
        Column(label="标题", value=str, link=edition_url, kind="wide", width=50),
        Column(label="单位", value=lambda row: row.unit.short_name, sort="unit", width=16),
        Column(label="公开属性", value=lambda row: row.get_attribute_display(), sort="attribute", width=12),
        Column(label="依据", value=lambda row: row.get_ground_display() if row.ground else "", width=30),
        Column(label="理由", value=lambda row: row.ground_note, on="sheet", width=40),
        Column(
            label="下次评估",
            value=lambda row: row.reassess_on,
            sort="reassess_on",
            template="documents/cells/reassess.html",
            width=14,
        ),
    )
    filters = ClosedSearch
    search = ("title", "number", "code")
    order: ClassVar[tuple[str, ...]] = ("reassess_on",)
    empty = Empty("没有未公开的信息", "签发时定为依申请公开或不予公开的信息，会列在这里，到期提醒重新评估。")

    def search_form(self) -> forms.Form:
        """Only the units that the person may see are offered."""
        user = self.request.user
        assert isinstance(user, User)
        return ClosedSearch(self.request.GET, units=user.units())

    def narrow(self, rows: QuerySet[Paper], asked: dict[str, Any]) -> QuerySet[Paper]:
        """What is due is asked for by one tick."""
        wanted = {name: value for name, value in asked.items() if name != "due"}
        if asked.get("due"):
            rows = rows.filter(reassess_on__lte=today(self.request))
        return super().narrow(rows, wanted)


def _seen(request: UserRequest) -> QuerySet[Paper]:
    rows = Paper.objects.visible_to(request.user).filter(state="draft", reassess_on__isnull=False)
    return rows.select_related("unit").annotate(last=latest("pk"))


@staff_page()
def closed(request: UserRequest) -> HttpResponse:
    """The papers not public (未公开信息)."""
    due = _seen(request).filter(reassess_on__lte=today(request)).count()
    return ClosedListing(request, _seen(request)).respond(
        lede=f"《政府信息公开条例》第十八条要求定期评估未公开的信息。现有 {due} 条到期应评估。"
        if due
        else "",
        breadcrumbs=[("政府信息", reverse("papers")), ("未公开信息", "")],
    )


@staff_page("officer", "approver")
def reassess(request: UserRequest, pk: int) -> HttpResponse:
    """Look again at one of them (评估公开属性)."""
    paper = get_object_or_404(_seen(request), pk=pk)
    form = ReassessForm(request.POST or None, initial={"attribute": paper.attribute})

    def run() -> object:
        return services.reassess(paper, by=request.user, today=today(request), **form.cleaned_data)

    if request.method == "POST":
        answer = attempt(request, form, run, done="评估结果已记录。", to="papers_closed")
        if answer:
            return answer
    return form_page(
        request,
        form,
        title="评估公开属性",
        submit="记录评估结果",
        cancel=reverse("papers_closed"),
        lede=f"“{paper}”现为{paper.get_attribute_display()}：{paper.ground_note or '未写明理由'}。"
        "改为主动公开后，可以在稿件页发布。",
        breadcrumbs=crumbs(paper, "评估公开属性"),
    )
