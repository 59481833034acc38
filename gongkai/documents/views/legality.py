"""合法性审核台账: every review of legality with its days left and its result; exported as it stands."""

from datetime import date
from typing import ClassVar

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import User
from gongkai.documents.forms.filters import UnitSearch
from gongkai.documents.models import Legality
from gongkai.frame.listing import Column, Empty, Listing
from gongkai.frame.today import today
from gongkai.rules.legality import LEAST, MOST


class LegalitySearch(UnitSearch):
    """What the register is narrowed by (筛选)."""

    result = forms.ChoiceField(
        label="审核结果", required=False, choices=[("", "全部"), *Legality.Result.choices]
    )


class LegalityListing(Listing[Legality]):
    """The register of reviews (合法性审核台账)."""

    title = "合法性审核台账"
    noun = "件次"
    columns = (
        Column(
            label="文件",
            value=lambda row: str(row.edition),
            link=lambda row: row.edition.get_absolute_url(),
            kind="wide",
            width=50,
        ),
        Column(label="起草单位", value=lambda row: row.edition.paper.unit.short_name, width=16),
        Column(label="审核机构", value=lambda row: row.unit.short_name, sort="unit", width=16),
        Column(label="送审日期", value=lambda row: row.asked_on, sort="asked_on", kind="narrow", width=12),
        Column(
            label="期限",
            value=lambda row: row.due_on,
            sort="due_on",
            template="documents/cells/legality_due.html",
            kind="narrow",
            width=12,
        ),
        Column(
            label="结果",
            value=lambda row: row.get_result_display() or "待审核",
            sort="result",
            template="documents/cells/legality.html",
            width=12,
        ),
        Column(label="审核意见", value=lambda row: row.opinion, kind="wide", width=50),
        Column(label="审核人", value=lambda row: row.by.full_name if row.by else "", on="sheet", width=12),
        Column(label="办结日期", value=lambda row: row.closed_on, sort="closed_on", kind="narrow", width=12),
    )
    filters = LegalitySearch
    lookups: ClassVar[dict[str, str]] = {"unit": "edition__paper__unit"}
    search = ("edition__title", "opinion")
    order: ClassVar[tuple[str, ...]] = ("-asked_on", "-id")
    empty = Empty("还没有合法性审核", "规范性文件送审后逐件记在这里，审核结果分合法、应当予以修改、不合法。")

    def search_form(self) -> forms.Form:
        """Only the units that the person may see are offered."""
        user = self.request.user
        assert isinstance(user, User)
        return LegalitySearch(self.request.GET, units=user.units())


def told(day: date, waiting: int, late: int) -> str:
    """What the register says above its rows (说明)."""
    rule = f"审核一般不少于{LEAST}、不超过{MOST}，见{MOST.cite}。"
    now = f"截至{day:%Y-%m-%d}，待审核 {waiting} 件" + (f"，其中 {late} 件已过期限" if late else "")
    return f"{rule}{now}。" if waiting else rule


@staff_page()
def legality(request: UserRequest) -> HttpResponse:
    """The register (合法性审核台账)."""
    rows = Legality.objects.visible_to(request.user)
    day, waiting = today(request), rows.waiting()
    return LegalityListing(request, rows.select_related("edition__paper__unit", "unit", "by")).respond(
        lede=told(day, waiting.count(), waiting.filter(due_on__lt=day).count()),
        breadcrumbs=[("政府信息", reverse("papers")), ("合法性审核台账", "")],
    )
