"""Hostile input over HTTP: whatever an address or a form is given, the house answers, and never breaks.

Every page that the walk of ``test_permissions`` finds is asked with hostile query strings; every form on it
is sent with hostile values, one field at a time beside what the page itself proposes, so that each gets deep.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.accounts.models import Role
from gongkai.audit.models import ChainHead, Trace
from tests.test_permissions import KEY, STAFF, browser, path, person, rows, world

__all__ = ["rows", "world"]

NAMES = ("q", "page", "units", "unit", "plan", "year", "sort", "figure", "mark", "due", "section", "state")
NAMES += ("first", "last", "row", "only", "change", "task", "number", "chosen", "export", "next", "view")
LONG = "9" * 5000
ASKED = ("abc", "-1", "0", "9999999999999999999", LONG, "99999", "²", "%00", "a%00b", "%ED%A0%80")
ASKED += ("%FF%FE", "0001-01-01", "9999-12-31", "2021-02-30", "'\"><script>", "%E5%85%AC" * 500)
TYPED = ("", "a\x00b", "²", "-1", "99999999999999999999", LONG, "0001-01-01", "9999-12-31")
TYPED += ("\u202e\U0001f4a3", "=1+1'\"><script>alert(1)</script>", "公" * 20_000)
BROKEN = frozenset({409, *range(500, 600)})  # nobody else is there to collide with
PAGES = sorted(
    {path(name, parts) for name, _, parts in STAFF}
    | {reverse(name) for name in ("home", "site_map", "progress", "account_login")}
    | {reverse(name, args=[KEY]) for name in ("progress_plan", "progress_task", "progress_feedback")}
)


@pytest.fixture
def ready(world: None) -> None:
    """The walk's world, in which acts can be recorded behind the one trace that is there."""
    ChainHead.objects.create(pk=1, number=Trace.objects.get(pk=KEY).number)
    with connection.cursor() as cursor:  # new rows of PostgreSQL begin behind the walk's own key
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


@dataclass
class Sheet:
    """One form of a page: where it goes, and what the page proposes for each field."""

    to: str
    fields: dict[str, str] = field(default_factory=dict)


def sheets(answer: Any, here: str) -> Iterator[Sheet]:
    """Every form of a page that is sent by POST; an address that only takes a POST is one without fields."""
    if answer.status_code == 405:
        yield Sheet(here, {"chosen": str(KEY), "act": "remind", "text": "请抓紧"})
    page = answer.content.decode() if answer.get("Content-Type", "").startswith("text/html") else ""
    for form in LexborHTMLParser(page).css("form[method=post]"):
        made = Sheet(form.attributes.get("action") or here)
        for control in form.css("input, select, textarea, button"):
            name = control.attributes.get("name")
            if name and control.attributes.get("type") != "file":
                made.fields[name] = proposed(control)
        yield made


def some(values: tuple[str, ...], start: int, count: int) -> list[str]:
    """*count* of the values, others from each *start*: over all pages every one is tried many times."""
    return [values[(start * count + turn) % len(values)] for turn in range(min(count, len(values)))]


def typed_into(sheet: Sheet, place: int) -> Iterator[dict[str, str]]:
    """Every field hostile at once, then one at a time beside what the page proposes."""
    for value in some(TYPED, place, 4):
        yield dict.fromkeys(sheet.fields, value)
    for turn, name in enumerate(sheet.fields):
        for value in some(TYPED, place + turn, 3):
            yield {**sheet.fields, name: value}


def proposed(control: LexborNode) -> str:
    """What a control holds when nobody touches it, or its first choice."""
    if control.tag == "select":
        choices = [choice.attributes.get("value") or "" for choice in control.css("option")]
        return next(filter(None, choices), "")
    return control.text() if control.tag == "textarea" else control.attributes.get("value") or ""


def send(client: Client, sheet: Sheet, typed: dict[str, str]) -> int:
    """Send a form; what it changes is undone."""
    with transaction.atomic():
        answer = client.post(sheet.to, typed)
        transaction.set_rollback(True)
    return answer.status_code


def reader(here: str) -> Client:
    """Somebody who may open the page; a citizen outside the staff pages."""
    if not here.startswith("/staff/"):
        return Client()
    keeper = here.startswith(("/staff/people/", "/staff/units/"))
    return browser(person(Role.ADMINISTRATOR if keeper else Role.OFFICE))


def asked_of(place: int) -> Iterator[str]:
    """Some values in every name at once, then some names alone with a value, others on each page."""
    for value in some(ASKED, place, 6):
        yield "&".join(f"{name}={value}" for name in NAMES)
    for turn, name in enumerate(some(NAMES, place, 8)):
        yield f"{name}={ASKED[(turn + place) % len(ASKED)]}"


@pytest.mark.slow
@pytest.mark.parametrize("here", PAGES)
def test_a_hostile_query_string_gets_an_answer(ready: None, here: str) -> None:
    client = reader(here)
    for asked in asked_of(PAGES.index(here)):
        assert client.get(f"{here}?{asked}").status_code not in BROKEN, asked[:80]


@pytest.mark.slow
@pytest.mark.parametrize("here", PAGES)
def test_a_hostile_form_gets_an_answer(ready: None, here: str) -> None:
    client = reader(here)
    page = client.get(here)
    for sheet in sheets(page, here):
        for typed in typed_into(sheet, PAGES.index(here)):
            assert send(client, sheet, typed) not in BROKEN, {name: text[:20] for name, text in typed.items()}
