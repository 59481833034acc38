"""政府信息公开平台: four parts and an entry to applications, the same for the district and for every unit."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongkai.agencies.models import Kind, Unit
from gongkai.disclosure import platform
from gongkai.disclosure.models import Guide
from gongkai.disclosure.practice import SUMMARY_LETTERS
from gongkai.documents.models import Column as SiteColumn
from gongkai.documents.models import Paper, Sort
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.today import today

SHOWN = 8
TITLE = "政府信息公开"


def _trail(unit: Unit | None, *further: tuple[str, str]) -> list[tuple[str, str]]:
    trail = [("首页", reverse("home")), (TITLE, reverse("disclosure") if unit or further else "")]
    if unit:
        trail.append((unit.short_name, reverse("disclosure_unit", args=[unit.pk]) if further else ""))
    return [*trail, *further]


def _unit(pk: int) -> Unit:
    return get_object_or_404(platform.listed_units(), pk=pk)


def home(request: HttpRequest) -> HttpResponse:
    """The platform of the district (区级平台)."""
    return _page(request, None)


def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """The platform of one unit (单位平台)."""
    return _page(request, _unit(pk))


def _page(request: HttpRequest, unit: Unit | None) -> HttpResponse:
    day, speaker = today(request), unit or platform.district()
    lines = _guide(speaker) if speaker else []
    context = {
        "unit": unit,
        "speaker": speaker,
        "lines": [line for line in lines if line.text and len(line.text) < 60],
        "institutions": platform.institutions(unit, day)[:SHOWN],
        "columns": platform.columns(unit, day),
        "total": platform.papers(unit, day).count(),
        "newest": platform.papers(unit, day).newest()[:SHOWN],
        "reports": platform.reports(unit, day)[:SHOWN],
        "kinds": [] if unit else _by_kind(),
        "breadcrumbs": _trail(unit),
    }
    return render(request, "disclosure/public/platform.html", context)


def _by_kind() -> list[tuple[str, list[Unit]]]:
    """The units with a page of their own, by kind (单位目录)."""
    labels = dict(Kind.choices)
    found: dict[str, list[Unit]] = {}
    for each in platform.listed_units().order_by("position"):
        found.setdefault(labels[each.kind], []).append(each)
    return list(found.items())


def _guide(unit: Unit) -> list[platform.GuideLine]:
    guide = Guide.objects.filter(unit=unit).first()
    return platform.guide_lines(unit, guide, getattr(settings, "SITE_EMAIL", ""))


def guide(request: HttpRequest, pk: int) -> HttpResponse:
    """The guide of a unit (政府信息公开指南)."""
    unit = _unit(pk)
    kept = Guide.objects.filter(unit=unit).first()
    context = {
        "unit": unit,
        "guide": kept,
        "lines": _guide(unit),
        "article": platform.GUIDE_ARTICLE,
        "breadcrumbs": _trail(unit, ("政府信息公开指南", "")),
    }
    return render(request, "disclosure/public/guide.html", context)


def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """How to apply to a unit by post or at the counter (依申请公开)."""
    unit = _unit(pk)
    kept = Guide.objects.filter(unit=unit).first()
    lines = [line for line in _guide(unit) if line.label not in ("政府信息的分类", "编排体系", "获取方式")]
    context = {
        "unit": unit,
        "how": (kept.how_to_apply if kept else "") or platform.HOW_TO_APPLY,
        "articles": platform.APPLY_ARTICLES,
        "lines": [line for line in lines if line.text],
        "breadcrumbs": _trail(unit, ("依申请公开", "")),
    }
    return render(request, "disclosure/public/apply.html", context)


# --- 目录 -------------------------------------------------------------------------------------------


class ContentsSearch(Search):
    """What the catalogue is narrowed by (目录筛选)."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="发布机构", required=False, empty_label="全部单位"
    )
    column = forms.ModelChoiceField(
        SiteColumn.objects.open(), label="栏目", required=False, empty_label="全部栏目"
    )
    sort = forms.ChoiceField(label="体裁", required=False, choices=[("", "全部体裁"), *Sort.choices])
    year = forms.IntegerField(label="年份", required=False, min_value=1949, max_value=2100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = platform.listed_units()


def _summary(row: Any) -> str:
    return row.summary or row.beginning or ""


class Contents(Listing[Paper]):
    """The catalogue of information, as 条例第十二条 asks for it (政府信息公开目录)."""

    title = "政府信息公开目录"
    noun = "条"
    filters = ContentsSearch
    lookups = {"column": "columns", "year": "made_on__year"}
    search = ("title", "code", "number", "summary")
    order = ("-made_on", "-published_at")
    empty = Empty("还没有公开的信息", "发布的政府信息会列在这里。")
    columns = (
        Column(label="索引", value=lambda row: row.code, sort="code", width=26),
        Column(label="名称", value=str, link=Paper.get_absolute_url, kind="wide", width=50),
        Column(label="内容概述", value=_summary, width=60),
        Column(label="生成日期", value=lambda row: row.made_on, sort="made_on", kind="narrow", width=12),
        Column(label="发布机构", value=lambda row: row.unit.short_name, sort="unit__position", width=16),
    )

    def narrow(self, rows: QuerySet[Paper], asked: dict[str, Any]) -> QuerySet[Paper]:
        """A paper that stands in two columns is listed once."""
        return super().narrow(rows, asked).distinct() if "column" in asked else super().narrow(rows, asked)


def contents(request: HttpRequest) -> HttpResponse:
    """The catalogue of all information (政府信息公开目录)."""
    rows = platform.contents(None, today(request)).annotate(
        beginning=Substr("live__content__text", 1, SUMMARY_LETTERS)
    )
    listing = Contents(request, rows)
    return listing.respond(
        "disclosure/public/contents.html",
        frame="frame/public.html",
        lede="每条政府信息的索引、名称、内容概述和生成日期，可以检索、排序、查阅和导出。",
        breadcrumbs=_trail(None, ("目录", "")),
    )
