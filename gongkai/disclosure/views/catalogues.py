"""标准目录的管理: versions, their rows, the sheet out and in, the differences between two versions."""

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.disclosure.catalogue_files import list_note
from gongkai.disclosure.forms.rows import CatalogueImportForm
from gongkai.disclosure.models import Catalogue, CatalogueRow, RowChange
from gongkai.disclosure.platform import Coverage, coverage
from gongkai.disclosure.services import catalogues as services
from gongkai.disclosure.sheets import read_catalogue, write_catalogue
from gongkai.disclosure.views.public.catalogues import standing
from gongkai.frame.forms import form_page
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.sheets import download
from gongkai.frame.today import today
from gongkai.rules.catalogue import KINDS, compare
from gongkai.rules.law import Refused

TRAIL = ("标准目录", "/staff/disclosure/catalogues/")


@staff_page()
def catalogue_list(request: UserRequest) -> HttpResponse:
    """All versions of all fields, those in force first (标准目录)."""
    day = today(request)
    current = set(Catalogue.objects.current(day).values_list("pk", flat=True))
    counts = coverage(CatalogueRow.objects.filter(catalogue__in=current), day)
    rows = Catalogue.objects.select_related("field").order_by("field__number", "-in_force_from")
    context = {
        "rows": [(each, each.pk in current, Coverage(each, *counts.get(each.pk, (0, 0)))) for each in rows],
        "waiting": RowChange.objects.visible_to(request.user).filter(state="proposed").count(),
        "office": request.user.has_role("office"),
        "note": list_note(),
        "breadcrumbs": [("标准目录", "")],
    }
    return render(request, "disclosure/catalogues.html", context)


class RowSearch(Search):
    """What the rows are narrowed by (事项筛选)."""

    empty = forms.BooleanField(label="只看还没有信息的", required=False)
    unconfirmed = forms.BooleanField(label="只看依据未核实的", required=False)


class RowListing(Listing[CatalogueRow]):
    """The rows of one version (公开事项)."""

    title = "公开事项"
    noun = "个事项"
    filters = RowSearch
    search = ("first", "second", "elements", "subject")
    order = ("number",)
    per_page = 50
    empty = Empty("这一版还没有事项", "可以导入表格，或者逐个新增。")
    columns = (
        Column(label="序号", value=lambda row: row.number, sort="number", kind="narrow", width=8),
        Column(label="一级事项", value=lambda row: row.first, width=18),
        Column(label="二级事项", value=lambda row: row.second, link=CatalogueRow.get_absolute_url, width=26),
        Column(label="公开时限", value=lambda row: row.limit, width=26),
        Column(label="公开主体", value=lambda row: row.subject, width=24),
        Column(label="对应栏目", value=lambda row: row.column, width=16),
        Column(label="在网信息", value=lambda row: row.live, sort="live", kind="number", width=10),
        Column(label="办理", value=lambda row: row.pk, template="disclosure/cells/row_acts.html", on="page"),
    )

    def narrow(self, rows: Any, asked: dict[str, Any]) -> Any:
        """Rows without a paper, rows whose basis nobody checked."""
        wanted = {name: value for name, value in asked.items() if name == "q"}
        if asked.get("empty"):
            rows = rows.filter(live=0)
        if asked.get("unconfirmed"):
            rows = rows.filter(basis__contains="未核实")
        return super().narrow(rows, wanted)


@staff_page()
def catalogue(request: UserRequest, pk: int) -> HttpResponse:
    """One version with its rows (目录版本)."""
    found = get_object_or_404(Catalogue.objects.select_related("field"), pk=pk)
    day = today(request)
    rows = found.rows.select_related("column").annotate(live=Count("links", filter=standing(day)))
    listing = RowListing(request, rows)
    counts = coverage(CatalogueRow.objects.filter(catalogue=found), day).get(found.pk, (0, 0))
    return listing.respond(
        "disclosure/catalogue.html",
        catalogue=found,
        coverage=Coverage(found, *counts),
        office=request.user.has_role("office"),
        others=Catalogue.objects.filter(field=found.field).exclude(pk=found.pk),
        breadcrumbs=[TRAIL, (str(found), "")],
    )


@staff_page()
def sheet(_request: UserRequest, pk: int) -> HttpResponse:
    """The version in the national layout (导出目录)."""
    found = get_object_or_404(Catalogue.objects.select_related("field"), pk=pk)
    return download(str(found), write_catalogue(str(found), services.facts_of(found)))


@staff_page("office")
def catalogue_import(request: UserRequest) -> HttpResponse:
    """A new version from a sheet (导入目录)."""
    form = CatalogueImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _import(request, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(reverse("catalogue_compare", args=[made.pk]))
    return form_page(
        request,
        form,
        title="导入标准目录",
        submit="导入",
        cancel=reverse("catalogues"),
        lede="使用全国统一的表格样式，表头和勾选写法照原样。导入后成为新的版本，旧版本保留，可以逐项比对。",
        breadcrumbs=[TRAIL, ("导入", "")],
    )


def _import(request: UserRequest, typed: dict[str, Any]) -> Catalogue:
    typed["upload"].upload.seek(0)
    rows = read_catalogue(typed["upload"].upload.read())
    return services.import_catalogue(
        typed["field"],
        version=typed["version"],
        in_force_from=typed["in_force_from"],
        rows=rows,
        by=request.user,
        today=today(request),
    )


@staff_page()
def differences(request: UserRequest, pk: int) -> HttpResponse:
    """What a version adds, drops and changes against the one before it (版本比对)."""
    found = get_object_or_404(Catalogue.objects.select_related("field"), pk=pk)
    earlier = Q(in_force_from__lt=found.in_force_from) | Q(in_force_from=found.in_force_from, pk__lt=found.pk)
    before = Catalogue.objects.filter(earlier, field=found.field).order_by("-in_force_from", "-pk").first()
    changes = compare(services.facts_of(before) if before else [], services.facts_of(found))
    context = {
        "catalogue": found,
        "before": before,
        "changes": [(KINDS[each.kind], each) for each in changes],
        "total": found.rows.count(),
        "breadcrumbs": [TRAIL, (str(found), found.get_absolute_url()), ("版本比对", "")],
    }
    return render(request, "disclosure/differences.html", context)
