"""导入向导（一、二）: hand in a file or a text; check the tasks beside the source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Role
from gongkai.frame.opening.unreadable import Unreadable
from gongkai.frame.today import today
from gongkai.ledger.forms.importing import STEP, StartForm
from gongkai.ledger.models import PlanImport
from gongkai.ledger.services.importing import Directory, Review, start_import
from gongkai.ledger.services.importing.review import RowReview
from gongkai.rules.law import Refused

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the source (原文片段); ``row`` is the task that was read from it, if any."""

    text: str
    row: RowReview | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """The rows under one heading (按章节的任务)."""

    path: tuple[str, ...]
    rows: list[RowReview]


@staff_page(Role.OFFICE)
def import_new(request: UserRequest) -> HttpResponse:
    """Step one (上传或粘贴): what cannot be read is said in one sentence, and the text stays."""
    posted = request.method == "POST"
    form = StartForm(request.POST, request.FILES) if posted else StartForm(initial=request.GET.dict())
    if posted and form.is_valid():
        try:
            record = _start(request, form)
        except (Unreadable, Refused) as problem:
            form.add_error("upload" if form.cleaned_data["upload"] else "text", str(problem))
        else:
            return redirect(record)
    context = {
        "form": form,
        "title": "导入要点",
        "under_way": PlanImport.objects.filter(state="checking").select_related("started_by")[:5],
        "breadcrumbs": [("要点与台账", reverse("plans")), ("导入要点", "")],
    }
    return render(request, "ledger/import_new.html", context)


def _start(request: UserRequest, form: StartForm) -> PlanImport:
    given = form.cleaned_data
    upload = given["upload"]
    return start_import(
        by=request.user,
        content=upload.read() if upload else None,
        name=(upload.name or "") if upload else "",
        text=given["text"],
        year=given["year"],
        revises=given["revises"],
    )


def review_of(request: UserRequest, pk: int) -> Review:
    """The import as it stands, with the units of today (核对中的导入)."""
    record = get_object_or_404(PlanImport.objects.select_related("revises", "plan"), pk=pk)
    return Review(record, Directory(today(request)))


@staff_page(Role.OFFICE)
def import_check(request: UserRequest, pk: int) -> HttpResponse:
    """Step two (核对任务): the tasks as read, beside the source."""
    review = review_of(request, pk)
    if review.record.state != "checking":
        return redirect(review.record.plan or "plans")
    only = request.GET.get("only") == "doubtful"
    page = _page(request, review, only)
    context = {
        "page": page,
        "blocks": list(_blocks(page)),
        "source": list(_pieces(review, page)),
        "only": only,
        "listing": {"steps": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)},
        **frame(review, "import"),
    }
    return render(request, "ledger/import_check.html", context)


def frame(review: Review, tab: str) -> dict[str, Any]:
    """What every page of the wizard shows (向导公共内容): tabs with what is left to do."""
    record = review.record
    doubtful, unsettled = len(review.doubtful), len(review.unsettled)
    tabs = [
        ("import", f"核对任务（{doubtful} 项待核对）" if doubtful else "核对任务 ✓"),
        ("import_names", f"责任主体（{unsettled} 个待对应）" if unsettled else "责任主体 ✓"),
        ("import_edit", "要点信息" if not record.title or not record.year else "要点信息 ✓"),
        *([("import_changes", "与原要点的变化")] if record.revises else []),
        ("import_confirm", "确认导入"),
    ]
    return {
        "review": review,
        "record": record,
        "section_choices": _headings(review),
        "agency_choices": list(review.directory.choices()),
        "subnavigation": [(label, reverse(name, args=[record.pk]), name == tab) for name, label in tabs],
        "breadcrumbs": [
            ("要点与台账", reverse("plans")),
            ("导入要点", reverse("import_new")),
            (str(record), ""),
        ],
    }


def _headings(review: Review) -> list[str]:
    """The headings that a row may be moved under."""
    return list(dict.fromkeys(STEP.join(each.row.section_path) for each in review.rows))


def _page(request: UserRequest, review: Review, only: bool) -> Page[RowReview]:
    """The page asked for, or the one on which the asked row stands."""
    rows = review.doubtful if only else review.rows
    keys = [str(each.row.key) for each in rows]
    asked = request.GET.get("row", "")
    number = keys.index(asked) // PER_PAGE + 1 if asked in keys else request.GET.get("page")
    return Paginator(rows, PER_PAGE).get_page(number)


def _blocks(page: Page[RowReview]) -> Iterator[Block]:
    for path, rows in groupby(page.object_list, key=lambda each: each.row.section_path):
        yield Block(path, list(rows))


def _pieces(review: Review, page: Page[RowReview]) -> Iterator[Piece]:
    """The source of this page's rows in runs, each run of a task marked with it."""
    text = review.record.source_text
    placed = [each for each in page.object_list if each.row.start is not None and each.row.end]
    placed.sort(key=lambda each: each.row.start or 0)
    whole = page.paginator.num_pages == 1
    at = 0 if whole or not placed else placed[0].row.start or 0
    for each in placed:
        start, end = max(each.row.start or 0, at), each.row.end or 0
        if end <= start:
            continue
        if start > at:
            yield Piece(dense(text[at:start]))
        yield Piece(dense(text[start:end]), each)
        at = end
    if whole and at < len(text):
        yield Piece(dense(text[at:]))


def dense(text: str) -> str:
    """The text without empty lines: pages taken from PDF have one after each line."""
    return re.sub(r"\n\s*\n", "\n", text)
