"""Overviews across units: budgets, subsidies, projects, plans, powers, decisions and every other kind."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from gongkai.agencies.models import Kind
from gongkai.disclosure.registers import budgets, plans, powers, subsidies
from gongkai.documents.models import Filing, Paper
from gongkai.documents.services import leaving, papers, records
from gongkai.documents.services.publication import put_live
from gongkai.frame.today import standing_on
from gongkai.rules.structured import declarations
from tests.disclosure.structured.conftest import NOW

TODAY = NOW.date()
PAGES = ("", "budgets/", "subsidies/", "projects/", "plans/", "powers/", "enforcement/", "jobs/")


@pytest.mark.parametrize("page", PAGES)
def test_every_overview_stands_while_there_is_nothing_yet(client, db, page):
    assert client.get(f"/disclosure/records/{page}").status_code == 200


@pytest.mark.parametrize("code", list(declarations()))
def test_a_paper_of_every_kind_is_shown_on_the_page_of_its_kind(client, shown, code):
    with standing_on(NOW.replace(month=11, day=12)):
        paper = shown(code, at=NOW.replace(month=10))
        index = client.get("/disclosure/records/").content.decode()
        url = {
            "budget": "budgets/",
            "subsidy": "subsidies/",
            "project": "projects/",
            "plan_series": "plans/",
            "powers": "powers/",
            "enforcement": "enforcement/",
            "jobs": "jobs/",
        }.get(code, f"kinds/{code}/")
        assert f"/disclosure/records/{url}" in index
        Filing.objects.update(shown_until=None)
        Paper.objects.update(shown_until=None)
        paper.refresh_from_db()
        answer = client.get(f"/disclosure/records/{url}")
        assert answer.status_code == 200
        if code != "jobs":
            assert paper.get_absolute_url() in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_ten_times_as_many_papers_cost_no_more_queries(
    client, shown, body, page, django_assert_max_num_queries
):
    codes = ("budget", "subsidy", "project", "plan_series", "powers", "enforcement", "jobs")
    for code in codes:
        shown(code, body())
    with django_assert_max_num_queries(40) as few:
        client.get(f"/disclosure/records/{page}")
    for number in range(1, 5):
        for code in codes:
            shown(code, body(), number=number)
    with django_assert_max_num_queries(len(few)):
        client.get(f"/disclosure/records/{page}")


# --- budgets ----------------------------------------------------------------------------------------


def days(start, count):
    return datetime.combine(start + timedelta(days=count), NOW.timetz())


@pytest.mark.clause("10")
def test_the_matrix_tells_in_time_from_late_and_shows_the_gaps(shown, body):
    good, late, gone = body(), body(), body()
    start = date(2021, 2, 1)
    shown("budget", good, at=days(start, 20), approved_on="2021-02-01")
    shown("budget", late, at=days(start, 21), approved_on="2021-02-01")
    made = budgets.matrix([good, late, gone], [2021], ["部门预算"], TODAY)
    marks = [row.cells[0].mark for row in made.rows]
    assert marks == [budgets.Mark.IN_TIME, budgets.Mark.LATE, budgets.Mark.MISSING]
    assert [(cell.unit, cell.due) for cell in made.gaps] == [(gone, date(2021, 2, 21))]
    early = budgets.matrix([gone], [2021], ["部门决算"], TODAY)
    assert early.rows[0].cells[0].mark is budgets.Mark.TO_COME


@pytest.mark.clause("10")
def test_the_matrix_can_be_taken_along(client, shown):
    shown("budget")
    answer = client.get("/disclosure/records/budgets/?export=xlsx")
    assert answer.content[:2] == b"PK"


# --- subsidies --------------------------------------------------------------------------------------


@pytest.mark.clause("11")
def test_subsidies_are_added_up_by_village_and_each_has_its_page(client, shown, body):
    town = body("样本镇", Kind.TOWN)
    people = [
        {"village": "东村", "name": "安明远", "identity": "379901********1237", "amount": "10"},
        {"village": "东村", "name": "白清和", "amount": "5.5"},
        {"village": "西村", "name": "柏思齐", "amount": "1"},
    ]
    shown(
        "subsidy", town, rows={"people": people}, households="3", total="16.5",
        notice_from="2021-04-01", notice_until="2021-05-01",
    )  # fmt: skip
    found = {each.name: (each.people, str(each.amount)) for each in subsidies.villages(TODAY)}
    assert found["东村"][0] == 2
    assert float(found["东村"][1]) == 15.5
    page = client.get("/disclosure/records/subsidies/样本镇/东村/").content.decode()
    assert "安明远" in page
    assert "柏思齐" not in page
    assert "与明细一致" in client.get("/disclosure/records/subsidies/").content.decode()


@pytest.mark.clause("11")
def test_a_list_whose_publicity_is_over_is_nowhere_any_more(client, shown):
    paper = shown("subsidy", notice_from="2021-03-01", notice_until="2021-04-19")
    assert paper.title not in client.get("/disclosure/records/subsidies/").content.decode()
    assert client.get("/disclosure/records/subsidies/样本镇/东村/").status_code == 404
    assert client.get(f"/papers/{paper.pk}/rows/people.csv").status_code == 404


@pytest.mark.clause("11")
def test_the_download_of_a_list_holds_only_what_is_public(client, shown):
    people = [
        {
            "village": "东村",
            "name": "甲",
            "identity": "379901199001011237",
            "account": "6299990000001234560",
            "amount": "1",
        }
    ]
    paper = shown("subsidy", rows={"people": people}, notice_from="2021-04-01", notice_until="2021-05-01")
    text = client.get(f"/papers/{paper.pk}/rows/people.csv").content.decode()
    assert "379901********1237" in text
    assert "379901199001011237" not in text
    assert "6299990000001234560" not in text
    assert client.get(f"/papers/{paper.pk}/rows/people.xlsx").content[:2] == b"PK"
    assert client.get(f"/papers/{paper.pk}/rows/nowhere.csv").status_code == 404


# --- plans and powers -------------------------------------------------------------------------------


@pytest.mark.clause("1")
def test_a_period_without_a_plan_is_told(shown):
    shown("plan_series", number=7)  # 2011-2015
    shown("plan_series", number=0)  # 2021-2025
    (series,) = plans.series(TODAY)
    assert series.gaps == ["2016—2020年"]
    assert [plan.period for plan in series.plans] == ["2021—2025年", "2011—2015年"]


def item(code, name, **more):
    return {"code": code, "name": name, "kind": "行政许可", "basis": "某法"} | more


@pytest.mark.clause("12")
def test_two_versions_of_a_list_of_powers_are_compared_by_number(shown, client, body):
    unit = body()
    first = [item("甲", "一"), item("乙", "二")]
    paper = shown("powers", unit, rows={"items": first}, effective_on="2020-03-01")
    by = paper.created_by
    draft = papers.revise(paper, by=by, today=TODAY)
    record = records.record_of(draft)
    record["values"] |= {"edition": "新版", "effective_on": "2021-04-01"}
    record["rows"]["items"] = [item("甲", "一", basis="另一法"), item("丙", "三")]
    put_live(records.set_record(draft, values=record, by=by), by=by, at=NOW)
    newer, older = powers.versions(unit, TODAY)
    assert (newer.label, newer.current, older.current) == ("新版", True, False)
    found = powers.differences(powers.rows_in(older.edition.pk), powers.rows_in(newer.edition.pk))
    assert [(each.what, each.code) for each in found] == [("新增", "丙"), ("取消", "乙"), ("调整", "甲")]
    page = client.get(f"/disclosure/records/powers/{unit.pk}/").content.decode()
    assert "<del>某法</del>" in page
    assert "<ins>另一法</ins>" in page


@pytest.mark.clause("12")
def test_the_list_of_a_merged_body_stands_with_its_successor_and_keeps_its_address(shown, client, body):
    heir = body()
    gone = body(successor=heir, ended_on=date(2021, 1, 1))
    shown("powers", gone)
    shown("powers", heir)
    assert {each.unit for each in powers.versions(heir, TODAY)} == {heir, gone}
    page = client.get(f"/disclosure/records/powers/{gone.pk}/").content.decode()
    assert f"/disclosure/records/powers/{heir.pk}/" in page


# --- decisions --------------------------------------------------------------------------------------


def decision(number, **more):
    row = {
        "number": number, "kind": "行政处罚", "party": f"{number}公司", "facts": "事实", "basis": "某法",
        "verdict": "警告", "decided_on": "2021-01-04", "shown_from": "2021-01-10", "term": "3个月",
        "state": "有效",
    }  # fmt: skip
    return row | more


@pytest.mark.clause("14")
def test_the_register_leaves_out_what_is_over_and_withdraws_what_fell(client, shown):
    rows = [
        decision("一号"),
        decision("二号", shown_from="2021-02-01"),
        decision("三号", term="长期", state="已撤销", changed_on="2021-03-01", reason="复议撤销"),
    ]
    shown("enforcement", rows={"results": rows}, decided_on="2021-01-04")
    page = client.get("/disclosure/records/enforcement/").content.decode()
    assert "一号公司" not in page
    assert "二号公司" in page
    assert "三号" in page
    assert "复议撤销" in page
    assert "三号公司" not in page
    found = client.get("/disclosure/records/enforcement/?q=二号").content.decode()
    assert "二号公司" in found
    assert "复议撤销" not in found


def test_a_paper_that_left_the_site_leaves_the_registers(client, shown):
    paper = shown("enforcement", rows={"results": [decision("二号", shown_from="2021-04-01")]})
    assert "二号公司" in client.get("/disclosure/records/enforcement/").content.decode()
    paper.unit.posts.update(role="approver")
    leaving.remove(paper, how="error", note="误发", by=paper.created_by, at=NOW)
    assert "二号公司" not in client.get("/disclosure/records/enforcement/").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "?page=x",
        "?kind=%00",
        "?year=9999",
        "?unit=99999999999999999999",
        "?sort=-cells",
        "?q=%27%22%00",
        "?old=1&new=x",
    ],
)
def test_nonsense_in_the_address_breaks_no_page(client, shown, query):
    unit = shown("powers").unit
    shown("enforcement")
    for page in (*PAGES, f"powers/{unit.pk}/", "kinds/relief/", "kinds/accident/"):
        assert client.get(f"/disclosure/records/{page}{query}").status_code == 200
    assert client.get("/disclosure/records/kinds/nothing/").status_code == 404
    assert Client().get("/disclosure/records/powers/99999999999999999999/").status_code == 404
