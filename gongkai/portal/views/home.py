"""门户: the home page, the site map, the statement on accessibility; they read no session, set no cookie."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.portal.navigation import site_places


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page (首页): what can be found and done here, and nothing that is not there yet."""
    return render(request, "portal/home.html")


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Every public page (网站地图)."""
    return render(
        request,
        "portal/site_map.html",
        {"places": site_places(request), "breadcrumbs": [("首页", "/"), ("网站地图", "")]},
    )


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What people may expect of these pages, and whom to tell (无障碍说明)."""
    crumbs = [("首页", "/"), ("无障碍说明", "")]
    return render(request, "portal/accessibility.html", {"breadcrumbs": crumbs})
