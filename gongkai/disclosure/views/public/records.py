"""结构化专栏的页面: all kinds, budgets as a matrix, plans by series, lists of powers by version."""

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Unit
from gongkai.disclosure.registers import budgets, plans, powers
from gongkai.documents.models import Filing
from gongkai.frame import sheets
from gongkai.frame.listing import keys
from gongkai.frame.today import today
from gongkai.rules.structured import Declaration, declarations

HOME = ("首页", "/")
#: kinds with a page of their own; the others are shown by the general register
PAGES = {
    "budget": "budgets",
    "subsidy": "subsidies",
    "project": "projects",
    "plan_series": "plan_series",
    "powers": "powers",
    "enforcement": "enforcement",
    "jobs": "jobs",
}


def crumbs(*trail: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of these (当前位置)."""
    return [HOME, ("重点领域信息", reverse("record_kinds")), *trail]


def page_of(known: Declaration) -> str:
    """The overview page of a kind (专栏页面)."""
    name = PAGES.get(known.code)
    return reverse(name) if name else reverse("record_kind", args=[known.code])


@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """Every kind of structured paper with the number on show (重点领域信息)."""
    shown = Filing.objects.public(today(request)).shown_on(today(request))
    counts = dict(shown.values_list("form").annotate(number=Count("pk")).order_by())
    rows = [(known, counts.get(known.code, 0), page_of(known)) for known in declarations().values()]
    return render(
        request,
        "disclosure/registers/kinds.html",
        {"rows": rows, "breadcrumbs": [HOME, ("重点领域信息", "")]},
    )


@require_safe
def budget_matrix(request: HttpRequest) -> HttpResponse:
    """Who published which budget and when (预决算公开矩阵); the table can be downloaded."""
    day = today(request)
    years = budgets.years_to(day)
    units = budgets.spending_units(day)
    made = budgets.matrix(units, years, budgets.OF_UNITS, day)
    if request.GET.get("export") == "xlsx":
        return _budget_sheet(made, day.isoformat())
    finance = (
        Filing.objects.public(day).of_form(budgets.FORM).filter(year__in=years, kind__in=budgets.OF_DISTRICT)
    )
    district = finance.select_related("paper__unit").order_by("-year", "kind")
    context = {
        "matrix": made,
        "years": [(year, len(budgets.OF_UNITS)) for year in years],
        "kinds": budgets.OF_UNITS,
        "district": district,
        "day": day,
        "breadcrumbs": crumbs(("财政预决算", "")),
    }
    return render(request, "disclosure/registers/budgets.html", context)


def _budget_sheet(made: budgets.Matrix, day: str) -> HttpResponse:
    heads = [sheets.Head("单位", 26)]
    heads += [sheets.Head(f"{year}年{kind}", 18) for year, kind in made.heads]
    rows = (
        [
            row.unit.name,
            *(f"{cell.mark}{f' {cell.published}' if cell.published else ''}" for cell in row.cells),
        ]
        for row in made.rows
    )
    return sheets.download(
        f"预决算公开情况{day}", sheets.workbook("预决算公开情况", heads, rows, note=f"截至{day}")
    )


@require_safe
def plan_series(request: HttpRequest) -> HttpResponse:
    """Plans by series with their reviews and reports (规划体系), and the periods without one."""
    context = {"series": plans.series(today(request)), "breadcrumbs": crumbs(("规划计划", ""))}
    return render(request, "disclosure/registers/plans.html", context)


@require_safe
def power_lists(request: HttpRequest) -> HttpResponse:
    """The list of powers of every body (权责清单), the newest version of each."""
    shown = (
        Filing.objects.public(today(request)).of_form(powers.FORM).select_related("paper__unit__successor")
    )
    newest: dict[int, Filing] = {}
    for filing in shown.order_by("-event_on", "-pk"):
        newest.setdefault(filing.paper.unit_id, filing)
    rows = sorted(newest.values(), key=lambda filing: (filing.paper.unit.position, filing.paper.unit_id))
    context = {"rows": rows, "breadcrumbs": crumbs(("权责清单", ""))}
    return render(request, "disclosure/registers/powers.html", context)


@require_safe
def power_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions of one body's list (权责清单版本), and what changed between two of them."""
    if not keys([str(pk)]):
        raise Http404("没有这个单位")
    unit = get_object_or_404(Unit.objects.select_related("successor"), pk=pk)
    versions = powers.versions(unit, today(request))
    if not versions:
        raise Http404("这个单位还没有公开权责清单")
    context: dict[str, Any] = {
        "unit": unit,
        "versions": versions,
        "former": [each for each in {version.unit for version in versions} if each.pk != unit.pk],
        "breadcrumbs": crumbs(("权责清单", reverse("powers")), (unit.short_name, "")),
    }
    pair = _pair(request, versions)
    if pair:
        older, newer = pair
        context |= {
            "older": older,
            "newer": newer,
            "changes": powers.differences(powers.rows_in(older.edition.pk), powers.rows_in(newer.edition.pk)),
        }
    return render(request, "disclosure/registers/power_versions.html", context)


def _pair(
    request: HttpRequest, versions: list[powers.Version]
) -> tuple[powers.Version, powers.Version] | None:
    """The two versions to compare: those asked for, or the newest two."""
    by_key = {str(each.edition.pk): each for each in versions}
    older, newer = by_key.get(request.GET.get("old", "")), by_key.get(request.GET.get("new", ""))
    if older and newer:
        return older, newer
    return (versions[1], versions[0]) if len(versions) > 1 else None
