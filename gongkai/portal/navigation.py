"""导航: the menus, by role; an entry whose room is not there is left out, so no link leads nowhere."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from gongkai.accounts.models import Role, User
from gongkai.ledger.models import Notice


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a menu (导航项), as this person sees it on this page."""

    label: str
    url: str
    current: str

    @property
    def active(self) -> bool:
        """Whether the page on show lies under this entry."""
        return bool(self.current)


@dataclass(frozen=True, slots=True)
class Place:
    """One place that a menu may lead to (导航位置): the name of its address, and the roles that see it.

    *below* are the beginnings of further addresses that lie under it.
    """

    label: str
    name: str
    roles: tuple[str, ...] = ()
    below: tuple[str, ...] = ()

    def url(self) -> str:
        """The address, or nothing where this copy has no such page."""
        try:
            return reverse(self.name)
        except NoReverseMatch:
            return ""


#: the addresses of the room of papers besides its own list
PAPERS = tuple(
    f"/staff/{noun}/"
    for noun in ("editions", "files", "relations", "countersigns", "releases", "errata", "cleanups")
) + tuple(f"/staff/{noun}/" for noun in ("columns", "topics", "words", "overrides"))
STAFF = (
    Place("我的工作台", "desk"),
    Place("政府信息", "papers", below=PAPERS),
    Place("公开职责", "duties"),
    Place("标准目录", "catalogues"),
    Place("栏目体检", "findings"),
    Place("指标", "figures"),
    Place("要点与台账", "plans"),
    Place("督办", "supervisions"),
    Place("回头看", "lookbacks"),
    Place("公众意见", "feedbacks", (Role.OFFICE,)),
    Place("检索用语", "synonyms", (Role.OFFICE,)),
    Place("单位", "units"),
    Place("账号", "people", (Role.ADMINISTRATOR, Role.OFFICE)),
    Place("办理留痕", "traces"),
)
PUBLIC = (
    Place("首页", "home"),
    Place("检索", "search"),
    Place("政府信息公开", "disclosure"),
    Place("公开栏目", "all_columns"),
    Place("专题", "all_topics"),
    Place("单位", "unit_list"),
    Place("要点落实进度", "progress"),
    Place("意见建议", "progress_suggestions"),
)
FOOTER = (Place("工作人员登录", "account_login"),)
ABOUT = (
    Place("重点领域信息", "record_kinds"),
    Place("我要纠错", "corrections"),
    Place("网站地图", "site_map"),
    Place("无障碍说明", "accessibility"),
)


def _entry(place: Place, path: str) -> Entry | None:
    url = place.url()
    if not url:
        return None
    under = url != "/" and path.startswith((url, *place.below))
    return Entry(place.label, url, "page" if path == url else "true" if under else "")


def _entries(places: tuple[Place, ...], request: HttpRequest) -> list[Entry]:
    found = [entry for place in places if (entry := _entry(place, request.path))]
    nearest = max((len(entry.url) for entry in found if entry.active), default=0)
    return [entry if len(entry.url) == nearest else replace(entry, current="") for entry in found]


def _staff(request: HttpRequest) -> list[Entry]:
    user = request.user
    if not isinstance(user, User) or not user.held:
        return []
    return _entries(tuple(each for each in STAFF if not each.roles or user.has_role(*each.roles)), request)


def _unread(request: HttpRequest) -> int:
    """The number beside the bell (未读提醒)."""
    user = request.user
    return Notice.objects.filter(reader=user, seen_on__isnull=True).count() if isinstance(user, User) else 0


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Template context: ``navigation`` for staff, ``public_navigation`` and ``footer_navigation``.

    Only a page that draws the staff's menu asks who is there: a public page reads no session.
    """
    return {
        "navigation": SimpleLazyObject(partial(_staff, request)),
        "notices_count": SimpleLazyObject(partial(_unread, request)),
        "public_navigation": SimpleLazyObject(partial(_entries, PUBLIC, request)),
        "footer_navigation": SimpleLazyObject(partial(_entries, FOOTER, request)),
    }


def site_places(request: HttpRequest) -> list[Entry]:
    """Every public page that this copy has (网站地图)."""
    return _entries((*PUBLIC, *ABOUT, *FOOTER), request)
