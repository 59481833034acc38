"""办理稿件: one page for each act on the way of an edition to publication."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.utils import timezone
from django.utils.html import format_html

from gongkai.accounts.access import UserRequest, View, staff_page
from gongkai.accounts.acts import Deed, act_page
from gongkai.accounts.models import User
from gongkai.documents.comparing import compare, show
from gongkai.documents.forms.deeds import OpinionForm, ReturnForm, ReviewForm, ScheduleForm, SignForm
from gongkai.documents.forms.texts import ConfirmForm
from gongkai.documents.models import Attribute, Edition
from gongkai.documents.records import render
from gongkai.documents.services import papers, way
from gongkai.documents.services.gates import WEIGHTS, faults
from gongkai.documents.states import EDITION
from gongkai.documents.views.doors import edition_of, place_of
from gongkai.documents.views.elements import facts_of
from gongkai.documents.views.found import found_in
from gongkai.documents.views.pictures import for_staff
from gongkai.frame.today import now


def at_once(service: Callable[..., object]) -> Callable[..., object]:
    """A service that is told the moment, as act pages call it (带时刻)."""

    def run(record: models.Model, *, by: User, today: date, **typed: Any) -> object:  # noqa: ARG001 (the moment has the day)
        return service(record, by=by, at=now(), **typed)

    return run


def plain(service: Callable[..., object]) -> Callable[..., object]:
    """A service that needs no day (不带时刻)."""

    def run(record: models.Model, *, by: User, today: date, **typed: Any) -> object:  # noqa: ARG001 (not needed)
        return service(record, by=by, **typed)

    return run


def told_signed(edition: Edition) -> str:
    """What became of a paper that was signed (签发结果): on the site by now, at a moment, or waiting."""
    if edition.state == "live":
        return format_html("已签发并已上网：{}", _public_link(edition))
    if edition.state == "scheduled":
        return f"已签发，将于 {_moment(edition)} 上网。"
    if edition.attribute != Attribute.ACTIVE:
        return f"已签发。公开属性为“{edition.get_attribute_display()}”，不上网，已列入定期评估。"
    with_others = f"将随发布批次“{edition.release}”一并上网。" if edition.release else ""
    return f"已签发，待发布。{with_others}"


def told_published(edition: Edition) -> str:
    """A paper is on the site, with the way to it (发布结果)."""
    return format_html("已发布，已上网：{}", _public_link(edition))


def told_scheduled(edition: Edition) -> str:
    """When a paper will be on the site (定时结果)."""
    return f"已设定定时发布，将于 {_moment(edition)} 上网。"


def _public_link(edition: Edition) -> str:
    link = '<a class="govuk-link" href="{}">查看公开页面</a>'
    return format_html(link, edition.paper.get_absolute_url())


def _moment(edition: Edition) -> str:
    at = edition.publish_at
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else "所定时间"


DEEDS = {
    "submit": Deed(
        at_once(way.submit),
        ConfirmForm,
        "提交后由本单位其他人审核，再依次办理下面的环节。审核期间可以撤回修改。",
        "已提交审核。",
    ),
    "recall": Deed(
        at_once(way.recall),
        ConfirmForm,
        "撤回后变回草稿，可以继续修改；再次提交须重新审核。",
        "已撤回，可以继续修改。",
    ),
    "pass_unit": Deed(at_once(way.pass_unit), ReviewForm, "请通读全文，核对要素和附件。", "单位审核已通过。"),
    "pass_secrecy": Deed(
        at_once(way.pass_secrecy),
        ReviewForm,
        "先审查、后公开，一事一审。请逐项查看正文和附件有没有不应公开的内容。",
        "保密审查已通过。",
    ),
    "pass_legal": Deed(
        at_once(way.pass_legal),
        ReviewForm,
        "请审核制定主体、权限、程序、内容是否合法。",
        "合法性审核已通过。",
    ),
    "amend_legal": Deed(
        at_once(way.amend_legal),
        OpinionForm,
        "稿件退回起草人，修改后再送审。审核结果记入合法性审核台账。",
        "已登记“应当予以修改”，稿件已退回。",
    ),
    "refuse_legal": Deed(
        at_once(way.refuse_legal),
        OpinionForm,
        "不合法的文件不得提交集体审议。稿件退回起草人，审核结果记入合法性审核台账。",
        "已登记“不合法”，稿件已退回。",
        grave=True,
    ),
    "pass_district": Deed(
        at_once(way.pass_district), ReviewForm, "请审核公开属性、解读和发布安排。", "区级审核已通过。"
    ),
    "sign": Deed(at_once(way.sign), SignForm, "签发后按所选方式发布。发布后公众即可看到。", told_signed),
    "return": Deed(
        at_once(way.send_back),
        ReturnForm,
        "退回后由起草人修改，再次提交须重新审核。",
        "已退回修改。",
        grave=True,
    ),
    "publish": Deed(at_once(way.publish), ConfirmForm, "发布后公众即可看到。", told_published),
    "schedule": Deed(at_once(way.schedule), ScheduleForm, "到时自动上线，不需要有人值守。", told_scheduled),
    "unschedule": Deed(
        plain(way.unschedule), ConfirmForm, "取消后稿件保持已签发，可以随时发布。", "已取消定时发布。"
    ),
    "drop": Deed(
        plain(papers.drop),
        ConfirmForm,
        "作废后这一稿不能恢复，办理记录会保留；需要时可以在它的基础上重新起草。",
        "已作废。",
        grave=True,
    ),
}
#: acts before which somebody should read the whole text once more
READ_FIRST = frozenset(
    {"pass_unit", "pass_secrecy", "pass_legal", "amend_legal", "refuse_legal", "pass_district", "sign"}
)
#: acts that the gates may stop
STOPPED = frozenset({"submit", "sign", "publish", "schedule"})


def act(code: str) -> View:
    """The page of one act on an edition (办理稿件)."""

    @staff_page()
    def page(request: UserRequest, pk: int) -> HttpResponse:
        edition = edition_of(request, pk)
        place = place_of(request, edition)
        return act_page(request, place, EDITION, code, DEEDS[code], **subject(edition, code))

    return page


def subject(edition: Edition, code: str) -> dict[str, Any]:
    """What an act page shows of the edition: facts, text, differences, faults (办理内容)."""
    reading = code in READ_FIRST
    looked = code in STOPPED or reading
    content = found_in(edition) if looked else None
    found = faults(edition, content=content) if looked else []
    return {
        "edition": edition,
        "facts": facts_of(edition),
        "html": for_staff(edition.content.html) if reading and hasattr(edition, "content") else "",
        "rendered": render(edition, today=now().date()) if reading else "",
        "looked": looked,
        "compared": _against_live(edition) if reading else "",
        "attachments": edition.attachments.all() if reading else [],
        "found": content if reading or code == "submit" else [],
        "may_edit": code == "submit",
        "faults": [
            {"fault": each, "weight": WEIGHTS[each.gate.weight], "may_pass": each.gate.weight == "stop"}
            for each in found
        ],
        "stopped": any(each.stops for each in found) and code in STOPPED,
    }


def _against_live(edition: Edition) -> str:
    """What this edition changes of the one on the site (与在网版本的差异); nothing for a first edition."""
    live = edition.paper.live
    if live is None or live.pk == edition.pk or not hasattr(edition, "content"):
        return ""
    return show(compare(live.content.html, edition.content.html))
