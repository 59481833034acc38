"""保管: errata, and papers that are not public and are looked at again."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.documents.models import Erratum, Paper
from gongkai.documents.services import keeping, way
from gongkai.rules.law import Refused

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2021-04-20T09:00", "2021-04-23"),
        ("2021-04-23T23:59", "2021-04-27"),  # Sunday 25 April is worked
        ("2021-04-30T08:00", "2021-05-08"),  # over the days off in May; Saturday 8 May is worked
    ],
)
def test_an_erratum_is_answered_within_three_working_days(live, received, due):
    moment = datetime.fromisoformat(received).replace(tzinfo=ZONE)
    row = keeping.receive_erratum(live(), text="联系电话有误", at=moment)
    assert str(row.due_on) == due


def test_the_keeper_of_the_paper_answers(live, officer, unit, acts, at):
    paper = live()
    row = keeping.receive_erratum(paper, text="“公示”误为“公式”", quote="公式", at=at)
    with pytest.raises(PermissionDenied):
        keeping.mend_erratum(row, reply="已更正", by=officer(unit()), at=at)
    with pytest.raises(Refused, match="处理结果"):
        keeping.mend_erratum(row, reply="", by=paper.created_by, at=at)
    row = keeping.mend_erratum(row, reply="已更正，感谢指正", by=paper.created_by, at=at)
    assert (row.state, row.handled_by, str(row.handled_on)) == ("mended", paper.created_by, "2021-04-20")
    assert acts(row) == ["收到纠错", "已更正"]
    with pytest.raises(Refused):
        keeping.decline_erratum(row, reply="无误", by=paper.created_by, at=at)


def test_what_is_about_no_paper_goes_to_the_office(live, office, at):
    row = keeping.receive_erratum(None, text="页面打不开", address="/nowhere/", at=at)
    with pytest.raises(PermissionDenied):
        keeping.decline_erratum(row, reply="已恢复", by=live().created_by, at=at)
    assert keeping.decline_erratum(row, reply="网址输入有误", by=office(), at=at).state == "declined"


@pytest.mark.parametrize("wrong", [{"text": " "}, {"text": "错", "contact": "1" * 61}, {"text": "\x00"}])
def test_an_erratum_that_says_nothing_or_too_much_is_refused(live, at, wrong):
    with pytest.raises(Refused):
        keeping.receive_erratum(live(), at=at, **wrong)
    assert not Erratum.objects.exists()


@pytest.fixture
def closed(draft, walk):
    """A signed paper that is not public, to be looked at on 20 April 2022."""
    edition = walk(draft(attribute="closed", ground="16-1", ground_note="内部事务"))
    return Paper.objects.get(pk=edition.paper_id)


def test_what_is_not_public_comes_up_after_a_year(closed):
    assert not keeping.reassess_due(date(2022, 4, 19)).exists()
    assert list(keeping.reassess_due(date(2022, 4, 20))) == [closed]


def test_what_stays_closed_comes_up_again(closed):
    day = date(2022, 4, 20)
    keeping.reassess(closed, attribute="closed", reason="仍属内部事务", by=closed.created_by, today=day)
    closed.refresh_from_db()
    assert (closed.reassess_on, closed.ground, closed.ground_note) == (
        date(2023, 4, 20),
        "16-1",
        "仍属内部事务",
    )


def test_what_may_be_public_now_can_be_published(closed, at, acts):
    row = keeping.reassess(
        closed, attribute="active", reason="已不需保密", by=closed.created_by, today=date(2021, 10, 8)
    )
    assert row.get_attribute_display() == "主动公开"
    edition = closed.editions.get()
    assert (edition.attribute, edition.ground) == ("active", "")
    edition = way.publish(edition, by=closed.created_by, at=at)
    closed.refresh_from_db()
    assert (edition.state, closed.state, closed.reassess_on) == ("live", "live", None)
    assert acts(closed) == ["评估公开属性"]


def test_a_look_without_reason_or_by_strangers_is_refused(closed, officer, unit, live):
    day = date(2022, 4, 20)
    with pytest.raises(Refused, match="评估理由"):
        keeping.reassess(closed, attribute="active", reason="", by=closed.created_by, today=day)
    with pytest.raises(PermissionDenied):
        keeping.reassess(closed, attribute="active", reason="可以公开", by=officer(unit()), today=day)
    public = live()
    with pytest.raises(Refused, match="第十八条"):
        keeping.reassess(public, attribute="active", reason="可以公开", by=public.created_by, today=day)
