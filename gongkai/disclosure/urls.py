"""Addresses of disclosure (网址): the platform below ``disclosure/``, staff pages below ``staff/``."""

from collections.abc import Callable, Iterable

from django.urls import URLPattern, path

from gongkai.accounts.access import View
from gongkai.disclosure.views import (
    catalogues,
    changes,
    duties,
    figures,
    findings,
    guides,
    matching,
    pilots,
    rows,
)
from gongkai.disclosure.views.public import catalogues as tables
from gongkai.disclosure.views.public import platform


def _acts(noun: str, place: str, page: Callable[[str], View], codes: Iterable[str]) -> list[URLPattern]:
    """An address for each act of a noun: finding_mend at staff/disclosure/findings/7/mend/."""
    return [
        path(f"staff/disclosure/{place}/<int:pk>/{code}/", page(code), name=f"{noun}_{code}")
        for code in codes
    ]


public: list[URLPattern] = [
    path("disclosure/", platform.home, name="disclosure"),
    path("disclosure/contents/", platform.contents, name="disclosure_contents"),
    path("disclosure/units/<int:pk>/", platform.unit, name="disclosure_unit"),
    path("disclosure/units/<int:pk>/guide/", platform.guide, name="disclosure_guide"),
    path("disclosure/units/<int:pk>/apply/", platform.apply, name="disclosure_apply"),
    path("disclosure/fields/", tables.fields, name="disclosure_fields"),
    path("disclosure/fields/<int:number>/", tables.field, name="disclosure_field"),
    path("disclosure/rows/<int:pk>/", tables.row, name="disclosure_row"),
    path("disclosure/villages/", tables.villages, name="disclosure_villages"),
    path("disclosure/villages/<int:pk>/", tables.village, name="disclosure_village"),
]
staff: list[URLPattern] = [
    path("staff/disclosure/catalogues/", catalogues.catalogue_list, name="catalogues"),
    path("staff/disclosure/catalogues/import/", catalogues.catalogue_import, name="catalogue_import"),
    path("staff/disclosure/catalogues/<int:pk>/", catalogues.catalogue, name="catalogue"),
    path("staff/disclosure/catalogues/<int:pk>/sheet/", catalogues.sheet, name="catalogue_sheet"),
    path("staff/disclosure/catalogues/<int:pk>/compare/", catalogues.differences, name="catalogue_compare"),
    path("staff/disclosure/catalogues/<int:pk>/rows/new/", rows.row_new, name="row_new"),
    path("staff/disclosure/rows/<int:pk>/edit/", rows.row_edit, name="row_edit"),
    path("staff/disclosure/rows/<int:pk>/remove/", rows.row_remove, name="row_remove"),
    path("staff/disclosure/rows/<int:pk>/matching/", matching.row_matching, name="row_matching"),
    path("staff/disclosure/rows/<int:pk>/papers/", matching.row_papers, name="row_papers"),
    path("staff/disclosure/changes/", changes.change_list, name="row_changes"),
    path("staff/disclosure/changes/<int:pk>/", changes.change, name="row_change"),
    *_acts("row_change", "changes", changes.act, changes.DEEDS),
    path("staff/disclosure/pilots/", pilots.pilot_list, name="pilots"),
    path("staff/disclosure/pilots/new/", pilots.pilot_new, name="pilot_new"),
    path("staff/disclosure/pilots/<int:pk>/edit/", pilots.pilot_edit, name="pilot_edit"),
    path("staff/disclosure/duties/", duties.board, name="duties"),
    path("staff/disclosure/duties/new/", duties.duty_new, name="duty_new"),
    path("staff/disclosure/duties/<int:pk>/", duties.duty, name="duty"),
    path("staff/disclosure/duties/<int:pk>/edit/", duties.duty_edit, name="duty_edit"),
    path("staff/disclosure/duties/<int:pk>/end/", duties.duty_end, name="duty_end"),
    path("staff/disclosure/duties/<int:pk>/keeper/", duties.duty_keeper, name="duty_keeper"),
    path("staff/disclosure/duties/<int:pk>/event/", duties.duty_event, name="duty_event"),
    path("staff/disclosure/findings/", findings.finding_list, name="findings"),
    path("staff/disclosure/findings/columns/", findings.health, name="column_health"),
    path("staff/disclosure/findings/check/", findings.check_now, name="findings_check"),
    path("staff/disclosure/findings/<int:pk>/", findings.finding, name="finding"),
    *_acts("finding", "findings", findings.act, findings.DEEDS),
    path("staff/disclosure/guides/<int:pk>/", guides.guide_edit, name="guide_edit"),
    path("staff/figures/", figures.overview, name="figures"),
    path("staff/figures/<str:code>/", figures.records, name="figure_records"),
]
urlpatterns = [*public, *staff]
