"""要点看板的页面: by section, by unit, as a matrix, along the year."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from gongkai.ledger.models import Assignment, Notice, Supervision
from gongkai.ledger.services import plans
from tests.ledger.pages import browser, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]
TABS = ["plan", "plan_units", "plan_matrix", "plan_timeline"]


@pytest.fixture(autouse=True)
def _day(settings, today):
    settings.FIXED_TODAY = today.isoformat()


@pytest.fixture
def year(plan, task, unit, assignment, office):
    """A plan with two sections: a late task of one unit, and a later one of two."""
    running = plan()
    first = plans.add_section(running, heading="一、重点领域", by=office())
    second = plans.add_section(running, heading="二、政策解读", by=office())
    late = task(running, section=first, text="按期公开规划。", cycle="fixed", due_on=date(2021, 4, 1))
    later = task(running, section=second, text="做好政策解读。", cycle="fixed", due_on=date(2021, 11, 30))
    education, health = unit("教育局"), unit("卫健局")
    assignment(late, education)
    assignment(later, education)
    assignment(later, health)
    return running


@pytest.fixture
def see(office):
    user = office()

    def page(name, plan, **query):
        return text_of(browser(user).get(reverse(name, args=[plan.pk]), query))

    return page


def test_the_board_shows_tasks_under_their_headings_with_signs_beside_the_colours(year, see):
    page = see("plan", year).split('class="gk-block"', 1)[1]
    assert page.index("一、重点领域") < page.index("按期公开规划") < page.index("二、政策解读")
    assert '<span aria-hidden="true">!</span> 教育局' in page
    assert '<span class="govuk-visually-hidden">：逾期</span>' in page


@pytest.mark.parametrize("tab", TABS)
def test_every_view_can_be_narrowed_to_what_is_late(tab, year, see):
    page = see(tab, year, mark="overdue")
    assert "教育局" in page if tab != "plan_timeline" else "按期公开规划" in page
    body = page.split("</form>", 1)[1] if tab != "plan" else page
    assert "做好政策解读" not in body


@pytest.mark.parametrize("tab", TABS)
def test_every_view_says_when_nothing_is_found_and_how_to_go_on(tab, year, see):
    page = see(tab, year, q="没有这样的字")
    assert "没有符合条件的任务" in page
    assert "清除条件，查看全部" in page


@pytest.mark.parametrize("tab", TABS)
def test_every_view_of_an_empty_plan_says_what_is_missing(tab, plan, see):
    assert "这份要点还没有任务" in see(tab, plan())


def test_filters_by_unit_section_due_and_part(year, see):
    health = Assignment.objects.get(unit__short_name="卫健局").unit
    section = year.sections.get(heading="一、重点领域")
    assert "按期公开规划" not in see("plan", year, unit=health.pk)
    assert "做好政策解读" not in see("plan", year, section=section.pk)
    assert "没有符合条件" in see("plan", year, due="week")
    assert "按期公开规划" in see("plan", year, due="month")
    assert "没有符合条件" in see("plan", year, part="support")


@pytest.mark.parametrize(
    "mistake", ["unit=x", "mark=nonsense", "section=999999", "page=-3", "units=abc", "q=%00"]
)
@pytest.mark.parametrize("tab", TABS)
def test_a_query_that_makes_no_sense_breaks_nothing(tab, mistake, year, office):
    answer = browser(office()).get(f"{reverse(tab, args=[year.pk])}?{mistake}")
    assert answer.status_code == 200


def test_units_are_sorted_by_what_is_asked(year, see):
    def order(page):
        table = page.split("<tbody>", 1)[1]
        return table.index("教育局") < table.index("卫健局")

    assert order(see("plan_units", year, sort="-overdue"))
    assert not order(see("plan_units", year, sort="overdue"))


def test_a_unit_s_share_in_time_counts_what_fell_due(year, see, report, office):
    late = Assignment.objects.get(task__text="按期公开规划。")
    report(late, "accepted", on=date(2021, 3, 31), completes=True)
    page = see("plan_units", year)
    row = page.split("<tbody>", 1)[1].split("教育局", 1)[1].split("</tr>", 1)[0]
    assert "100%" in row
    assert "尚无到期" in page


def test_the_matrix_leads_from_a_cell_to_the_assignment(year, see):
    late = Assignment.objects.get(task__text="按期公开规划。")
    page = see("plan_matrix", year)
    assert f'href="{late.get_absolute_url()}"' in page
    assert 'aria-label="教育局：逾期"' in page


def test_the_timeline_marks_the_month_in_which_a_task_falls_due(year, see):
    page = see("plan_timeline", year)
    row = page.split("做好政策解读", 1)[1].split("</tr>", 1)[0].split("<td")
    assert ["◆" in cell for cell in row[1:13]].index(True) == 10


def test_a_quarterly_task_shows_its_steps_on_the_timeline(plan, task, see):
    running = plan()
    task(running, cycle="quarterly", text="每季度更新目录。")
    row = see("plan_timeline", running).split("每季度更新目录", 1)[1].split("</tr>", 1)[0]
    assert row.count("◇") == 3  # begun in April: the first quarter is over


def test_a_unit_sees_only_its_own_part_of_the_board(year, officer):
    health = Assignment.objects.get(unit__short_name="卫健局").unit
    for tab in TABS:
        page = text_of(browser(officer(health)).get(reverse(tab, args=[year.pk])))
        assert "按期公开规划" not in page
        assert "催办" not in page


def test_a_plan_that_is_not_sent_out_is_hidden_from_units(plan, officer, unit):
    draft = plan(state="draft")
    for tab in TABS:
        assert browser(officer(unit())).get(reverse(tab, args=[draft.pk])).status_code == 404


def test_the_office_reminds_the_units_of_ticked_tasks(year, office, officer):
    late = Assignment.objects.get(task__text="按期公开规划。")
    reader = officer(late.unit)
    client = browser(office())
    form = text_of(client.post(reverse("urge"), {"act": "remind", "ids": f"{late.pk}"}))
    assert "发出提醒" in form
    assert "教育局" in form
    sent = {
        "act": "remind",
        "ids": f"{late.pk}",
        "text": "请今天报送",
        "back": reverse("plan", args=[year.pk]),
    }
    assert client.post(reverse("urge"), sent).url == reverse("plan", args=[year.pk])
    assert Notice.objects.filter(reader=reader, text__contains="请今天报送").exists()


def test_supervision_is_opened_for_each_unit_of_the_selection(year, office):
    keys = ",".join(str(pk) for pk in Assignment.objects.values_list("pk", flat=True))
    client = browser(office())
    form = text_of(client.post(reverse("urge"), {"act": "supervise", "ids": keys}))
    assert "每个单位立案一件，共 2 件" in form
    assert "默认给 5 个工作日" in form
    assert "2021年11月30日前完成" in form
    sent = {"act": "supervise", "ids": keys, "demand": "请抓紧办理。", "answer_by": "2021-04-27"}
    assert client.post(reverse("urge"), sent).url == reverse("supervisions")
    assert Supervision.objects.count() == 2


def test_supervision_with_a_day_that_has_passed_is_refused_and_nothing_is_lost(year, office):
    late = Assignment.objects.get(task__text="按期公开规划。")
    sent = {"act": "supervise", "ids": late.pk, "demand": "请抓紧办理，写明原因。", "answer_by": "2021-04-19"}
    answer = browser(office()).post(reverse("urge"), sent)
    assert answer.status_code == 200
    assert "反馈时限应晚于今天" in text_of(answer)
    assert "请抓紧办理，写明原因。" in text_of(answer)
    assert not Supervision.objects.exists()


def test_nothing_ticked_is_said(year, office):
    client = browser(office())
    answer = client.post(reverse("urge"), {"act": "remind"}, follow=True)
    assert "请先勾选" in text_of(answer)


def test_after_urging_one_is_never_led_to_another_site(year, office):
    answer = browser(office()).post(reverse("urge"), {"act": "remind", "back": "https://example.com/"})
    assert answer.url == reverse("assignments")


@pytest.mark.parametrize(
    "query",
    [
        "figure=ledger.overdue&year=2021",
        "mark=overdue",
        "unit={unit}&mark=overdue",
        "plan={plan}&mark=overdue",
    ],
)
def test_the_records_behind_a_figure_are_the_counted_ones(query, year, office):
    late = Assignment.objects.get(task__text="按期公开规划。")
    asked = query.format(unit=late.unit_id, plan=year.pk)
    page = text_of(browser(office()).get(f"{reverse('assignments')}?{asked}"))
    table = page.split("<tbody>", 1)[1]
    assert late.get_absolute_url() in table
    assert "做好政策解读" not in table


def test_a_task_page_opens_the_records_of_its_live_figure(year, office):
    bound = year.tasks.get(text="做好政策解读。")
    plans.bind_figure(bound, figure="ledger.overdue", target=0, by=office())
    page = text_of(browser(office()).get(bound.get_absolute_url()))
    assert "逾期未完成" in page
    assert "未达到" in page
    assert "figure=ledger.overdue" in page


def test_a_task_shows_its_place_in_the_plan_s_own_text(year, office):
    found = year.tasks.get(text="做好政策解读。")
    year.source_text = "前文。2.做好政策解读。后文。"
    year.save()
    found.source_start, found.source_end = 5, 12
    found.save()
    page = text_of(browser(office()).get(found.get_absolute_url()))
    assert "<mark>做好政策解读。</mark>" in page


def test_the_ledger_is_exported_as_narrowed_on_the_board(year, office):
    client = browser(office())
    whole = sheet_of(client.get(reverse("plan_export", args=[year.pk])))
    late = sheet_of(client.get(reverse("plan_export", args=[year.pk]), {"mark": "overdue"}))
    assert "做好政策解读。" in whole
    assert "按期公开规划。" in late
    assert "做好政策解读。" not in late


def test_a_unit_does_not_export_the_work_of_others(year, officer):
    someone = officer(Assignment.objects.first().unit)
    assert browser(someone).get(reverse("plan_export", args=[year.pk])).status_code == 403


def test_a_unit_exports_its_own_list(year, officer):
    health = Assignment.objects.get(unit__short_name="卫健局").unit
    cells = sheet_of(browser(officer(health)).get(reverse("assignments"), {"export": "xlsx"}))
    assert any("做好政策解读" in str(cell) for cell in cells)
    assert not any("按期公开规划" in str(cell) for cell in cells)


def sheet_of(answer):
    """Every value of the sheet that was sent."""
    rows = load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
    return [value for row in rows for value in row if value is not None]
