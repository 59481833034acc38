"""村居试点: villages that publish by a part of the catalogue, registered by their town."""

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.disclosure.forms.findings import PilotForm
from gongkai.disclosure.models import Pilot
from gongkai.disclosure.services import guides as services
from gongkai.frame.acts import attempt
from gongkai.frame.forms import form_page
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.today import today

WRITERS = ("officer", "approver", "office")


class Pilots(Listing[Pilot]):
    """The villages on trial (村居试点)."""

    title = "村居试点"
    noun = "个村（社区）"
    filters = Search
    search = ("name", "unit__name")
    order = ("unit__position", "name")
    empty = Empty(
        "还没有试点村（社区）",
        "每个镇街至少确定一个村（社区）开展试点。",
        reverse_lazy("pilot_new"),
        "登记试点",
    )
    columns = (
        Column(label="村（社区）", value=str, link=lambda row: reverse("pilot_edit", args=[row.pk])),
        Column(label="所属镇街", value=lambda row: row.unit, sort="unit__position"),
        Column(label="公开事项", value=lambda row: row.number, kind="number", sort="number"),
        Column(label="公开栏位置", value=lambda row: row.place, width=24),
        Column(label="启动日期", value=lambda row: row.started_on, sort="started_on", kind="narrow"),
        Column(label="公开页面", value=lambda row: "查看", link=Pilot.get_absolute_url, on="page"),  # noqa: ARG005
    )


@staff_page()
def pilot_list(request: UserRequest) -> HttpResponse:
    """The villages of one's towns, or all (村居试点)."""
    rows = Pilot.objects.filter(unit__in=request.user.units().order_by().values("pk"))
    listing = Pilots(request, rows.select_related("unit").annotate(number=Count("rows")))
    return listing.respond(
        "disclosure/pilots.html",
        may_write=request.user.has_role(*WRITERS),
        breadcrumbs=[("标准目录", reverse("catalogues")), ("村居试点", "")],
    )


@staff_page(*WRITERS)
def pilot_new(request: UserRequest) -> HttpResponse:
    """Register a village (登记试点)."""
    day = today(request)
    form = PilotForm(request.POST or None, units=request.user.units(), today=day, initial={"started_on": day})

    def run() -> Pilot:
        return services.start_pilot(by=request.user, **form.cleaned_data)

    return _page(request, form, run, title="登记村居试点")


@staff_page(*WRITERS)
def pilot_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what a village publishes (修改试点)."""
    seen = Pilot.objects.filter(unit__in=request.user.units().order_by().values("pk"))
    pilot = get_object_or_404(seen.select_related("unit"), pk=pk)
    names = ("name", "place", "started_on", "note")
    initial: dict[str, Any] = {name: getattr(pilot, name) for name in names} | {"rows": pilot.rows.all()}
    form = PilotForm(
        request.POST or None, units=request.user.units(), today=today(request), fixed=True, initial=initial
    )

    def run() -> Pilot:
        return services.edit_pilot(pilot, by=request.user, **form.cleaned_data)

    return _page(request, form, run, title=f"{pilot.unit}：{pilot.name}")


def _page(request: UserRequest, form: PilotForm, run: Any, *, title: str) -> HttpResponse:
    if request.method == "POST":
        answer = attempt(request, form, run, done="已保存。", to=reverse("pilots"))
        if answer:
            return answer
    return form_page(
        request,
        form,
        title=title,
        cancel=reverse("pilots"),
        breadcrumbs=[("标准目录", reverse("catalogues")), ("村居试点", reverse("pilots")), (title, "")],
    )
