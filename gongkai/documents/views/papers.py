"""政府信息列表: all papers of one's units, and the queue of editions that wait for one's decision."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Role, User
from gongkai.documents.forms.filters import PaperSearch, QueueSearch
from gongkai.documents.forms.writing import writing_units
from gongkai.documents.models import Edition, Paper
from gongkai.documents.overview.waiting import ending, waiting_for
from gongkai.documents.states import EDITABLE, EDITION, OPEN
from gongkai.frame.listing import Column, Empty, Listing
from gongkai.frame.today import today

STAGE_LABELS = EDITION.states
#: what the filter of states means by its words for drafts
UNDER_WAY = {"open": OPEN, "writing": EDITABLE, "scheduled": ("scheduled",)}


def latest(code: str) -> Subquery:
    """A value of the newest edition of each paper (最新版本)."""
    editions = Edition.objects.filter(paper=OuterRef("pk")).order_by("-ordinal")
    return Subquery(editions.values(code)[:1])


def edition_url(row: Any) -> str:
    """The page of the newest edition of a paper."""
    return reverse("edition", args=[row.last]) if row.last else reverse("paper_history", args=[row.pk])


class PaperListing(Listing[Paper]):
    """The papers of the units that somebody may see (政府信息列表)."""

    title = "政府信息"
    noun = "条"
    columns = (
        Column(label="标题", value=str, sort="title", link=edition_url, kind="wide", width=60),
        Column(label="索引号", value=lambda row: row.code, on="sheet", width=26),
        Column(label="发文字号", value=lambda row: row.number, width=22),
        Column(label="单位", value=lambda row: row.unit.short_name, sort="unit", width=16),
        Column(label="体裁", value=lambda row: row.get_sort_display(), sort="sort", width=12),
        Column(
            label="状态",
            value=lambda row: row.get_state_display(),
            template="documents/cells/paper_state.html",
            sort="state",
            width=14,
        ),
        Column(
            label="在办环节",
            value=lambda row: STAGE_LABELS.get(row.last_state, "") if row.last_state in OPEN else "",
            on="sheet",
            width=16,
        ),
        Column(label="公开属性", value=lambda row: row.get_attribute_display(), on="sheet", width=12),
        Column(label="有效性", value=lambda row: row.get_standing_display(), on="sheet", width=12),
        Column(label="成文日期", value=lambda row: row.made_on, sort="made_on", on="sheet", width=12),
        Column(label="发布时间", value=lambda row: row.published_at, sort="published_at", width=17),
    )
    filters = PaperSearch
    lookups = {"sort_of": "sort", "column": "columns"}
    search = ("title", "number", "code", "keywords")
    order = ("-id",)
    empty = Empty("还没有政府信息", "写好的信息会列在这里。", reverse_lazy("paper_new"), "写一篇")

    def search_form(self) -> forms.Form:
        """Only the units that the person may see are offered."""
        user = self.request.user
        assert isinstance(user, User)
        return PaperSearch(self.request.GET, units=user.units())

    def narrow(self, rows: QuerySet[Paper], asked: dict[str, Any]) -> QuerySet[Paper]:
        """Papers with a draft under way are a state of their own here."""
        wanted = dict(asked)
        state = wanted.get("state", "")
        if state in UNDER_WAY:
            del wanted["state"]
            drafts = Edition.objects.filter(paper=OuterRef("pk"), state__in=UNDER_WAY[state])
            rows = rows.filter(Exists(drafts))
        elif state == "ending":
            del wanted["state"]
            rows = ending(rows, today(self.request))
        return super().narrow(rows, wanted)


@staff_page()
def papers(request: UserRequest) -> HttpResponse:
    """All papers of one's units (政府信息列表)."""
    rows = Paper.objects.visible_to(request.user).select_related("unit")
    rows = rows.annotate(last=latest("pk"), last_state=latest("state"))
    may_write = request.user.has_role(Role.OFFICER, Role.APPROVER) and writing_units(request.user).exists()
    return PaperListing(request, rows).respond(
        "documents/papers.html",
        may_write=may_write,
        waiting=waiting_for(request.user).count(),
    )


class QueueListing(Listing[Edition]):
    """What waits for this person's decision (待我审核)."""

    title = "待我审核"
    noun = "件"
    columns = (
        Column(label="标题", value=str, link=Edition.get_absolute_url, kind="wide", width=60),
        Column(label="单位", value=lambda row: row.paper.unit.short_name, sort="paper__unit", width=16),
        Column(label="体裁", value=lambda row: row.get_sort_display(), width=12),
        Column(
            label="环节",
            value=lambda row: row.get_state_display(),
            template="documents/cells/edition_state.html",
            sort="state",
            width=16,
        ),
        Column(label="起草人", value=lambda row: row.written_by.full_name, width=12),
        Column(label="提交日期", value=lambda row: row.submitted_on, sort="submitted_on", width=12),
        Column(
            label="退回次数", value=lambda row: row.returned_times or "", kind="number", on="sheet", width=10
        ),
    )
    filters = QueueSearch
    lookups = {"unit": "paper__unit"}
    search = ("title", "number")
    order = ("submitted_on",)
    empty = Empty("没有等待审核的稿件", "有稿件提交给您审核、会签或签发时，会出现在这里。")

    def search_form(self) -> forms.Form:
        """Only the units that the person may see are offered."""
        user = self.request.user
        assert isinstance(user, User)
        return QueueSearch(self.request.GET, units=user.units())


@staff_page()
def queue(request: UserRequest) -> HttpResponse:
    """The editions that wait for one's decision, the oldest first (待我审核)."""
    rows = waiting_for(request.user).select_related("paper__unit", "written_by")
    return QueueListing(request, rows).respond(
        breadcrumbs=[("政府信息", reverse("papers")), ("待我审核", "")]
    )
