"""栏目、单位与专题页面: where papers are shown, with what people need to know about the place."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Kind, Unit
from gongkai.documents.models import Column, Paper, Topic, on_site
from gongkai.documents.overview.columns import Tree, papers_in
from gongkai.documents.overview.topics import papers_of, tally
from gongkai.documents.views.public.shelves import Shelf
from gongkai.frame.today import today

HOME = ("首页", "/")
FRAME = "frame/public.html"


@require_safe
def columns(request: HttpRequest) -> HttpResponse:
    """All columns with their numbers (全部栏目)."""
    tree = Tree()
    counts = tree.counts(today(request))
    rows = [
        (column, counts[column.pk], [(each, counts[each.pk]) for each in tree.below(column)])
        for column in tree.top()
    ]
    context = {
        "statutory": [row for row in rows if row[0].statutory],
        "others": [row for row in rows if not row[0].statutory],
        "breadcrumbs": [HOME, ("公开栏目", "")],
    }
    return render(request, "documents/public/columns.html", context)


@require_safe
def column(request: HttpRequest, slug: str) -> HttpResponse:
    """A column (栏目): its papers and those of the columns below it."""
    tree = Tree()
    found = tree.named(slug)
    if found is None:
        return _closed(request, get_object_or_404(Column, slug=slug))
    above = [(each.name, each.get_absolute_url()) for each in tree.above(found)]
    shelf = Shelf(request, papers_in(tree.family(found), today(request)), title=found.name)
    return shelf.respond(
        "documents/public/column.html",
        column=found,
        below=tree.below(found),
        frame=FRAME,
        breadcrumbs=[HOME, ("公开栏目", reverse("all_columns")), *above, (found.name, "")],
    )


def _closed(request: HttpRequest, found: Column) -> HttpResponse:
    """A closed column says so (栏目已关闭), and where its papers can be found."""
    crumbs = [HOME, ("公开栏目", reverse("all_columns")), (found.name, "")]
    context = {"column": found, "breadcrumbs": crumbs}
    return render(request, "documents/public/column_closed.html", context, status=410)


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """All units by kind, with their numbers of papers (单位名录)."""
    live = Count("papers", filter=on_site(today(request), "papers__"))
    found = Unit.objects.on(today(request)).exclude(kind=Kind.VILLAGE).annotate(number=live)
    groups: dict[str, list[Unit]] = {}
    for each in found:
        groups.setdefault(str(each.get_kind_display()), []).append(each)
    context = {"groups": list(groups.items()), "breadcrumbs": [HOME, ("单位", "")]}
    return render(request, "documents/public/units.html", context)


@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit (单位): who it is, where it is, what it published; one that was merged keeps its address."""
    found = get_object_or_404(Unit.objects.select_related("parent", "successor"), pk=pk)
    shelf = Shelf(
        request,
        Paper.objects.public(today(request)).filter(unit=found),
        title=f"{found.short_name}发布的信息",
        one_unit=True,
    )
    context: dict[str, Any] = {
        "unit": found,
        "former_names": [each.name for each in found.names.filter(sort="former")],
        "changes": list(found.changes.select_related("into")),
        "forerunners": list(found.forerunners.all()),
        "columns": list(found.columns.filter(closed_on=None)),
        "over": found.ended_on is not None and found.ended_on <= today(request),
    }
    return shelf.respond(
        "documents/public/unit.html",
        frame=FRAME,
        breadcrumbs=[HOME, ("单位", reverse("unit_list")), (found.short_name, "")],
        **context,
    )


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """All topics (全部专题)."""
    found = Topic.objects.select_related("lead")
    context = {
        "open": found.filter(closed_on=None),
        "closed": found.exclude(closed_on=None),
        "breadcrumbs": [HOME, ("专题", "")],
    }
    return render(request, "documents/public/topics.html", context)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic (专题): what its query finds, the pinned papers first, and what each unit gave."""
    found = get_object_or_404(Topic.objects.select_related("lead"), slug=slug)
    papers = papers_of(found, today(request))
    shelf = TopicShelf(request, papers, title=found.name)
    return shelf.respond(
        "documents/public/topic.html",
        topic=found,
        units=list(found.units.all()),
        tally=tally(papers),
        frame=FRAME,
        breadcrumbs=[HOME, ("专题", reverse("all_topics")), (found.name, "")],
    )


class TopicShelf(Shelf):
    """The papers of a topic (专题信息), the pinned ones first."""

    order = ("pinned", "-published_at", "-pk")
