"""Records are set, imported and masked by the unit's own people, and the gates ask for their faults."""

from copy import deepcopy
from datetime import date
from random import Random

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.demo.records import invented_record
from gongkai.documents.models import Filing, FilingRow
from gongkai.documents.records import plain_text, render
from gongkai.documents.services import papers, records, withdrawals
from gongkai.documents.services.filing import refile_all
from gongkai.rules.law import Refused

IDENTITY, CARD = "379901199001011237", "6299990000001234560"


def invented(code="subsidy", number=0):
    return deepcopy(invented_record(code, Random(3), "示例镇", 2021, ["东村", "西村"], number=number))


@pytest.fixture
def paper_of(draft):
    def make(code, record=None, **fields):
        edition = draft(form=code, html="", **fields)
        return records.set_record(edition, values=record or invented(code), by=edition.written_by)

    return make


def test_a_record_is_kept_in_canonical_form_with_its_term(paper_of, acts):
    edition = paper_of("subsidy")
    assert edition.shown_until == date.fromisoformat(invented()["values"]["notice_until"])
    assert edition.content.record["rows"]["people"][0]["amount"].count(".") == 1
    assert acts(edition) == ["起草", "修改"]


def test_somebody_of_another_unit_cannot_change_a_record(paper_of, officer, unit):
    with pytest.raises(PermissionDenied):
        records.mask_record(paper_of("subsidy"), by=officer(unit()))


def test_two_who_save_at_once_do_not_lose_each_others_work(paper_of):
    edition = paper_of("subsidy")
    with pytest.raises(Refused, match="刚被他人保存过"):
        records.set_rows(edition, table="people", rows=[], by=edition.written_by, version=0)


def test_what_was_typed_into_the_editor_stays_when_rows_are_saved(paper_of, at):
    autosaving = pytest.importorskip("gongkai.documents.services.autosaving")
    edition = paper_of("subsidy")
    autosaving.autosave(edition, by=edition.written_by, fields={"html": "写到一半"}, at=at)
    records.set_rows(edition, table="people", rows=[], by=edition.written_by)
    assert autosaving.typed_of(edition, edition.written_by)


def test_imported_rows_stand_instead_of_the_others_or_after_them(paper_of):
    edition = paper_of("subsidy")
    row = {"village": "东村", "name": "甲", "amount": "5"}
    edition = records.import_rows(edition, table="people", checked=[row], by=edition.written_by)
    edition = records.import_rows(edition, table="people", checked=[row], by=edition.written_by, append=True)
    assert [each["amount"] for each in edition.content.record["rows"]["people"]] == ["5.00", "5.00"]


# --- from identity numbers to the site --------------------------------------------------------------


@pytest.mark.clause("11")
def test_a_list_with_identity_numbers_is_stopped_masked_and_published(paper_of, walk):
    record = invented()
    record["rows"]["people"][0] |= {"identity": IDENTITY, "account": CARD}
    edition = paper_of("subsidy", record)
    with pytest.raises(Refused, match="身份证号”还没有脱敏"):
        walk(edition, "live")
    edition.refresh_from_db()
    edition = records.mask_record(edition, by=edition.written_by)
    live = walk(edition, "live")
    page = render(live, today=date(2021, 4, 20))
    assert "379901********1237" in page
    assert IDENTITY not in page + str(live.content.record)
    assert CARD not in page + str(live.content.record)
    assert "银行账号" not in page


@pytest.mark.clause("11")
def test_a_list_whose_sum_is_wrong_is_stopped(paper_of, walk):
    record = invented()
    record["values"]["total"] = "1"
    with pytest.raises(Refused, match="相差"):
        walk(paper_of("subsidy", record), "live")


def test_what_is_live_is_filed_and_a_revision_files_it_anew(paper_of, walk, today):
    live = walk(paper_of("subsidy"), "live")
    filing = Filing.objects.get(paper=live.paper)
    assert (filing.year, filing.kind, filing.place) == (2021, "耕地地力保护补贴", "示例镇")
    assert filing.rows == FilingRow.objects.filter(filing=filing).count() > 5
    again = papers.revise(live.paper, by=live.written_by, today=today)
    record = invented("subsidy", 1)
    again = records.set_record(again, values=record, by=live.written_by)
    walk(again, "live")
    filing = Filing.objects.get(paper=live.paper)
    assert filing.edition_id == again.pk
    assert filing.kind == "实际种粮农民一次性补贴"
    assert FilingRow.objects.filter(filing=filing).count() == len(record["rows"]["people"])


def test_filings_can_be_written_anew_at_any_time(paper_of, walk):
    live = walk(paper_of("subsidy"), "live")
    before = list(FilingRow.objects.values_list("ordinal", "name", "amount"))
    Filing.objects.all().delete()
    assert refile_all() == refile_all() == 1
    assert list(FilingRow.objects.values_list("ordinal", "name", "amount")) == before
    assert Filing.objects.get().paper_id == live.paper_id


# --- decisions that fall ----------------------------------------------------------------------------


def decisions():
    record = invented("enforcement", 1)
    for row in record["rows"]["results"]:
        row |= {"shown_from": "2021-04-01", "decided_on": "2021-03-30", "term": "3个月"}
    record["values"]["decided_on"] = "2021-03-30"
    return record


@pytest.mark.clause("14")
def test_a_decision_that_fell_is_taken_off_in_a_new_edition(paper_of, walk, today):
    live = walk(paper_of("enforcement", decisions()), "live")
    number, party = (decisions()["rows"]["results"][0][key] for key in ("number", "party"))
    told = {"number": number, "state": "已撤销", "changed_on": date(2021, 4, 19), "reason": "复议撤销。"}
    edition = withdrawals.revoke_row(live.paper, by=live.written_by, today=today, **told)
    (waiting,) = withdrawals.pending([edition])
    assert (waiting.number, waiting.due) == (number, date(2021, 4, 22))
    assert not FilingRow.objects.filter(withdrawn=True).exists()
    walk(edition, "live")
    gone = FilingRow.objects.get(withdrawn=True)
    assert (gone.number, gone.name, gone.cells["reason"]) == (number, "", "复议撤销。")
    assert party not in gone.cells.values()
    assert withdrawals.pending([edition]) == []


@pytest.mark.clause("14")
def test_a_decision_that_is_not_in_the_table_cannot_fall(paper_of, walk, today):
    live = walk(paper_of("enforcement", decisions()), "live")
    told = {"state": "已撤销", "changed_on": today, "reason": "撤销", "by": live.written_by, "today": today}
    with pytest.raises(Refused, match="没有“别的文号”"):
        withdrawals.revoke_row(live.paper, number="别的文号", **told)


@pytest.mark.clause("14")
def test_a_page_shows_no_decision_whose_term_is_over(paper_of, walk):
    live = walk(paper_of("enforcement", decisions()), "live")
    number = decisions()["rows"]["results"][0]["number"]
    assert number in render(live, today=date(2021, 6, 30))
    assert number not in render(live, today=date(2021, 7, 2))
    assert number not in plain_text(live, today=date(2021, 7, 2))


# --- pages of a long table --------------------------------------------------------------------------


def test_a_long_table_comes_in_pages_with_the_sum_of_all_rows(paper_of):
    record = invented()
    row = {"village": "东村", "name": "甲", "amount": "1"}
    record["rows"]["people"] = [row] * 250
    record["values"] |= {"households": "250", "total": "250"}
    edition = paper_of("subsidy", record)
    assert records.record_faults(edition) == []
    last = render(edition, 9, today=date(2021, 4, 20))
    assert last.count("<td") == 10 * 3 + 3  # thirty rows on each page before
    assert "250.00" in last


def test_thousands_of_rows_are_kept_checked_and_filed(paper_of, walk):
    record = invented()
    record["rows"]["people"] = [
        {"village": f"第{n % 40}村", "name": f"户主{n}", "identity": "379901********1237", "amount": "1"}
        for n in range(4_000)
    ]
    record["values"] |= {"households": "4000", "total": "4000"}
    edition = paper_of("subsidy", record)
    assert records.record_found(edition) == []
    walk(edition, "live")
    assert FilingRow.objects.count() == 4_000
