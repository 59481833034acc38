"""栏目体检的规则: what is wrong with a column, as facts; the services make findings of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Count, Max
from django.urls import Resolver404, resolve
from django.utils import timezone

from gongkai.accounts.models import Post
from gongkai.disclosure.models import ColumnFinding
from gongkai.documents.models import Attachment, Column, Content, Paper, Sort
from gongkai.rules.staleness import for_sort

LINK = re.compile(r"""(?:href|src)\s*=\s*["']([^"'#]+)""", re.IGNORECASE)
PAPER_PAGE = re.compile(r"/papers/(\d{1,18})/")
NAMES = dict(Sort.choices)
Kind = ColumnFinding.Sort
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong (体检发现): where, what, by which rule, and who can mend it."""

    column: Column
    sort: str
    text: str
    rule: str = ""
    paper: int | None = None
    place: str = ""
    unit: int | None = None


def faults_of(columns: Sequence[Column], today: date) -> Iterator[Fault]:
    """All that is wrong with *columns* on *today* (体检)."""
    newest = _newest(columns)
    keepers = _posted(columns)
    above = set(Column.objects.filter(parent__isnull=False).values_list("parent", flat=True))
    for column in columns:
        if column.keeper_id not in keepers:
            gone = "责任人已不在岗" if column.keeper_id else "没有指定责任人"
            yield Fault(column, Kind.NO_KEEPER, f"{gone}，请在栏目设置中指定")
        yield from _freshness(column, newest.get(column.pk), column.pk in above, today)
    yield from _wrong_kinds([column for column in columns if column.kinds])
    yield from _broken(columns)


def _newest(columns: Sequence[Column]) -> dict[int, tuple[datetime | None, int]]:
    """The newest update and the number of papers of each column."""
    through = Paper.columns.through.objects.filter(paper__state="live", column__in=columns).order_by()
    rows = through.values_list("column").annotate(
        Max("paper__published_at"), Max("paper__updated_at"), Count("pk")
    )
    return {
        column: (max(filter(None, (one, two)), default=None), number) for column, one, two, number in rows
    }


def _posted(columns: Sequence[Column]) -> set[int | None]:
    """The keepers who still hold a post."""
    keepers = [column.keeper_id for column in columns if column.keeper_id]
    return set(Post.objects.filter(user__in=keepers, ended_on__isnull=True).values_list("user", flat=True))


def _freshness(
    column: Column, known: tuple[datetime | None, int] | None, parent: bool, today: date
) -> Iterator[Fault]:
    if known is None:
        if not parent:  # what only holds columns is no empty column
            yield Fault(column, Kind.EMPTY, "栏目下没有内容", rule=str(for_sort(column.sort).cite))
        return
    rule, newest = for_sort(column.sort), known[0]
    if newest is None:
        yield Fault(column, Kind.STALE, "内容没有发布时间，按没有更新计算", rule=str(rule))
        return
    day = timezone.localdate(newest)
    last = rule.last_day(day)
    if today > last:
        told = f"最近更新是 {day}，按“{rule.label}”应在 {last} 前更新"
        yield Fault(column, Kind.STALE, told, rule=str(rule))


def _wrong_kinds(columns: Sequence[Column]) -> Iterator[Fault]:
    """Papers of a kind that their column does not take (内容放错栏目)."""
    by_key = {column.pk: column for column in columns}
    through = Paper.columns.through.objects.filter(paper__state="live", column__in=columns).order_by("pk")
    rows = through.values_list("column", "paper", "paper__sort", "paper__title", "paper__unit")
    for key, paper, sort, title, unit in rows.iterator(chunk_size=2000):
        column = by_key[key]
        if sort not in column.kinds:
            told = f"“{title[:60]}”是{NAMES.get(sort, sort)}，本栏目只放{_kinds(column)}"
            yield Fault(column, Kind.WRONG_KIND, told, paper=paper, unit=unit)


def _kinds(column: Column) -> str:
    return "、".join(NAMES.get(kind, kind) for kind in column.kinds)


# --- links and attachments --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    column: Column
    paper: int
    unit: int


def _broken(columns: Sequence[Column]) -> Iterator[Fault]:
    """Links within the site that lead nowhere, and attachments whose file is gone (链接失效)."""
    places = _first_places(columns)
    for start in range(0, len(places), CHUNK):
        editions = list(places)[start : start + CHUNK]
        yield from _broken_links(editions, places)
        yield from _lost_files(editions, places)


def _first_places(columns: Sequence[Column]) -> dict[int, _Place]:
    """The live edition of each paper, with the first column in which it stands: one finding is enough."""
    by_key = {column.pk: column for column in columns}
    through = Paper.columns.through.objects.filter(
        paper__state="live", paper__live__isnull=False, column__in=columns
    )
    found: dict[int, _Place] = {}
    rows = through.order_by("pk").values_list("column", "paper", "paper__live", "paper__unit")
    for column, paper, edition, unit in rows.iterator(chunk_size=2000):
        found.setdefault(edition, _Place(by_key[column], paper, unit))
    return found


def _broken_links(editions: Iterable[int], places: dict[int, _Place]) -> Iterator[Fault]:
    contents = Content.objects.filter(pk__in=list(editions)).values_list("pk", "html")
    linked: dict[str, list[int]] = defaultdict(list)
    for edition, html in contents:
        for path in {path for path in map(inner_path, LINK.findall(html)) if path}:
            linked[path].append(edition)
    standing = _standing_papers(linked)
    for path, holders in linked.items():
        if not leads_somewhere(path, standing):
            for edition in holders:
                place = places[edition]
                told = f"正文中的链接打不开：{path}"
                yield Fault(
                    place.column, Kind.BROKEN_LINK, told, paper=place.paper, place=path[:300], unit=place.unit
                )


def _standing_papers(paths: Iterable[str]) -> set[int]:
    """The papers among *paths* that answer: on the site, or gone with a page that says so."""
    keys = {int(found[1]) for path in paths if (found := PAPER_PAGE.match(path))}
    return set(Paper.objects.filter(pk__in=keys, state="live").values_list("pk", flat=True))


def inner_path(address: str) -> str:
    """The path of a link within this site (站内链接); nothing for any other link."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    hosts = {"", *(host for host in settings.ALLOWED_HOSTS if host != "*")}
    if parts.scheme not in ("", "http", "https") or (parts.hostname or "") not in hosts:
        return ""
    return unquote(parts.path) if parts.path.startswith("/") else ""


def leads_somewhere(path: str, standing: set[int]) -> bool:
    """Whether a path of this site answers: a known address, and a paper only where it stands on the site."""
    found = PAPER_PAGE.match(path)
    if found:
        return int(found[1]) in standing
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _lost_files(editions: Iterable[int], places: dict[int, _Place]) -> Iterator[Fault]:
    rows = Attachment.objects.filter(edition__in=list(editions)).values_list("edition", "title", "upload")
    for edition, title, upload in rows:
        if not upload or not default_storage.exists(upload):
            place = places[edition]
            told = f"附件“{title}”的文件不存在，请重新上传"
            yield Fault(
                place.column,
                Kind.BROKEN_LINK,
                told,
                paper=place.paper,
                place=f"附件：{title}",
                unit=place.unit,
            )
