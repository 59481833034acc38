"""社会监督: what the public says reaches the office, and the office says what came of it."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.ledger.models import Feedback, Plan, Task
from gongkai.ledger.services.guards import fitting, locked, permit_office, said
from gongkai.ledger.services.notices.telling import tell_office
from gongkai.rules.law import Refused

SHORTEST, LONGEST = 5, 2000


@transaction.atomic
def receive_feedback(
    plan: Plan, *, text: str, at: datetime, task: Task | None = None, name: str = "", contact: str = ""
) -> Feedback:
    """Take a message of the public (收到留言); nobody has to give a name."""
    if not plan.public or plan.state == "draft":
        raise Refused("这份要点没有向社会公开")
    if task and (task.plan_id != plan.pk or not task.public):
        raise Refused("所选任务不在公开的要点中")
    feedback = Feedback(
        plan=plan, task=task, text=_words(text), name=name.strip(), contact=contact.strip(), received_at=at
    )
    fitting(feedback).save()
    tell_office(
        text=f"收到一条社会监督留言：{feedback}",
        key=f"feedback:{feedback.pk}",
        link=reverse("feedbacks"),
        today=timezone.localtime(at).date(),
    )
    record(feedback, "收到留言", by=None)
    return feedback


@transaction.atomic
def handle_feedback(feedback: Feedback, *, reply: str, by: User, today: date) -> Feedback:
    """Write down what came of a message (处理留言)."""
    feedback = locked(feedback)
    permit_office(by)
    if feedback.handled_on:
        raise Refused("这条留言已经处理")
    feedback.reply = said(reply, "处理结果")
    feedback.handled_by, feedback.handled_on = by, today
    fitting(feedback).save()
    record(feedback, "处理留言", by=by, note=feedback.reply)
    return feedback


def _words(text: str) -> str:
    text = said(text, "意见建议")
    if not SHORTEST <= len(text) <= LONGEST:
        raise Refused(f"意见建议应在{SHORTEST}至{LONGEST}个字之间，现有{len(text)}个字")
    return text
