"""报送页面: write, edit, send; sign or send back; accept or return."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, View, staff_page
from gongkai.accounts.acts import Deed, Place, act_page
from gongkai.frame.today import today
from gongkai.frame.uploads import clean_name
from gongkai.ledger.forms.deeds import ConfirmForm, ReasonForm, RemarkForm
from gongkai.ledger.forms.report import ReportForm
from gongkai.ledger.models import Assignment, Evidence, Milestone, Report
from gongkai.ledger.services import reports
from gongkai.ledger.states import REPORT
from gongkai.rules.law import Refused

DEEDS = {
    "send": Deed(
        reports.send_report,
        ConfirmForm,
        "报送后由本单位负责人审签。审签前可以撤回修改。",
        "已报送，等待本单位负责人审签。",
    ),
    "recall": Deed(
        lambda report, by, today: reports.recall_report(report, by=by),  # noqa: ARG005
        ConfirmForm,
        "撤回后变回草稿，可以继续修改。",
        "已撤回，可以继续修改。",
    ),
    "sign": Deed(
        reports.sign_report,
        ConfirmForm,
        "签发后报区政务公开办验收，本单位不能再修改。",
        "已签发，等待区政务公开办验收。",
    ),
    "send_back": Deed(
        reports.send_back_report,
        ReasonForm,
        "退回后由信息员修改，再次报您审签。",
        "已退回信息员。",
        grave=True,
    ),
    "accept": Deed(
        reports.accept_report,
        RemarkForm,
        "验收通过后，任务的落实状态随之更新。可公开的材料会显示在公众进度页面。",
        "已验收通过。",
    ),
    "return": Deed(
        reports.return_report,
        ReasonForm,
        "退回后由责任单位补正，再次审签报送。",
        "已退回责任单位补正。",
        grave=True,
    ),
}


def act(code: str) -> View:
    """The page of one act on a report (报送办理)."""

    @staff_page()
    def page(request: UserRequest, pk: int) -> HttpResponse:
        seen = Report.objects.visible_to(request.user)
        report = get_object_or_404(seen.select_related("assignment__unit", "assignment__task"), pk=pk)
        roles = request.user.roles_in(report.assignment.unit)
        place = Place("report", report, report.state, roles, report.assignment, "ledger/act.html")
        return act_page(request, place, REPORT, code, DEEDS[code], report=report)

    return page


@staff_page("officer", "approver")
def write(request: UserRequest, pk: int) -> HttpResponse:
    """Begin a report on an assignment (填报进展)."""
    seen = Assignment.objects.visible_to(request.user).select_related("unit", "task__plan")
    assignment = get_object_or_404(seen, pk=pk)
    if not REPORT.acts["edit"].roles & request.user.roles_in(assignment.unit):
        raise PermissionDenied("您的岗位不能为这个单位填报。")
    draft = assignment.reports.filter(state__in=["draft", "returned"]).first()
    return redirect("report_edit", draft.pk) if draft else _page(request, assignment, None)


@staff_page("officer", "approver")
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Go on with a draft, or mend a returned report (修改报送)."""
    seen = Report.objects.visible_to(request.user).select_related(
        "assignment__unit", "assignment__task__plan"
    )
    report = get_object_or_404(seen, pk=pk)
    if not REPORT.acts["edit"].roles & request.user.roles_in(report.assignment.unit):
        raise PermissionDenied("您的岗位不能为这个单位填报。")
    if report.state not in REPORT.acts["edit"].sources:
        messages.error(request, f"报送{report.get_state_display()}，不能修改。")
        return redirect(report.assignment)
    return _page(request, report.assignment, report)


def _page(request: UserRequest, assignment: Assignment, report: Report | None) -> HttpResponse:
    steps = list(assignment.task.milestones.all())
    if request.method != "POST":
        form = ReportForm(task=assignment.task, steps=steps, initial=_initial(report, steps, request))
        return _show(request, form, assignment, report)
    form = ReportForm(request.POST, request.FILES, task=assignment.task, steps=steps)
    form.is_valid()
    try:
        report = _keep(request, form, assignment, report)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _show(request, form, assignment, report)
    _attach(request, form, report)
    if form.errors:
        return _show(request, form, assignment, report, kept=True)
    return _next(request, form, report)


def _initial(report: Report | None, steps: Sequence[Milestone], request: UserRequest) -> dict[str, object]:
    if report:
        return {"text": report.text, "completes": report.completes, "milestone": report.milestone_id}
    past = [step for step in steps if step.due_on >= today(request)]
    return {"milestone": past[0].pk if past else None}


def _keep(request: UserRequest, form: ReportForm, assignment: Assignment, report: Report | None) -> Report:
    """Save what was typed as a draft, before anything else can go wrong (先存草稿)."""
    text = form.cleaned_data.get("text", request.POST.get("text", ""))
    typed = Typed(text, form.cleaned_data.get("milestone"), bool(form.cleaned_data.get("completes")))
    try:
        return _saved(request, assignment, report, typed)
    except Refused as refused:  # a wrong step or tick is named; text and files are kept without it
        form.add_error("milestone" if "milestone" in form.fields else None, str(refused))
        return _saved(request, assignment, report, Typed(text, None, completes=False))


@dataclass(frozen=True, slots=True)
class Typed:
    """What the officer typed (填报内容)."""

    text: str
    milestone: Milestone | None
    completes: bool


def _saved(request: UserRequest, assignment: Assignment, report: Report | None, typed: Typed) -> Report:
    text, step, completes, by = typed.text, typed.milestone, typed.completes, request.user
    if report:
        return reports.edit_report(report, text=text, milestone=step, completes=completes, by=by)
    return reports.write_report(
        assignment, text=text, milestone=step, completes=completes, by=by, today=today(request)
    )


def _attach(request: UserRequest, form: ReportForm, report: Report) -> None:
    """Keep the files and the link; what cannot be kept is named beside its field."""
    public = bool(form.cleaned_data.get("public"))
    for upload in form.cleaned_data.get("uploads") or []:
        title = (upload.name or "佐证文件").rsplit(".", 1)[0][:120]
        try:
            reports.attach(report, title=title, by=request.user, upload=upload, public=public)
        except Refused as refused:
            form.add_error("uploads", f"{upload.name}：{refused}")
    link = form.cleaned_data.get("link")
    if link:
        title = form.cleaned_data.get("link_title") or link[:120]
        try:
            reports.attach(report, title=title, by=request.user, link=link, public=public)
        except Refused as refused:
            form.add_error("link", str(refused))


def _next(request: UserRequest, form: ReportForm, report: Report) -> HttpResponse:
    if "send" in request.POST:
        if form.cleaned_data["text"]:
            return redirect("report_send", report.pk)
        form.add_error("text", "请填写进展情况，再报送审签")
        return _show(request, form, report.assignment, report, kept=True)
    messages.success(request, "草稿已保存。")
    return redirect("report_edit", report.pk) if "add" in request.POST else redirect(report.assignment)


def _show(
    request: UserRequest,
    form: ReportForm,
    assignment: Assignment,
    report: Report | None,
    *,
    kept: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "assignment": assignment,
        "report": report,
        "evidence": report.evidence.all() if report else [],
        "kept": kept,
        "action": reverse("report_edit", args=[report.pk]) if report else "",
        "breadcrumbs": [
            ("我的工作台", reverse("desk")),
            (str(assignment.task), assignment.get_absolute_url()),
            ("填报进展", ""),
        ],
    }
    return render(request, "ledger/report.html", context)


@staff_page("officer", "approver")
@require_POST
def drop_evidence(request: UserRequest, pk: int) -> HttpResponse:
    """Take a piece of evidence out of a draft (移除材料)."""
    evidence = get_object_or_404(_seen(request), pk=pk)
    report = evidence.report
    try:
        reports.detach(evidence, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已移除“{evidence.title}”。")
    return redirect("report_edit", report.pk)


@staff_page()
def evidence(request: UserRequest, pk: int) -> HttpResponseBase:
    """Hand out an upload to those who may see its report (下载材料)."""
    answer = download(get_object_or_404(_seen(request), pk=pk))
    answer["Cache-Control"] = "private, no-store"
    return answer


def download(found: Evidence) -> FileResponse:
    """The file as an attachment: the browser never runs it, whatever it claims to be."""
    if not found.upload:
        raise Http404("这份材料是网址，没有文件")
    try:
        content = found.upload.open("rb")
    except FileNotFoundError as missing:
        raise Http404("文件已不在") from missing
    ending = str(found.upload.name).rpartition(".")[2]
    answer = FileResponse(
        content,
        as_attachment=True,
        filename=clean_name(f"{found.title}.{ending}"),
        content_type="application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _seen(request: UserRequest) -> QuerySet[Evidence]:
    reports_seen = Report.objects.visible_to(request.user)
    return Evidence.objects.filter(report__in=reports_seen).select_related("report__assignment__unit")
