"""插图与附件: private on staff pages while a draft, public at their own address once the edition is live."""

import re

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.documents.forms.attaching import PictureForm, RenameForm
from gongkai.documents.models import Attachment, Edition
from gongkai.documents.services import attachments
from gongkai.documents.views.doors import crumbs, edition_of
from gongkai.frame.acts import attempt
from gongkai.frame.forms import form_page, sentences
from gongkai.frame.sniffing import KINDS
from gongkai.frame.uploads import PICTURES, attachment
from gongkai.rules.law import Refused

#: a text refers to its pictures by the public address; on staff pages they come through the door of staff
_PUBLIC = re.compile(r'(<img\b[^>]*?\bsrc=")/files/(\d{1,18})/([^"?]*)"')
_STAFF = re.compile(r'(<img\b[^>]*?\bsrc=")/staff/files/(\d{1,18})/\?as=([^"]*)"')


def for_staff(html: str) -> str:
    """The text with pictures that staff may see before publication."""
    return _PUBLIC.sub(r'\1/staff/files/\2/?as=\3"', html)


def for_public(html: str) -> str:
    """The text as it is kept: with the addresses that the public will use."""
    return _STAFF.sub(r'\1/files/\2/\3"', html)


def _seen(request: UserRequest, pk: int) -> Attachment:
    editions = Edition.objects.visible_to(request.user)
    rows = Attachment.objects.filter(edition__in=editions).select_related("edition__paper__unit")
    return get_object_or_404(rows, pk=pk)


@staff_page()
def stored(request: UserRequest, pk: int) -> HttpResponseBase:
    """Hand out a file to those who may see its edition (查看附件); pictures may be drawn in the page."""
    found = _seen(request, pk)
    answer = attachment(found.upload.name or "", f"{found.title}.{found.kind}")
    if found.kind in PICTURES:
        answer.headers["Content-Type"] = KINDS[found.kind]
        answer.headers["Content-Disposition"] = "inline"
    return answer


@staff_page("officer", "approver")
@require_POST
def picture(request: UserRequest, pk: int) -> HttpResponse:
    """Take in a picture for the text (上传插图); the editor gets its address."""
    edition = edition_of(request, pk)
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        said = [text for field in form for text in sentences(field)]
        return JsonResponse({"message": "；".join(said)}, status=400)
    alt, before = form.cleaned_data["alt"], edition.version
    try:
        kept = attachments.attach(
            edition,
            checked=form.cleaned_data["upload"],
            title=alt[:120],
            by=request.user,
            alt=alt,
            inline=True,
        )
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    edition.refresh_from_db(fields=["version"])
    told = {"version": str(edition.version)} if request.POST.get("version") == str(before) else {}
    return JsonResponse(told | {"src": f"{reverse('staff_file', args=[kept.pk])}?as={kept.pk}.{kept.kind}"})


@staff_page("officer", "approver")
def rename(request: UserRequest, pk: int) -> HttpResponse:
    """Change the name of an attachment, or the words for a picture (修改附件)."""
    found = _seen(request, pk)
    back = reverse("edition_edit", args=[found.edition_id])
    initial = {"title": found.title, "alt": found.alt}
    form = RenameForm(request.POST or None, initial=initial)

    def run() -> object:
        return attachments.rename(found, by=request.user, **form.cleaned_data)

    if request.method == "POST":
        answer = attempt(request, form, run, done="附件已修改。", to=f"{back}#attachments")
        if answer:
            return answer
    return form_page(
        request, form, title="修改附件", cancel=back, breadcrumbs=crumbs(found.edition.paper, "修改附件")
    )
