"""Addresses of structured papers across units (重点领域信息的网址): public overviews and the list of gaps."""

from django.urls import URLPattern, path, re_path

from gongkai.disclosure.views import gaps
from gongkai.disclosure.views.public import records, registers

urlpatterns: list[URLPattern] = [
    path("disclosure/records/", records.kinds, name="record_kinds"),
    path("disclosure/records/budgets/", records.budget_matrix, name="budgets"),
    path("disclosure/records/subsidies/", registers.subsidy_lists, name="subsidies"),
    re_path(
        r"^disclosure/records/subsidies/(?P<town>[^/]{1,60})/(?P<village>[^/]{1,60})/$",
        registers.subsidy_village,
        name="subsidy_village",
    ),
    path("disclosure/records/projects/", registers.projects, name="projects"),
    path("disclosure/records/plans/", records.plan_series, name="plan_series"),
    path("disclosure/records/powers/", records.power_lists, name="powers"),
    path("disclosure/records/powers/<int:pk>/", records.power_versions, name="power_versions"),
    path("disclosure/records/enforcement/", registers.enforcement, name="enforcement"),
    path("disclosure/records/jobs/", registers.jobs, name="jobs"),
    path("disclosure/records/kinds/<slug:code>/", registers.kind, name="record_kind"),
    path("staff/disclosure/gaps/", gaps.gaps, name="record_gaps"),
    path("staff/papers/<int:pk>/revoke/", gaps.revoke, name="record_revoke"),
]
