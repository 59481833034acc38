"""写一篇: a blank page, a file that is read into the editor, or a form with fields of its own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.documents.forms.writing import WriteForm
from gongkai.documents.models import Edition
from gongkai.documents.reading import Readable, clean, read_upload
from gongkai.documents.services import attachments, papers, records
from gongkai.frame.today import today
from gongkai.frame.uploads import LIMIT, PICTURES, Checked, check
from gongkai.rules.law import Refused
from gongkai.rules.structured import declaration

WAYS = ("blank", "upload", "form")
UNNAMED = "（未命名稿件）"
LONGEST_TITLE = 200


@staff_page("officer", "approver")
@never_cache
def new(request: UserRequest) -> HttpResponse:
    """Begin a paper in one of three ways (写一篇); the next page is the editor, or the form."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_first_page(request), _begin(request, form).pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {
        "form": form,
        "way": _way(request),
        "breadcrumbs": [("政府信息", reverse("papers")), ("写一篇", "")],
    }
    return render(request, "documents/new.html", context)


def _way(request: UserRequest) -> str:
    asked = request.POST.get("way") or request.GET.get("way", "")
    return asked if asked in WAYS else "blank"


def _first_page(request: UserRequest) -> str:
    """Where writing begins (第一步): a form of its own comes before the text."""
    return "edition_record" if _way(request) == "form" else "edition_edit"


def _form(request: UserRequest) -> WriteForm:
    """The form; a link from elsewhere may bring title, column and kind with it (预填)."""
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    initial = {name: request.GET[name] for name in ("title", "column", "unit", "form") if name in request.GET}
    kinds = records.declared_kinds()
    return WriteForm(*posted, writer=request.user, kinds=kinds, initial=initial, way=_way(request))


def _begin(request: UserRequest, form: WriteForm) -> Edition:
    typed = form.cleaned_data
    given: dict[str, Any] = {"unit": typed["unit"], "by": request.user, "today": today(request)}
    if typed["column"]:
        given["columns"] = [typed["column"]]
    if _way(request) == "upload":
        return _from_upload(request, typed["upload"], typed["title"], given)
    if _way(request) == "form":
        return _from_kind(typed["form"], typed["title"], given)
    return papers.create_paper(title=typed["title"] or UNNAMED, **given)


def _from_kind(code: str, title: str, given: dict[str, Any]) -> Edition:
    """A structured paper (结构化样式): its kind names the sort and proposes a title."""
    known = declaration(code)
    if known is None:
        raise Refused("请选择结构化样式")
    return papers.create_paper(title=title or known.name, form=code, sort=known.sort, **given)


def _from_upload(request: UserRequest, upload: Checked, title: str, given: dict[str, Any]) -> Edition:
    """A file as read (读入文件): its pictures become attachments of the draft, its doubts are told."""
    upload.upload.seek(0)
    found = read_upload(upload.upload.read(), upload.kind)
    named = title or found.title or upload.name.rpartition(".")[0]
    edition = papers.create_paper(title=named[:LONGEST_TITLE], number=found.number, **given)
    html = _with_pictures(request, edition, found)
    edition = papers.edit_edition(edition, by=request.user, html=clean(html))
    for doubt in found.doubts[:5]:
        messages.warning(request, doubt)
    if len(found.doubts) > 5:
        messages.warning(request, f"另有 {len(found.doubts) - 5} 处请核对。")
    messages.success(request, f"已读入“{upload.name}”，请核对后补充要素。")
    return edition


def _with_pictures(request: UserRequest, edition: Edition, found: Readable) -> str:
    """The text with its pictures attached to the draft (文内图片)."""
    html = found.html
    for picture in found.pictures:
        try:
            checked = check(SimpleUploadedFile(picture.name, picture.content), PICTURES, LIMIT)
        except ValidationError as problem:
            messages.warning(request, f"{picture.name}没有读入：{problem.messages[0]}")
            continue
        kept = attachments.attach(
            edition, checked=checked, title=picture.name, by=request.user, alt=picture.alt[:200], inline=True
        )
        html = html.replace(f'"{picture.src}"', f'"/files/{kept.pk}/{kept.pk}.{kept.kind}"')
    return html
