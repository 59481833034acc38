"""只作展示的页面: which answers are the same for everybody, and may be kept and asked for again."""

import re
from collections.abc import Callable
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

#: set in the WSGI environment for an answer that may be kept; no visitor can set such a name
KEEP = "gongkai.keep_page"
STATUSES = frozenset({200, 301, 404, 410})
PRIVATE = ("/staff/", "/accounts/", "/static/")
LONGEST_ADDRESS = 400
LARGEST = 2 * 2**20
#: what a query of a public page may name (查询参数); an answer to any other is drawn anew each time
QUERY = frozenset(
    [
        "attribute",
        "column",
        "cursor",
        "field",
        "file",
        "from",
        "form",
        "kind",
        "limit",
        "number",
        "offset",
        "on",
        "order",
        "page",
        "q",
        "scope",
        "since",
        "sort",
        "standing",
        "state",
        "status",
        "tag",
        "theme",
        "title",
        "to",
        "topic",
        "type",
        "unit",
        "until",
        "validity",
        "view",
        "words",
        "year",
    ]
)
TEXT = re.compile(r"(text/|application/(json|xml|atom\+xml|rss\+xml|opensearchdescription\+xml))")


class ShowingMiddleware:
    """Marks the answers that only show (只作展示): fresh for every visitor, and quickly told to be unchanged.

    Whoever asks without a cookie gets what any stranger gets. So an answer may be kept as soon as it neither
    sets a cookie nor depends on one; a page that draws a form with a token, or reads the session, does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the answer be made, then mark it."""
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not shows(request, response):
            return response
        etag = f'W/"{blake2b(response.content, digest_size=12).hexdigest()}"'
        response.headers.setdefault("ETag", etag)
        response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
        response.headers.setdefault("X-Accel-Expires", "1")
        if response.status_code == 200:
            response = get_conditional_response(request, etag=response["ETag"], response=response) or response
        # what one visitor's conditions made of it (304, 412) is that visitor's own
        request.META[KEEP] = response.status_code in STATUSES
        return response


def shows(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer is the same for everybody (是否只作展示)."""
    return (
        request.method in ("GET", "HEAD")
        and response.status_code in STATUSES
        and not request.path.startswith(PRIVATE)
        and not response.cookies
        and not response.has_header("Set-Cookie")
        and "cookie" not in response.headers.get("Vary", "").lower()
        and not re.search("private|no-store", response.headers.get("Cache-Control", ""))
        and not response.has_header("Content-Disposition")
        and bool(TEXT.match(response.headers.get("Content-Type", "")))
        and len(response.content) <= LARGEST
        and short(request.META.get("QUERY_STRING", ""), request.path)
    )


def short(query: str, path: str) -> bool:
    """Whether an address is one that is worth keeping (网址是否合适): short, with known names only."""
    if len(query) + len(path) > LONGEST_ADDRESS:
        return False
    return all(part.partition("=")[0] in QUERY for part in query.split("&") if part)
