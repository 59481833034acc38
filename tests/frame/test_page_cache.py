"""The page cache: kept for strangers only, dropped at once by an act, bounded."""

import gzip
import io
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import override_settings
from django.urls import path

from gongkai.accounts.models import User
from gongkai.agencies.models import Kind, Unit
from gongkai.audit.services import record
from gongkai.frame.models import Generation
from gongkai.frame.pages import changed
from gongkai.frame.pages import generation as generations
from gongkai.frame.pages.kept import Cabinet, Page, Shelf
from gongkai.frame.pages.wrapper import KeptPages, accepts_gzip, prepared
from gongkai.frame.today import standing_on

WORDS = "政府信息公开" * 200
drawn: list[str] = []


def shown(request: HttpRequest) -> HttpResponse:
    drawn.append(request.get_full_path())
    return HttpResponse(f"<p>{WORDS}</p>{Generation.objects.count()}")


def with_token(request: HttpRequest) -> HttpResponse:
    drawn.append(request.path)
    return HttpResponse(get_token(request))


def for_a_person(request: HttpRequest) -> HttpResponse:
    drawn.append(request.path)
    return HttpResponse(f"signed in: {request.user.is_authenticated}")


def gone(request: HttpRequest) -> HttpResponse:
    drawn.append(request.path)
    return HttpResponse("gone", status=410)


def broken(request: HttpRequest) -> HttpResponse:
    drawn.append(request.path)
    return HttpResponse("broken", status=503)


def private(request: HttpRequest) -> HttpResponse:
    drawn.append(request.path)
    answer = HttpResponse("private")
    answer["Cache-Control"] = "private"
    return answer


urlpatterns = [
    path("shown/", shown),
    path("staff/shown/", shown),
    path("token/", with_token),
    path("person/", for_a_person),
    path("gone/", gone),
    path("broken/", broken),
    path("private/", private),
]


class Answer:
    """What came back through the door."""

    def __init__(self, application: Callable[..., Iterable[bytes]], address: str, **more: str) -> None:
        place, _, query = address.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": place,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "localhost",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
            **more,
        }
        body = application(environ, self._start)
        self.body = b"".join(body)
        if hasattr(body, "close"):
            body.close()

    def _start(self, status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        self.status = int(status[:3])
        self.headers = {name.lower(): value for name, value in headers}


@pytest.fixture
def door(tmp_path: Path, one_connection: None) -> Iterator[KeptPages]:
    """The application behind the cache, with a word of its own, asking the database each time."""
    drawn.clear()
    with override_settings(
        ROOT_URLCONF=__name__, PAGE_GENERATION=tmp_path / "generation", ALLOWED_HOSTS=["localhost", "other"]
    ):
        yield KeptPages(WSGIHandler(), 2**20)


@pytest.fixture(autouse=True)
def _ask_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generations, "PATIENCE", 0.0)


pytestmark = pytest.mark.django_db


def test_a_page_is_drawn_once_and_shown_to_every_stranger(door: KeptPages) -> None:
    first, second = Answer(door, "/shown/"), Answer(door, "/shown/")
    assert drawn == ["/shown/"]
    assert first.body == second.body
    assert first.headers == second.headers
    assert second.headers["etag"].startswith('W/"')
    assert second.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert second.headers["x-accel-expires"] == "1"


def test_a_kept_page_comes_packed_for_whoever_takes_it_and_says_so(door: KeptPages) -> None:
    plain = Answer(door, "/shown/")
    packed = Answer(door, "/shown/", HTTP_ACCEPT_ENCODING="gzip, br")
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"
    assert int(packed.headers["content-length"]) == len(packed.body)
    assert drawn == ["/shown/"]


@pytest.mark.parametrize(
    ("accepted", "packs"),
    [
        ("gzip", True),
        ("br;q=1, gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("br", False),
    ],
)
def test_gzip_is_sent_only_where_it_is_wanted(accepted: str, packs: bool) -> None:
    assert accepts_gzip(accepted) is packs


@pytest.mark.parametrize("ways", [{}, {"HTTP_ACCEPT_ENCODING": "gzip"}])
def test_whoever_has_the_page_is_told_that_it_is_unchanged(door: KeptPages, ways: dict[str, str]) -> None:
    etag = Answer(door, "/shown/").headers["etag"]
    again = Answer(door, "/shown/", HTTP_IF_NONE_MATCH=f'"older", {etag}', **ways)
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == etag
    assert "content-length" not in again.headers


def test_a_first_visitor_who_has_the_page_already_does_not_spoil_it_for_the_next(door: KeptPages) -> None:
    etag = Answer(door, "/shown/").headers["etag"]
    fresh = KeptPages(WSGIHandler(), 2**20)
    assert Answer(fresh, "/shown/", HTTP_IF_NONE_MATCH=etag).status == 304
    assert Answer(fresh, "/shown/").status == 200
    assert drawn == ["/shown/", "/shown/"]


def test_a_head_is_answered_from_the_kept_page_without_its_body(door: KeptPages) -> None:
    whole = Answer(door, "/shown/")
    head = Answer(door, "/shown/", REQUEST_METHOD="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


@pytest.mark.django_db(transaction=True)
def test_an_act_that_changes_pages_drops_them_the_moment_it_is_through(door: KeptPages) -> None:
    door.watch._asked = float("inf")  # as within the second in which the database is not asked
    before = Answer(door, "/shown/")
    with transaction.atomic():
        changed()
        assert Answer(door, "/shown/").body == before.body
        assert drawn == ["/shown/"]
    after = Answer(door, "/shown/")
    assert after.body != before.body
    assert after.headers["etag"] != before.headers["etag"]


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_undone_drops_nothing(door: KeptPages) -> None:
    Answer(door, "/shown/")
    with transaction.atomic():
        changed()
        transaction.set_rollback(True)
    Answer(door, "/shown/")
    assert drawn == ["/shown/"]


def test_another_host_sees_the_act_in_the_database(door: KeptPages) -> None:
    """The row alone, without the word: what another host, or a process that died after its commit, leaves."""
    Answer(door, "/shown/")
    Generation.objects.create()
    Answer(door, "/shown/")
    assert len(drawn) == 2


def test_rows_that_become_visible_out_of_order_are_all_noticed(door: KeptPages) -> None:
    late, early = Generation.objects.create(), Generation.objects.create()
    late.delete()
    Answer(door, "/shown/")
    Generation.objects.create(pk=early.pk - 1)
    Answer(door, "/shown/")
    assert len(drawn) == 2


@pytest.mark.django_db(transaction=True)
def test_the_table_of_generations_stays_small() -> None:
    for _ in range(2 * generations.KEPT):
        Generation.objects.create()
    for _ in range(generations.KEPT):
        changed()
    assert generations.NEWEST < Generation.objects.count() <= 2 * generations.KEPT


@pytest.mark.django_db(transaction=True)
def test_an_act_of_many_parts_counts_once_and_again_when_a_part_was_undone(door: KeptPages) -> None:
    with transaction.atomic():
        with transaction.atomic():
            changed()
            transaction.set_rollback(True)
        changed()
        changed()
    assert Generation.objects.count() == 1


def test_another_process_of_the_host_drops_the_pages_at_once(door: KeptPages) -> None:
    door.watch._asked = float("inf")
    Answer(door, "/shown/")
    script = (
        "import sys; from pathlib import Path; import django; django.setup();"
        "from gongkai.frame.pages.generation import Token; Token(Path(sys.argv[1])).write()"
    )
    program = [sys.executable, "-c", script, str(settings.PAGE_GENERATION)]
    subprocess.run(program, check=True, env={"DJANGO_SETTINGS_MODULE": "config.settings", "PATH": ""})
    Answer(door, "/shown/")
    assert len(drawn) == 2


def test_a_page_drawn_before_the_act_and_kept_after_it_is_never_shown(door: KeptPages) -> None:
    """The act falls between the reading of the generation and the keeping of the page."""
    application = door.application

    def slow(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        answer = application(environ, start)
        generations.begin()
        return answer

    door.application = slow
    Answer(door, "/shown/")
    door.application = application
    Answer(door, "/shown/")
    assert len(drawn) == 2


def test_a_new_day_begins_with_new_pages(door: KeptPages) -> None:
    moment = datetime(2021, 11, 12, 9, tzinfo=UTC)
    with standing_on(moment):
        Answer(door, "/shown/")
    with standing_on(moment.replace(day=moment.day + 1)):
        Answer(door, "/shown/")
    assert len(drawn) == 2


# --- whom it may serve ------------------------------------------------------------------------------


def test_a_person_who_is_signed_in_is_never_shown_a_kept_page_and_leaves_none(door: KeptPages) -> None:
    Answer(door, "/shown/", HTTP_COOKIE="sessionid=abc")
    Answer(door, "/shown/")
    Answer(door, "/shown/", HTTP_COOKIE="sessionid=abc")
    assert len(drawn) == 3


def test_a_page_that_reads_the_session_is_not_kept(door: KeptPages) -> None:
    Answer(door, "/person/")
    Answer(door, "/person/")
    assert len(drawn) == 2


def test_a_form_with_a_token_is_drawn_for_each_visitor_alone(door: KeptPages) -> None:
    first = Answer(door, "/token/")
    second = Answer(door, "/token/", HTTP_COOKIE=first.headers["set-cookie"].partition(";")[0])
    third = Answer(door, "/token/")
    assert len({first.body, second.body, third.body}) == 3
    assert all("public" not in each.headers.get("cache-control", "") for each in (first, second, third))


@pytest.mark.parametrize("place", ["/broken/", "/private/", "/staff/shown/"])
def test_what_is_broken_private_or_for_staff_is_not_kept(door: KeptPages, place: str) -> None:
    Answer(door, place)
    Answer(door, place)
    assert len(drawn) == 2


def test_a_page_that_has_left_is_kept_as_having_left(door: KeptPages) -> None:
    Answer(door, "/gone/")
    assert Answer(door, "/gone/").status == 410
    assert drawn == ["/gone/"]


@pytest.mark.parametrize(
    "more", [{"REQUEST_METHOD": "POST"}, {"HTTP_AUTHORIZATION": "x"}, {"HTTP_RANGE": "bytes=0-"}]
)
def test_whatever_is_more_than_reading_goes_to_the_application(door: KeptPages, more: dict[str, str]) -> None:
    Answer(door, "/shown/")
    Answer(door, "/shown/", **more)
    assert len(drawn) >= 1
    assert len(door.cabinet.plain) == 1
    assert more.get("REQUEST_METHOD") == "POST" or len(drawn) == 2


@pytest.mark.parametrize("condition", ["HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_MODIFIED_SINCE"])
def test_what_one_visitors_conditions_made_of_a_page_is_not_kept_for_the_next(
    door: KeptPages, condition: str
) -> None:
    Answer(door, "/shown/", **{condition: '"another"'})
    assert Answer(door, "/shown/").status == 200
    assert WORDS.encode() in Answer(door, "/shown/").body


@pytest.mark.parametrize(
    "header",
    ["HTTP_X_FORWARDED_HOST", "HTTP_X_ORIGINAL_URL", "HTTP_X_REWRITE_URL", "HTTP_X_HTTP_METHOD_OVERRIDE"],
)
def test_no_header_puts_another_page_under_an_address(door: KeptPages, header: str) -> None:
    Answer(door, "/shown/", **{header: "/gone/"})
    answer = Answer(door, "/shown/")
    assert (answer.status, b"/gone/" in answer.body) == (200, False)


def test_hosts_and_schemes_have_pages_of_their_own(door: KeptPages) -> None:
    Answer(door, "/shown/")
    Answer(door, "/shown/", HTTP_HOST="other")
    Answer(door, "/shown/", HTTP_X_FORWARDED_PROTO="https")
    assert len(drawn) == 3
    assert Answer(door, "/shown/", HTTP_HOST="stranger").status == 400


# --- floods -----------------------------------------------------------------------------------------


def test_only_known_queries_are_kept_and_they_push_out_no_bare_page(door: KeptPages) -> None:
    Answer(door, "/shown/")
    Answer(door, "/shown/?made-up=1")
    Answer(door, "/shown/?made-up=1")
    for number in range(400):
        Answer(door, f"/shown/?page={number}")
        Answer(door, f"/no-such-page-{number}/")
    assert drawn.count("/shown/?made-up=1") == 2
    Answer(door, "/shown/")
    assert drawn.count("/shown/") == 1
    assert door.cabinet.plain.weight + door.cabinet.made_up.weight <= 2**20


def page(size: int) -> Page:
    return prepared("200 OK", [("ETag", 'W/"a"')], b"x" * size)


def test_the_longest_unused_page_goes_first_and_the_room_is_never_exceeded() -> None:
    shelf = Shelf(20 * 2**10)
    for name in ("a", "b", "c", "d"):
        shelf.put(name, page(3000))
    shelf.get("a")
    for name in ("e", "f"):
        shelf.put(name, page(3000))
        assert shelf.weight <= shelf.room
    assert shelf.get("a")
    assert not shelf.get("b")


def test_a_page_that_would_fill_the_shelf_is_not_kept() -> None:
    shelf = Shelf(20 * 2**10)
    shelf.put("large", page(6000))
    assert len(shelf) == 0


def test_the_same_page_put_twice_weighs_once() -> None:
    cabinet = Cabinet(2**20)
    for _ in range(3):
        cabinet.plain.put("a", page(100))
    assert cabinet.plain.weight == page(100).weight


# --- acts -------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_every_act_that_leaves_a_trace_drops_the_pages(door: KeptPages) -> None:
    unit = Unit.objects.create(name="区财政局", short_name="区财政局", kind=Kind.BUREAU)
    Answer(door, "/shown/")
    record(unit, "修改单位信息", by=None)
    Answer(door, "/shown/")
    assert len(drawn) == 2


@pytest.mark.django_db(transaction=True)
def test_signing_in_drops_no_page(door: KeptPages) -> None:
    user = User.objects.create_user(username="somebody", full_name="某人")
    Answer(door, "/shown/")
    record(user, "登录失败", by=None)
    Answer(door, "/shown/")
    assert len(drawn) == 1
