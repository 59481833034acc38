"""工作台的页面: each role finds its own work first."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.ledger.models import Feedback, Notice
from gongkai.ledger.services import extensions, supervision
from tests.ledger.pages import browser, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]


@pytest.fixture(autouse=True)
def _day(settings, today):
    settings.FIXED_TODAY = today.isoformat()


def desk(user):
    return text_of(browser(user).get(reverse("desk")))


def test_an_officer_sees_the_late_work_before_the_rest(assignment, unit, officer):
    mine = unit()
    assignment(to=mine, text="年底完成的任务。")
    assignment(to=mine, text="早已到期的任务。", cycle="fixed", due_on=date(2021, 4, 12))
    page = desk(officer(mine))
    assert page.index("已经逾期") < page.index("早已到期的任务") < page.index("年底完成的任务")
    assert "逾期 8 天" in page


def test_what_falls_due_today_and_this_week_stands_apart(assignment, unit, officer):
    mine = unit()
    assignment(to=mine, cycle="fixed", due_on=date(2021, 4, 20))
    assignment(to=mine, cycle="fixed", due_on=date(2021, 4, 25))
    page = desk(officer(mine))
    assert "今天到期" in page
    assert "本周到期" in page
    assert "剩余 4 个工作日" in page  # Sunday 25 April is worked


def test_the_reason_of_a_return_is_in_sight(assignment, report, officer):
    mine = assignment()
    report(mine, "returned")
    assert "请补充数据" in desk(officer(mine.unit))


def test_a_draft_waits_on_the_desk(assignment, report, officer):
    mine = assignment()
    report(mine, text="写到一半的进展")
    assert "写到一半的进展" in desk(officer(mine.unit))


def test_what_the_office_has_in_hand_is_not_among_the_things_to_do(assignment, report, officer):
    mine = assignment(text="已经报上去的任务。")
    report(mine, "signed")
    page = desk(officer(mine.unit))
    assert "没有需要办理的任务" in page
    assert "等待审签或验收 1 项" in page


def test_an_approver_has_one_queue_to_sign(assignment, report, approver, unit):
    mine, other = assignment(), assignment()
    waiting, foreign = report(mine, "sent"), report(other, "sent")
    page = desk(approver(mine.unit))
    assert reverse("report_sign", args=[waiting.pk]) in page
    assert reverse("report_sign", args=[foreign.pk]) not in page


def test_the_office_sees_what_waits_for_it(assignment, report, office, officer, today):
    signed = report(assignment(), "signed")
    asking = assignment(cycle="fixed", due_on=date(2021, 6, 30))
    asked = extensions.ask_extension(
        asking, until_on=date(2021, 7, 30), reason="数据未齐", by=officer(asking.unit), today=today
    )
    Feedback.objects.create(
        plan=asking.task.plan, text="希望早日公开", received_at="2021-04-19T09:00:00+08:00"
    )
    page = desk(office())
    assert reverse("report_accept", args=[signed.pk]) in page
    assert reverse("extension_grant", args=[asked.pk]) in page
    assert "希望早日公开" in page


def test_the_office_sees_by_unit_who_is_late_and_who_does_not_answer(assignment, office, unit):
    late = assignment(to=unit("迟缓局"), cycle="fixed", due_on=date(2021, 4, 1))
    supervision.open_supervision(
        unit=late.unit,
        assignments=[late],
        demand="请抓紧办理。",
        answer_by=date(2021, 4, 9),
        by=office(),
        today=date(2021, 4, 2),
    )
    page = desk(office())
    assert "迟缓局" in page
    assert "逾期 11 天" in page
    assert f"unit={late.unit.pk}&amp;mark=overdue" in page


def test_a_unit_is_asked_to_answer_its_supervision(assignment, office, officer):
    late = assignment(cycle="fixed", due_on=date(2021, 4, 1))
    opened = supervision.open_supervision(
        unit=late.unit,
        assignments=[late],
        demand="请抓紧办理。",
        answer_by=date(2021, 4, 27),
        by=office(),
        today=date(2021, 4, 20),
    )
    assert reverse("supervision_answer", args=[opened.pk]) in desk(officer(late.unit))


def test_an_empty_desk_says_so(unit, officer):
    assert "没有需要办理的任务" in desk(officer(unit()))


def test_an_assessor_sees_the_district_without_anything_to_do(assignment, unit):
    from tests.ledger.conftest import person

    assignment()
    page = desk(person(unit(), "assessor"))
    assert "全区落实情况" in page
    assert "填报进展" not in page


def test_notices_are_listed_counted_and_marked_as_seen(unit, officer, today):
    reader, stranger = officer(unit()), officer(unit())
    for who in (reader, stranger):
        Notice.objects.create(key="k", reader=who, text="快到期了", link="/staff/", raised_on=today)
    client = browser(reader)
    page = text_of(client.get(reverse("notices")))
    assert "快到期了" in page
    assert '<span class="gk-bell__count">1<' in page
    client.post(reverse("notices_seen"), {"act": "all"})
    assert not reader.notices.filter(seen_on__isnull=True).exists()
    assert stranger.notices.filter(seen_on__isnull=True).exists()


def test_only_ticked_notices_are_marked(unit, officer, today):
    reader = officer(unit())
    first, second = (
        Notice.objects.create(key=key, reader=reader, text=key, link="/staff/", raised_on=today)
        for key in ("甲", "乙")
    )
    browser(reader).post(reverse("notices_seen"), {"act": "seen", "chosen": [first.pk]})
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.seen_on == today
    assert second.seen_on is None


def test_from_one_decided_report_the_office_goes_on_to_the_next_without_the_desk(
    plan, task, assignment, report, office
) -> None:
    of = task(of=plan())
    one, other = assignment(of=of), assignment(of=of)
    report(one, state="signed")
    report(other, state="signed")
    shown = text_of(browser(office()).get(one.get_absolute_url()))
    assert f"下一份待验收：{other.unit}" in shown
    assert "另有 1 份待验收" in shown


def test_an_officer_who_decides_nothing_is_shown_no_queue(plan, task, assignment, report, officer) -> None:
    one = assignment(of=task(of=plan()))
    report(one, state="signed")
    assert "下一份" not in text_of(browser(officer(one.unit)).get(one.get_absolute_url()))
