"""目录数据文件: the tables of the 26 fields as they ship: sound, installed once, listed at one cost."""

import re
import tomllib
from collections.abc import Callable
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.audit.models import Trace
from gongkai.demo.district import build_district, build_staff
from gongkai.demo.words import FOLDER
from gongkai.disclosure import catalogue_files as files
from gongkai.disclosure.models import Catalogue, CatalogueRow, Field
from gongkai.disclosure.services import catalogues, links
from gongkai.rules import publication
from gongkai.rules.catalogue import UNNUMBERED, read_limit
from gongkai.rules.law import Refused
from tests.disclosure.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("35")]

FILES = sorted((files.FOLDER / "catalogues").glob("*.toml"))
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
#: a column that the demo lays itself, so that the check of columns finds an empty one
EMPTY_COLUMN = "ziyuan"
KNOWN_KEYS = {
    *("first", "second", "elements", "basis", "unverified", "limit", "subject", "units", "kinds", "column"),
    *("channels", "for_all", "audience", "active", "on_request", "levels", "keywords"),
}


def load(path):
    """The page as it stands in the file, and as it is understood."""
    page = tomllib.loads(path.read_text(encoding="utf-8"))
    return page, files.read_catalogue(page)


@each_file
def test_a_file_loads_with_rows_of_their_own_numbers_and_headings(path):
    _, content = load(path)
    assert path.stem.startswith(f"{content.field:02}_")
    facts = [entry.facts for entry in content.entries]
    assert 6 <= len(facts) <= 12
    assert [row.number for row in facts] == list(range(1, len(facts) + 1))
    assert len({row.key for row in facts}) == len(facts)
    assert all(row.elements and row.basis and row.limit and row.subject and row.channels for row in facts)


@each_file
def test_a_file_uses_no_word_that_the_loader_would_pass_over(path):
    page, content = load(path)
    for row, entry in zip(page["rows"], content.entries, strict=True):
        assert set(row) <= KNOWN_KEYS
        assert set(row.get("levels", ())) <= {"county", "town", "village"}
        assert len(entry.facts.channels) == len(row.get("channels", ["政府网站"]))
        assert entry.facts.for_all != bool(entry.facts.audience)
        assert entry.facts.active or entry.facts.on_request


@each_file
def test_the_words_of_every_limit_are_understood_or_it_is_a_day_of_the_year_or_marked(path):
    for entry in load(path)[1].entries:
        facts = entry.facts
        code = read_limit(facts.limit, f"{facts.first}{facts.second}")
        if code:
            assert code in publication.limits() or code in UNNUMBERED
        else:
            assert re.search(r"每年\d+月\d+日前", facts.limit) or "未核实" in facts.basis


@each_file
def test_a_row_finds_its_papers_by_words_of_its_own_within_a_column(path):
    for entry in load(path)[1].entries:
        assert entry.column
        assert entry.keywords.split()


@each_file
def test_a_list_of_persons_says_what_is_left_out(path):
    for entry in load(path)[1].entries:
        told = entry.facts.elements
        if path.stem[:2] not in EARLIER and re.search("(户主|申请人|对象|权利人|被征收人|传承人)姓名", told):
            assert re.search("去标识化|不公开", told), entry.facts.second


#: the fields whose tables came first, written before lists of persons had to say so
EARLIER = {"01", "03", "04", "10", "12", "17", "19", "20", "22", "23"}


STRICTER = {
    (6, "征收土地预公告", "land_notice"),
    (6, "征地补偿安置方案公告", "land_compensation"),
    (6, "征收土地公告", "land_approved"),
    (7, "征收补偿方案征求意见", "housing_plan"),
    (7, "房屋征收决定公告", "housing_decision"),
    (7, "分户初步评估结果公示", "housing_valuation"),
    (7, "最低补偿对象公示", "housing_minimum"),
    (9, "村级评议结果公示", "village_board"),
    (15, "食品药品行政处罚决定", "penalty"),
    (15, "被变更、撤销的处罚信息", "penalty_withdrawn"),
    (16, "城市管理行政强制决定", "enforcement"),
    (26, "乡村建设规划许可结果", "permit"),
}


def test_limits_that_go_before_the_general_one_are_kept_with_their_codes():
    catalogues.install_catalogues(today=TODAY)
    rows = CatalogueRow.objects.values_list("catalogue__field__number", "second", "limit_code")
    assert set(rows) >= STRICTER


def test_an_unknown_basis_is_refused():
    row = {"first": "甲", "second": "乙", "subject": "财政部门", "basis": ["99.9"]}
    page = {"field": 2, "version": "1", "in_force_from": date(2021, 1, 1), "rows": [row]}
    with pytest.raises(Refused, match=r"99\.9"):
        files.read_catalogue(page)


def test_a_unit_whose_name_begins_with_a_word_for_a_district_is_found(unit):
    market = unit("区市场监管局")
    assert catalogues.UnitFinder().named(["市场监管局"]) == [market]


@pytest.fixture
def district() -> User:
    """The demo's units and people; its office's officer."""
    return build_staff(build_district())


def test_every_unit_and_column_that_a_file_names_is_one_of_the_demo(district):
    finder = catalogues.UnitFinder()
    columns = tomllib.loads((FOLDER / "columns.toml").read_text(encoding="utf-8"))["column"]
    slugs = {each["slug"] for each in columns} | {EMPTY_COLUMN}
    entries = [entry for content in files.catalogue_files() for entry in content.entries]
    assert [name for entry in entries for name in entry.units if not finder.named([name])] == []
    assert {entry.column for entry in entries} <= slugs
    assert all(finder.named(entry.units, entry.kinds) for entry in entries)


def test_the_demo_installs_all_catalogues_and_a_second_time_changes_nothing(district):
    def state() -> list[object]:
        links_ = CatalogueRow.units.through.objects.count()
        numbers = [model.objects.count() for model in (Field, Catalogue, CatalogueRow, Trace)]
        return [*numbers, links_, list(Catalogue.objects.values_list("pk", "sha256"))]

    assert catalogues.install_catalogues(today=TODAY, by=district) == 26
    first = state()
    assert first[:2] == [26, 26]
    assert catalogues.install_catalogues(today=TODAY, by=district) == 0
    assert state() == first
    assert Catalogue.objects.current(TODAY).count() == 26
    assert not CatalogueRow.objects.filter(units__isnull=True).exists()
    towns = Unit.objects.of_kinds(["town"]).count()
    village = CatalogueRow.objects.get(catalogue__field__number=9, second="村级评议结果公示")
    assert village.village
    assert village.units.filter(kind="town").count() == towns


@pytest.fixture
def queries(client) -> Callable[[str], int]:
    """How many queries a page asks for, drawn anew."""

    def count(url: str) -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    return count


@pytest.mark.parametrize("url", ["/disclosure/fields/", "/staff/disclosure/catalogues/"])
def test_the_list_of_catalogues_asks_as_much_for_one_field_as_for_all(
    url, client, queries, catalogue, column, live, unit, office
):
    client.force_login(office())
    place, home = column(), unit("区财政局")
    row = catalogue(version="2020").rows.get(number=1)
    links.link_paper(row, live(home, columns=[place]), by=office())
    queries(url)  # what is read once and kept does not count
    before = queries(url)
    assert before > 0
    assert catalogues.install_catalogues(today=TODAY) == 26
    for row in CatalogueRow.objects.filter(number=1):
        links.link_paper(row, live(home, columns=[place]), by=office())
    assert queries(url) == before
    page = client.get(url).content.decode()
    assert page.count("<progress") == 26
    assert all(each["name"] in page for each in files.fields())


@pytest.mark.parametrize("url", ["/disclosure/fields/", "/staff/disclosure/catalogues/"])
def test_the_list_of_catalogues_says_that_nobody_checked_it(url, client, office, catalogue):
    catalogue()
    Field.objects.filter(number=3).update(confirmed=False)
    client.force_login(office())
    page = client.get(url).content.decode()
    assert files.list_note() in page
    assert page.count("名称未核实") == 1


def test_the_note_goes_when_the_list_was_checked(monkeypatch, tmp_path):
    (tmp_path / "fields.toml").write_text('[list]\nconfirmed = true\nnote = "清单说明"\n', encoding="utf-8")
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    assert files.list_note() == ""


def test_the_table_of_a_field_tells_where_it_comes_from(client):
    catalogues.install_catalogues(today=TODAY)
    page = client.get("/disclosure/fields/26/").content.decode()
    assert "国办发〔2019〕54号" in page
    assert "规划草案公示和征求意见" in page
