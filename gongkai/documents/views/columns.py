"""栏目、专题与例外放行: what the office keeps of the site's order."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse, reverse_lazy
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Role
from gongkai.documents.forms.keepers import ColumnForm
from gongkai.documents.models import Column as SiteColumn
from gongkai.documents.models import on_site
from gongkai.documents.services import columns as services
from gongkai.frame.acts import attempt, press
from gongkai.frame.forms import form_page
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.today import today

TRAIL = [("栏目", reverse_lazy("columns"))]


def public_url(name: str, slug: str) -> str:
    """The public page, where this copy has it."""
    try:
        return reverse(name, args=[slug])
    except NoReverseMatch:
        return ""


class ColumnSearch(Search):
    """What the columns are narrowed by (筛选)."""

    statutory = forms.BooleanField(label="只看法定主动公开", required=False)
    keeperless = forms.BooleanField(label="只看没有责任人的", required=False)


class ColumnListing(Listing[SiteColumn]):
    """The columns of the site with their keepers (栏目)."""

    title = "栏目"
    noun = "个栏目"
    columns = (
        Column(label="栏目名称", value=str, template="documents/cells/column_name.html", width=26),
        Column(label="上级栏目", value=lambda row: row.parent, sort="parent__position", width=20),
        Column(label="网址代码", value=lambda row: row.slug, sort="slug", width=18),
        Column(label="主管单位", value=lambda row: row.unit.short_name if row.unit else "", width=16),
        Column(label="责任人", value=lambda row: row.keeper, width=12),
        Column(label="在网信息", value=lambda row: row.count, sort="count", kind="number", width=10),
        Column(label="关闭日期", value=lambda row: row.closed_on, sort="closed_on", width=12),
    )
    filters = ColumnSearch
    search = ("name", "slug", "keywords")
    order: ClassVar[tuple[str, ...]] = ("closed_on", "position")
    per_page = 80
    empty = Empty("还没有栏目", "先设好栏目，信息才有地方放。", reverse_lazy("column_new"), "新增栏目")

    def narrow(self, rows: Any, asked: dict[str, Any]) -> Any:
        """Columns without a keeper are asked for by one tick."""
        wanted = {name: value for name, value in asked.items() if name != "keeperless"}
        if asked.get("keeperless"):
            rows = rows.filter(keeper=None, closed_on=None)
        return super().narrow(rows, wanted)


@staff_page()
def columns(request: UserRequest) -> HttpResponse:
    """All columns (栏目列表)."""
    live = Count("papers", filter=on_site(today(request), "papers__"))
    rows = SiteColumn.objects.select_related("parent", "unit", "keeper").annotate(count=live)
    return ColumnListing(request, rows).respond(
        "documents/columns.html",
        keeper=request.user.has_role(Role.OFFICE),
        breadcrumbs=[("栏目", "")],
    )


@staff_page("office")
def column(request: UserRequest, pk: int | None = None) -> HttpResponse:
    """Open a column, or change one (编辑栏目)."""
    kept = get_object_or_404(SiteColumn, pk=pk) if pk else None
    form = ColumnForm(request.POST or None, initial=_initial(kept))

    def run() -> object:
        return services.save_column(kept, by=request.user, **form.cleaned_data)

    if request.method == "POST":
        answer = attempt(request, form, run, done="栏目已保存，立即生效。", to="columns")
        if answer:
            return answer
    title = "修改栏目" if kept else "新增栏目"
    return form_page(
        request,
        form,
        title=title,
        cancel=reverse("columns"),
        template="documents/column_form.html",
        column=kept,
        public=public_url("column", kept.slug) if kept else "",
        breadcrumbs=[*TRAIL, (str(kept or title), "")],
    )


def _initial(kept: SiteColumn | None) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in ColumnForm.base_fields} if kept else {}


@staff_page("office")
@require_POST
def shut(request: UserRequest, pk: int) -> HttpResponse:
    """Close a column, or open it again (关闭、重新开放)."""
    kept = get_object_or_404(SiteColumn, pk=pk)
    if kept.closed_on:
        return press(
            request,
            lambda: services.open_column(kept, by=request.user),
            done="栏目已重新开放。",
            to="columns",
        )
    return press(
        request,
        lambda: services.close_column(kept, by=request.user, today=today(request)),
        done="栏目已关闭，原有信息保留。",
        to="columns",
    )
