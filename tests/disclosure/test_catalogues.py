"""标准目录: installed once, out and in as a sheet, changed with a reason, compared by version."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.disclosure.catalogue_files import catalogue_files, fields
from gongkai.disclosure.models import Catalogue, CatalogueRow, Duty, Field, RowChange
from gongkai.disclosure.services import catalogues, links, rows
from gongkai.disclosure.sheets import HEADS, read_catalogue, write_catalogue
from gongkai.rules.catalogue import RowFacts
from gongkai.rules.law import Refused
from tests.disclosure.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("35")]


def test_there_are_twenty_six_fields_and_a_catalogue_for_each():
    assert [each["number"] for each in fields()] == list(range(1, 27))
    assert [each.field for each in catalogue_files()] == list(range(1, 27))


def test_the_catalogues_are_installed_once(unit, column):
    finance = unit("区财政局")
    budgets = column()
    type(budgets).objects.filter(pk=budgets.pk).update(slug="yusuan")
    first = catalogues.install_catalogues(today=TODAY)
    assert first == len(list(catalogue_files()))
    assert catalogues.install_catalogues(today=TODAY) == 0
    row = CatalogueRow.objects.get(first="政府预算", second="一般公共预算")
    assert (row.limit_code, row.column, list(row.units.all())) == ("budget", budgets, [finance])
    assert "第十四条" in row.basis


def test_every_row_cites_an_article_or_says_that_it_was_not_checked():
    for content in catalogue_files():
        for entry in content.entries:
            assert "条" in entry.facts.basis or "号" in entry.facts.basis or "未核实" in entry.facts.basis


@pytest.mark.parametrize("content", list(catalogue_files()), ids=lambda each: str(each.field))
def test_a_catalogue_comes_back_from_its_sheet_unchanged(content):
    given = [entry.facts for entry in content.entries]
    assert read_catalogue(write_catalogue("标准目录", given)) == given


def test_the_sheet_has_the_headings_of_the_national_table():
    upper = list(dict.fromkeys(head[0] for head in HEADS))
    assert upper == [
        "序号",
        "公开事项",
        "公开内容（要素）",
        "公开依据",
        "公开时限",
        "公开主体",
        "公开渠道和载体",
        "公开对象",
        "公开方式",
        "公开层级",
    ]


def test_a_formula_in_a_cell_stays_text():
    row = RowFacts(1, "=1+1", "@x", subject="财政局")
    assert read_catalogue(write_catalogue("标准目录", [row]))[0].first == "=1+1"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a sheet at all"])
def test_what_is_no_sheet_is_refused_in_one_sentence(content):
    with pytest.raises(Refused, match=r"重新保存|空的"):
        read_catalogue(content)


def test_a_sheet_that_says_a_row_twice_is_refused():
    row = RowFacts(1, "甲", "一", subject="财政局")
    with pytest.raises(Refused, match="出现了两次"):
        read_catalogue(write_catalogue("标准目录", [row, replace(row, number=2)]))


def test_a_new_version_keeps_what_people_added_to_the_old_rows(catalogue, office, live, column, unit, duty):
    old = catalogue(rows=2)
    row = old.rows.first()
    paper = live(unit("区财政局"))
    links.link_paper(row, paper, by=office())
    owed = duty(row=row, column=None)
    made = catalogues.import_catalogue(
        old.field,
        version="2022",
        in_force_from=date(2021, 4, 1),
        rows=[row.facts, RowFacts(2, "财政", "新事项", subject="区财政局")],
        by=office(),
        today=TODAY,
    )
    kept = made.rows.get(second=row.second)
    assert list(kept.links.values_list("paper", "by_hand")) == [(paper.pk, True)]
    assert Duty.objects.get(pk=owed.pk).row == kept
    assert [unit.short_name for unit in made.rows.get(second="新事项").units.all()] == ["区财政局"]
    assert Catalogue.objects.current(TODAY).get() == made
    assert Catalogue.objects.current(date(2021, 3, 1)).get() == old


def test_the_same_version_is_never_imported_twice(catalogue, office):
    old = catalogue()
    with pytest.raises(Refused, match="已有2021版"):
        catalogues.import_catalogue(
            old.field,
            version="2021",
            in_force_from=TODAY,
            rows=[RowFacts(1, "甲", "一")],
            by=office(),
            today=TODAY,
        )


def test_a_unit_proposes_and_the_office_accepts(catalogue, unit, officer, office, acts):
    table, home = catalogue(), unit()
    row = table.rows.first()
    clerk = officer(home)
    wanted = replace(row.facts, limit="信息形成或者变更之日起20个工作日内")
    change = rows.propose_change(
        table, kind="amend", row=row, facts=wanted, reason="写明时限", unit=home, by=clerk, today=TODAY
    )
    row.refresh_from_db()
    assert row.limit == "及时公开"
    change = rows.accept_change(change, by=office(), today=TODAY)
    row.refresh_from_db()
    assert (row.limit, row.limit_code, change.state) == (wanted.limit, "general", "accepted")
    assert change.before["limit"] == "及时公开"
    assert acts(change) == ["提出目录调整", "采纳目录调整"]


def test_a_unit_decides_nothing_itself(catalogue, unit, officer):
    table, home = catalogue(), unit()
    row, clerk = table.rows.first(), officer(home)
    change = rows.propose_change(
        table, kind="remove", row=row, facts=None, reason="不再办理", unit=home, by=clerk, today=TODAY
    )
    with pytest.raises(PermissionDenied):
        rows.accept_change(change, by=clerk, today=TODAY)
    with pytest.raises(PermissionDenied):
        rows.change_row(table, kind="remove", row=row, facts=None, reason="不再办理", by=clerk, today=TODAY)
    assert CatalogueRow.objects.filter(pk=row.pk).exists()


def test_a_refusal_needs_a_reason(catalogue, unit, officer, office):
    table, home = catalogue(), unit()
    change = rows.propose_change(
        table,
        kind="remove",
        row=table.rows.first(),
        facts=None,
        reason="不再办理",
        unit=home,
        by=officer(home),
        today=TODAY,
    )
    with pytest.raises(Refused, match="理由"):
        rows.refuse_change(change, by=office(), today=TODAY, remark=" ")
    assert rows.refuse_change(change, by=office(), today=TODAY, remark="仍有法定依据").state == "refused"


def test_a_row_with_a_duty_is_not_removed(catalogue, office, duty):
    table = catalogue()
    row = table.rows.first()
    duty(row=row, column=None)
    with pytest.raises(Refused, match="公开职责"):
        rows.change_row(
            table, kind="remove", row=row, facts=None, reason="不再办理", by=office(), today=TODAY
        )
    assert table.rows.count() == 2
    assert not RowChange.objects.exists()


def test_papers_are_found_by_column_and_words_and_hands_win(catalogue, column, live, office, unit):
    table, place, home = catalogue(), column(), unit()
    row = table.rows.first()
    right = live(home, title="关于部门预算的通知", columns=[place])
    wrong = live(home, title="关于会议的通知", columns=[place])
    live(home, title="另一栏目的部门预算")
    rows.set_matching(row, column=place, keywords="预算 决算", units=[home], by=office(), today=TODAY)
    assert set(row.links.standing(TODAY).values_list("paper", flat=True)) == {right.pk}
    links.unlink_paper(row, right, by=office())
    links.link_paper(row, wrong, by=office())
    links.link_rows(TODAY)
    assert set(row.links.standing(TODAY).values_list("paper", flat=True)) == {wrong.pk}
    assert links.link_rows(TODAY) == 0


def test_a_field_keeps_the_name_that_the_office_gave_it(db):
    catalogues.install_fields()
    Field.objects.filter(number=13).update(name="乡村振兴")
    catalogues.install_fields()
    assert Field.objects.get(number=13).name == "乡村振兴"
