"""导航: the menus, by role; an entry whose room is not there is left out, so no link leads nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.functional import SimpleLazyObject

from gongkai.accounts.models import Role, User
from gongkai.frame.addresses import address
from gongkai.ledger.models import Notice


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a menu (导航项), as seen on this page; *inside* is the menu one level down."""

    label: str
    url: str
    current: str
    inside: tuple["Entry", ...] = ()

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
            return address(self.name)
        except NoReverseMatch:
            return ""

    def holds(self, path: str) -> int:
        """How much of *path* lies under this place: the longest beginning that fits, or nothing."""
        url = self.url()
        fitting = [start for start in (url, *self.below) if start not in ("", "/") and path.startswith(start)]
        return max(map(len, fitting), default=0)


@dataclass(frozen=True, slots=True)
class Group:
    """One entry of the main menu with its places side by side below it (导航分组)."""

    label: str
    places: tuple[Place, ...]


def _below(*nouns: str) -> tuple[str, ...]:
    return tuple(f"/staff/{noun}/" for noun in nouns)


HOUSE = (Role.OFFICE, Role.ADMINISTRATOR)
STAFF = (
    Group("我的工作台", (Place("我的工作台", "desk"), Place("提醒", "notices"))),
    Group(
        "政府信息",
        (
            Place("全部信息", "papers", below=_below("editions", "files", "relations")),
            Place("待我审核", "papers_queue"),
            Place("会签", "countersigns"),
            Place("合法性审核", "legality"),
            Place("发布批次", "releases"),
            Place("公众纠错", "errata"),
            Place("未公开信息", "papers_closed"),
            Place("届满预警", "papers_expiring"),
            Place("文件清理", "cleanups"),
        ),
    ),
    Group(
        "公开职责",
        (
            Place("职责清单", "duties", below=_below("disclosure/guides")),
            Place("缺项清单", "record_gaps"),
            Place("栏目体检", "findings"),
            Place("标准目录", "catalogues", below=_below("disclosure/rows", "disclosure/changes")),
            Place("村居试点", "pilots"),
        ),
    ),
    Group(
        "要点与台账",
        (
            Place("年度要点", "plans", below=_below("tasks")),
            Place("任务台账", "assignments", below=_below("reports", "extensions", "evidence")),
            Place("督办", "supervisions", below=_below("supervision")),
            Place("回头看", "lookbacks", below=_below("lookback")),
            Place("公众意见", "feedbacks", (Role.OFFICE,)),
        ),
    ),
    Group(
        "统计与留痕",
        (
            Place("指标", "figures"),
            Place("例外放行", "overrides", (Role.APPROVER, Role.OFFICE, Role.ASSESSOR)),
            Place("办理留痕", "traces", below=_below("trace")),
        ),
    ),
    Group(
        "基础设置",
        (
            Place("栏目", "columns"),
            Place("专题", "topics"),
            Place("错敏词", "words"),
            Place("检索用语", "synonyms", (Role.OFFICE,)),
            Place("数据迁移", "legacies", HOUSE),
            Place("单位", "units"),
            Place("账号", "people", HOUSE),
        ),
    ),
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
    Place("开放接口", "api_page"),
    Place("网站地图", "site_map"),
    Place("无障碍说明", "accessibility"),
)


def _entries(places: tuple[Place, ...], path: str, nearest: int) -> list[Entry]:
    """The places that this copy has; the nearest to *path* is marked."""
    found = []
    for place in places:
        url = place.url()
        here = nearest and place.holds(path) == nearest
        mark = "page" if path == url else "true" if here else ""
        found += [Entry(place.label, url, mark)] if url else []
    return found


def _nearest(places: Iterable[Place], path: str) -> int:
    return max((place.holds(path) for place in places), default=0)


def _menu(places: tuple[Place, ...], request: HttpRequest) -> list[Entry]:
    return _entries(places, request.path, _nearest(places, request.path))


def _staff(request: HttpRequest) -> list[Entry]:
    user = request.user
    if not isinstance(user, User) or not user.held:
        return []
    open_to = [
        (group, tuple(each for each in group.places if not each.roles or user.has_role(*each.roles)))
        for group in STAFF
    ]
    nearest = _nearest((place for _, places in open_to for place in places), request.path)
    menus = [(group, tuple(_entries(places, request.path, nearest))) for group, places in open_to]
    return [_head(group, inside) for group, inside in menus if inside]


def _head(group: Group, inside: tuple[Entry, ...]) -> Entry:
    """The entry of a group; one without its own first page bears the name of the page that it leads to."""
    first = inside[0]
    label = group.label if first.label == group.places[0].label else first.label
    below = any(entry.active for entry in inside)
    current = first.current if first.current == "page" else "true" if below else ""
    return Entry(label, first.url, current, inside if len(inside) > 1 else ())


def _unread(request: HttpRequest) -> int:
    """The number beside the bell (未读提醒)."""
    user = request.user
    return Notice.objects.filter(reader=user, seen_on__isnull=True).count() if isinstance(user, User) else 0


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Template context: the menus of staff (two levels), of the public, and of the foot (菜单).

    Only a page that draws the staff's menu asks who is there: a public page reads no session.
    """
    return {
        "navigation": SimpleLazyObject(partial(_staff, request)),
        "notices_count": SimpleLazyObject(partial(_unread, request)),
        "public_navigation": SimpleLazyObject(partial(_menu, PUBLIC, request)),
        "footer_navigation": SimpleLazyObject(partial(_menu, FOOTER, request)),
    }


def site_places(request: HttpRequest) -> list[Entry]:
    """Every public page that this copy has (网站地图)."""
    return _menu((*PUBLIC, *ABOUT, *FOOTER), request)
