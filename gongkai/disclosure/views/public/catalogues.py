"""基层政务公开标准目录: the fields, the table of each, what stands on the site for each row, the villages."""

from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongkai.disclosure.catalogue_files import list_note
from gongkai.disclosure.models import Catalogue, CatalogueRow, Field, Pilot
from gongkai.disclosure.platform import Coverage, coverage
from gongkai.documents.models import Paper, on_site
from gongkai.frame.today import today
from gongkai.rules import publication

PAPERS = 50


def standing(day: date) -> Q:
    """The links of a row that count on *day* (在网信息)."""
    return Q(links__dropped=False) & on_site(day, "links__paper__")


def _trail(*further: tuple[str, str]) -> list[tuple[str, str]]:
    start = [("首页", reverse("home")), ("政府信息公开", reverse("disclosure"))]
    return [*start, *further]


def fields(request: HttpRequest) -> HttpResponse:
    """All fields with how far each is covered (公开领域)."""
    day = today(request)
    current = {each.field_id: each for each in Catalogue.objects.current(day)}
    counts = coverage(CatalogueRow.objects.current(day), day)
    rows = [
        (field, Coverage(found, *counts.get(found.pk, (0, 0))) if found else None)
        for field, found in ((field, current.get(field.pk)) for field in Field.objects.all())
    ]
    total, covered = (sum(pair[place] for pair in counts.values()) for place in (0, 1))
    context = {
        "rows": rows,
        "total": total,
        "covered": covered,
        "share": covered * 100 // total if total else 0,
        "note": list_note(),
        "breadcrumbs": _trail(("标准目录", "")),
    }
    return render(request, "disclosure/public/fields.html", context)


def field(request: HttpRequest, number: int) -> HttpResponse:
    """The table of one field (领域目录)."""
    found = get_object_or_404(Field, number=number)
    catalogue = Catalogue.objects.current(today(request)).filter(field=found).first()
    rows = _rows(catalogue, today(request)) if catalogue else []
    covered = sum(bool(row.live) for row in rows)
    context = {
        "field": found,
        "catalogue": catalogue,
        "rows": rows,
        "covered": covered,
        "share": covered * 100 // len(rows) if rows else 0,
        "breadcrumbs": _trail(("标准目录", reverse("disclosure_fields")), (found.name, "")),
    }
    return render(request, "disclosure/public/field.html", context)


def _rows(catalogue: Catalogue, day: date) -> list[Any]:
    return list(catalogue.rows.annotate(live=Count("links", filter=standing(day))).order_by("number", "pk"))


def row(request: HttpRequest, pk: int) -> HttpResponse:
    """One row of a catalogue with its papers (公开事项)."""
    current = CatalogueRow.objects.current(today(request)).select_related("catalogue__field", "column")
    found = get_object_or_404(current, pk=pk)
    papers = Paper.objects.public(today(request)).filter(row_links__row=found, row_links__dropped=False)
    field = found.catalogue.field
    context = {
        "row": found,
        "limit": publication.limits().get(found.limit_code),
        "units": found.units.all(),
        "papers": papers.select_related("unit").newest()[:PAPERS],
        "number": papers.count(),
        "breadcrumbs": _trail(
            ("标准目录", reverse("disclosure_fields")),
            (field.name, field.get_absolute_url()),
            (found.second, ""),
        ),
    }
    return render(request, "disclosure/public/row.html", context)


def villages(request: HttpRequest) -> HttpResponse:
    """The villages on trial (村居试点)."""
    running = Pilot.objects.filter(ended_on__isnull=True).select_related("unit")
    counted = running.annotate(number=Count("rows")).order_by("unit__position", "name")
    context = {"pilots": counted, "breadcrumbs": _trail(("村居政务公开试点", ""))}
    return render(request, "disclosure/public/villages.html", context)


def village(request: HttpRequest, pk: int) -> HttpResponse:
    """What a village publishes, row by row (试点村居)."""
    found = get_object_or_404(Pilot.objects.select_related("unit").filter(ended_on__isnull=True), pk=pk)
    own = Paper.objects.public(today(request)).filter(unit=found.unit).newest()
    rows = found.rows.select_related("catalogue__field").order_by("catalogue__field", "number")
    context = {
        "pilot": found,
        "rows": rows.prefetch_related(Prefetch("papers", queryset=own, to_attr="own_papers")),
        "shown": publication.limit("village_board"),
        "breadcrumbs": _trail(("村居政务公开试点", reverse("disclosure_villages")), (found.name, "")),
    }
    return render(request, "disclosure/public/village.html", context)
