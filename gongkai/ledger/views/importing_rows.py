"""导入向导（二）: one task under correction; a plain form, or a part of the page where script runs."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import Role
from gongkai.ledger.forms.bodies import BodyFormSet, body_lines, with_one_more
from gongkai.ledger.forms.importing import RowForm, row_initial
from gongkai.ledger.services import importing as services
from gongkai.ledger.services.importing import Review
from gongkai.ledger.services.importing.review import RowReview
from gongkai.ledger.views.importing import dense, frame, review_of
from gongkai.rules.law import Refused

STRUCTURAL = ("split", "merge", "drop", "add")


@staff_page(Role.OFFICE)
def row_edit(request: UserRequest, pk: int, key: int) -> HttpResponse:
    """Correct one task (修改任务), or split, join, delete it."""
    review = review_of(request, pk)
    each = _row(review, key)
    if request.method == "POST" and request.POST.get("act") == "close":
        return _card(request, review, each)
    more = request.POST.get("act") == "more"
    form = RowForm(request.POST or None, initial=row_initial(each.row))
    lines = body_lines(review.directory, each.row, _posted(request, more))
    if request.method == "POST" and not more and form.is_valid() and lines.is_valid():
        try:
            return _act(request, review, each, form, lines)
        except services.Stale as stale:
            form = _fresh(request, review, key, str(stale))
        except Refused as refused:
            form.add_error(None, str(refused))
    return _form_page(request, review, each, form, lines, quiet=more)


@staff_page(Role.OFFICE)
@require_POST
def row_check(request: UserRequest, pk: int, key: int) -> HttpResponse:
    """Say that a row was read correctly (核对无误)."""
    review = review_of(request, pk)
    each = _row(review, key)
    try:
        services.check_row(review.record, key, version=_version(request), by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return _after(request, pk, key, each)


@staff_page(Role.OFFICE)
@require_POST
def row_add(request: UserRequest, pk: int) -> HttpResponse:
    """Add an empty row at the end (增加任务), and open it."""
    review = review_of(request, pk)
    try:
        added = services.add_row(review.record, after=None, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("import", pk)
    return redirect("import_row", pk, added.key)


@staff_page(Role.OFFICE)
@require_POST
def row_restore(request: UserRequest, pk: int, key: int) -> HttpResponse:
    """Bring a deleted row back (恢复)."""
    review = review_of(request, pk)
    try:
        services.restore_row(review.record, key, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(_spot(review, key))


def _row(review: Review, key: int) -> RowReview:
    each = review.row(key)
    if each is None:
        raise Http404("没有这一项")
    return each


def _posted(request: UserRequest, more: bool) -> Any:
    """What was typed; with one more line to fill in where that was asked for."""
    if request.method != "POST":
        return None
    return with_one_more(request.POST) if more else request.POST


def _version(request: UserRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _act(
    request: UserRequest, review: Review, each: RowReview, form: RowForm, lines: BodyFormSet
) -> HttpResponse:
    """Save what was typed, then do what else the button says."""
    key, act = each.row.key, request.POST.get("act", "save")
    version = form.cleaned_data["version"]
    if act == "drop":
        services.drop_row(review.record, key, version=version, by=request.user)
        messages.success(request, "已删除这一项，可在页面下方恢复。")
        return _reload(request, review, key)
    fields = form.fields_of_row() | {"bodies": lines.bodies()}
    if fields["due_on"] != each.row.due_on:
        fields["steps"] = ()
    services.edit_row(review.record, key, version=version, by=request.user, **fields)
    if act not in STRUCTURAL:
        return _after(request, review.record.pk, key, each)
    return _restructure(request, review, key, version + 1, act, form.cleaned_data["text"])


def _restructure(
    request: UserRequest, review: Review, key: int, version: int, act: str, text: str
) -> HttpResponse:
    if act == "split":
        texts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
        services.split_row(review.record, key, texts=texts, version=version, by=request.user)
        messages.success(request, f"已拆成 {len(texts)} 项。")
    elif act == "merge":
        services.merge_row(review.record, key, version=version, by=request.user)
        messages.success(request, "已与下一项合并。")
    else:
        added = services.add_row(review.record, after=key, by=request.user)
        return _go(request, reverse("import_row", args=[review.record.pk, added.key]))
    return _reload(request, review, key)


def _fresh(request: UserRequest, review: Review, key: int, sentence: str) -> RowForm:
    """The form as typed, ready to be saved over the other person's version, with the sentence above."""
    now = review_of(request, review.record.pk).row(key)
    typed = request.POST.copy()
    typed["version"] = str(now.row.version if now else 0)
    form = RowForm(typed)
    form.add_error(None, sentence + (f"最新内容：{now.row.number} {now.row.text}" if now else ""))
    return form


def _form_page(
    request: UserRequest, review: Review, each: RowReview, form: RowForm, lines: BodyFormSet, *, quiet: bool
) -> HttpResponse:
    row, text = each.row, review.record.source_text
    context = {
        "each": each,
        "form": form,
        "lines": lines,
        "quiet": quiet,
        "readings": dict(
            zip((body.name for body, _ in each.bodies), (m for _, m in each.bodies), strict=True)
        ),
        "passage": dense(text[row.start : row.end]) if row.start is not None else "",
        **frame(review, "import"),
    }
    inline = request.headers.get("HX-Request") == "true"
    return render(
        request, "ledger/import_row_form.html" if inline else "ledger/import_row_page.html", context
    )


def _after(request: UserRequest, pk: int, key: int, each: RowReview) -> HttpResponse:
    """The saved row: as a card where script runs, else back on the page of all rows."""
    review = review_of(request, pk)
    now = review.row(key)
    if now and request.headers.get("HX-Request") == "true":
        if now.row.section_path != each.row.section_path:
            return _reload(request, review, key)
        return _card(request, review, now)
    return redirect(_spot(review, key))


def _card(request: UserRequest, review: Review, each: RowReview) -> HttpResponse:
    context = {"each": each, "saved": True, **frame(review, "import")}
    return render(request, "ledger/import_row_saved.html", context)


def _spot(review: Review, key: int) -> str:
    """The place of a row; the version makes the address new, so that the page loads again."""
    return f"{reverse('import', args=[review.record.pk])}?row={key}&v={review.record.version}#row-{key}"


def _reload(request: UserRequest, review: Review, key: int) -> HttpResponse:
    return _go(request, _spot(review_of(request, review.record.pk), key))


def _go(request: UserRequest, url: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)
