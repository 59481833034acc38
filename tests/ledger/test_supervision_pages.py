"""督办与回头看的页面."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from gongkai.ledger.models import LookBack, LookBackEntry
from gongkai.ledger.services import lookback, supervision
from tests.ledger.pages import browser, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]


@pytest.fixture(autouse=True)
def _day(settings, today):
    settings.FIXED_TODAY = today.isoformat()


@pytest.fixture
def opened(assignment, office, today):
    late = assignment(cycle="fixed", due_on=date(2021, 4, 1))
    return supervision.open_supervision(
        unit=late.unit,
        assignments=[late],
        demand="请抓紧办理。",
        answer_by=date(2021, 4, 27),
        by=office(),
        today=today,
    )


def test_supervision_is_answered_pressed_and_closed_with_every_step_on_the_page(opened, officer, office):
    unit_s, office_s = browser(officer(opened.unit)), browser(office())
    unit_s.post(reverse("supervision_answer", args=[opened.pk]), {"text": "已完成七成。"})
    office_s.post(
        reverse("supervision_press", args=[opened.pk]), {"text": "请继续。", "answer_by": "2021-05-10"}
    )
    unit_s.post(reverse("supervision_answer", args=[opened.pk]), {"text": "已全部完成。"})
    office_s.post(reverse("supervision_close", args=[opened.pk]), {"text": "核实无误。"})
    page = text_of(office_s.get(opened.get_absolute_url()))
    record = page.split("督办记录", 1)[1]
    assert (
        record.index("已完成七成")
        < record.index("请继续")
        < record.index("已全部完成")
        < record.index("核实无误")
    )
    assert "已销号" in page


def test_the_form_for_pressing_again_begins_with_a_counted_day(opened, office):
    page = text_of(browser(office()).get(reverse("supervision_press", args=[opened.pk])))
    assert 'value="2021-04-26"' in page  # five working days after 20 April; Sunday 25 April is worked


def test_the_page_explains_how_the_day_for_the_answer_was_counted(opened, office):
    assert "劳动节调休上班" in text_of(browser(office()).get(opened.get_absolute_url()))


def test_the_list_finds_what_was_not_answered_in_time(opened, office, settings):
    client = browser(office())
    assert opened.number not in text_of(client.get(reverse("supervisions"), {"late": "on"}))
    settings.FIXED_TODAY = "2021-04-28"
    assert opened.number in text_of(client.get(reverse("supervisions"), {"late": "on"}))


def test_a_unit_finds_only_its_own_supervision(opened, officer, unit):
    stranger = browser(officer(unit()))
    assert opened.number not in text_of(stranger.get(reverse("supervisions")))
    assert stranger.get(opened.get_absolute_url()).status_code == 404


def words_of(answer):
    """The text of the letter that was sent, its tables too."""
    assert answer["Content-Disposition"].startswith("attachment")
    letter = Document(BytesIO(answer.content))
    cells = [cell.text for table in letter.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in letter.paragraphs), *cells])


def test_the_letter_names_unit_demand_and_day(opened, officer):
    letter = words_of(browser(officer(opened.unit)).get(reverse("supervision_letter", args=[opened.pk])))
    for words in (opened.unit.name, "请抓紧办理。", "2021年4月27日"):
        assert words in letter


def test_a_stranger_gets_no_letter(opened, officer, unit):
    url = reverse("supervision_letter", args=[opened.pk])
    assert browser(officer(unit())).get(url).status_code == 404


@pytest.fixture
def looked(plan, task, assignment, office, today):
    last_year = plan(year=2020, state="running")
    for number in range(3):
        assignment(task(last_year, cycle="fixed", due_on=date(2020, 9, 30), text=f"上年任务{number}。"))
    last_year.state = "closed"
    last_year.save()
    return last_year


def test_a_look_back_is_started_verified_ordered_and_mended(looked, office, officer):
    client = browser(office())
    assert "启动回头看" in text_of(client.get(reverse("lookbacks")))
    client.post(reverse("lookback_start", args=[looked.pk]))
    first, second, _ = LookBackEntry.objects.all()
    client.post(reverse("entry_verify", args=[first.pk]), {"finding": "已查看专栏。"})
    client.post(reverse("entry_order", args=[second.pk]), {"finding": "没有更新。", "mend_by": "2021-05-20"})
    browser(officer(second.assignment.unit)).post(
        reverse("entry_mend", args=[second.pk]), {"answer": "已更新。"}
    )
    page = text_of(client.get(LookBack.objects.get().get_absolute_url()))
    assert "已整改待复核" in page
    assert "没有更新。" in page
    client.post(reverse("entry_verify", args=[second.pk]), {"finding": "复核属实。"})
    second.refresh_from_db()
    assert second.state == "verified"


def test_the_report_on_the_look_back_can_be_downloaded_by_those_who_see_the_district(
    looked, office, officer, unit, today
):
    found = lookback.start_lookback(looked, by=office(), today=today)
    url = reverse("lookback_report", args=[found.pk])
    assert looked.title in words_of(browser(office()).get(url))
    assert browser(officer(unit())).get(url).status_code == 403


def test_entries_are_filtered_by_their_state(looked, office, today):
    found = lookback.start_lookback(looked, by=office(), today=today)
    page = text_of(browser(office()).get(found.get_absolute_url(), {"state": "verified"}))
    assert "没有符合条件的内容" in page


def test_a_unit_sees_only_its_own_entries(looked, office, officer, today):
    found = lookback.start_lookback(looked, by=office(), today=today)
    mine = found.entries.first().assignment
    page = text_of(browser(officer(mine.unit)).get(found.get_absolute_url()))
    assert mine.task.text[:4] in page
    others = [each.assignment.get_absolute_url() for each in found.entries.all()[1:]]
    assert not [url for url in others if url in page]


def test_a_year_that_is_not_over_cannot_be_looked_back_at(plan, office):
    answer = browser(office()).post(reverse("lookback_start", args=[plan().pk]), follow=True)
    assert "年度尚未结束" in text_of(answer)
    assert not LookBack.objects.exists()
