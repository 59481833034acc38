"""附件的增减: the buttons of the writing page that change its files; the text was saved just before."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from gongkai.accounts.access import UserRequest
from gongkai.documents.forms.attaching import AttachForm
from gongkai.documents.models import Attachment, Edition
from gongkai.documents.services import attachments
from gongkai.frame.listing import keys


def change(request: UserRequest, edition: Edition, attach: AttachForm) -> HttpResponse | None:
    """Do what the pressed button says about the files; None where it says nothing about them."""
    back = redirect(f"{reverse('edition_edit', args=[edition.pk])}#attachments")
    checked = attach.cleaned_data.get("upload")
    if checked:
        title = attach.cleaned_data["name"] or checked.name.rsplit(".", 1)[0]
        attachments.attach(edition, checked=checked, title=title, by=request.user)
        messages.success(request, f"已保存，并添加附件“{title}”。")
        return back if "submit" not in request.POST else None
    if "attach" in request.POST:
        messages.warning(request, "已保存。请先选择文件，再添加附件。")
        return back
    for act in ("drop", "up", "rename"):
        if act in request.POST:
            return _on_one(request, act, _named(edition, request.POST[act])) or back
    return None


def _named(edition: Edition, key: str) -> Attachment:
    return get_object_or_404(edition.attachments, pk__in=keys([key]))


def _on_one(request: UserRequest, act: str, one: Attachment) -> HttpResponse | None:
    if act == "rename":
        return redirect("attachment_rename", one.pk)
    if act == "drop":
        attachments.detach(one, by=request.user)
        messages.success(request, f"已保存，并移除“{one.title}”。")
        return None
    order = list(one.edition.attachments.values_list("pk", flat=True))
    place = order.index(one.pk)
    if place:
        order[place - 1 : place + 1] = [one.pk, order[place - 1]]
        attachments.reorder(one.edition, order=order, by=request.user)
    return None
