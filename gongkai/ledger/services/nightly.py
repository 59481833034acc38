"""每日任务: the day's work, done once; run twice it does no harm, killed half-way it is made up for."""

from datetime import date

from django.db import transaction

from gongkai.audit.services import record
from gongkai.disclosure.services import nightly as disclosure
from gongkai.documents.services import nightly as documents
from gongkai.frame.today import now
from gongkai.ledger.models import NightlyRun
from gongkai.ledger.services.guards import locked
from gongkai.ledger.services.notices.mail import Sender, deliver_mail, send
from gongkai.ledger.services.notices.rule import raise_notices
from gongkai.ledger.services.reassigning import reassign_ended

#: what each count means, as the command prints it
LABELS = {
    "moved": "转由承继单位",
    "notices": "新提醒",
    "mailed": "发出邮件",
    "failed": "未发出邮件",
    "expired": "公示期满离线",
    "turned": "有效性变化",
    "expiring": "有效期将届满",
    "reassess": "待评估公开属性",
    **disclosure.LABELS,
}


def run_nightly(today: date, *, sender: Sender = send) -> dict[str, int]:
    """Do the day's work (每日任务): that of the rooms below, then notices and mail.

    Every part knows what it did before, so that nothing is done twice.
    """
    run = NightlyRun.objects.get_or_create(on=today)[0]
    work = documents.run_nightly(today) | disclosure.run_nightly(today)
    counts = {"moved": reassign_ended(today), "notices": raise_notices(today)}
    mail = deliver_mail(now(), sender)
    counts |= {"mailed": mail.sent, "failed": mail.failed} | work
    _finish(run, counts)
    return counts


@transaction.atomic
def _finish(run: NightlyRun, counts: dict[str, int]) -> None:
    """Keep the sum of all runs of the day; only the first one that finishes is worth a trace."""
    run = locked(run)
    first = run.finished_at is None
    run.finished_at = now()
    run.counts = {name: run.counts.get(name, 0) + number for name, number in counts.items()}
    run.save()
    if first:
        record(run, "每日任务", by=None, facts=counts)
