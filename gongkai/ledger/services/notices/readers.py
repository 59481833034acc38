"""接收人: who is told, found for all units in one query."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone

from gongkai.accounts.models import Post, Role
from gongkai.ledger.models import Notice, Supervision

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Reader:
    """One person to be told (接收人), by mail too where an address is known."""

    key: int
    by_mail: bool


@dataclass(slots=True)
class Readers:
    """The people of all units by role (接收人名册)."""

    people: dict[tuple[int, str], set[Reader]] = field(default_factory=lambda: defaultdict(set))
    district: set[Reader] = field(default_factory=set)

    @classmethod
    def load(cls) -> "Readers":
        """Read the posts that are held now, of people who can sign in."""
        readers = cls()
        posts = Post.objects.filter(
            ended_on__isnull=True,
            user__is_active=True,
            role__in=(Role.OFFICER, Role.APPROVER, Role.OFFICE),
        )
        for unit, role, user, email in posts.values_list("unit", "role", "user", "user__email"):
            reader = Reader(user, bool(email))
            if role == Role.OFFICE:
                readers.district.add(reader)
            else:
                readers.people[unit, role].add(reader)
        return readers

    def of(self, unit: int, parent: int | None, roles: Iterable[str]) -> set[Reader]:
        """Those of *roles* in the unit, else in the unit above it; OFFICE means the district office."""
        found: set[Reader] = set()
        for role in roles:
            if role == Role.OFFICE:
                found |= self.district
            else:
                found |= self.people.get((unit, role)) or self.people.get((parent or 0, role)) or set()
        return found


def notice(
    reader: Reader,
    *,
    key: str,
    text: str,
    link: str,
    today: date,
    assignment_id: int | None = None,
    supervision: Supervision | None = None,
) -> Notice:
    """One notice, not yet saved (提醒); a mail is due from the morning of the day."""
    return Notice(
        reader_id=reader.key,
        key=key,
        text=text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…",
        link=link,
        raised_on=today,
        assignment_id=assignment_id,
        supervision=supervision,
        mail_due_at=start_of(today) if reader.by_mail else None,
    )


def start_of(day: date) -> datetime:
    """Midnight of *day* in the district's time zone (当日零时)."""
    return timezone.make_aware(datetime.combine(day, time.min))


def keep(notices: Iterable[Notice]) -> None:
    """Save those that are new; a key that somebody was told before is passed over (去重)."""
    Notice.objects.bulk_create(notices, batch_size=1000, ignore_conflicts=True)
