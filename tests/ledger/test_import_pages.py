"""导入向导的页面: walked from the upload to the plan, by the right and the wrong people, with bad input."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.agencies.models import Unit
from gongkai.frame.today import today
from gongkai.ledger.models import Plan, PlanImport
from gongkai.ledger.services import importing
from gongkai.ledger.services.importing.rows import Answer
from tests.ledger.importing import PLAN, REVISED, TODAY, begin, district, look
from tests.ledger.pages import browser, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def units():
    return district()


@pytest.fixture
def clerk(office):
    return office()


@pytest.fixture
def desk(clerk):
    return browser(clerk)


@pytest.fixture
def record(units, clerk):
    return begin(clerk)


def row_post(row, **changes):
    """What the form of a row sends, with *changes*."""
    sent = {
        "version": row.version,
        "number": row.number,
        "text": row.text,
        "section": " › ".join(row.section_path),
        "cycle": row.cycle,
        "due_on": row.due_on or "",
        "deadline_text": row.deadline_text,
        "body-TOTAL_FORMS": len(row.bodies) + 1,
        "body-INITIAL_FORMS": len(row.bodies),
        "act": "save",
    }
    for at, body in enumerate(row.bodies):
        sent |= {f"body-{at}-name": body.name, f"body-{at}-part": body.part, f"body-{at}-target": ""}
    sent |= {f"body-{len(row.bodies)}-name": "", f"body-{len(row.bodies)}-part": "each"}
    return sent | changes


def url(record, name="import", *more):
    return reverse(name, args=[record.pk, *more])


def test_the_wizard_leads_from_a_file_to_a_plan(units, desk):
    upload = SimpleUploadedFile("要点.txt", PLAN.encode("gb18030"))
    answer = desk.post(reverse("import_new"), {"upload": upload}, follow=True)
    record = PlanImport.objects.get()
    assert "读到 <strong>4</strong> 项任务" in text_of(answer)
    assert "1 项需要核对" in text_of(answer)

    desk.post(
        url(record, "import_names"),
        {"w0-wording": "区大数据中心", "w0-choice": "other", "w0-other": "区财政局"},
    )
    page = text_of(desk.get(url(record, "import_confirm")))
    assert "还有 1 项没有核对" in page

    version = PlanImport.objects.get().version
    answer = desk.post(
        url(record, "import_confirm"), {"version": version, "doubts_accepted": "on"}, follow=True
    )
    plan = Plan.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("plan_outline", args=[plan.pk])
    assert "要点已导入" in text_of(answer)

    desk.post(reverse("plan_issue", args=[plan.pk]))
    plan.refresh_from_db()
    assert plan.state == "running"


PAGES = ["import", "import_edit", "import_names", "import_confirm", "import_drop"]


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_an_import_are_the_offices_alone(record, units, officer, desk, name):
    assert browser(officer(units["区发改局"])).get(url(record, name)).status_code == 403
    assert "/login/" in browser().get(url(record, name)).url
    assert desk.get(url(record, name)).status_code == 200


def broken_docx() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("word/document.xml", "<w:document><unclosed>")
    return held.getvalue()


BAD = {
    "empty.docx": b"",
    "broken.docx": broken_docx(),
    "cut.docx": broken_docx()[:40],
    "false.pdf": b"%PDF-1.7 nothing behind it",
    "zeros.txt": b"\x00" * 500,
    "prose.txt": "今天天气很好。".encode(),
    "program.exe": b"MZ\x90\x00",
    "table.xlsx": b"PK\x03\x04 no table",
    "deep.html": b"<div>" * 20_000,
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_is_told_in_chinese_and_nothing_typed_is_lost(units, desk, name):
    sent = {"upload": SimpleUploadedFile(name, BAD[name]), "text": "我已经粘贴的文字", "year": "2021"}
    answer = desk.post(reverse("import_new"), sent)
    assert answer.status_code == 200
    said = answer.context["form"].errors
    assert said
    assert all(any("一" <= sign <= "鿿" for sign in sentence) for each in said.values() for sentence in each)
    assert "我已经粘贴的文字" in text_of(answer)
    assert not PlanImport.objects.exists()


def test_a_file_over_the_limit_is_refused(desk, monkeypatch):
    monkeypatch.setattr("gongkai.ledger.forms.importing.LARGEST", 10)
    answer = desk.post(reverse("import_new"), {"upload": SimpleUploadedFile("要点.txt", PLAN.encode())})
    assert "超过 20 MB" in text_of(answer)


def test_nothing_handed_in_is_asked_for(desk):
    assert "请上传文件" in text_of(desk.post(reverse("import_new"), {}))


def test_a_row_is_corrected_by_a_plain_form(record, desk):
    row = look(record).rows[3].row
    sent = row_post(row, text="按月通报。", **{"body-0-target": "区财政局、区发改局", "cycle": "monthly"})
    answer = desk.post(url(record, "import_row", row.key), sent, follow=True)
    assert answer.status_code == 200
    now = look(record).rows[3]
    assert (now.row.text, now.row.cycle, now.open) == ("按月通报。", "monthly", False)
    assert [share.unit.short_name for share in now.shares] == ["区财政局", "区发改局"]


def test_with_script_a_saved_row_comes_back_as_one_card_with_the_new_counts(record, desk):
    row = look(record).rows[3].row
    form = desk.get(url(record, "import_row", row.key), **HTMX)
    assert "<html" not in text_of(form)
    sent = row_post(row, **{"body-0-target": "不指派"})
    page = text_of(desk.post(url(record, "import_row", row.key), sent, **HTMX))
    assert f'id="row-{row.key}"' in page
    assert "没有需要核对的" in page
    assert "<html" not in page


def test_what_was_typed_survives_a_row_that_cannot_be_saved(record, desk):
    row = look(record).rows[0].row
    sent = row_post(row, text="", number="一二三", **{"body-0-target": "没有这个局"})
    page = text_of(desk.post(url(record, "import_row", row.key), sent))
    assert "请填写任务内容" in page
    assert "没有找到“没有这个局”" in page
    assert "一二三" in page
    assert look(record).rows[0].row == row


def test_a_row_changed_by_somebody_else_shows_both_texts(record, desk, office):
    row = look(record).rows[0].row
    importing.edit_row(record, row.key, version=row.version, by=office(), text="别人改的内容。")
    page = text_of(desk.post(url(record, "import_row", row.key), row_post(row, text="我填的内容。")))
    assert "其他人修改过" in page
    assert "别人改的内容。" in page
    assert "我填的内容。" in page
    assert look(record).rows[0].row.text == "别人改的内容。"


@pytest.mark.parametrize("act", ["split", "merge", "add", "drop"])
def test_the_buttons_of_a_row_change_the_list(record, desk, act):
    row = look(record).rows[0].row
    before = len(look(record).rows)
    sent = row_post(row, act=act, text="其一\n\n其二" if act == "split" else row.text)
    assert desk.post(url(record, "import_row", row.key), sent).status_code == 302
    assert len(look(record).rows) == before + {"split": 1, "add": 1, "merge": -1, "drop": -1}[act]


def test_one_more_line_for_bodies_is_given_without_saving(record, desk):
    row = look(record).rows[0].row
    page = text_of(desk.post(url(record, "import_row", row.key), row_post(row, act="more", text="未保存")))
    assert page.count('name="body-2-name"') == 1
    assert look(record).rows[0].row == row


def test_a_name_in_a_plan_is_never_taken_for_markup(units, clerk, desk):
    evil = PLAN.replace("区大数据中心", "<script>alert(1)</script>局").replace(
        "做好重点", "<img src=x>做好重点"
    )
    record = begin(clerk, evil)
    for name in PAGES:
        page = text_of(desk.get(url(record, name)))
        assert "<script>alert" not in page
        assert "<img src=x>" not in page


def test_a_row_of_enormous_length_is_kept_and_shown(units, clerk, desk):
    record = begin(clerk, PLAN.replace("做好重点项目", "做好" + "重点" * 100_000 + "项目"))
    assert desk.get(url(record)).status_code == 200


def test_only_the_doubtful_tasks_can_be_shown(record, desk):
    page = desk.get(url(record), {"only": "doubtful"})
    assert [each.row.number for each in page.context["page"]] == ["4"]


def test_a_unit_that_nobody_knew_is_set_up_on_the_way(record, desk):
    sent = {
        "w0-wording": "区大数据中心",
        "w0-name": "示例区大数据中心",
        "w0-kind": "institution",
        "w0-choice": "",
    }
    assert desk.post(url(record, "import_names"), sent).status_code == 302
    unit = Unit.objects.get(name="示例区大数据中心")
    record.refresh_from_db()
    fourth = importing.Review(record, importing.Directory(today())).rows[3]
    assert [share.unit for share in fourth.shares] == [unit]


def test_an_unknown_unit_is_said_beside_the_field(record, desk):
    page = text_of(
        desk.post(url(record, "import_names"), {"w0-wording": "区大数据中心", "w0-other": "某某局"})
    )
    assert "没有找到“某某局”" in page


def test_title_and_year_can_be_mended(record, desk):
    sent = {"title": "新标题", "year": 2022, "document_number": "", "public": "on"}
    desk.post(url(record, "import_edit"), sent)
    record.refresh_from_db()
    assert (record.title, record.year) == ("新标题", 2022)


def test_a_stale_summary_is_shown_again_and_not_confirmed(record, desk, clerk, units):
    answers = {"区大数据中心": Answer(units=(units["区发改局"].pk,))}
    record = importing.answer_wordings(record, answers, remember=frozenset(), by=clerk, today=TODAY)
    sent = {"version": record.version - 1, "doubts_accepted": "on"}
    assert "刚被修改过" in text_of(desk.post(url(record, "import_confirm"), sent))
    assert not Plan.objects.exists()


def test_the_changes_of_a_revision_are_shown_and_left_by_unticking(units, clerk, desk):
    record = importing.answer_wordings(
        begin(clerk), {"区大数据中心": Answer(skip=True)}, remember=frozenset(), by=clerk, today=TODAY
    )
    plan = importing.confirm_import(
        record, version=record.version, doubts_accepted=True, by=clerk, today=TODAY
    )
    revision = begin(clerk, REVISED, revises=plan)
    page = text_of(desk.get(url(revision, "import_changes")))
    assert "<ins>" in page
    assert "<del>" in page
    desk.post(url(revision, "import_changes"), {"taken": []})
    revision.refresh_from_db()
    assert len(revision.left) == 6


def test_a_given_up_import_leaves_the_list(record, desk):
    assert str(record) in text_of(desk.get(reverse("plans")))
    desk.post(url(record, "import_drop"))
    assert "继续核对" not in text_of(desk.get(reverse("plans")))


def test_the_checking_page_asks_as_much_for_many_tasks_as_for_few(
    units, clerk, desk, django_assert_max_num_queries
):
    lines = [f"{n}.公开第{n}类信息。（责任单位：区发改局、各镇人民政府）" for n in range(1, 251)]
    record = begin(clerk, "2021年示例区政务公开工作要点\n一、重点工作\n" + "\n".join(lines))
    with django_assert_max_num_queries(22):
        page = desk.get(url(record))
    assert len(page.context["page"]) == 100
    found = desk.get(url(record), {"row": 240})
    assert found.context["page"].number == 3
