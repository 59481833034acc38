"""数据迁移的页面: hand a manifest in, agree on its columns, watch the import, read the result row by row."""

from itertools import islice
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.documents.forms.legacy import ManifestForm, MappingForm
from gongkai.documents.models import LegacyImport, LegacyRow
from gongkai.documents.services.legacy import acts, queueing, running
from gongkai.documents.services.legacy.headings import FIELDS
from gongkai.documents.services.legacy.watching import why_abandoned
from gongkai.documents.states import LEGACY
from gongkai.frame.acts import attempt, press
from gongkai.frame.forms import form_page
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.opening.unreadable import Unreadable
from gongkai.frame.today import now
from gongkai.rules.law import Refused

KEEPERS = ("office", "administrator")
HOME = ("数据迁移", reverse_lazy("legacies"))
PREVIEW = 5


class LegacyListing(Listing[LegacyImport]):
    """The imports of older sites (数据迁移)."""

    title = "数据迁移"
    noun = "次"
    columns = (
        Column(label="清单", value=str, link=LegacyImport.get_absolute_url, kind="wide", width=40),
        Column(
            label="状态",
            value=lambda row: row.get_state_display(),
            template="documents/cells/legacy_state.html",
            width=12,
        ),
        Column(label="总行数", value=lambda row: row.total, kind="number", width=10),
        Column(label="新增", value=lambda row: row.made, kind="number", width=10),
        Column(label="更新", value=lambda row: row.changed, kind="number", width=10),
        Column(label="无变化", value=lambda row: row.same, kind="number", width=10),
        Column(label="未导入", value=lambda row: row.refused, kind="number", width=10),
        Column(label="开始时间", value=lambda row: row.begun_at, width=17),
    )
    order: ClassVar[tuple[str, ...]] = ("-pk",)
    empty = Empty(
        "还没有导入过", "旧网站的信息可以用一张清单成批导入。", reverse_lazy("legacy_new"), "上传清单"
    )


#: what rows may be narrowed by; each is a count of the row
CHECKS = (
    ("found", "有发现的"),
    ("grave", "须处理后才能发布的"),
    ("private", "个人信息"),
    ("wording", "错敏词和用语"),
    ("unseen", "隐藏内容"),
)


class RowSearch(Search):
    """What the rows are narrowed by (筛选)."""

    outcome = forms.ChoiceField(
        label="结果", required=False, choices=[("", "全部"), *LegacyRow.Outcome.choices]
    )
    checks = forms.ChoiceField(label="检查发现", required=False, choices=[("", "全部"), *CHECKS])
    remarked = forms.BooleanField(label="只看有说明的", required=False)


class RowListing(Listing[LegacyRow]):
    """What became of each row (逐行结果)."""

    title = "逐行结果"
    noun = "行"
    columns = (
        Column(label="行号", value=lambda row: row.line, sort="line", kind="narrow", width=8),
        Column(
            label="标题",
            value=lambda row: row.title,
            template="documents/cells/legacy_title.html",
            kind="wide",
            width=60,
        ),
        Column(label="结果", value=lambda row: row.get_outcome_display(), sort="outcome", width=10),
        Column(label="说明", value=lambda row: row.note, kind="wide", width=60),
        Column(
            label="检查发现",
            value=lambda row: in_words(row),
            template="documents/cells/legacy_findings.html",
            kind="wide",
            width=80,
        ),
    )
    filters = RowSearch
    search = ("title", "note")
    order: ClassVar[tuple[str, ...]] = ("line",)
    empty = Empty("还没有结果", "开始导入后，每一行的结果会列在这里。")

    def narrow(self, rows: Any, asked: dict[str, Any]) -> Any:
        """Rows with a remark, or with something that the checks found, where that was asked."""
        wanted = {name: value for name, value in asked.items() if name not in ("remarked", "checks")}
        found = super().narrow(rows, wanted)
        if asked.get("checks"):
            found = found.filter(**{f"{asked['checks']}__gt": 0})
        return found.exclude(note="") if asked.get("remarked") else found


def in_words(row: LegacyRow) -> str:
    """What was found in a row, for the sheet (检查发现)."""
    told = [f"{each['place']}：{each['kind']}“{each['text']}”，{each['advice']}" for each in row.findings]
    left = row.found - len(told)
    return "；".join([*told, f"还有{left}处"] if left > 0 else told)


@staff_page(*KEEPERS)
def legacies(request: UserRequest) -> HttpResponse:
    """The imports so far (数据迁移)."""
    return LegacyListing(request, LegacyImport.objects.all()).respond(
        "documents/legacies.html",
        lede="把旧网站的信息成批导入：上传清单，核对列对应，再开始导入。可以反复导入，不会重复。",
        breadcrumbs=[("数据迁移", "")],
    )


@staff_page(*KEEPERS)
def legacy_new(request: UserRequest) -> HttpResponse:
    """Hand a manifest in (上传清单)."""
    form = ManifestForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        checked = form.cleaned_data["upload"]
        try:
            batch = acts.take_in(checked.upload.file, name=checked.name, kind=checked.kind, by=request.user)
        except (Unreadable, Refused) as problem:
            form.add_error("upload", str(problem))
        else:
            return redirect("legacy_arrange", batch.pk)
    return form_page(
        request,
        form,
        title="上传迁移清单",
        submit="上传并核对列",
        cancel=reverse("legacies"),
        template="documents/legacy_new.html",
        fields=FIELDS,
        breadcrumbs=[HOME, ("上传清单", "")],
    )


@staff_page(*KEEPERS)
def arrange(request: UserRequest, pk: int) -> HttpResponse:
    """Agree on what each column holds (核对列), beside the first rows."""
    batch = get_object_or_404(LegacyImport, pk=pk)
    headings, first, problem = looked_at(batch)
    form = MappingForm(request.POST or None, headings=headings, mapping=batch.mapping)
    if request.method == "POST" and not problem:
        answer = attempt(
            request,
            form,
            lambda: acts.arrange(batch, by=request.user, **form.chosen),
            done="列对应已保存，请确认后开始导入",
            to=batch,
        )
        if answer:
            return answer
    known = set(batch.mapping.get("places", {}).values())
    return form_page(
        request,
        form,
        title="核对列对应",
        submit="保存",
        cancel=batch.get_absolute_url(),
        template="documents/legacy_arrange.html",
        batch=batch,
        problem=problem,
        headings=headings,
        first=first,
        unknown=[head for place, head in enumerate(headings) if head and place not in known],
        breadcrumbs=[HOME, (str(batch), batch.get_absolute_url()), ("核对列", "")],
    )


def looked_at(batch: LegacyImport) -> tuple[list[str], list[list[str]], str]:
    """The headings, the first rows, and what is wrong where the manifest cannot be read (预览)."""
    try:
        with running.opened(batch) as manifest:
            first = [[cell[:60] for cell in cells] for _, cells in islice(manifest.rows(), PREVIEW)]
            return manifest.headings, first, ""
    except Unreadable as problem:
        return [], [], str(problem)
    except OSError:
        return [], [], "清单文件已不在服务器上，请重新上传"


@staff_page(*KEEPERS)
@never_cache
def legacy(request: UserRequest, pk: int) -> HttpResponse:
    """How far an import has come, and what it brought (导入进度)."""
    batch = get_object_or_404(LegacyImport.objects.select_related("by"), pk=pk)
    context = {
        "batch": batch,
        "percent": batch.done * 100 // batch.total if batch.total else 0,
        "outcomes": [
            (LegacyRow.Outcome(code).label, code, getattr(batch, code)) for code in LegacyRow.Outcome.values
        ],
        "remarked": batch.rows.exclude(note="").count() if batch.done else 0,
        "checked": batch.rows.filter(found__gt=0).count() if batch.done else 0,
        "grave": batch.rows.filter(grave__gt=0).count() if batch.done else 0,
        "acts": {act.code for act in LEGACY.open_to(batch.state, {post.role for post in request.user.held})},
        "stalled": why_abandoned(batch, now()) if batch.state == "running" else "",
        "breadcrumbs": [HOME, (str(batch), "")],
    }
    part = request.headers.get("HX-Request")
    return render(request, "documents/legacy_progress.html" if part else "documents/legacy.html", context)


@staff_page(*KEEPERS)
def rows(request: UserRequest, pk: int) -> HttpResponse:
    """What became of each row (逐行结果)."""
    batch = get_object_or_404(LegacyImport, pk=pk)
    return RowListing(request, batch.rows.select_related("paper")).respond(
        breadcrumbs=[HOME, (str(batch), batch.get_absolute_url()), ("逐行结果", "")]
    )


@staff_page(*KEEPERS)
@require_POST
def start(request: UserRequest, pk: int) -> HttpResponse:
    """Start an import (开始导入)."""
    batch = get_object_or_404(LegacyImport, pk=pk)
    return press(
        request,
        lambda: queueing.start(batch, by=request.user, at=now()),
        done="已开始导入，可以离开本页，稍后再来看",
        to=batch,
    )


@staff_page(*KEEPERS)
@require_POST
def resume(request: UserRequest, pk: int) -> HttpResponse:
    """Go on with an import that was stopped (继续导入)."""
    batch = get_object_or_404(LegacyImport, pk=pk)
    return press(
        request,
        lambda: queueing.resume(batch, by=request.user, at=now()),
        done="已继续导入，从停下的地方接着处理",
        to=batch,
    )


@staff_page(*KEEPERS)
@require_POST
def drop(request: UserRequest, pk: int) -> HttpResponse:
    """Give an import up (放弃)."""
    batch = get_object_or_404(LegacyImport, pk=pk)
    return press(request, lambda: acts.drop(batch, by=request.user), done="已放弃这次导入", to=batch)
