"""写稿: the page on which an edition is written; nothing typed is ever lost."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.documents.comparing import compare, show
from gongkai.documents.forms.attaching import AttachForm
from gongkai.documents.forms.writing import EditForm, initial_of
from gongkai.documents.models import Edition
from gongkai.documents.reading import clean
from gongkai.documents.services import autosaving, masking, papers
from gongkai.documents.services.guards import acts_open, last_writer
from gongkai.documents.views import filing, typing
from gongkai.documents.views.doors import crumbs, edition_of
from gongkai.documents.views.found import found_in
from gongkai.documents.views.pictures import for_public, for_staff
from gongkai.frame.acts import press
from gongkai.frame.today import now
from gongkai.rules.law import Refused


@staff_page("officer", "approver")
@never_cache
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Write an edition (编辑稿件): save, send for review, or see it as the public will."""
    edition = edition_of(request, pk)
    if "edit" not in acts_open(edition, request.user):
        return _closed(request, edition)
    if request.method != "POST":
        return _begun(request, edition)
    form = EditForm(request.POST, edition=edition)
    attach = AttachForm(request.POST, request.FILES)
    if not form.is_valid() or not attach.is_valid():
        _keep(request, edition, request.POST)
        return _page(request, edition, form, attach=attach)
    try:
        saved = _save(request, edition, form)
    except Refused as refused:
        return _refused(request, edition, form, refused)
    return _next(request, saved, attach)


def _closed(request: UserRequest, edition: Edition) -> HttpResponse:
    """Why the edition cannot be changed now; somebody of another unit may not at all."""
    if not {"officer", "approver"} & request.user.roles_in(edition.paper.unit):
        raise PermissionDenied("您的岗位不能修改这个单位的稿件。")
    messages.error(request, f"稿件{edition.get_state_display()}，不能修改。")
    return redirect(edition)


def _begun(request: UserRequest, edition: Edition) -> HttpResponse:
    """The page with what was saved, or with a copy that was typed and not saved, where that was asked for."""
    copy = typing.asked_for(request, edition)
    if copy:
        form = EditForm(_posted(copy.fields), edition=edition)
        form.is_valid()
        return _page(request, edition, form, sitting=typing.begun_from(copy))
    shown = initial_of(edition)
    fresh = EditForm(initial=shown | {"html": for_staff(shown["html"])}, edition=edition)
    return _page(request, edition, fresh, sitting=typing.fresh())


def _posted(fields: dict[str, Any]) -> MultiValueDict[str, Any]:
    """Typed fields as a form takes them."""
    return MultiValueDict(
        {str(name): value if isinstance(value, list) else [value] for name, value in fields.items()}
    )


def _save(request: UserRequest, edition: Edition, form: EditForm) -> Edition:
    typed = form.changed_elements()
    typed["html"] = clean(for_public(typed["html"]))
    version = form.cleaned_data["version"]
    saved = papers.edit_edition(edition, by=request.user, version=version, **typed)
    chosen = form.cleaned_data["columns"]
    if set(chosen) != set(edition.paper.columns.all()):
        papers.place(edition.paper, columns=chosen, by=request.user)
    autosaving.settle(edition, by=request.user, sitting=typing.sitting_of(request.POST))
    return saved


def _refused(request: UserRequest, edition: Edition, form: EditForm, refused: Refused) -> HttpResponse:
    """What was typed is kept; where somebody else saved meanwhile, both texts are shown."""
    _keep(request, edition, request.POST)
    edition = edition_of(request, edition.pk)
    if form.cleaned_data["version"] in (None, edition.version):
        form.add_error(None, str(refused))
        return _page(request, edition, form)
    posted = request.POST.copy()
    posted["version"] = str(edition.version)  # the next save is meant to follow on the other person's
    again = EditForm(posted, edition=edition)
    again.is_valid()
    return _page(request, edition, again, conflict=_conflict(edition, form))


def _conflict(edition: Edition, form: EditForm) -> dict[str, Any]:
    """The text that somebody else saved, beside the one typed here (保存冲突)."""
    theirs = edition.content.html
    mine = clean(for_public(form.cleaned_data["html"]))
    other = initial_of(edition)
    fields = [
        (bound.label, other[bound.name], form.cleaned_data[bound.name])
        for bound in form.visible_fields()
        if bound.name in ("title", "number", "issuers", "summary", "attribute", "made_on")
        and other[bound.name] != form.cleaned_data[bound.name]
    ]
    return {
        "html": for_staff(theirs),
        "compared": show(compare(theirs, mine)) if theirs != mine else "",
        "fields": fields,
    }


def _keep(request: UserRequest, edition: Edition, posted: Any) -> None:
    """Keep what was typed, before anything else can go wrong (暂存)."""
    fields = {name: posted.getlist(name) for name in posted if name in EditForm.base_fields}
    flat = {name: values if name == "columns" else values[-1] for name, values in fields.items()}
    sitting = typing.sitting_of(posted)
    autosaving.autosave(edition, by=request.user, fields=flat, at=now(), sitting=sitting)


def _next(request: UserRequest, edition: Edition, attach: AttachForm) -> HttpResponse:
    """Where the button leads that was pressed; the text is saved by now, whichever it was."""
    try:
        files = filing.change(request, edition, attach)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse('edition_edit', args=[edition.pk])}#attachments")
    if files:
        return files
    if "mask" in request.POST or "fix" in request.POST:
        return _mended(request, edition)
    if "submit" in request.POST:
        return redirect("edition_submit", edition.pk)
    messages.success(request, "已保存。")
    if "preview" in request.POST:
        return redirect("edition_preview", edition.pk)
    return redirect("edition_edit" if "stay" in request.POST else "edition", edition.pk)


def _mended(request: UserRequest, edition: Edition) -> HttpResponse:
    """Mask, or put right, at one click, and back to writing (一键脱敏、一键改正)."""
    act = masking.mask_edition if "mask" in request.POST else masking.fix_words
    done = "已保存并脱敏，请再核对一遍。" if "mask" in request.POST else "已保存并改正，请再核对一遍。"
    to = reverse("edition_edit", args=[edition.pk])
    return press(request, lambda: act(edition, by=request.user), done=done, to=to)


def _page(request: UserRequest, edition: Edition, form: EditForm, **context: Any) -> HttpResponse:
    sitting = context.pop("sitting", None) or typing.sitting_of(request.POST)
    copies = typing.offered(edition, request.user, sitting)
    returned = edition.reviews.filter(passed=False).last() if edition.state == "returned" else None
    given = {
        "form": form,
        "edition": edition,
        "paper": edition.paper,
        "returned": returned,
        "sitting": sitting,
        "copies": copies,
        "kept_fields": [offer.copy.fields for offer in copies],
        "attachments": edition.attachments.all(),
        "found": found_in(edition),
        "attach": AttachForm(),
        "writer": writer_urls(edition),
        "saved_by_me": last_writer(edition) == request.user.pk,
        "breadcrumbs": crumbs(edition.paper, "编辑稿件"),
        **context,
    }
    return render(request, "documents/edit.html", given)


@staff_page("officer", "approver")
@require_POST
def paste(request: UserRequest, pk: int) -> HttpResponse:
    """Clean what was pasted out of Word or WPS (清理粘贴内容); nothing is kept."""
    edition_of(request, pk)
    html = request.POST.get("html", "")
    if len(html) > typing.LONGEST:
        return JsonResponse({"message": "粘贴的内容太长"}, status=400)
    return JsonResponse({"html": clean(html)})


def writer_urls(edition: Edition) -> dict[str, str]:
    """Where the editor sends what is typed, pasted and uploaded (编辑器的网址)."""
    names = {"autosave": "edition_autosave", "paste": "edition_paste", "picture": "edition_picture"}
    return {code: reverse(name, args=[edition.pk]) for code, name in names.items()}
