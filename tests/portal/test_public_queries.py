"""Every public page asks the database as often with many records as with one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.accounts.models import Role
from gongkai.agencies.models import Kind
from gongkai.disclosure.models import CatalogueRow
from gongkai.disclosure.services import guides, links
from gongkai.documents.models import FilingRow
from gongkai.documents.services import columns, relations
from gongkai.frame.today import standing_on
from gongkai.ledger.models import Task
from gongkai.ledger.services import assignments, plans
from gongkai.search import catch_up
from tests.portal.public_site import NOW, TODAY, Site

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TIMES = 3
#: queries that a page may ask at most, whatever it shows
MOST = 26


@pytest.fixture
def site(settings: Any, tmp_path: Path) -> Iterator[Site]:
    """The site on its day, with one of everything."""
    settings.SEARCH_INDEX = str(tmp_path / "index")
    with standing_on(NOW):
        made = Site()
        catch_up.rebuild()
        yield made


def grow(site: Site) -> None:
    """More of everything, of units old and new (增量)."""
    for number in range(1, TIMES + 1):
        home = site.new_unit(f"新局{number}", Kind.BUREAU)
        by = site.person(home, Role.OFFICER)
        for unit, writer in ((site.unit, site.officer), (home, by)):
            _papers(site, number, unit=unit, by=writer)
        for code in site.wanted:
            site.structured(code, number)
            site.structured(code, number, unit=home, by=by)
        _places(site, number)
    links.link_rows(TODAY)
    _tasks(site)
    catch_up.rebuild()


def _papers(site: Site, number: int, **of: Any) -> None:
    for sort in ("notice", "annual", "reading", "announcement", "rules"):
        made = site.live(
            f"{of['unit']}第{number}件{sort}", site.below, site.rules, sort=sort, normative=True, **of
        )
        relations.relate(made, bond="based_on", target=site.paper, by=of["by"], today=TODAY)
        relations.relate(site.paper, bond="implements", target=made, by=site.officer, today=TODAY)
    site.revise(site.paper, f"第{number}次修改的条款。")


def _places(site: Site, number: int) -> None:
    column = columns.save_column(
        None, name=f"栏目{number}", slug=f"more-{number}", by=site.office, unit=site.unit, parent=site.column
    )
    site.live(f"栏目{number}的通知", column, site.below)
    row = CatalogueRow.objects.create(
        catalogue=site.catalogue, number=number + 1, first="财政", second=f"事项{number}", column=site.below
    )
    town = site.new_unit(f"新镇{number}", Kind.TOWN)
    guides.start_pilot(
        name=f"村{number}",
        unit=town,
        rows=[site.row, row],
        place="村务公开栏",
        started_on=TODAY,
        note="",
        by=site.person(town, Role.OFFICER),
    )
    site.pilot.rows.add(row)
    row.units.add(site.unit, town)


def _tasks(site: Site) -> None:
    given: dict[str, Any] = {"by": site.office, "today": TODAY}
    for number in range(2, 2 + TIMES):
        task = plans.add_task(
            site.plan,
            section=None,
            text=f"公开第{number}项。",
            number=str(number),
            cycle=Task.Cycle.YEAR_ROUND,
            due_on=TODAY.replace(month=12),
            **given,
        )
        assignments.assign(task, unit=site.unit, part="lead", **given)


def asked(addresses: list[str]) -> dict[str, int]:
    """How often each page asks the database (查询次数), once what is read once was read."""
    found = {}
    for address in addresses:
        Client().get(address)
        with CaptureQueriesContext(connection) as seen:
            Client().get(address)
        found[address] = len(seen)
    return found


@pytest.mark.slow
def test_no_public_page_asks_the_database_more_often_as_the_site_grows(site: Site) -> None:
    addresses = site.addresses()
    few = asked(addresses)
    grow(site)
    assert FilingRow.objects.count() > 100
    many = asked(addresses)
    assert {each: (few[each], many[each]) for each in addresses if many[each] > few[each]} == {}
    assert {each: number for each, number in few.items() if number > MOST} == {}
