"""公众进度的页面: no sign-in, no cookie, nothing internal; and the box for messages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from gongkai.ledger.models import Feedback
from gongkai.ledger.services import reports
from tests.ledger.pages import browser, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]


@pytest.fixture(autouse=True)
def _day(settings, today):
    settings.FIXED_TODAY = today.isoformat()


@pytest.fixture
def world(plan, task, assignment, unit):
    """A public plan with an open task of one unit and an internal task of another."""
    running = plan()
    shown = assignment(task(running, text="公开给大家看的任务。"), unit("教育局"))
    hidden = assignment(task(running, text="内部掌握的任务。", public=False), unit("保密局"))
    return running, shown, hidden


def see(name, key, **query):
    return browser().get(reverse(name, args=[key]), query)


def test_a_citizen_follows_a_plan_from_the_list_to_the_evidence(world, report):
    running, shown, _ = world
    done = report(shown, "accepted", completes=True)
    done.evidence.update(public=True)
    assert running.title in text_of(browser().get(reverse("progress")))
    page = text_of(see("progress_plan", running.pk))
    assert "公开给大家看的任务" in page
    assert "教育局" in page
    assert "已完成" in page
    page = text_of(see("progress_task", shown.task.pk))
    assert "已公开12条。" in page
    assert "公开页面" in page


@pytest.mark.parametrize("name", ["progress", "progress_plan", "progress_task"])
def test_a_page_that_only_shows_sets_no_cookie_and_may_be_kept(name, world):
    running, shown, _ = world
    keys = {"progress": [], "progress_plan": [running.pk], "progress_task": [shown.task.pk]}[name]
    answer = browser().get(reverse(name, args=keys))
    assert not answer.cookies
    assert "public" in answer["Cache-Control"]
    assert "Cookie" not in answer.get("Vary", "")


def test_internal_tasks_are_neither_shown_nor_counted_nor_found(world):
    running, _, hidden = world
    page = text_of(see("progress_plan", running.pk))
    assert "内部掌握" not in page
    assert "保密局" not in page
    assert '<span class="gk-figure__number">1</span><span class="gk-figure__label">项公开任务</span>' in page
    assert "没有找到" in text_of(see("progress_plan", running.pk, q="内部掌握"))
    assert see("progress_task", hidden.task.pk).status_code == 404


def test_plans_that_are_drafts_or_internal_are_not_there(plan):
    for hidden in (plan(state="draft"), plan(public=False)):
        assert see("progress_plan", hidden.pk).status_code == 404
        assert see("progress_feedback", hidden.pk).status_code == 404
        assert hidden.title not in text_of(browser().get(reverse("progress"))) or hidden.state != "draft"


def test_only_public_evidence_of_accepted_reports_is_handed_out(
    world, officer, approver, office, upload, today
):
    _, shown, hidden = world
    pieces = {}
    for name, mine, public, accepted in (
        ("open", shown, True, True),
        ("unmarked", shown, False, True),
        ("unaccepted", shown, True, False),
        ("internal", hidden, True, True),
    ):
        writer = officer(mine.unit)
        made = reports.write_report(mine, text="进展", by=writer, today=today)
        pieces[name] = reports.attach(made, title=name, by=writer, upload=upload(), public=public)
        made = reports.send_report(made, by=writer, today=today)
        made = reports.sign_report(made, by=approver(mine.unit), today=today)
        if accepted:
            reports.accept_report(made, by=office(), today=today)
    answers = {name: see("progress_evidence", piece.pk) for name, piece in pieces.items()}
    answers["open"].close()
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "open": 200,
        "unmarked": 404,
        "unaccepted": 404,
        "internal": 404,
    }


def test_public_evidence_is_sent_once_and_then_known_by_its_tag(world, report, officer, upload, office):
    _, shown, _ = world
    draft = report(shown)
    piece = reports.attach(draft, title="清单", by=draft.written_by, upload=upload(), public=True)
    type(draft).objects.filter(pk=draft.pk).update(state="accepted")
    first = see("progress_evidence", piece.pk)
    assert b"".join(first)
    again = browser().get(
        reverse("progress_evidence", args=[piece.pk]), headers={"If-None-Match": first["ETag"]}
    )
    assert (first.status_code, again.status_code) == (200, 304)
    assert first["Content-Disposition"].startswith("attachment")


def test_what_is_not_accepted_yet_is_not_told(world, report):
    _, shown, _ = world
    report(shown, "signed", text="还没有核验的说法")
    page = text_of(see("progress_task", shown.task.pk))
    assert "还没有核验的说法" not in page
    assert "正在办理" in page


def test_names_of_officials_and_reasons_of_returns_stay_inside(world, report):
    _, shown, _ = world
    returned = report(shown, "returned")
    page = text_of(see("progress_task", shown.task.pk))
    assert returned.remark not in page
    assert str(returned.written_by) not in page


def test_the_page_is_narrowed_to_one_unit(world, assignment, task, unit):
    running, shown, _ = world
    assignment(task(running, text="另一单位的任务。"), unit("卫健局"))
    page = text_of(see("progress_plan", running.pk, unit=shown.unit_id))
    assert "公开给大家看的任务" in page
    assert "另一单位的任务" not in page
    assert "教育局的总体情况" in page


def test_the_page_carries_the_tags_that_the_rules_ask_for(world):
    running, shown, _ = world
    page = text_of(see("progress_plan", running.pk))
    for tag in ("SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnType"):
        assert f'<meta name="{tag}" content="' in page
    page = text_of(see("progress_task", shown.task.pk))
    for tag in ("ArticleTitle", "PubDate", "ContentSource"):
        assert f'<meta name="{tag}" content="' in page


def test_overdue_is_said_in_plain_words(plan, task, assignment):
    running = plan()
    late = task(running, cycle="fixed", due_on=date(2021, 4, 1))
    assignment(late)
    assert "超过时限" in text_of(see("progress_plan", running.pk))


# --- messages of the public --------------------------------------------------------------------------


def say(running, text="希望尽快公开招生政策。", **more):
    return browser().post(reverse("progress_feedback", args=[running.pk]), {"text": text, **more})


def test_a_message_reaches_the_office_and_its_number_is_told(world, office, officer, unit):
    running, shown, _ = world
    answer = say(running, task=shown.task.pk, name="市民")
    found = Feedback.objects.get()
    page = text_of(browser().get(answer.url))
    assert f"<strong>{found.pk}</strong>" in page
    client = browser(office())
    assert "希望尽快公开招生政策" in text_of(client.get(reverse("feedbacks")))
    client.post(reverse("feedback", args=[found.pk]), {"reply": "已转教育局。"})
    found.refresh_from_db()
    assert found.reply == "已转教育局。"
    assert "已收到 1 条，已办理 1 条" in text_of(see("progress_plan", running.pk))


def test_the_reply_is_not_shown_to_the_public(world, office):
    running, shown, _ = world
    say(running, task=shown.task.pk)
    browser(office()).post(reverse("feedback", args=[Feedback.objects.get().pk]), {"reply": "内部处理说明"})
    for answer in (see("progress_plan", running.pk), see("progress_task", shown.task.pk)):
        assert "内部处理说明" not in text_of(answer)


def test_only_the_form_sets_a_cookie_for_its_token(world):
    running, *_ = world
    answer = see("progress_feedback", running.pk)
    assert set(answer.cookies) == {"csrftoken"}


def test_a_message_without_words_is_refused_and_nothing_is_lost(world):
    running, *_ = world
    answer = say(running, text="", name="热心市民")
    assert answer.status_code == 200
    assert "热心市民" in text_of(answer)
    assert not Feedback.objects.exists()


def test_a_machine_that_fills_the_hidden_field_is_thanked_and_forgotten(world):
    running, *_ = world
    assert say(running, website="http://spam.example").status_code == 302
    assert not Feedback.objects.exists()


def test_one_address_cannot_flood_the_box(world):
    running, *_ = world
    answers = [say(running, text=f"第{number}条留言，请查收。").status_code for number in range(7)]
    assert answers == [302] * 5 + [200] * 2
    assert Feedback.objects.count() == 5


def test_behind_a_proxy_each_citizen_has_an_address_of_their_own(world, settings):
    running, *_ = world
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    url = reverse("progress_feedback", args=[running.pk])

    def say_from(address):
        return browser().post(url, {"text": "希望尽快公开。"}, headers={"X-Forwarded-For": address})

    assert [say_from("198.51.100.7").status_code for _ in range(6)] == [302] * 5 + [200]
    assert say_from("198.51.100.8").status_code == 302


def test_a_message_cannot_be_tied_to_an_internal_task(world):
    running, _, hidden = world
    assert "没有这个选项" in text_of(say(running, task=hidden.task.pk))
    assert not Feedback.objects.exists()


def test_a_message_is_escaped_when_the_office_reads_it(world, office):
    running, *_ = world
    say(running, text="<script>alert('留言')</script>")
    page = text_of(browser(office()).get(reverse("feedback", args=[Feedback.objects.get().pk])))
    assert "<script>alert" not in page


def test_a_handled_message_cannot_be_handled_again(world, office):
    running, *_ = world
    say(running)
    url = reverse("feedback", args=[Feedback.objects.get().pk])
    client = browser(office())
    client.post(url, {"reply": "第一次"})
    assert "这条留言已经处理" in text_of(client.post(url, {"reply": "第二次"}))
    assert Feedback.objects.get().reply == "第一次"


def test_units_do_not_read_what_the_public_wrote(world, officer, unit):
    running, *_ = world
    say(running)
    client = browser(officer(unit()))
    assert client.get(reverse("feedbacks")).status_code == 403
    assert client.get(reverse("feedback", args=[Feedback.objects.get().pk])).status_code == 403


def test_the_menu_leads_to_the_form_of_the_newest_plan(world):
    running, *_ = world
    assert browser().get(reverse("progress_suggestions")).url == reverse(
        "progress_feedback", args=[running.pk]
    )


def test_a_number_in_the_address_is_only_ever_a_number(world):
    running, *_ = world
    page = text_of(browser().get(reverse("progress_thanks", args=[running.pk]), {"number": "<b>1</b>"}))
    assert "<b>1" not in page


def test_the_limit_of_messages_holds_for_an_hour_on_the_cache_of_the_site(world, settings):
    """The table of the cache forgets after five minutes what only `incr` has touched."""
    running, _, _ = world
    table = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "site_cache"}
    settings.CACHES = {"default": table}
    for place in range(5):
        assert say(running, f"第{place}条意见建议。").status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(expires) FROM site_cache")
        (until,) = cursor.fetchone()
    until = until if isinstance(until, datetime) else datetime.fromisoformat(until)
    assert until.replace(tzinfo=UTC) - datetime.now(UTC) > timedelta(minutes=50)
    assert "过一会儿再试" in text_of(say(running, "第六条意见建议。"))
