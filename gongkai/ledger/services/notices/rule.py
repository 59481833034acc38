"""按规则提醒: due soon, due today, overdue; unanswered supervision; mending; duties and releases."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from django.db.models import Q
from django.db.models.functions import Left
from django.urls import reverse

from gongkai.accounts.models import Role
from gongkai.ledger.models import Assignment, LookBackEntry, NightlyRun, Notice, Supervision
from gongkai.ledger.practice import REMINDERS, Reminder
from gongkai.ledger.services.notices.publishing import about_publishing, settle_publishing
from gongkai.ledger.services.notices.readers import Readers, keep, notice
from gongkai.ledger.states import Standing

BATCH = 1000


def raise_notices(today: date) -> int:
    """Raise what falls due by the rules since the last finished night (按规则提醒); how many are new.

    Nights that did not run are made up for; a second run on the same day finds everything told.
    """
    readers = Readers.load()
    since = _since(today)
    before = Notice.objects.count()
    publishing = list(about_publishing(readers, today))
    settle_publishing({each.key for each in publishing}, today)
    for wanted in (
        _deadlines(readers, since, today),
        _unanswered(readers, today),
        _unmended(readers, today),
        iter(publishing),
    ):
        while batch := list(islice(wanted, BATCH)):
            keep(batch)
    return Notice.objects.count() - before


def _since(today: date) -> date:
    """The last day that is dealt with already."""
    finished = NightlyRun.objects.filter(finished_at__isnull=False, on__lt=today).order_by("-on")
    return finished.values_list("on", flat=True).first() or today - timedelta(days=1)


def _deadlines(readers: Readers, since: date, today: date) -> Iterator[Notice]:
    """Reminders of deadlines; what waits for the office is not the unit's to hurry."""
    falling = Q()
    for rule in REMINDERS:
        shift = timedelta(days=rule.days)
        falling |= Q(due_on__gt=since - shift, due_on__lte=today - shift)
    found = (
        Assignment.objects.current()
        .filter(falling)
        .exclude(standing__in=(Standing.DONE, Standing.CHECKING))
        .order_by()
        .values_list(
            "pk", "due_on", "unit", "unit__parent", "unit__short_name", "task__number", Left("task__text", 40)
        )
    )
    for key, due_on, unit, parent, name, number, text in found.iterator(chunk_size=2000):
        rule = _newest(due_on, since, today)
        task = f"{number}. {text}" if number else text
        for reader in readers.of(unit, parent, rule.roles):
            yield notice(
                reader,
                key=f"due:{key}:{due_on}:{rule.days}",
                text=f"{name}：{task} {rule.words(due_on)}",
                link=reverse("assignment", args=[key]),
                today=today,
                assignment_id=key,
            )


def _newest(due_on: date, since: date, today: date) -> Reminder:
    """The most pressing of the rules that fell due in the time looked at."""
    fell = [rule for rule in REMINDERS if since < due_on + timedelta(days=rule.days) <= today]
    return max(fell, key=lambda rule: rule.days)


def _unanswered(readers: Readers, today: date) -> Iterator[Notice]:
    """Supervision whose day for the answer has passed: to the unit's people and to the office."""
    for each in Supervision.objects.unanswered(today).select_related("unit"):
        roles = {Role.OFFICER, Role.APPROVER, Role.OFFICE}
        for reader in readers.of(each.unit_id, each.unit.parent_id, roles):
            yield notice(
                reader,
                key=f"unanswered:{each.pk}:{each.answer_by}",
                text=f"{each}：应于{each.answer_by}前反馈，至今未反馈",
                link=each.get_absolute_url(),
                today=today,
                supervision=each,
            )


def _unmended(readers: Readers, today: date) -> Iterator[Notice]:
    """What a look back ordered to be mended and was not by its day."""
    late = LookBackEntry.objects.filter(state="ordered", mend_by__lt=today)
    for each in late.select_related("assignment__unit", "assignment__task"):
        unit = each.assignment.unit
        for reader in readers.of(unit.pk, unit.parent_id, {Role.OFFICER, Role.APPROVER, Role.OFFICE}):
            yield notice(
                reader,
                key=f"unmended:{each.pk}:{each.mend_by}",
                text=f"回头看整改逾期：{each.assignment}，应于{each.mend_by}前整改",
                link=reverse("lookback", args=[each.lookback_id]),
                today=today,
                assignment_id=each.assignment_id,
            )
