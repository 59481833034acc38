"""发信: ``manage deliver_mail``, for a timer of every few minutes: retries what the server refused."""

from typing import Any

from django.core.management.base import BaseCommand

from gongkai.frame.today import now
from gongkai.ledger.services.notices.mail import deliver_mail


class Command(BaseCommand):
    """Send the mail that is due (发信)."""

    help = "发出到期的提醒邮件，包括之前没发出、到了重试时间的。"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run, and print one line."""
        done = deliver_mail(now())
        self.stdout.write(f"发出邮件{done.sent}封，未发出{done.failed}封")
