"""提醒: raised by rule and by acts, shown on the desk, sent once a day by e-mail."""

from gongkai.ledger.services.notices.mail import deliver_mail
from gongkai.ledger.services.notices.rule import raise_notices
from gongkai.ledger.services.notices.telling import mark_seen, remind

__all__ = ["deliver_mail", "mark_seen", "raise_notices", "remind"]
