"""版本沿革页面: every edition that stood on the site, and what changed between any two."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from gongkai.documents.comparing import compare, show
from gongkai.documents.models import Edition, Paper
from gongkai.documents.states import Departure
from gongkai.documents.views.public.paper import SEVERAL, SHOWN, Sheet, gone, public_paper
from gongkai.frame.listing import keys
from gongkai.frame.today import today


def _open(request: HttpRequest, pk: int) -> tuple[Paper, Sheet]:
    found = public_paper(pk)
    if found.over(today(request)):
        raise Http404("公示期已满")
    return found, Sheet(found, today(request))


@require_safe
def editions(request: HttpRequest, pk: int) -> HttpResponse:
    """All editions of a paper (历史版本), and a form to compare two."""
    found, sheet = _open(request, pk)
    if found.state == "left" and found.left_by != Departure.WITHDRAWN:
        return gone(request, found)
    context = {
        "paper": found,
        "editions": sheet.editions[::-1],
        "several": len(sheet.editions) >= SEVERAL,
        "breadcrumbs": sheet.breadcrumbs("历史版本"),
    }
    return render(request, "documents/public/editions.html", context)


@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed from one edition to another (版本对比)."""
    found, sheet = _open(request, pk)
    if found.state == "left" and found.left_by != Departure.WITHDRAWN:
        return gone(request, found)
    pair = _pair(request, sheet.editions)
    if pair is None:
        return redirect("paper_editions", found.pk)
    old, new = pair
    contents = {each.pk: each.content for each in _with_content(found, [old.pk, new.pk])}
    compared = compare(contents[old.pk].html, contents[new.pk].html)
    context = {
        "paper": found,
        "old": old,
        "new": new,
        "compared": mark_safe(show(compared)),  # noqa: S308 (every word of it is escaped)
        "breadcrumbs": sheet.breadcrumbs("版本对比"),
    }
    return render(request, "documents/public/changes.html", context)


def _with_content(paper: Paper, wanted: list[int]) -> list[Edition]:
    found = paper.editions.filter(pk__in=wanted, state__in=SHOWN)
    return list(found.select_related("content"))


def _pair(request: HttpRequest, known: list[Edition]) -> tuple[Edition, Edition] | None:
    """The two editions asked for, the earlier first; without a question, the newest two."""
    by_ordinal = {each.ordinal: each for each in known}
    asked = sorted(keys([request.GET.get("from", ""), request.GET.get("to", "")]))
    if not asked and len(known) >= SEVERAL:
        return known[-2], known[-1]
    chosen = [by_ordinal[each] for each in asked if each in by_ordinal]
    return (chosen[0], chosen[1]) if len(chosen) == SEVERAL else None
