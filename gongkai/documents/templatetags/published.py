"""公开页面标签: structured data for search engines, the standing as a tag, times as the rules want them."""

import json
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from gongkai.documents.models import Paper
from gongkai.documents.overview import standing
from gongkai.frame.states import SIGNS

register = template.Library()
#: what would end the element, or begin another, inside a script of data
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def stamp(moment: datetime | None) -> SafeString | str:
    """2021-03-05 09:30, as every item of a government site shows its time (政府网站发展指引)."""
    if not moment:
        return ""
    local = timezone.localtime(moment)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), f"{local:%Y-%m-%d %H:%M}"
    )


@register.filter
def standing_tag(paper: Paper) -> SafeString | str:
    """The standing of a paper as a tag (有效性标识); nothing where nobody asks for it."""
    return marked(standing.mark(paper.standing)) if standing.bears(paper) else ""


@register.filter
def not_in_force(paper: Paper) -> bool:
    """Whether a list should warn that the paper is changed, over or to come (非现行有效)."""
    return standing.bears(paper) and paper.standing != "valid"


@register.filter
def marked(mark: standing.Mark) -> SafeString:
    """A standing with its sign, word and colour (有效性标识)."""
    html = '<strong class="gk-state gk-state--{}"><span aria-hidden="true">{}</span>{}</strong>'
    return format_html(html, mark.tone, SIGNS[mark.tone], mark.label)


def data_block(told: dict[str, Any]) -> SafeString:
    """A block of data that the browser never runs (结构化数据): the content policy lets data pass."""
    text = json.dumps(told, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped above)


def absolute(request: HttpRequest, path: str) -> str:
    """The full address of a page (完整网址)."""
    return request.build_absolute_uri(path)


@register.simple_tag(takes_context=True)
def paper_data(context: template.Context, paper: Paper) -> SafeString:
    """A paper in the words of schema.org (结构化数据)."""
    request: HttpRequest = context["request"]
    told = {
        "@context": "https://schema.org",
        "@type": "DigitalDocument",
        "name": paper.title,
        "headline": paper.title[:110],
        "identifier": [each for each in (paper.code, paper.number) if each],
        "inLanguage": "zh-CN",
        "url": absolute(request, paper.get_absolute_url()),
        "datePublished": _iso(paper.published_at),
        "dateModified": _iso(paper.updated_at),
        "dateCreated": paper.made_on.isoformat() if paper.made_on else None,
        "keywords": paper.keywords,
        "abstract": paper.summary,
        "isAccessibleForFree": True,
        "author": {"@type": "GovernmentOrganization", "name": paper.issuers or paper.unit.name},
        "publisher": {"@type": "GovernmentOrganization", "name": paper.unit.name},
    }
    return data_block({name: value for name, value in told.items() if value})


@register.simple_tag(takes_context=True)
def site_data(context: template.Context) -> SafeString:
    """The site in the words of schema.org (结构化数据)."""
    request: HttpRequest = context["request"]
    home = absolute(request, "/")
    publisher = {"@type": "GovernmentOrganization", "name": settings.SITE["government"], "url": home}
    return data_block(
        {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": settings.SITE["name"],
            "url": home,
            "inLanguage": "zh-CN",
            "publisher": publisher,
        }
    )


@register.simple_tag(takes_context=True)
def crumbs_data(context: template.Context) -> SafeString | str:
    """The breadcrumbs in the words of schema.org (结构化数据)."""
    crumbs: list[tuple[str, str]] = context.get("breadcrumbs") or []
    request: HttpRequest = context["request"]
    if not crumbs:
        return ""
    steps = [
        {
            "@type": "ListItem",
            "position": place,
            "name": label,
            "item": absolute(request, url or request.path),
        }
        for place, (label, url) in enumerate(crumbs, start=1)
    ]
    return data_block({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": steps})


def _iso(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None
