"""门户: the home page, the site map, the statement on accessibility; they read no session, set no cookie."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Unit
from gongkai.documents.models import Column, Paper, Sort, Topic
from gongkai.documents.overview.columns import Tree
from gongkai.frame.today import today
from gongkai.ledger.models import Plan
from gongkai.ledger.overview.progress import public_assignments, spoken
from gongkai.portal.navigation import site_places

NEWEST, FEW, HOT = 10, 6, 6
#: what people may object to or have to follow at once
CALLS = (Sort.PUBLICITY, Sort.CIRCULAR, Sort.ANNOUNCEMENT)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page (首页): find, what is new, what the law asks to be public, what is being done."""
    day = today(request)
    tree, public = Tree(), Paper.objects.public(day)
    counts = tree.counts(day)
    statutory = [column for column in tree.top() if column.statutory]
    context = {
        "newest": _lines(public.exclude(sort=Sort.READING))[:NEWEST],
        "readings": _lines(public.filter(sort=Sort.READING))[:FEW],
        "calls": _lines(public.filter(sort__in=CALLS))[:FEW],
        "columns": [(column, counts[column.pk]) for column in statutory or tree.top()],
        "statutory": bool(statutory),
        "hot": sorted(tree.all.values(), key=lambda column: -counts[column.pk])[:HOT],
        "topics": Topic.objects.filter(closed_on=None)[:FEW],
        "progress": _progress(request),
    }
    return render(request, "portal/home.html", context)


def _lines(papers: Any) -> Any:
    """Papers as lines of a list: title and day (信息行)."""
    return papers.newest().only("title", "published_at", "standing", "normative", "sort")


def _progress(request: HttpRequest) -> dict[str, Any] | None:
    """How far the newest public plan has come (要点落实进度)."""
    plan = Plan.objects.public().first()
    if plan is None:
        return None
    return {"plan": plan, "spoken": spoken(public_assignments(plan), today(request))}


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Every public page that is not a paper (网站地图): places, columns, units, topics."""
    tree = Tree()
    below: list[tuple[Column, list[Column]]] = [(column, tree.below(column)) for column in tree.top()]
    context = {
        "places": site_places(request),
        "columns": below,
        "units": Unit.objects.on(today(request)),
        "topics": Topic.objects.all(),
        "breadcrumbs": [("首页", "/"), ("网站地图", "")],
    }
    return render(request, "portal/site_map.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What people may expect of these pages, and whom to tell (无障碍说明)."""
    crumbs = [("首页", "/"), ("无障碍说明", "")]
    return render(request, "portal/accessibility.html", {"breadcrumbs": crumbs})
