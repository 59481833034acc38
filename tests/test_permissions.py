"""Who may do what: every role at every door of the staff pages, and no way into a neighbour's rows.

A new page or a new model joins by being there: every model of the house gets one row with the key KEY that
belongs to one unit; then people of another unit, and strangers, try every address with that key.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.accounts.models import Post, Role, User
from gongkai.agencies.models import Unit
from gongkai.audit.models import Trace
from tests.addresses import places

Stood = dict[str, list[tuple[Any, ...]]]
KEY = 777_000  # no sequence of PostgreSQL comes so far in a run
TODAY = date(2021, 4, 1)
#: pages about one record that all staff may open, with the models whose words they may then read: units, and
#: plans that were sent out; of a plan's tasks they see their own alone
PLAN = {"Plan", "Section", "Unit"}
#: the catalogues of what is to be published are public themselves
CATALOGUE = {"Catalogue", "CatalogueRow", "Field", "Column", "Unit"}
SHARED = {
    "unit": {"Unit", "UnitName", "UnitChange", "User", "Post", "Trace"},
    **dict.fromkeys(["plan", "plan_units", "plan_matrix", "plan_timeline"], PLAN),
    "lookback": {"LookBack", *PLAN},
    "topic_staff": {"Topic", "Unit"},  # shown to the public too; papers put forward are seen by their unit
    "columns": {"User"},  # a column names its keeper
    **dict.fromkeys(
        ["catalogues", "catalogue", "catalogue_compare", "catalogue_sheet", "row_new", "pilot_new"], CATALOGUE
    ),
}
#: the harder case: what is still a draft is hidden anyway
STATES = {"ledger.Plan": "running", "ledger.Report": "signed"}
OWN = {Role.OFFICER, Role.APPROVER, Role.SECRECY, Role.LEGAL}
ROLES = [Role.OFFICER, *(pytest.param(role, marks=pytest.mark.once) for role in sorted(OWN - {Role.OFFICER}))]


# --- addresses --------------------------------------------------------------------------------------

STAFF = places("staff/")
ABOUT_ONE = [place for place in STAFF if place[2]]
ABOUT_ALL = [place for place in STAFF if not place[2]]


def path(name: str, parts: frozenset[str]) -> str:
    return reverse(name, kwargs=dict.fromkeys(parts, KEY))


def named(place: object) -> str:
    return place if isinstance(place, str) else ""


# --- a world whose every row is somebody else's -----------------------------------------------------


def value(field: models.Field) -> Any:
    """Something that fits into a field."""
    if isinstance(field, models.ForeignKey):
        return None if field.related_model is field.model else KEY
    if field.has_default() and not isinstance(field, models.BooleanField):
        return field.get_default()
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.DateTimeField):
        return datetime(2021, 4, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    if isinstance(field, models.DateField):
        return None if field.null else TODAY
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.IntegerField | models.DecimalField):
        return 1
    return words(field) if isinstance(field, models.CharField | models.TextField) else None


def words(field: models.Field) -> str:
    """A text that tells on a page from which model it comes, cut off by a closing sign."""
    if isinstance(field, models.SlugField):
        return f"slug-{KEY}"
    return f"㊙{field.model.__name__}㊙"[: field.max_length]


def foreign(model: type[models.Model]) -> models.Model:
    """One row with the key KEY, whose every link leads to other rows with that key."""
    row = model(pk=KEY)
    for field in model._meta.concrete_fields:
        if not field.primary_key:
            setattr(row, field.attname, value(field))
    return row


@pytest.fixture(scope="module")
def rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stood]:
    """Every model's row KEY, of the unit KEY, made once; plans are in force, the harder case."""
    with django_db_blocker.unblock(), transaction.atomic():
        for model in apps.get_models():
            if model.__module__.startswith("gongkai.") and not model._meta.auto_created:
                row = foreign(model)
                if model._meta.label in STATES:
                    row.state = STATES[model._meta.label]
                row.save(force_insert=True)
        yield kept()
        transaction.set_rollback(True)


@pytest.fixture
def world(rows: Stood, db: None) -> Stood:
    """The rows of somebody else, as a test finds them; what it changes is undone."""
    return rows


def person(role: str, name: str = "近") -> User:
    unit, _ = Unit.objects.get_or_create(name=f"{name}局", short_name=name, kind="bureau")
    user = User.objects.create(username=f"{role}-{name}", full_name=f"{name}某")
    Post.objects.create(user=user, unit=unit, role=role, started_on=TODAY)
    return user


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def told(page: str) -> set[str]:
    """The models of whose foreign rows a page shows words."""
    return set(re.findall("㊙([A-Za-z]+)", page))


def kept() -> Stood:
    """All rows KEY as they stand."""
    return {
        model._meta.label: list(model.objects.filter(pk=KEY).values_list())
        for model in apps.get_models()
        if model.__module__.startswith("gongkai.") and not model._meta.auto_created
    }


WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


@contextmanager
def nothing_changed(stood: Stood) -> Iterator[None]:
    """What is tried inside leaves every row as it stood; they are read again where anything was written."""
    acts = Trace.objects.count()
    with CaptureQueriesContext(connection) as asked:
        yield
    if any(WRITES.match(query["sql"]) for query in asked.captured_queries):
        assert kept() == stood
    assert Trace.objects.count() == acts


# --- strangers --------------------------------------------------------------------------------------


def test_there_are_staff_pages_to_try() -> None:
    assert len(ABOUT_ONE) > 15
    assert len(ABOUT_ALL) > 5


@pytest.mark.parametrize(("name", "route", "parts"), STAFF, ids=named)
def test_a_stranger_is_sent_to_sign_in(world: None, name: str, route: str, parts: frozenset[str]) -> None:
    for ask in (Client().get, Client().post):
        answer = ask(path(name, parts))
        assert answer.status_code == 302, route
        assert answer.url.startswith("/accounts/login/?next=")


@pytest.mark.parametrize(("name", "route", "parts"), STAFF, ids=named)
def test_somebody_without_a_post_opens_nothing(
    world: None, name: str, route: str, parts: frozenset[str]
) -> None:
    client = browser(User.objects.create(username="idle", full_name="无岗位"))
    for ask in (client.get, client.post):
        assert ask(path(name, parts)).status_code == 403, route


# --- neighbours -------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("name", "route", "parts"), ABOUT_ONE, ids=named)
def test_a_neighbour_opens_no_record_of_another_unit(
    world: Stood, name: str, route: str, parts: frozenset[str], role: str
) -> None:
    client = browser(person(role))
    with nothing_changed(world):
        shown = client.get(path(name, parts))
        answered = client.post(path(name, parts))
    if name in SHARED:
        assert told(shown.content.decode(errors="replace")) <= SHARED[name], route  # a sheet is no text
    else:
        assert shown.status_code in (403, 404, 405), route
    assert answered.status_code in (403, 404, 405) or name in SHARED, route


#: what every list may name: units, groups, plans that were sent out, and what the public sees of the site
COMMON = {"Unit", "Group", "GroupName", "Column", "Topic", "Theme", "Word", *PLAN}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("name", "route", "parts"), ABOUT_ALL, ids=named)
def test_no_list_shows_a_neighbour_the_rows_of_another_unit(
    world: None, name: str, route: str, parts: frozenset[str], role: str
) -> None:
    answer = browser(person(role)).get(path(name, parts))
    assert answer.status_code in (200, 302, 403, 405), route
    if answer.status_code == 200:
        assert told(answer.content.decode()) <= COMMON | SHARED.get(name, set()), route


@pytest.mark.parametrize(("name", "word"), [("plan", "Task"), ("plan_matrix", "Task"), ("traces", "Trace")])
def test_the_office_does_read_what_its_neighbours_must_not(world: None, name: str, word: str) -> None:
    """The same probe, where it must find something: else the tests above would prove nothing."""
    parts = next(parts for each, _, parts in STAFF if each == name)
    page = browser(person(Role.OFFICE)).get(path(name, parts)).content.decode()
    assert word in told(page)


# --- roles ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "route", "parts"), STAFF, ids=named)
def test_an_assessor_reads_and_changes_nothing(
    world: Stood, name: str, route: str, parts: frozenset[str]
) -> None:
    client = browser(person(Role.ASSESSOR))
    with nothing_changed(world):
        client.post(path(name, parts))


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("other", ["own", "foreign"])
def test_rows_and_roles_by_role_and_unit(world: None, role: str, other: str) -> None:
    """The matrix on which all rooms stand: which rows are seen, and which roles are held towards a unit."""
    user = person(role)
    unit = user.held[0].unit if other == "own" else Unit.objects.get(pk=KEY)
    reaches = other == "own" or role not in OWN
    assert user.units().filter(pk=unit.pk).exists() is reaches
    assert user.roles_in(unit) == (frozenset({role}) if reaches else frozenset())


EVERYBODY = {"ledger.Plan"}  # sent out to every unit; the parts in it are not
VISIBLE = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("gongkai.") and hasattr(model.objects.none(), "visible_to")
]


@pytest.mark.parametrize("model", VISIBLE, ids=lambda model: model.__name__)
@pytest.mark.parametrize("role", Role.values)
def test_rows_of_another_unit_are_seen_by_the_people_of_the_district_alone(
    world: None, model: type[models.Model], role: str
) -> None:
    seen = model.objects.visible_to(person(role)).filter(pk=KEY).exists()
    assert seen is (role not in OWN) or model._meta.label in EVERYBODY, (model, role)
