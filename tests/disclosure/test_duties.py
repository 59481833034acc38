"""公开职责: laid on units, judged by what stands on the site, in a constant number of queries."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.disclosure.judging import judged, standing_of
from gongkai.disclosure.models import Duty
from gongkai.disclosure.services import duties as services
from gongkai.documents.models import Paper
from gongkai.documents.services.leaving import expire_due
from gongkai.rules.law import Refused
from tests.disclosure.conftest import TODAY
from tests.ledger.pages import browser, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("9")]
ZONE = ZoneInfo("Asia/Shanghai")


def moment(day):
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)


def test_a_duty_is_met_the_moment_its_paper_stands_on_the_site(duty, live):
    owed = duty(cycle="quarter")
    assert standing_of(owed, TODAY).standing == "red"
    live(owed.unit, columns=[owed.column], at=moment(TODAY))
    assert standing_of(owed, TODAY).standing == "met"


def test_a_paper_whose_time_of_publicity_ended_met_it_and_one_taken_back_did_not(duty, live):
    ended, taken = duty(cycle="quarter"), duty(cycle="quarter")
    before = date(2021, 4, 9)
    live(ended.unit, columns=[ended.column], at=moment(before), shown_until=date(2021, 4, 16))
    paper = live(taken.unit, columns=[taken.column], at=moment(before))
    Paper.objects.filter(pk=paper.pk).update(state="left", left_by="withdrawn")
    assert [standing_of(each, TODAY).standing for each in (ended, taken)] == ["met", "red"]
    assert expire_due(TODAY) == 1
    assert standing_of(ended, TODAY).standing == "met"


def test_a_neighbours_paper_does_not_meet_it(duty, live, unit):
    owed = duty(cycle="quarter")
    live(unit(), columns=[owed.column], at=moment(TODAY))
    assert standing_of(owed, TODAY).standing == "red"


def test_a_paper_published_before_midnight_here_counts_for_this_day(duty, live):
    """The database keeps another zone's hours: 2021-04-01 07:00 here is still March there."""
    owed = duty(cycle="quarter", starts_on=date(2021, 4, 1))
    live(owed.unit, columns=[owed.column], at=datetime(2021, 4, 1, 7, tzinfo=ZONE))
    assert standing_of(owed, TODAY).newest == date(2021, 4, 1)
    assert standing_of(owed, TODAY).standing == "met"


@pytest.mark.clause("10")
def test_the_approval_of_a_budget_sets_its_twenty_days_going(duty, officer, acts):
    owed = duty(limit="budget")
    clerk = officer(owed.unit)
    assert standing_of(owed, TODAY).standing == "idle"
    services.add_event(owed, on=date(2021, 3, 31), note="区人代会批准预算", by=clerk, today=TODAY)
    found = standing_of(owed, TODAY)
    assert (found.standing, found.due_on) == ("amber", date(2021, 4, 20))
    owed.refresh_from_db()
    assert (owed.standing, owed.due_on) == ("amber", date(2021, 4, 20))
    assert acts(owed) == ["登记起算事项"]


def test_an_event_of_tomorrow_or_of_a_neighbour_is_refused(duty, officer, unit):
    owed = duty()
    with pytest.raises(Refused, match="不能晚于今天"):
        services.add_event(owed, on=date(2021, 4, 21), note="", by=officer(owed.unit), today=TODAY)
    with pytest.raises(PermissionDenied):
        services.add_event(owed, on=TODAY, note="", by=officer(unit()), today=TODAY)


def test_a_keeper_belongs_to_the_unit(duty, office, officer, unit):
    owed = duty()
    with pytest.raises(Refused, match="不能作为责任人"):
        services.set_keeper(owed, keeper=officer(unit()), by=office())
    clerk = officer(owed.unit)
    assert services.set_keeper(owed, keeper=clerk, by=office()).keeper == clerk


def test_a_duty_without_a_place_is_refused(office, unit):
    with pytest.raises(Refused, match="栏目或者公开事项"):
        services.create_duty(by=office(), today=TODAY, title="无处公开", unit=unit(), starts_on=TODAY)


def test_the_night_writes_down_what_it_finds_and_twice_changes_nothing(duty):
    owed = duty(cycle="quarter")
    assert services.refresh_duties(TODAY) == 1
    assert services.refresh_duties(TODAY) == 0
    owed.refresh_from_db()
    assert (owed.standing, owed.checked_on) == ("red", TODAY)


def test_office_and_unit_see_the_same_rows(duty, office, officer):
    mine, other = duty(title="本单位职责", cycle="quarter"), duty(title="邻单位职责", cycle="quarter")
    everything = text_of(browser(office()).get(reverse("duties")))
    own = text_of(browser(officer(mine.unit)).get(reverse("duties")))
    assert "本单位职责" in everything
    assert "邻单位职责" in everything
    assert "本单位职责" in own
    assert "邻单位职责" not in own
    assert other.pk != mine.pk


def test_one_click_leads_from_a_red_row_to_the_missing_paper(duty, officer):
    owed = duty(cycle="quarter", paper_title="{单位}{年}年第{季}季度情况", form="", sort="report")
    page = text_of(browser(officer(owed.unit)).get(reverse("duties")))
    assert f"column={owed.column_id}&amp;unit={owed.unit_id}" in page
    link = reverse("paper_new")
    assert f'href="{link}?title=' in page
    answer = browser(officer(owed.unit)).get(
        link, {"title": owed.title_on(TODAY), "column": owed.column_id, "unit": owed.unit_id}
    )
    assert f"{owed.unit.short_name}2021年第二季度情况" in text_of(answer)


@pytest.mark.parametrize(
    "query", ["?standing=red", "?sort=-due_on", "?export=xlsx", "?standing=met&sort=unit"]
)
def test_the_board_filters_sorts_and_exports(duty, office, query):
    duty(cycle="quarter")
    assert browser(office()).get(reverse("duties") + query).status_code == 200


def test_the_board_asks_as_often_for_many_duties_as_for_few(
    unit, column, live, office, django_assert_num_queries
):
    places, homes = [column() for _ in range(3)], [unit() for _ in range(3)]
    for home in homes:
        live(home, columns=places)
    client, url = browser(office()), reverse("duties")

    def lay(number):
        Duty.objects.bulk_create(
            Duty(
                title=f"职责{each}",
                column=places[each % 3],
                unit=homes[each // 3 % 3],
                cycle="quarter",
                starts_on=date(2021, 1, 1),
            )
            for each in range(number)
        )

    def queries():
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    lay(60)
    few = queries()
    lay(1000)
    assert queries() == few <= 16
    with CaptureQueriesContext(connection) as seen:
        assert len(list(judged(Duty.objects.select_related("unit"), TODAY))) == 1060
    assert len(seen) == 4
