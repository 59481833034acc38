"""The staff's list of gaps, the form of a record, and the pages that change one."""

from urllib.parse import parse_qs, urlparse

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.accounts.models import Role
from gongkai.documents.models import Edition
from gongkai.documents.records.sheet import sheet
from gongkai.documents.services import papers, records
from gongkai.rules.structured import declaration
from tests.disclosure.structured.conftest import NOW, member

TODAY = NOW.date()
PEOPLE = declaration("subsidy").table("people")


@pytest.fixture
def draft(body):
    unit = body("样本镇", "town")
    by = unit.posts.get().user
    return papers.create_paper(
        unit=unit, title="补贴名单", by=by, today=TODAY, form="subsidy", sort="publicity", attribute="active"
    )


@pytest.fixture
def writer(client, draft):
    client.force_login(draft.written_by)
    return client


def url(draft, rest=""):
    return f"/staff/editions/{draft.pk}/record/{rest}"


def test_the_head_is_filled_in_and_faults_are_told_with_links(writer, draft):
    answer = writer.post(
        url(draft), {"version": draft.version, "programme": "某补贴", "year": "二零二一"}, follow=True
    )
    page = answer.content.decode()
    assert "“年度”“二零二一”不是年份" in page
    assert 'value="二零二一"' in page
    record = Edition.objects.get(pk=draft.pk).content.record
    assert record["values"] == {"programme": "某补贴", "year": "二零二一"}


def test_rows_are_added_changed_and_taken_away_without_script(writer, draft):
    place = url(draft, "people/")
    first = {"version": 0, "first": 0, "count": 0, "keep-0": 1, "keep-1": 1, "keep-2": 1}
    typed = {
        "0-village": "东村",
        "0-name": "甲",
        "0-amount": "1",
        "1-village": "东村",
        "1-name": "乙",
        "1-amount": "2",
    }
    answer = writer.post(place, first | typed | {"act": "more"})
    assert answer["Location"].endswith("more=10#more")
    assert writer.get(answer["Location"]).content.decode().count('name="keep-') == 2 + 10
    again = {
        "version": 1,
        "first": 0,
        "count": 2,
        "keep-0": 1,
        "keep-1": 1,
        "drop-0": 1,
        "1-village": "东村",
        "1-name": "乙",
        "1-amount": "3",
    }
    writer.post(place, again)
    rows = Edition.objects.get(pk=draft.pk).content.record["rows"]["people"]
    assert rows == [{"village": "东村", "name": "乙", "amount": "3.00"}]


def test_who_saves_rows_on_top_of_somebody_elses_keeps_what_was_typed(writer, draft):
    records.set_rows(draft, table="people", rows=[], by=draft.written_by)
    typed = {"version": 0, "first": 0, "count": 0, "keep-0": 1, "0-village": "东村", "0-name": "没有丢"}
    page = writer.post(url(draft, "people/"), typed).content.decode()
    assert "刚被他人保存过" in page
    assert "没有丢" in page


def upload(rows, name="名单.xlsx"):
    return SimpleUploadedFile(name, sheet("名单", PEOPLE, rows))


def test_a_sheet_is_imported_whole_or_not_at_all(writer, draft):
    good = {"village": "东村", "name": "甲", "amount": "1.00"}
    page = writer.post(url(draft, "people/import/"), {"sheet": upload([good, good | {"amount": "三百"}])})
    assert "第4行“补贴金额”“三百”不是数字" in page.content.decode()
    assert "没有保存" in page.content.decode()
    assert not Edition.objects.get(pk=draft.pk).content.record
    answer = writer.post(url(draft, "people/import/"), {"sheet": upload([good, good])}, follow=True)
    assert "已导入 2 行" in answer.content.decode()
    assert Edition.objects.get(pk=draft.pk).content.record["rows"]["people"] == [good, good]


def test_the_template_can_be_fetched_and_sent_back(writer, draft):
    content = writer.get(url(draft, "people/sheet/")).content
    page = writer.post(url(draft, "people/import/"), {"sheet": SimpleUploadedFile("模板.xlsx", content)})
    assert "表头下面没有内容" in page.content.decode()


@pytest.mark.clause("11")
def test_one_click_masks_the_whole_record(writer, draft):
    row = {"village": "东村", "name": "甲", "amount": "1", "identity": "379901199001011237"}
    records.set_rows(draft, table="people", rows=[row], by=draft.written_by)
    assert "一键脱敏" in writer.get(url(draft)).content.decode()
    page = writer.post(url(draft, "mask/"), follow=True).content.decode()
    assert "一键脱敏</button>" not in page
    assert (
        Edition.objects.get(pk=draft.pk).content.record["rows"]["people"][0]["identity"]
        == "379901********1237"
    )


@pytest.mark.parametrize("rest", ["", "people/", "people/import/", "people/sheet/"])
def test_a_neighbour_does_not_see_the_record(client, draft, body, rest):
    client.force_login(body().posts.get().user)
    assert client.get(url(draft, rest)).status_code == 404
    assert client.post(url(draft, "mask/")).status_code == 404


def test_a_paper_without_a_form_has_no_record(client, body):
    by = body().posts.get().user
    plain = papers.create_paper(unit=by.held[0].unit, title="通知", by=by, today=TODAY)
    client.force_login(by)
    assert client.get(url(plain)).status_code == 404


@pytest.mark.parametrize(
    "typed", [{"first": "-1"}, {"first": "x", "count": "9" * 30}, {"version": "x"}, {"count": "99999"}]
)
def test_nonsense_in_the_form_of_rows_breaks_nothing(writer, draft, typed):
    assert writer.post(url(draft, "people/"), {"keep-0": 1, "0-name": "甲"} | typed).status_code in (200, 302)


# --- gaps -------------------------------------------------------------------------------------------


@pytest.mark.clause("10")
def test_a_red_cell_is_one_click_from_writing_the_missing_paper(client, shown, body):
    shown("budget", approved_on="2021-02-01")
    lacking = body("缺项局")
    client.force_login(lacking.posts.get().user)
    page = client.get("/staff/disclosure/gaps/").content.decode()
    assert "缺项局" in page
    address = page.split('href="/staff/papers/new/?')[1].split('"')[0].replace("&amp;", "&")
    asked = parse_qs(urlparse("?" + address).query)
    assert asked["form"] == ["budget"]
    assert asked["unit"] == [str(lacking.pk)]
    assert client.get(f"/staff/papers/new/?{address}").status_code == 200


@pytest.mark.clause("6")
def test_a_stage_that_is_late_stands_on_the_list_of_its_own_unit_only(client, shown, body):
    paper = shown("project", approved_on="2021-01-05", stages={})
    client.force_login(paper.created_by)
    assert paper.title in client.get("/staff/disclosure/gaps/").content.decode()
    client.force_login(body().posts.get().user)
    assert paper.title not in client.get("/staff/disclosure/gaps/").content.decode()


@pytest.mark.clause("14")
def test_a_fallen_decision_is_noted_and_waits_with_its_last_day(client, shown):
    paper = shown("enforcement", number=1)
    number = paper.filing.lines.first().number
    client.force_login(paper.created_by)
    told = {"number": number, "state": "已撤销", "changed_on": "2021-04-19", "reason": "复议撤销。"}
    page = client.post(f"/staff/papers/{paper.pk}/revoke/", told, follow=True).content.decode()
    assert number in page
    assert "剩余 2 个工作日" in page
    assert "2021-04-22" in page


@pytest.mark.clause("14")
def test_a_neighbour_cannot_note_that_a_decision_fell(client, shown, body):
    paper = shown("enforcement", number=1)
    client.force_login(body().posts.get().user)
    assert client.get(f"/staff/papers/{paper.pk}/revoke/").status_code == 404
    client.force_login(member(paper.unit, Role.SECRECY))
    assert client.get(f"/staff/papers/{paper.pk}/revoke/").status_code == 403
