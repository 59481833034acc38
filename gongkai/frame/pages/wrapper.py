"""页面缓存: stands before all of Django and answers at once what it has kept."""

import gzip
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from gongkai.frame.pages.generation import Watch
from gongkai.frame.pages.kept import Cabinet, Page
from gongkai.frame.pages.showing import KEEP
from gongkai.frame.today import today

Headers = list[tuple[str, str]]
Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]
SMALLEST_PACKED = 500
#: a visitor with one of these is somebody: the page is drawn for that person
PERSONAL = ("sessionid=", "messages=")
#: what makes an answer depend on more than its address
CONDITIONS = ("HTTP_AUTHORIZATION", "HTTP_RANGE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
UNCHANGED = frozenset({"etag", "cache-control", "vary", "content-location", "expires", "x-accel-expires"})


class KeptPages:
    """The application behind a memory of its own public pages (页面缓存); ADR 0006."""

    def __init__(self, application: Application, room: int) -> None:
        self.application = application
        self.cabinet = Cabinet(room)
        self.watch = Watch()
        self.hosts = frozenset({*settings.ALLOWED_HOSTS, settings.SITE["domain"]})

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """A kept page, or the application's own answer, kept for the next visitor."""
        if not askable(environ):
            return self.application(environ, start)
        generation = self.watch.now()
        self.cabinet.turn(generation)
        key = (
            generation,
            today(),
            environ.get("HTTP_X_FORWARDED_PROTO", environ.get("wsgi.url_scheme")) == "https",
            environ.get("HTTP_HOST"),
            environ.get("PATH_INFO"),
            environ.get("QUERY_STRING"),
        )
        page = self.cabinet.get(key)
        if page:
            return send(page, environ, start)
        if environ["REQUEST_METHOD"] != "GET" or environ.get("HTTP_COOKIE"):
            return self.application(environ, start)
        return self._draw(key, environ, start)

    def _draw(self, key: tuple[Any, ...], environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        told: list[tuple[str, Headers]] = []
        asked = environ.pop("HTTP_IF_NONE_MATCH", None)

        def listen(status: str, headers: Headers, *_problem: Any) -> None:
            told.append((status, headers))

        answer = self.application(environ, listen)
        if asked is not None:
            environ["HTTP_IF_NONE_MATCH"] = asked
        status, headers = told[-1]
        if not environ.get(KEEP) or not keepable(headers):
            start(status, headers)
            return answer
        page = prepared(status, headers, gathered(answer))
        plain = status.startswith("200") and not environ.get("QUERY_STRING")
        known = plain and environ.get("HTTP_HOST") in self.hosts
        (self.cabinet.plain if known else self.cabinet.made_up).put(key, page)
        return send(page, environ, start)


def keeping(application: Application) -> Application:
    """*application* behind the page cache (页面缓存), where the settings give it room."""
    room: int = settings.PAGE_CACHE_BYTES
    return KeptPages(application, room) if room else application


def askable(environ: dict[str, Any]) -> bool:
    """Whether a kept page may answer (可否用留存页面): a stranger who reads."""
    cookie = environ.get("HTTP_COOKIE", "")
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not any(name in environ for name in CONDITIONS)
        and not (cookie and any(name in cookie for name in PERSONAL))
    )


def keepable(headers: Headers) -> bool:
    """Whether nothing in the head belongs to one visitor (可否留存): no cookie, no nonce."""
    return not any(
        name.lower() == "set-cookie" or (name.lower() == "content-security-policy" and "'nonce-" in value)
        for name, value in headers
    )


def gathered(answer: Iterable[bytes]) -> bytes:
    """All of the body (正文); the application is told that it was read."""
    try:
        return b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close:
            close()


def prepared(status: str, headers: Headers, body: bytes) -> Page:
    """The answer made ready to send in each way (备妥)."""
    head = [(name, value) for name, value in headers if name.lower() not in ("content-length", "vary")]
    vary = [value for name, value in headers if name.lower() == "vary"]
    head.append(("Vary", ", ".join([*vary, "Accept-Encoding"])))
    packed = gzip.compress(body, 6, mtime=0) if len(body) >= SMALLEST_PACKED else b""
    return Page(
        status=status,
        etag=next((value for name, value in headers if name.lower() == "etag"), ""),
        plain=body,
        packed=packed,
        plain_headers=[*head, ("Content-Length", str(len(body)))],
        packed_headers=[*head, ("Content-Encoding", "gzip"), ("Content-Length", str(len(packed)))],
        unchanged_headers=[(name, value) for name, value in head if name.lower() in UNCHANGED],
    )


def send(page: Page, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """Send a kept page (发送): unchanged, packed or plain, as the visitor can take it."""
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked and page.etag and page.status.startswith("200") and same(asked, page.etag):
        start("304 Not Modified", page.unchanged_headers)
        return []
    packs = page.packed and accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    start(page.status, page.packed_headers if packs else page.plain_headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        return []
    return [page.packed if packs else page.plain]


def same(asked: str, etag: str) -> bool:
    """Whether the visitor has this very page (未变): weak comparison, as RFC 9110 asks of If-None-Match."""
    mark = etag.removeprefix("W/")
    return asked.strip() == "*" or any(each.strip().removeprefix("W/") == mark for each in asked.split(","))


def accepts_gzip(accepted: str) -> bool:
    """Whether the visitor takes gzip (可否压缩); ``gzip;q=0`` is a no."""
    for part in accepted.split(","):
        name, _, quality = part.partition(";")
        if name.strip().lower() in ("gzip", "*"):
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", quality)
    return False
