"""文件清理: the office asks, units say what becomes of each paper, one act publishes the result."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.acts import Deed, Place, act_page
from gongkai.accounts.models import Role, User
from gongkai.documents.forms.filters import UnitSearch
from gongkai.documents.forms.keeping import CleanupForm, DecideForm, JudgeForm
from gongkai.documents.forms.texts import ConfirmForm
from gongkai.documents.models import Cleanup, CleanupEntry
from gongkai.documents.services import cleanups as services
from gongkai.documents.states import CLEANUP
from gongkai.documents.views.acts import plain
from gongkai.frame.acts import attempt
from gongkai.frame.forms import form_page
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.today import now, today

TRAIL = [("政府信息", reverse_lazy("papers")), ("文件清理", reverse_lazy("cleanups"))]


def visible(user: User) -> QuerySet[Cleanup]:
    """The clean-ups in which *user*'s units have papers (可见清理)."""
    if user.sees_all:
        return Cleanup.objects.all()
    mine = CleanupEntry.objects.visible_to(user).values("cleanup")
    return Cleanup.objects.filter(pk__in=mine)


class CleanupListing(Listing[Cleanup]):
    """All clean-ups (文件清理)."""

    title = "文件清理"
    noun = "次"
    columns = (
        Column(label="名称", value=str, link=Cleanup.get_absolute_url, kind="wide", width=50),
        Column(label="成文日期", value=lambda row: f"{row.since} 至 {row.until}", width=26),
        Column(
            label="状态",
            value=lambda row: row.get_state_display(),
            template="documents/cells/cleanup_state.html",
            width=12,
        ),
        Column(label="已填", value=lambda row: row.judged, kind="number", width=8),
        Column(label="文件", value=lambda row: row.total, kind="number", width=8),
        Column(label="发起日期", value=lambda row: row.made_on, sort="made_on", width=12),
    )
    filters = Search
    search = ("title",)
    order: ClassVar[tuple[str, ...]] = ("-made_on",)
    empty = Empty("还没有文件清理", "发起清理后，现行有效的文件按制定单位列出，由单位逐件填写意见。")


@staff_page()
def cleanups(request: UserRequest) -> HttpResponse:
    """All clean-ups that concern one's units (文件清理列表)."""
    mine = Q() if request.user.sees_all else Q(entries__unit__in=request.user.units().order_by().values("pk"))
    rows = visible(request.user).annotate(
        total=Count("entries", filter=mine or None),
        judged=Count("entries", filter=mine & ~Q(entries__verdict="")),
    )
    return CleanupListing(request, rows).respond(
        "documents/cleanups.html",
        may_start=request.user.has_role(Role.OFFICE),
        breadcrumbs=[TRAIL[0], ("文件清理", "")],
    )


@staff_page("office")
def start(request: UserRequest) -> HttpResponse:
    """Begin a clean-up (发起清理)."""
    form = CleanupForm(request.POST or None)
    made: list[Cleanup] = []

    def run() -> None:
        made.append(services.start_cleanup(by=request.user, today=today(request), **form.cleaned_data))

    if request.method == "POST" and attempt(request, form, run, done="已发起清理。", to="cleanups"):
        return redirect(made[0])
    return form_page(
        request,
        form,
        title="发起清理",
        submit="发起",
        cancel=reverse("cleanups"),
        lede="列出这段时间成文、现行有效的文件，由制定单位逐件填写意见，最后一次公布结果。",
        breadcrumbs=[*TRAIL, ("发起清理", "")],
    )


class EntrySearch(UnitSearch):
    """What the papers of a clean-up are narrowed by (筛选)."""

    verdict = forms.ChoiceField(
        label="清理意见",
        required=False,
        choices=[("", "全部"), ("none", "未填写"), *CleanupEntry.Verdict.choices],
    )


class EntryListing(Listing[CleanupEntry]):
    """The papers of one clean-up (清理文件)."""

    title = "清理文件"
    noun = "件"
    columns = (
        Column(
            label="文件",
            value=lambda row: str(row.paper),
            link=lambda row: reverse("paper_history", args=[row.paper_id]),
            kind="wide",
            width=50,
        ),
        Column(label="发文字号", value=lambda row: row.paper.number, width=22),
        Column(label="单位", value=lambda row: row.unit.short_name, sort="unit", width=16),
        Column(label="成文日期", value=lambda row: row.paper.made_on, sort="paper__made_on", width=12),
        Column(label="清理前", value=lambda row: row.get_before_display(), width=12),
        Column(
            label="清理意见",
            value=lambda row: row.get_verdict_display(),
            template="documents/cells/verdict.html",
            sort="verdict",
            width=14,
        ),
        Column(label="理由", value=lambda row: row.reason, on="sheet", width=40),
    )
    filters = EntrySearch
    search = ("paper__title", "paper__number")
    order: ClassVar[tuple[str, ...]] = ("verdict", "unit", "paper__made_on")

    def search_form(self) -> forms.Form:
        """Only the units that the person may see are offered."""
        user = self.request.user
        assert isinstance(user, User)
        return EntrySearch(self.request.GET, units=user.units())

    def narrow(self, rows: QuerySet[CleanupEntry], asked: dict[str, Any]) -> QuerySet[CleanupEntry]:
        """What nobody has judged yet is a verdict of its own here."""
        wanted = dict(asked)
        if wanted.get("verdict") == "none":
            wanted["verdict"] = ""
        return super().narrow(rows, wanted)


@staff_page()
def cleanup(request: UserRequest, pk: int) -> HttpResponse:
    """One clean-up with its papers (文件清理)."""
    shown = get_object_or_404(visible(request.user).select_related("notice", "made_by"), pk=pk)
    rows = CleanupEntry.objects.visible_to(request.user).filter(cleanup=shown)
    roles = {post.role for post in request.user.held}
    left, total = rows.filter(verdict="").count(), rows.count()
    hidden = {"judge", "decide"} if left else {"judge"}  # a result needs every verdict
    acts = [each for each in CLEANUP.open_to(shown.state, roles) if each.code not in hidden]
    return EntryListing(request, rows.select_related("paper", "unit", "cleanup")).respond(
        "documents/cleanup.html",
        title=shown.title,
        cleanup=shown,
        acts=acts,
        open=shown.state == "open",
        left=left,
        total=total,
        done=total - left,
        breadcrumbs=[*TRAIL, (shown.title, "")],
    )


@staff_page()
def judge(request: UserRequest, pk: int) -> HttpResponse:
    """Say what becomes of one paper; then the next one comes by itself (填写清理意见)."""
    seen = CleanupEntry.objects.visible_to(request.user).select_related("cleanup", "paper", "unit")
    entry = get_object_or_404(seen, pk=pk)
    if not CLEANUP.acts["judge"].roles & request.user.roles_in(entry.unit):
        raise PermissionDenied("您的岗位不能填写这个单位的清理意见。")
    form = JudgeForm(request.POST or None, initial={"verdict": entry.verdict, "reason": entry.reason})
    rest = seen.filter(cleanup=entry.cleanup, verdict="").exclude(pk=entry.pk).order_by("unit", "pk")
    following = rest.filter(unit=entry.unit).first()
    home = entry.cleanup.get_absolute_url()
    to = reverse("cleanup_judge", args=[following.pk]) if following else home

    def run() -> object:
        return services.judge_entry(entry, by=request.user, today=today(request), **form.cleaned_data)

    if request.method == "POST":
        answer = attempt(request, form, run, done=f"“{entry.paper}”的清理意见已保存。", to=to)
        if answer:
            return answer
    return form_page(
        request,
        form,
        title="填写清理意见",
        submit="保存，下一件" if following else "保存",
        cancel=home,
        template="documents/judge.html",
        entry=entry,
        left=rest.filter(unit=entry.unit).count(),
        breadcrumbs=[*TRAIL, (str(entry.cleanup), home), ("填写清理意见", "")],
    )


@staff_page("office")
def decide(request: UserRequest, pk: int) -> HttpResponse:
    """Publish the result; all papers change at one moment (公布清理结果)."""
    shown = get_object_or_404(visible(request.user), pk=pk)
    form = DecideForm(request.POST or None, user=request.user)

    def run() -> object:
        return services.decide_cleanup(shown, by=request.user, at=now(), **form.cleaned_data)

    if request.method == "POST":
        answer = attempt(request, form, run, done="清理结果已公布，文件有效性同时更新。", to=shown)
        if answer:
            return answer
    counts = dict(shown.entries.values_list("verdict").annotate(n=Count("pk")).order_by())
    return form_page(
        request,
        form,
        title="公布清理结果",
        submit="公布",
        grave=True,
        cancel=shown.get_absolute_url(),
        template="documents/decide.html",
        counts=[(label, counts.get(code, 0)) for code, label in CleanupEntry.Verdict.choices],
        left=counts.get("", 0),
        breadcrumbs=[*TRAIL, (str(shown), shown.get_absolute_url()), ("公布清理结果", "")],
    )


GIVE_UP = Deed(
    plain(services.drop_cleanup), ConfirmForm, "取消后已填写的意见不生效。", "已取消清理。", grave=True
)


@staff_page("office")
def drop(request: UserRequest, pk: int) -> HttpResponse:
    """Give a clean-up up (取消清理)."""
    shown = get_object_or_404(visible(request.user), pk=pk)
    place = Place("cleanup", shown, shown.state, frozenset({"office"}), shown, "frame/form_page.html")
    return act_page(request, place, CLEANUP, "drop", GIVE_UP)
