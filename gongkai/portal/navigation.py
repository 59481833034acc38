"""导航: the menus, by role; an entry whose room is not there is left out, so no link leads nowhere."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from gongkai.accounts.models import Role, User


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
    """One place that a menu may lead to (导航位置): its url names in order of preference, its roles."""

    label: str
    names: str
    roles: tuple[str, ...] = ()

    def url(self) -> str:
        """The first address that exists in this copy, or nothing."""
        for name in self.names.split():
            try:
                return reverse(name)
            except NoReverseMatch:
                continue
        return ""


STAFF = (
    Place("我的工作台", "desk ledger:desk"),
    Place("要点与台账", "ledger:plans ledger:plan_list plans"),
    Place("督办", "ledger:supervisions ledger:supervision_list supervisions"),
    Place("回头看", "ledger:lookbacks ledger:lookback_list lookbacks"),
    Place("单位", "agencies:units agencies:list agencies:unit_list units"),
    Place("账号", "accounts:people accounts:list accounts:users people", (Role.ADMINISTRATOR, Role.OFFICE)),
    Place(
        "办理留痕",
        "audit:traces audit:list audit:trace_list traces",
        (Role.ADMINISTRATOR, Role.OFFICE, Role.ASSESSOR),
    ),
)
PUBLIC = (
    Place("首页", "home"),
    Place("要点落实进度", "ledger:progress progress"),
    Place("意见建议", "ledger:feedback feedback"),
)
FOOTER = (Place("工作人员登录", "account_login"),)
ABOUT = (Place("网站地图", "site_map"), Place("无障碍说明", "accessibility"))


def _entry(place: Place, path: str) -> Entry | None:
    url = place.url()
    if not url:
        return None
    under = url != "/" and path.startswith(url)
    return Entry(place.label, url, "page" if path == url else "true" if under else "")


def _entries(places: tuple[Place, ...], request: HttpRequest) -> list[Entry]:
    found = (_entry(place, request.path) for place in places)
    return [entry for entry in found if entry]


def _staff(request: HttpRequest) -> list[Entry]:
    user = request.user
    if not isinstance(user, User) or not user.held:
        return []
    return _entries(tuple(each for each in STAFF if not each.roles or user.has_role(*each.roles)), request)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Template context: ``navigation`` for staff, ``public_navigation`` and ``footer_navigation`` for all.

    Only a page that draws the staff's menu asks who is there: a public page reads no session.
    """
    return {
        "navigation": partial(_staff, request),
        "public_navigation": partial(_entries, PUBLIC, request),
        "footer_navigation": partial(_entries, FOOTER, request),
    }


def site_places(request: HttpRequest) -> list[Entry]:
    """Every public page that this copy has (网站地图)."""
    return _entries((*PUBLIC, *ABOUT, *FOOTER), request)
