"""届满预警: papers in force whose term ends soon, to be assessed and kept on, changed, or let go."""

from typing import ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Role, User
from gongkai.documents.forms.filters import UnitSearch
from gongkai.documents.models import Edition, Paper
from gongkai.documents.services import papers as services
from gongkai.documents.services.guards import WRITERS
from gongkai.documents.services.nightly import ending_soon
from gongkai.documents.states import OPEN
from gongkai.documents.views.doors import paper_of
from gongkai.frame.acts import press
from gongkai.frame.listing import Column, Empty, Listing
from gongkai.frame.today import today
from gongkai.rules.validity import period


def file_url(row: Paper) -> str:
    """The staff page of a paper's relations and standing."""
    return reverse("paper_relations", args=[row.pk])


class ExpiringListing(Listing[Paper]):
    """Papers whose term ends soon (届满预警)."""

    title = "届满预警"
    noun = "件"
    columns = (
        Column(label="标题", value=str, link=file_url, kind="wide", width=50),
        Column(label="发文字号", value=lambda row: row.number, width=22),
        Column(label="单位", value=lambda row: row.unit.short_name, sort="unit", width=16),
        Column(
            label="有效期至",
            value=lambda row: row.expires_on,
            sort="expires_on",
            template="documents/cells/expiring.html",
            width=14,
        ),
        Column(
            label="办理",
            value=lambda _: "",
            template="documents/cells/expiring_acts.html",
            on="page",
        ),
    )
    filters = UnitSearch
    search = ("title", "number", "code")
    order: ClassVar[tuple[str, ...]] = ("expires_on",)
    empty = Empty("近期没有文件到期", "有效期快满的规范性文件会列在这里，请提前评估是否继续有效。")

    def search_form(self) -> forms.Form:
        """Only the units that the person may see are offered."""
        user = self.request.user
        assert isinstance(user, User)
        return UnitSearch(self.request.GET, units=user.units())


def _rows(request: UserRequest) -> QuerySet[Paper]:
    seen = Paper.objects.visible_to(request.user).order_by().values("pk")
    return ending_soon(today(request)).filter(pk__in=seen).select_related("unit")


@staff_page()
def expiring(request: UserRequest) -> HttpResponse:
    """The papers whose term ends soon (届满预警), with a button for each."""
    limit = period("warning")
    drafts = Edition.objects.filter(state__in=OPEN, paper__in=_rows(request).order_by().values("pk"))
    return ExpiringListing(request, _rows(request)).respond(
        lede=f"有效期在{limit.months}个月内届满的现行有效文件。继续执行的，评估后修订重新发布；"
        "不再执行的，列入清理。到期没有办理的，系统自动标为失效。",
        under_way={each.paper_id: each for each in drafts},
        may_write=bool(WRITERS & {post.role for post in request.user.held}),
        keeper=request.user.has_role(Role.OFFICE),
        breadcrumbs=[("政府信息", reverse("papers")), ("届满预警", "")],
    )


@staff_page("officer", "approver")
@require_POST
def renew(request: UserRequest, pk: int) -> HttpResponse:
    """Begin the edition that keeps a paper in force (修订续期), in one step."""
    paper = paper_of(request, pk)
    return press(
        request,
        lambda: services.revise(
            paper, by=request.user, today=today(request), note="有效期将届满，评估后重新发布"
        ),
        done="已生成修订稿：请评估后修改内容和有效期，再提交审核。",
        to=reverse("paper_history", args=[paper.pk]),
    )
