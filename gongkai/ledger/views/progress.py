"""公众进度页面: no sign-in, no cookie; only what is public."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition

from gongkai.agencies.models import Unit
from gongkai.frame.listing import Search
from gongkai.frame.today import today
from gongkai.ledger.models import Assignment, Evidence, Plan, Task
from gongkai.ledger.overview import progress as overview
from gongkai.ledger.overview.board import path_of
from gongkai.ledger.views.report import download

PER_PAGE = 60
HOME = ("首页", "/")


class ProgressSearch(Search):
    """Whose tasks, and what they say (查找任务)."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="责任单位", required=False, empty_label="全部单位"
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units


@cache_control(public=True, max_age=60)
def progress(request: HttpRequest) -> HttpResponse:
    """The plans that everybody may follow (要点落实进度)."""
    plans = list(Plan.objects.public())
    shown = [
        (plan, overview.spoken(overview.public_assignments(plan), today(request))) for plan in plans[:10]
    ]
    context = {"plans": shown, "title": "要点落实进度", "breadcrumbs": [HOME, ("要点落实进度", "")]}
    return render(request, "ledger/progress.html", context)


@cache_control(public=True, max_age=60)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one plan has come (要点进度)."""
    found = get_object_or_404(Plan.objects.public(), pk=pk)
    assignments = overview.public_assignments(found)
    units = Unit.objects.filter(pk__in=assignments.values("unit"))
    form = ProgressSearch(request.GET, units=units)
    form.is_valid()
    unit, words = form.cleaned_data.get("unit"), form.cleaned_data.get("q", "")
    chosen = assignments.filter(unit=unit) if unit else assignments
    tasks = overview.public_tasks(found).select_related("section").order_by("position", "pk")
    tasks = tasks.filter(pk__in=chosen.values("task")) if unit else tasks
    for word in words.split():
        tasks = tasks.filter(text__icontains=word)
    page = Paginator(tasks, PER_PAGE).get_page(request.GET.get("page"))
    sections = {each.pk: each for each in found.sections.all()}
    spoken = overview.spoken(chosen, today(request))
    rows = overview.public_rows(page.object_list, chosen, today(request))
    paths = [(row, path_of(row.task.section, sections)) for row in rows]
    context = {
        "plan": found,
        "form": form,
        "asked": bool(unit or words),
        "unit": unit,
        "spoken": spoken,
        "bars": spoken.bars,
        "tasks_total": overview.public_tasks(found).count(),
        "rows": paths,
        "headings": list({row.task.section_id: (row.task, path) for row, path in paths}.values()),
        "words": overview.WORDS.values(),
        "messages_of_public": overview.messages_of(found),
        "page": page,
        "listing": {"steps": list(page.paginator.get_elided_page_range(page.number))},
        "breadcrumbs": [HOME, ("要点落实进度", reverse("progress")), (found.title, "")],
    }
    return render(request, "ledger/progress_plan.html", context)


@cache_control(public=True, max_age=60)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One public task: who, how far, and what proves it (任务进度)."""
    found = _task(pk)
    (row,) = overview.public_rows([found], overview.public_assignments(found.plan), today(request))
    reports = overview.public_reports(found)
    accepted = [each.decided_on for each in reports if each.decided_on]
    updated = max(accepted, default=found.plan.issued_on or today(request))
    context = {
        "task": found,
        "row": row,
        "reports": reports,
        "updated": timezone.make_aware(datetime.combine(updated, time())),
        "breadcrumbs": [
            HOME,
            ("要点落实进度", reverse("progress")),
            (found.plan.title, reverse("progress_plan", args=[found.plan.pk])),
            (f"任务 {found.number}", ""),
        ],
    }
    return render(request, "ledger/progress_task.html", context)


def _task(pk: int) -> Task:
    tasks = Task.objects.current().filter(public=True, plan__in=Plan.objects.public())
    return get_object_or_404(tasks.select_related("plan", "section"), pk=pk)


def _public_evidence(pk: int) -> Evidence:
    """A piece that everybody may see: marked public, on an accepted report of a public task."""
    tasks = Task.objects.current().filter(public=True, plan__in=Plan.objects.public())
    bound = Assignment.objects.filter(task__in=tasks, ended_on__isnull=True)
    found = Evidence.objects.filter(public=True, report__state="accepted", report__assignment__in=bound)
    return get_object_or_404(found, pk=pk)


def _etag(_request: HttpRequest, pk: int) -> str:
    return f'"{_public_evidence(pk).sha256}"'


@condition(etag_func=_etag)
@cache_control(public=True, max_age=300)
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:  # noqa: ARG001
    """A public upload (公开材料下载)."""
    return download(_public_evidence(pk))
