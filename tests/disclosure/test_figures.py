"""指标: what a figure says is what its page lists, for every figure, for the district and for a unit."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from gongkai.agencies.models import Kind
from gongkai.disclosure import figures as disclosure
from gongkai.disclosure.services import guides, health, links
from gongkai.disclosure.views.figures import FIGURES
from gongkai.documents import figures as documents
from gongkai.documents.models import Content, Override, Paper
from gongkai.documents.services.standings import refresh_all
from gongkai.ledger.figures import FIGURES as KNOWN
from gongkai.rules.figure import Scope
from tests.disclosure.conftest import TODAY
from tests.documents.conftest import bear  # noqa: F401 (a fixture)
from tests.ledger.pages import browser, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("35")]
ZONE = ZoneInfo("Asia/Shanghai")


def moment(month, day):
    return datetime(2021, month, day, 9, tzinfo=ZONE)


@pytest.fixture
def world(unit, column, live, office, officer, catalogue, duty, bear):  # noqa: F811
    """Something for every figure to count, good and bad, of two units."""
    home, other = unit("财政局"), unit()
    place = column(unit=home, keeper=officer(home), statutory=True)
    column(unit=other)
    rule = live(
        home, columns=[place], normative=True, sort="rules", made_on=date(2021, 3, 1), at=moment(3, 5)
    )
    late = live(
        home, columns=[place], normative=True, sort="rules", made_on=date(2021, 1, 4), at=moment(4, 1)
    )
    gone = live(other, normative=True, sort="rules", made_on=date(2021, 2, 1), at=moment(2, 5))
    reading = live(home, sort="reading", at=moment(3, 6))
    bear(reading, "interprets", rule, date(2021, 3, 6))
    bear(late, "repeals", gone, date(2021, 4, 1))
    refresh_all(TODAY)
    live(unit("供水公司", kind=Kind.ENTERPRISE), at=moment(3, 9))
    budget = live(other, sort="budget", made_on=date(2021, 2, 1), at=moment(2, 22))
    enforced = live(home, form="enforcement", sort="result", made_on=date(2021, 3, 1), at=moment(3, 2))
    rows = [
        {"number": "1", "kind": "行政处罚", "decided_on": "2021-03-01"},
        {"number": "2", "kind": "行政处罚", "decided_on": "2021-02-26"},
        {"number": "3", "kind": "行政处罚", "decided_on": "2020-12-31"},
        {"number": "4", "kind": "行政许可", "decided_on": "2021-03-01"},
    ]
    Content.objects.filter(edition=enforced.live).update(
        record={"values": {"decided_on": "2021-02-26"}, "rows": {"results": rows}, "stages": {}}
    )
    fee = live(home, form="fees", sort="register", made_on=date(2021, 3, 1), at=moment(3, 2))
    Content.objects.filter(edition=fee.live).update(
        record={"values": {"year": "2021", "total": "12.50"}, "rows": {}, "stages": {}}
    )
    Override.objects.create(
        edition=late.live, gate="reading", remark="急", by=late.created_by, at=moment(4, 1)
    )
    table = catalogue(rows=3)
    links.link_paper(table.rows.first(), rule, by=office())
    table.rows.first().units.add(home)
    duty(unit=home, column=place, cycle="year")
    duty(unit=other, cycle="quarter")
    duty(unit=other)
    health.check_columns(TODAY)
    town = unit("税郭镇", kind=Kind.TOWN)
    unit("孟庄镇", kind=Kind.TOWN)
    guides.start_pilot(
        name="一村", unit=town, rows=list(table.rows.all()), place="", started_on=TODAY, note="", by=office()
    )
    return {"home": home, "other": other, "budget": budget, "late": late, "gone": gone}


def listed(answer):
    return answer.context["listing"].page.paginator.count


@pytest.mark.parametrize("whose", ["district", "unit"])
def test_the_page_of_every_figure_lists_as_many_records_as_the_figure_counts(whose, world, office):
    scope, client = Scope(2021, TODAY, world["home"].pk if whose == "unit" else None), browser(office())
    told, shown = {}, {}
    for code, figure in FIGURES.items():
        value = figure.value(scope)
        shown[code] = listed(client.get(value.records_url))
        told[code] = value.number if value.whole is None else value.part
        if code in documents.WEIGHTS:
            weights = documents.weights(code, scope)
            assert Decimal(sum(weights.values())) == value.number
            told[code] = len(weights)
    assert shown == told


def number(code, scope=None):
    return FIGURES[code].value(scope or Scope(2021, TODAY)).number


def test_every_figure_has_something_to_count_in_that_world(world):
    named = [each.code for each in (*documents.OWN, *disclosure.OWN) if ".field_" not in each.code]
    empty = {code for code in named if not number(code)}
    assert empty <= {"documents.measures", "disclosure.mended_in_time"}


@pytest.mark.clause("last")
def test_the_second_table_of_the_annual_report(world):
    """国办公开办函〔2021〕30号."""
    rows = {label: list(numbers.values()) for _, label, numbers in documents.table_two(Scope(2021, TODAY))}
    assert rows == {
        "规章": [0, 0, 0],
        "行政规范性文件": [3, 1, 2],
        "行政许可": [1],
        "行政处罚": [2],
        "行政强制": [0],
        "行政事业性收费": [Decimal("12.50")],
    }


def test_in_time_means_by_the_strictest_limit_of_its_kind(world):
    """The budget came a day after its 20 calendar days, the rule after 20 working days."""
    late = documents.published(Scope(2021, TODAY)).exclude(
        pk__in=documents.behind("documents.in_time", Scope(2021, TODAY))
    )
    assert set(late) == {world["budget"], world["late"]}


def test_a_reading_off_the_site_reads_nothing(world):
    assert number("documents.read") == Decimal("33.3")
    Paper.objects.filter(sort="reading").update(state="left")
    assert number("documents.read") == 0


def test_the_ledger_may_bind_its_tasks_to_every_figure():
    assert set(FIGURES) <= set(KNOWN)


def test_an_unknown_figure_is_not_found(office):
    assert browser(office()).get("/staff/figures/no.such/").status_code == 404


def test_the_people_of_a_unit_see_their_own_figures(world, officer):
    client = browser(officer(world["other"]))
    page = text_of(client.get("/staff/figures/documents.published/"))
    assert world["gone"].title in page
    assert world["late"].title not in page
    assert listed(client.get(f"/staff/figures/documents.published/?unit={world['home'].pk}")) == 2


def test_coverage_counts_rows_that_are_to_be_published(world):
    value = disclosure.OWN[0].value(Scope(2021, TODAY))
    assert (value.part, value.whole) == (1, 3)
