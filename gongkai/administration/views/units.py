"""责任单位的页面: the register of units, and one unit with all that is known about it."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.administration.services.units import KEEPERS
from gongkai.agencies.models import Kind, Unit, UnitName
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.today import today

#: pages of other rooms about one unit; those that this copy does not have are left out
LINKS = (("本单位的任务", "unit_tasks"), ("办理留痕", "unit_traces"))


def unit_url(unit: Unit) -> str:
    """The page of a unit."""
    return reverse("unit", args=[unit.pk])


def _names(unit: Unit, sort: str) -> str:
    shown = (unit.name, unit.short_name)
    return "、".join(each.name for each in unit.names.all() if each.sort == sort and each.name not in shown)


class UnitSearch(Search):
    """Filters over units (单位筛选)."""

    kind = forms.ChoiceField(label="单位类别", required=False, choices=[("", "全部"), *Kind.choices])
    ended = forms.BooleanField(label="包括已撤并的单位", required=False)


class UnitListing(Listing[Unit]):
    """The register of units (单位名册); its export can be imported again."""

    title = "单位名册"
    noun = "个单位"
    columns = (
        Column(label="全称", value=lambda row: row.name, sort="name", kind="wide", width=34, link=unit_url),
        Column(label="简称", value=lambda row: row.short_name, sort="short_name", width=18),
        Column(label="单位类别", value=lambda row: row.get_kind_display(), sort="kind", width=16),
        Column(
            label="上级单位", value=lambda row: row.parent.name if row.parent else "", on="sheet", width=26
        ),
        Column(label="设立日期", value=lambda row: row.started_on, on="sheet", width=12),
        Column(label="主要负责人", value=lambda row: row.head, width=12),
        Column(label="政务公开联系人", value=lambda row: row.officer, width=16),
        Column(label="联系电话", value=lambda row: row.phone, width=16),
        Column(label="电子邮箱", value=lambda row: row.email, on="sheet", width=24),
        Column(label="办公地址", value=lambda row: row.address, on="sheet", width=24),
        Column(label="办公时间", value=lambda row: row.office_hours, on="sheet", width=24),
        Column(label="其他名称", value=lambda row: _names(row, UnitName.Sort.SHORT), on="sheet", width=30),
        Column(label="曾用名", value=lambda row: _names(row, UnitName.Sort.FORMER), on="sheet", width=30),
        Column(label="排序", value=lambda row: row.position, on="sheet", width=8),
    )
    filters = UnitSearch
    search = ("name", "short_name", "names__name", "officer", "head")
    order = ("position",)
    per_page = 80
    empty = Empty("还没有单位", "先导入单位名册，再导入工作要点，任务才能分到单位。")

    def narrow(self, rows: QuerySet[Unit], asked: dict[str, Any]) -> QuerySet[Unit]:
        """Closed units only where they are asked for; one row for each unit."""
        wanted = {name: value for name, value in asked.items() if name != "ended"}
        if not asked.get("ended"):
            rows = rows.filter(pk__in=Unit.objects.on(today(self.request)).values("pk"))
        return super().narrow(rows, wanted).distinct()


@staff_page()
def units(request: UserRequest) -> HttpResponse:
    """The register (单位名册)."""
    rows = Unit.objects.select_related("parent").prefetch_related("names")
    return UnitListing(request, rows).respond(
        "administration/units.html", keeper=request.user.has_role(*KEEPERS), subnavigation=tabs(request)
    )


@staff_page()
def unit(request: UserRequest, pk: int) -> HttpResponse:
    """One unit: contacts, names, history, people (单位)."""
    shown = get_object_or_404(Unit.objects.select_related("parent", "successor"), pk=pk)
    return render(
        request,
        "administration/unit.html",
        {
            "unit": shown,
            "contacts": contacts(shown),
            "names": shown.names.exclude(name__in=[shown.name, shown.short_name]).order_by("sort", "pk"),
            "changes": shown.changes.select_related("into"),
            "children": shown.children.on(today(request)),
            "people": shown.posts.filter(ended_on=None).select_related("user").order_by("role", "pk"),
            "keeper": request.user.has_role(*KEEPERS),
            "links": links(shown),
            "breadcrumbs": [("单位名册", reverse("units")), (shown.short_name, "")],
        },
    )


def contacts(unit: Unit) -> list[tuple[str, object]]:
    """The facts that people look for, in order (单位信息)."""
    return [
        ("全称", unit.name),
        ("单位类别", unit.get_kind_display()),
        ("上级单位", unit.parent or ""),
        ("主要负责人", unit.head),
        ("政务公开联系人", unit.officer),
        ("联系电话", unit.phone),
        ("电子邮箱", unit.email),
        ("办公地址", unit.address),
        ("办公时间", unit.office_hours),
        ("设立日期", _known(unit.started_on)),
    ]


def _known(day: date) -> str:
    """The default day of the model means that nobody has looked it up."""
    return "" if day == Unit._meta.get_field("started_on").get_default() else day.isoformat()


def links(unit: Unit) -> list[tuple[str, str]]:
    """Pages of other rooms about the unit (相关页面)."""
    found = []
    for label, name in LINKS:
        try:
            found.append((label, reverse(name, args=[unit.pk])))
        except NoReverseMatch:
            continue
    return found


def tabs(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Units and groups beside each other (子导航)."""
    places = (("单位名册", reverse("units")), ("责任主体统称", reverse("groups")))
    return [(label, url, url == request.path) for label, url in places]
