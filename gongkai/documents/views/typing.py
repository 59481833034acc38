"""自动保存的网址: each page of writing keeps its own copy; earlier copies wait until they are answered."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.accounts.models import User
from gongkai.documents.forms.writing import EditForm
from gongkai.documents.models import Edition, Typed
from gongkai.documents.reading.clean import plain
from gongkai.documents.services import autosaving
from gongkai.documents.services.autosaving import Sitting
from gongkai.documents.views.doors import edition_of
from gongkai.frame.today import now
from gongkai.rules.law import Refused

LONGEST = 4_000_000
LONGEST_COUNT = 9
LONGEST_MARK = 32


@dataclass(frozen=True, slots=True)
class Offer:
    """A copy that waits for an answer (待恢复的内容): how long its text is, whether others saved since."""

    copy: Typed
    signs: int
    behind: bool


def fresh() -> Sitting:
    """A page that begins with what was saved (新开的写稿页面)."""
    return Sitting(secrets.token_hex(8))


def begun_from(copy: Typed) -> Sitting:
    """A page that begins with a restored copy (恢复暂存内容的页面)."""
    return Sitting(secrets.token_hex(8), copy.pk, copy.at)


def asked_for(request: UserRequest, edition: Edition) -> Typed | None:
    """The copy that ``?restore=`` names; one that is gone by now is none."""
    number = _number(request.GET.get("restore"))
    if number is None:
        return None
    return Typed.objects.filter(edition=edition, by=request.user, pk=number).first()


def sitting_of(posted: QueryDict) -> Sitting:
    """On which page was written, as the page itself says; a forged mark counts as none."""
    mark = posted.get("page", "")
    page = mark if mark.isascii() and mark.isalnum() and len(mark) <= LONGEST_MARK else ""
    number, _, moment = posted.get("restored", "").partition("@")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return Sitting(page)
    return Sitting(page, _number(number), at) if at.tzinfo else Sitting(page)


def offered(edition: Edition, user: User, sitting: Sitting) -> list[Offer]:
    """The copies of other pages: this page offers them until somebody restores or discards them."""
    return [
        Offer(copy, len(plain(str(copy.fields.get("html", "")))), copy.version != edition.version)
        for copy in autosaving.copies_of(edition, user)
        if copy.page != sitting.page and copy.pk != sitting.restored
    ]


@staff_page("officer", "approver")
@require_POST
def autosave(request: UserRequest, pk: int) -> HttpResponse:
    """Keep what the page sends every few seconds (自动保存)."""
    edition = edition_of(request, pk)
    fields = _fields(request.POST.get("typed", ""))
    if fields is None:
        return JsonResponse({"message": "内容无法识别"}, status=400)
    sitting, version = sitting_of(request.POST), _number(request.POST.get("version"))
    try:
        kept = autosaving.autosave(
            edition, by=request.user, fields=fields, at=now(), version=version, sitting=sitting
        )
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    return JsonResponse({"at": f"{timezone.localtime(kept.at):%H:%M}", "copy": kept.pk})


def _fields(text: str) -> dict[str, Any] | None:
    """The fields that a page sent, only those of the form, only plain values; None for what is none."""
    if not text or len(text) > LONGEST or "\\u0000" in text:
        return None
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(sent, dict):
        return None
    return {name: value for name, value in sent.items() if name in EditForm.base_fields and _plain(value)}


def _plain(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return isinstance(value, str)


def _number(typed: str | None) -> int | None:
    """A number as a page sends it; a forged one counts as none."""
    return (
        int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < LONGEST_COUNT else None
    )


@staff_page("officer", "approver")
@require_POST
def forget(request: UserRequest, pk: int) -> HttpResponse:
    """Give up a copy that was typed and not saved (放弃暂存内容)."""
    edition = edition_of(request, pk)
    copy = _number(request.POST.get("copy"))
    if copy is not None:
        autosaving.forget_typed(edition, by=request.user, copy=copy)
    if request.headers.get("X-Requested-With") == "fetch":  # the page stays, and what is being typed on it
        return JsonResponse({})
    messages.success(request, "已放弃没有保存的内容。")
    return redirect("edition_edit", edition.pk)
