"""提醒页面: what the system and the office told this person."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.frame.listing import Column, Empty, Listing, Search, chosen
from gongkai.frame.today import today
from gongkai.ledger.models import Notice
from gongkai.ledger.services.notices import mark_seen


class NoticeSearch(Search):
    """Seen or not (是否已读)."""

    seen_on__isnull = forms.TypedChoiceField(
        label="阅读情况",
        choices=[("", "全部"), ("1", "未读"), ("0", "已读")],
        coerce=lambda value: value == "1",
        empty_value=None,
        required=False,
    )


class Notices(Listing[Notice]):
    """One person's notices (提醒)."""

    title = "提醒"
    filters = NoticeSearch
    search = ("text",)
    order = ("-raised_on",)
    empty = Empty("没有提醒", "任务快到期、被退回、被督办时，这里会提醒您。", "/staff/", "回到工作台")
    bulk = (("seen", "标为已读"), ("all", "全部标为已读"))
    columns = (
        Column(label="内容", value=lambda row: row.text, link=lambda row: row.link, kind="wide"),
        Column(label="日期", value=lambda row: row.raised_on, sort="raised_on", kind="narrow"),
        Column(label="阅读情况", value=lambda row: "已读" if row.seen_on else "未读"),
    )


@staff_page()
def notices(request: UserRequest) -> HttpResponse:
    """The list of notices (提醒)."""
    listing = Notices(request, Notice.objects.filter(reader=request.user))
    listing.bulk_url = reverse("notices_seen")
    return listing.respond(breadcrumbs=[("我的工作台", reverse("desk")), ("提醒", "")])


@staff_page()
@require_POST
def seen(request: UserRequest) -> HttpResponse:
    """Mark notices as seen (标为已读)."""
    mine = Notice.objects.filter(reader=request.user, seen_on__isnull=True)
    found = mine if request.POST.get("act") == "all" else chosen(request, mine)
    mark_seen(found, by=request.user, today=today(request))
    return redirect("notices")
