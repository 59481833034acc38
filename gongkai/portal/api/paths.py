"""接口: papers, columns, units, subjects, search; every address only shows what the public pages show."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from gongkai.agencies.models import Unit
from gongkai.documents.models import Attachment, Column, Paper, Theme
from gongkai.frame.today import today
from gongkai.portal.api.sentences import sentence
from gongkai.portal.api.shapes import (
    LARGEST,
    AttachmentShape,
    ColumnShape,
    PaperPage,
    PaperQuestion,
    PaperShape,
    Problem,
    ThemeShape,
    UnitShape,
    WholePaper,
    Words,
)
from gongkai.search.engines.interface import Lost
from gongkai.search.finding import Question, keys


class Readable(JSONRenderer):
    """JSON in which people can read the Chinese (可读的 JSON)."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    renderer=Readable(),
    title="政务公开开放接口",
    version="1",
    description="网站上公开的政府信息，供程序读取。只读，不需要登录。",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
)
WRONG = {422: Problem}
RETRY = "30"
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)


@api.exception_handler(ValidationError)
def wrong(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """What was asked makes no sense (参数有误)."""
    return api.create_response(request, {"detail": sentence(problem.errors)}, status=422)


@api.exception_handler(Http404)
def missing(request: HttpRequest, _problem: Http404) -> HttpResponse:
    """There is no such record, or it is not public (没有)."""
    return api.create_response(request, {"detail": "没有这条信息，或者它没有公开"}, status=404)


@api.exception_handler(Lost)
def unready(request: HttpRequest, _problem: Lost) -> HttpResponse:
    """The index is being made (检索暂不可用)."""
    answer = api.create_response(request, {"detail": "检索正在准备，请稍后再试"}, status=503)
    answer["Retry-After"] = RETRY
    return answer


@api.get("/papers/", response={200: PaperPage, **WRONG}, summary="政府信息列表", tags=["政府信息"])
def papers(request: HttpRequest, asked: Query[PaperQuestion]) -> dict[str, Any]:
    """按条件列出网站上的政府信息，最新发布的在前。"""
    found = narrowed(Paper.objects.public(today(request)).newest(), asked)
    pages = Paginator(found.select_related("unit", "theme"), asked.limit)
    items = list(pages.page(asked.page)) if asked.page <= pages.num_pages else []
    return {
        "total": pages.count,
        "page": asked.page,
        "pages": pages.num_pages if pages.count else 0,
        "items": [paper_shape(paper, request) for paper in items],
    }


@api.get(
    "/papers/{pk}/",
    response={200: WholePaper, 404: Problem, **WRONG},
    summary="一条政府信息",
    tags=["政府信息"],
)
def paper(request: HttpRequest, pk: int) -> WholePaper:
    """一条政府信息的全部要素、正文和附件。"""
    if not 0 < pk < LARGEST:
        raise Http404
    linked = Paper.objects.public(today(request)).select_related("unit", "theme", "live__content")
    found = linked.prefetch_related("columns__parent", "live__attachments").filter(pk=pk).first()
    if found is None or found.live is None:
        raise Http404
    content = getattr(found.live, "content", None)
    return WholePaper(
        **paper_shape(found, request).dict(),
        columns=[column_shape(each) for each in found.columns.all() if each.closed_on is None],
        keywords=found.keywords,
        audience=found.audience,
        commences_on=found.commences_on,
        expires_on=found.expires_on,
        html=content.html if content else "",
        text=content.text if content else "",
        attachments=[attachment_shape(each, request) for each in found.live.attachments.all()],
    )


@api.get("/columns/", response=list[ColumnShape], summary="栏目", tags=["分类"])
def columns(request: HttpRequest) -> list[ColumnShape]:  # noqa: ARG001 (ninja's signature)
    """全部开放的栏目。"""
    return [column_shape(column) for column in Column.objects.open().select_related("parent")]


@api.get("/units/", response=list[UnitShape], summary="单位", tags=["分类"])
def units(request: HttpRequest) -> list[UnitShape]:  # noqa: ARG001 (ninja's signature)
    """全部现有单位。"""
    return [unit_shape(unit) for unit in Unit.objects.filter(ended_on=None).order_by("position", "pk")]


@api.get("/themes/", response=list[ThemeShape], summary="主题分类", tags=["分类"])
def themes(request: HttpRequest) -> list[ThemeShape]:  # noqa: ARG001 (ninja's signature)
    """政府信息的主题分类。"""
    found = Theme.objects.select_related("parent")
    return [
        ThemeShape(code=each.code, name=each.name, parent=each.parent.code if each.parent else None)
        for each in found
    ]


@api.get("/search/", response={200: PaperPage, 503: Problem, **WRONG}, summary="检索", tags=["政府信息"])
def search(request: HttpRequest, asked: Query[Words]) -> dict[str, Any]:
    """按词检索政府信息，与网站的检索结果相同。"""
    question = Question(text=asked.q, page=asked.page, size=asked.limit)
    numbers, total = keys(question, "paper") if asked.q.strip() else ([], 0)
    found = Paper.objects.public(today(request)).select_related("unit", "theme").in_bulk(numbers)
    return {
        "total": total,
        "page": asked.page,
        "pages": -(-total // asked.limit),
        "items": [paper_shape(found[number], request) for number in numbers if number in found],
    }


def narrowed(rows: QuerySet[Paper], asked: PaperQuestion) -> QuerySet[Paper]:
    """The papers that were asked for (筛选)."""
    plain = {
        "unit": asked.unit,
        "columns__slug": asked.column,
        "theme__code": asked.theme,
        "sort": asked.kind,
        "standing": asked.standing,
        "number": asked.number,
        "made_on__year": asked.year,
    }
    rows = rows.filter(**{name: value for name, value in plain.items() if value is not None})
    if asked.since:
        rows = rows.filter(published_at__gte=_midnight(asked.since))
    if asked.until:
        rows = rows.filter(published_at__lt=_midnight(asked.until) + timedelta(days=1))
    return rows


def _midnight(day: date) -> datetime:
    """The beginning of a day; years in which no site published are pulled in, so that no moment overflows."""
    return datetime.combine(min(max(day, EARLIEST), LATEST), time(), timezone.get_current_timezone())


def paper_shape(row: Paper, request: HttpRequest) -> PaperShape:
    """A paper as the API tells it (政府信息)."""
    return PaperShape(
        id=row.pk,
        url=request.build_absolute_uri(row.get_absolute_url()),
        code=row.code,
        title=row.title,
        number=row.number,
        unit=unit_shape(row.unit),
        issuers=row.issuers,
        sort=row.sort,
        theme=row.theme.code if row.theme else None,
        made_on=row.made_on,
        published_at=row.published_at,
        updated_at=row.updated_at,
        standing=row.standing,
        summary=row.summary,
    )


def unit_shape(row: Unit) -> UnitShape:
    """A unit (单位)."""
    return UnitShape(id=row.pk, name=row.name, short_name=row.short_name, kind=row.kind)


def column_shape(row: Column) -> ColumnShape:
    """A column (栏目)."""
    parent = row.parent.slug if row.parent else None
    return ColumnShape(
        slug=row.slug, name=row.name, parent=parent, description=row.description, statutory=row.statutory
    )


def attachment_shape(row: Attachment, request: HttpRequest) -> AttachmentShape:
    """A file (附件)."""
    path = reverse("attachment", args=[row.pk, f"{row.pk}.{row.kind}"])
    return AttachmentShape(
        title=row.title, kind=row.kind, size=row.size, url=request.build_absolute_uri(path)
    )
