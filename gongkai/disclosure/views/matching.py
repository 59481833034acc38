"""事项对应信息: by what a row finds its papers, and the papers said to be right or wrong by hand."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.disclosure.forms.rows import LinkForm, MatchingForm
from gongkai.disclosure.models import CatalogueRow
from gongkai.disclosure.services import links, rows
from gongkai.documents.models import Paper, on_site
from gongkai.frame.acts import attempt
from gongkai.frame.forms import form_page
from gongkai.frame.listing import keys
from gongkai.frame.today import today
from gongkai.rules.law import Refused

WRITERS = ("officer", "approver", "office")


def _trail(row: CatalogueRow, last: str) -> list[tuple[str, str]]:
    catalogue = row.catalogue
    return [("标准目录", reverse("catalogues")), (str(catalogue), catalogue.get_absolute_url()), (last, "")]


@staff_page("office")
def row_matching(request: UserRequest, pk: int) -> HttpResponse:
    """Column, words and units of a row (设置对应)."""
    row = get_object_or_404(CatalogueRow.objects.select_related("catalogue__field"), pk=pk)
    initial = {"column": row.column_id, "keywords": row.keywords, "units": row.units.all()}
    form = MatchingForm(request.POST or None, initial=initial)
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: rows.set_matching(
                row,
                column=form.cleaned_data["column"],
                keywords=form.cleaned_data["keywords"],
                units=list(form.cleaned_data["units"]),
                by=request.user,
                today=today(request),
            ),
            done="对应关系已保存，已重新查找对应信息。",
            to=reverse("row_papers", args=[row.pk]),
        )
        if answer:
            return answer
    return form_page(
        request,
        form,
        title=f"设置对应：{row.second}",
        cancel=row.catalogue.get_absolute_url(),
        lede="系统按栏目和匹配词查找已发布的信息，每天核对一次；人工对应和移除的结果不会被改动。",
        breadcrumbs=_trail(row, "设置对应"),
    )


@staff_page(*WRITERS)
def row_papers(request: UserRequest, pk: int) -> HttpResponse:
    """The papers of a row, added and taken away by hand (对应信息)."""
    row = get_object_or_404(CatalogueRow.objects.select_related("catalogue__field"), pk=pk)
    seen = Paper.objects.visible_to(request.user)
    if not request.user.sees_all and not row.units.filter(pk__in=request.user.units().values("pk")).exists():
        raise PermissionDenied("这个事项不由您的单位公开。")
    if request.method == "POST" and "unlink" in request.POST:
        return _unlink(request, row)
    form = LinkForm(request.POST or None, seen=seen)
    if request.method == "POST":
        answer = attempt(
            request,
            form,
            lambda: links.link_paper(row, form.cleaned_data["paper"], by=request.user),
            done="已对应。",
            to=request.path,
        )
        if answer:
            return answer
    found = row.links.filter(on_site(today(request), "paper__"), paper__in=seen.order_by().values("pk"))
    context = {
        "row": row,
        "form": form,
        "links": found.select_related("paper__unit").order_by("dropped", "-paper__published_at"),
        "breadcrumbs": _trail(row, "对应信息"),
    }
    return render(request, "disclosure/row_papers.html", context)


def _unlink(request: UserRequest, row: CatalogueRow) -> HttpResponse:
    chosen = keys([request.POST["unlink"]])
    paper = get_object_or_404(Paper.objects.visible_to(request.user), pk__in=chosen)
    try:
        links.unlink_paper(row, paper, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已移除。每天的核对不会再把它对应回来。")
    return redirect(request.path)
