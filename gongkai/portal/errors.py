"""错误页面: what people see when something is not there, not allowed or broken, and what to do next."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import get_template

from gongkai.documents.overview.links import moved


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """400: the address or what was sent makes no sense (请求有误)."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: not for this person (没有权限); a view may say why in PermissionDenied."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """404: no such page (页面不存在); an address of the older site leads to where its paper stands now."""
    new = moved(request.get_full_path())
    return redirect(new, permanent=True) if new else render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """500: something broke (系统故障); drawn with no request, no database and no context processor."""
    page = get_template("500.html").render({"site": settings.SITE, "static": settings.STATIC_URL})
    return HttpResponseServerError(page)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """403 for a form whose token is missing or stale (表单已失效)."""
    return render(request, "403_csrf.html", status=403)
