"""例外放行统计: how often gates were passed against their warning, where and why."""

from typing import ClassVar

from django import forms
from django.db.models import Count, QuerySet
from django.http import HttpResponse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import User
from gongkai.documents.forms.filters import UnitSearch
from gongkai.documents.models import Edition, Override
from gongkai.documents.services.gates import BY_CODE, GATES, Weight
from gongkai.frame.listing import Column, Empty, Listing


class OverrideSearch(UnitSearch):
    """What the overrides are narrowed by (筛选)."""

    gate = forms.ChoiceField(
        label="关口",
        required=False,
        choices=[("", "全部"), *((gate.code, gate.label) for gate in GATES if gate.weight is Weight.STOP)],
    )


def gate_name(row: Override) -> str:
    """The gate in words (关口)."""
    return BY_CODE[row.gate].label if row.gate in BY_CODE else row.gate


class OverrideListing(Listing[Override]):
    """All overrides with their remarks (例外放行)."""

    title = "例外放行"
    noun = "次"
    columns = (
        Column(
            label="稿件",
            value=lambda row: str(row.edition),
            link=lambda row: row.edition.get_absolute_url(),
            kind="wide",
            width=50,
        ),
        Column(label="单位", value=lambda row: row.edition.paper.unit.short_name, width=16),
        Column(label="关口", value=gate_name, sort="gate", width=18),
        Column(label="理由", value=lambda row: row.remark, kind="wide", width=50),
        Column(label="放行人", value=lambda row: row.by.full_name, width=12),
        Column(label="时间", value=lambda row: row.at, sort="at", width=17),
    )
    filters = OverrideSearch
    lookups: ClassVar[dict[str, str]] = {"unit": "edition__paper__unit"}
    search = ("edition__title", "remark")
    order: ClassVar[tuple[str, ...]] = ("-at",)
    empty = Empty("没有例外放行", "关口拦下的稿件由负责人说明理由放行后，会列在这里。")

    def search_form(self) -> forms.Form:
        """Only the units that the person may see are offered."""
        user = self.request.user
        assert isinstance(user, User)
        return OverrideSearch(self.request.GET, units=user.units())


def _seen(request: UserRequest) -> QuerySet[Override]:
    editions = Edition.objects.visible_to(request.user)
    return Override.objects.filter(edition__in=editions.order_by().values("pk"))


@staff_page()
def overrides(request: UserRequest) -> HttpResponse:
    """All overrides that one may see, with their counts (例外放行)."""
    counted = _seen(request).values_list("gate").annotate(n=Count("pk")).order_by("-n")
    counts = [(code, BY_CODE[code].label if code in BY_CODE else code, n) for code, n in counted]
    rows = _seen(request).select_related("edition__paper__unit", "by")
    return OverrideListing(request, rows).respond(
        "documents/overrides.html",
        counts=counts,
        breadcrumbs=[("例外放行", "")],
    )
