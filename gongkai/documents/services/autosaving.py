"""自动保存: what somebody typed and did not save is kept apart from the draft, so that nothing is lost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.documents.models import Edition, Typed
from gongkai.documents.services.guards import permit_edition
from gongkai.documents.states import EDITABLE
from gongkai.rules.law import Refused

#: so many unanswered copies of one person in one draft; the browser keeps what comes after them
MOST_COPIES = 20


@dataclass(frozen=True, slots=True)
class Sitting:
    """One page on which somebody writes (写稿页面): its mark, and the copy that it was begun from."""

    page: str = ""
    restored: int | None = None
    restored_at: datetime | None = None


@transaction.atomic
def autosave(
    edition: Edition,
    *,
    by: User,
    fields: dict[str, Any],
    at: datetime,
    version: int | None = None,
    sitting: Sitting | None = None,
) -> Typed:
    """Keep what *by* has typed so far on this page (自动保存); leaves no trace, it is not an act yet."""
    permit_edition(edition, "edit", by)
    if edition.state not in EDITABLE:
        raise Refused("稿件已送审，暂存内容未更新")
    page = sitting or Sitting()
    others = Typed.objects.filter(edition=edition, by=by).exclude(page=page.page)
    if others.count() >= MOST_COPIES:
        raise Refused(f"没有保存的内容已有 {MOST_COPIES} 份，请先恢复或放弃")
    stood = edition.version if version is None else version
    kept, _ = Typed.objects.update_or_create(
        edition=edition, by=by, page=page.page, defaults={"fields": fields, "version": stood, "at": at}
    )
    _taken_up(edition, by, page)
    return kept


@transaction.atomic
def settle(edition: Edition, *, by: User, sitting: Sitting) -> None:
    """A page was saved (已保存): its own copy goes, and the one it was begun from; others stay."""
    Typed.objects.filter(edition=edition, by=by, page=sitting.page).delete()
    _taken_up(edition, by, sitting)


def _taken_up(edition: Edition, by: User, sitting: Sitting) -> None:
    """A restored copy goes once its text is kept elsewhere, unless another page has written on since."""
    if sitting.restored is not None and sitting.restored_at is not None:
        Typed.objects.filter(edition=edition, by=by, pk=sitting.restored, at=sitting.restored_at).delete()


def copies_of(edition: Edition, user: User) -> list[Typed]:
    """What *user* typed into the edition and did not save, the newest first (暂存内容)."""
    return list(Typed.objects.filter(edition=edition, by=user).order_by("-at", "-pk"))


def typed_of(edition: Edition, user: User) -> Typed | None:
    """The newest of the copies (最近一份暂存内容)."""
    return next(iter(copies_of(edition, user)), None)


@transaction.atomic
def forget_typed(edition: Edition, *, by: User, copy: int) -> None:
    """Give up one copy of what was typed and not saved (放弃暂存)."""
    Typed.objects.filter(edition=edition, by=by, pk=copy).delete()
