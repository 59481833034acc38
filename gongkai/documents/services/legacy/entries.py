"""条目: one row of a manifest, understood: what the paper is, what it says, what people should look at."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlsplit

from django.utils import timezone

from gongkai.agencies.matching import NameIndex
from gongkai.agencies.models import Unit
from gongkai.documents.models import Attribute, Column, LegacyImport, Theme
from gongkai.documents.services.checks import Found
from gongkai.documents.services.legacy import values
from gongkai.rules.law import Refused

LONGEST_TEXT = 5_000_000
LONGEST_TITLE = 200


@dataclass
class Entry:
    """One paper as a manifest tells it (条目)."""

    line: int
    title: str
    key: str
    path: str
    digest: str
    unit: Unit
    columns: list[Column]
    elements: dict[str, object]
    code: str
    html: str
    body: str
    files: list[str]
    published: datetime
    notes: list[str] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The day of its text (文本日期): what was right on that day is no fault."""
        made_on = self.elements["made_on"]
        return made_on if isinstance(made_on, date) else self.published.date()

    @property
    def held(self) -> bool:
        """Whether something was found that keeps it off the site (留作草稿), as the gates would."""
        return any(each.grave for each in self.found)

    @property
    def said(self) -> str:
        """What the paper says of itself (文号、标题、日期): the same for two rows of one paper."""
        return said_of(self.elements["number"], self.title, self.elements["made_on"])

    @property
    def public(self) -> bool:
        """Whether it may stand on the site (主动公开)."""
        return self.elements["attribute"] == Attribute.ACTIVE


class Directory:
    """The units, columns and subjects that the rows name (对照表), read once."""

    def __init__(self, batch: LegacyImport, today: date) -> None:
        self.today = today
        self.places: dict[str, int] = batch.mapping.get("places", {})
        self.names = NameIndex.load(today)
        self.units = {unit.pk: unit for unit in Unit.objects.all()}
        self.unit = self.units.get(batch.mapping.get("unit") or 0)
        columns = list(Column.objects.open())
        self.columns = {name: column for column in columns for name in (column.name, column.slug)}
        chosen = batch.mapping.get("column")
        self.column = next((each for each in columns if each.pk == chosen), None)
        self.themes = {name: theme for theme in Theme.objects.all() for name in (theme.name, theme.code)}

    def cell(self, cells: Sequence[str], code: str) -> str:
        """What a row says of something (取值); nothing where no column holds it."""
        place = self.places.get(code)
        return cells[place] if place is not None and place < len(cells) else ""


def read(line: int, cells: Sequence[str], known: Directory) -> Entry:
    """Understand one row (识别条目); refused in one sentence where it cannot become a paper."""

    def said(code: str) -> str:
        return known.cell(cells, code)

    title = _title(said("title"))
    zone = timezone.get_current_timezone()
    days = {code: values.moment(said(code), label, zone) for code, label in _DAYS.items()}
    published = days["published"] or days["made_on"]
    if published is None:
        raise Refused("没有发布日期，也没有成文日期")
    if published.date() > known.today:
        raise Refused(f"发布日期{published:%Y-%m-%d}在今天之后")
    notes: list[str] = []
    number, remark = values.number(said("number"))
    if remark:
        notes.append(remark)
    unit = _unit(said("unit"), known)
    path = old_path(said("url"))
    html = said("html")
    if len(html) > LONGEST_TEXT:
        raise Refused("正文过长")
    elements: dict[str, object] = {
        "title": title,
        "number": number,
        "issuers": (said("issuers") or unit.name)[:300],
        "sort": values.sort(said("sort"), title),
        "theme": _theme(said("theme"), known, notes),
        "made_on": days["made_on"].date() if days["made_on"] else None,
        "commences_on": days["commences_on"].date() if days["commences_on"] else None,
        "expires_on": days["expires_on"].date() if days["expires_on"] else None,
        "attribute": values.attribute(said("attribute")),
        "keywords": said("keywords")[:120],
        "summary": said("summary"),
        "audience": said("audience")[:80],
        "source": said("source")[:80],
    }
    over = values.ended(said("standing"))
    if over and not elements["expires_on"]:
        notes.append(f"原系统标为“{over}”，请登记使其{over.removeprefix('已')}的文件或日期")
    return Entry(
        line=line,
        title=title,
        key=key_of(said("key"), path, said_of(number, title, (days["made_on"] or published).date())),
        path=path,
        digest=hashlib.sha256("\x1f".join(cells).encode()).hexdigest(),
        unit=unit,
        columns=_columns(said("columns"), known, notes),
        elements=elements,
        code=said("code")[:40],
        html=html,
        body=said("body"),
        files=values.several(said("files")),
        published=published,
        notes=notes,
    )


def _title(text: str) -> str:
    title = re.sub(r"\s+", " ", text)
    if not title:
        raise Refused("没有标题")
    if len(title) > LONGEST_TITLE:
        raise Refused(f"标题有{len(title)}个字，超过了{LONGEST_TITLE}个字")
    return title


_DAYS = {
    "made_on": "成文日期",
    "published": "发布日期",
    "commences_on": "施行日期",
    "expires_on": "有效期至",
}


def said_of(number: object, title: str, made_on: object) -> str:
    """Number, title and day in one line (文号、标题、日期)."""
    return f"{number}|{title}|{made_on or ''}"


def key_of(given: str, path: str, said: str) -> str:
    """By what a paper is known again (识别依据): its old number, its old address, else what it says.

    >>> key_of("", "/art/1.html", "x")
    'url:/art/1.html'
    """
    kind, words = ("id", given) if given else ("url", path) if path else ("doc", said)
    full = f"{kind}:{words}"
    if kind != "doc" and len(full) <= 120:
        return full
    return f"{kind}:sha256:{hashlib.sha256(words.encode()).hexdigest()}"


def old_path(url: str) -> str:
    """The path of an address of the older site (旧网址), with what follows the question mark.

    >>> old_path("http://www.example.gov.cn/art/2019/1/2.html?id=3#top")
    '/art/2019/1/2.html?id=3'
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        raise Refused(f"原网址“{url[:40]}”看不懂") from None
    path = f"/{parts.path.lstrip('/')}" + (f"?{parts.query}" if parts.query else "")
    if not parts.path and not parts.query:
        return ""
    if len(path) > 300:
        raise Refused("原网址超过300个字符")
    return path


def _unit(name: str, known: Directory) -> Unit:
    if not name:
        if known.unit is None:
            raise Refused("没有写明发布机构，也没有指定默认发布机构")
        return known.unit
    match = known.names.match(name)
    if match.unit_id is None:
        near = "、".join(each.name for each in match.candidates[:2])
        raise Refused(f"没有找到发布机构“{name[:40]}”" + (f"，是否为{near}" if near else ""))
    return known.units[match.unit_id]


def _columns(text: str, known: Directory, notes: list[str]) -> list[Column]:
    found: dict[int, Column] = {}
    for name in values.several(text):
        last = re.split(r"[>＞/\\]|->|→", name)[-1].strip()
        column = known.columns.get(name) or known.columns.get(last)
        if column:
            found[column.pk] = column
        else:
            notes.append(f"没有“{last[:20]}”栏目")
    if not found and known.column:
        found[known.column.pk] = known.column
    return list(found.values())


def _theme(text: str, known: Directory, notes: list[str]) -> Theme | None:
    if text and text not in known.themes:
        notes.append(f"没有“{text[:20]}”主题")
    return known.themes.get(text)
