"""发信: one digest for each person and day, tried again when the mail server fails.

A notice is never lost: before each attempt its next one is already written down, and only a mail that the
server took is marked as sent. A run killed between the two sends the same mail again, under the same
Message-ID. Supervision does not wait for the next day's digest.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.ledger.models import Notice
from gongkai.ledger.practice import DEAD_SERVER, RETRIES
from gongkai.ledger.services.notices.readers import start_of

Sender = Callable[[EmailMessage], object]


@dataclass(slots=True)
class Delivered:
    """What a run of the mail did (发信结果)."""

    sent: int = 0
    failed: int = 0


def send(message: EmailMessage) -> object:
    """Send by the mail server of the settings (发信)."""
    return message.send()


def deliver_mail(now: datetime, sender: Sender = send) -> Delivered:
    """Send what is due (发信); one reader's fault stops nobody else, a dead server stops the run."""
    result, dead = Delivered(), 0
    for reader in User.objects.filter(pk__in=_due(now).order_by().values("reader")).order_by("pk"):
        notices = _claim(reader, now)
        if not notices:
            continue
        try:
            sender(_digest(reader, notices, now))
        except Exception as fault:  # whatever a mail server does must not stop the others
            _failed(notices, fault)
            result.failed += 1
            dead = dead + 1 if isinstance(fault, ConnectionError | TimeoutError) else 0
            if dead >= DEAD_SERVER:
                break
        else:
            _rows(notices).update(mailed_at=now, mail_due_at=None, fault="")
            result.sent += 1
            dead = 0
    return result


def _due(now: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(mailed_at__isnull=True, mail_due_at__lte=now, reader__is_active=True)


@transaction.atomic
def _claim(reader: User, now: datetime) -> list[Notice]:
    """The notices of one reader's mail; each now counts this attempt and waits for the next."""
    mine = _due(now).filter(reader=reader)
    today = start_of(timezone.localtime(now).date())
    if Notice.objects.filter(reader=reader, mailed_at__gte=today).exists():
        mine = mine.filter(supervision__isnull=False)
    notices = list(mine.order_by("raised_on", "pk").select_for_update(of=("self",), skip_locked=True))
    for each in notices:
        wait = RETRIES[each.attempts] if each.attempts < len(RETRIES) else None
        each.attempts += 1
        each.mail_due_at = now + wait if wait else None
    Notice.objects.bulk_update(notices, ["attempts", "mail_due_at"], batch_size=500)
    return notices


def _failed(notices: Sequence[Notice], fault: Exception) -> None:
    """Write down what went wrong, and where no attempt is left say so."""
    words = f"{type(fault).__name__}: {fault}"[:200]
    _rows(notices).filter(mail_due_at__isnull=False).update(fault=words)
    _rows(notices).filter(mail_due_at__isnull=True).update(fault=f"重试{len(RETRIES)}次仍未发出：{words}")


def _rows(notices: Sequence[Notice]) -> QuerySet[Notice]:
    return Notice.objects.filter(pk__in=[each.pk for each in notices])


def _digest(reader: User, notices: Sequence[Notice], now: datetime) -> EmailMessage:
    """One letter with all of them (提醒邮件)."""
    site = settings.SITE
    scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
    day = timezone.localtime(now).date()
    lines = [f"{reader}：", "", f"您有{len(notices)}件事项需要处理：", ""]
    for place, each in enumerate(notices, start=1):
        lines += [f"{place}. {each.text}", f"   {scheme}://{site['domain']}{each.link}"]
    lines += ["", site["office_short"], str(day)]
    domain = site["domain"].partition(":")[0]
    return EmailMessage(
        subject=f"政务公开待办提醒：{len(notices)}件",
        body="\n".join(lines),
        to=[reader.email],
        headers={"Message-ID": f"<notices-{reader.pk}-{notices[0].pk}-{notices[-1].pk}@{domain}>"},
    )
