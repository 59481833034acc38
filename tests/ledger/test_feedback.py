"""社会监督: messages of the public reach the office."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.ledger.models import Feedback, Notice
from gongkai.ledger.services.feedback import handle_feedback, receive_feedback
from gongkai.rules.law import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]

AT = datetime(2021, 4, 20, 1, 30, tzinfo=UTC)


def test_a_message_reaches_everybody_of_the_office_and_is_answered(plan, task, office, today, acts):
    mine = plan()
    reader = office()
    heard = receive_feedback(mine, text="公开的表格打不开。", task=task(mine), name="市民", at=AT)
    assert Notice.objects.filter(reader=reader, text__contains="公开的表格打不开").count() == 1
    handled = handle_feedback(heard, reply="已修复，感谢。", by=office(), today=today)
    assert (handled.handled_on, acts(heard)) == (today, ["收到留言", "处理留言"])
    with pytest.raises(Refused, match="已经处理"):
        handle_feedback(heard, reply="再答", by=office(), today=today)


@pytest.mark.parametrize(
    ("text", "words"), [("", "请填写"), ("好", "5至2000个字"), ("长" * 2001, "现有2001个字")]
)
def test_a_message_has_a_sensible_length(plan, text, words):
    with pytest.raises(Refused, match=words):
        receive_feedback(plan(), text=text, at=AT)
    assert not Feedback.objects.exists()


def test_messages_are_taken_on_what_is_public_alone(plan, task):
    for mine in (plan(public=False), plan(state="draft")):
        with pytest.raises(Refused, match="没有向社会公开"):
            receive_feedback(mine, text="请加快办理。", at=AT)
    mine = plan()
    for hidden in (task(mine, public=False), task()):
        with pytest.raises(Refused, match="不在公开的要点中"):
            receive_feedback(mine, text="请加快办理。", task=hidden, at=AT)


def test_only_the_office_answers_the_public(plan, officer, unit, today):
    heard = receive_feedback(plan(), text="请加快办理。", at=AT)
    with pytest.raises(PermissionDenied):
        handle_feedback(heard, reply="好的", by=officer(unit()), today=today)
