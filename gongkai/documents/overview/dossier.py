"""文件信息: the elements above a paper in two columns of pairs; none stands alone beside a gap."""

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from gongkai.documents.models import Column, Edition, Paper
from gongkai.documents.overview.standing import Mark
from gongkai.frame.dates import date_zh

NONE = "—"


@dataclass(frozen=True, slots=True)
class Fact:
    """One element with its value (要素); a wide one takes a row of its own."""

    label: str
    value: str
    wide: bool = False


def dossier(paper: Paper, edition: Edition, columns: list[Column], mark: Mark | None) -> list[Fact]:
    """The elements in their order (文件信息), as they are to be laid out."""
    day = timezone.localdate(paper.published_at) if paper.published_at else None
    unit = format_html(
        '<a class="govuk-link" href="{}">{}</a>', reverse("unit_page", args=[paper.unit_id]), paper.unit.name
    )
    first = [
        Fact("索引号", paper.code),
        Fact("主题分类", str(paper.theme) if paper.theme else NONE),
        Fact("发文机关", edition.issuers or paper.unit.name),
        Fact("成文日期", _day(edition.made_on)),
        Fact("标题", edition.title or paper.title, wide=True),
        Fact("发文字号", edition.number or NONE),
        Fact("发布日期", _day(day)),
        Fact("发布机构", unit),
        Fact("体裁", paper.get_sort_display()),
    ]
    return paired([*first, *_force(edition, mark), *_shown(paper, edition), *_further(edition, columns)])


def _force(edition: Edition, mark: Mark | None) -> list[Fact]:
    if mark is None:
        return []
    normative = "（行政规范性文件）" if edition.normative else ""
    facts = [Fact("有效性", f"{mark.label}{normative}"), Fact("施行日期", _day(edition.commences_on))]
    return [*facts, Fact("有效期至", _day(edition.expires_on))] if edition.expires_on else facts


def _shown(paper: Paper, edition: Edition) -> list[Fact]:
    facts = [Fact("公开方式", paper.get_attribute_display() or "主动公开")]
    if edition.audience:
        facts.append(Fact("公开对象", edition.audience))
    if edition.shown_until:
        facts.append(Fact("公示截止", _day(edition.shown_until)))
    return facts


def _further(edition: Edition, columns: list[Column]) -> list[Fact]:
    link = '<a class="govuk-link" href="{}">{}</a>'
    named = format_html_join("、", link, ((each.get_absolute_url(), each.name) for each in columns))
    told = [("主题词", edition.keywords), ("所在栏目", named), ("内容概述", edition.summary)]
    return [Fact(label, value, wide=True) for label, value in told if value]


def paired(facts: list[Fact]) -> list[Fact]:
    """Two to a row (成对排列): who would stand beside a gap takes the whole row."""
    laid: list[Fact] = []
    half = False
    for fact in facts:
        if fact.wide and half:
            laid[-1] = replace(laid[-1], wide=True)
        half = not fact.wide and not half
        laid.append(fact)
    if half:
        laid[-1] = replace(laid[-1], wide=True)
    return laid


def _day(day: date | None) -> str:
    return date_zh(day) if day else NONE
