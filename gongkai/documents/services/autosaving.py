"""自动保存: what somebody typed and did not save is kept apart from the draft, so that nothing is lost."""

from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.documents.models import Edition, Typed
from gongkai.documents.services.guards import permit_edition
from gongkai.documents.states import EDITABLE
from gongkai.rules.law import Refused


@transaction.atomic
def autosave(
    edition: Edition, *, by: User, fields: dict[str, Any], at: datetime, version: int | None = None
) -> Typed:
    """Keep what *by* has typed so far (自动保存); leaves no trace, it is not an act yet."""
    permit_edition(edition, "edit", by)
    if edition.state not in EDITABLE:
        raise Refused("稿件已送审，暂存内容未更新")
    stood = edition.version if version is None else version
    kept, _ = Typed.objects.update_or_create(
        edition=edition, by=by, defaults={"fields": fields, "version": stood, "at": at}
    )
    return kept


def typed_of(edition: Edition, user: User) -> Typed | None:
    """What *user* typed into the edition and did not save (暂存内容)."""
    return Typed.objects.filter(edition=edition, by=user).first()


@transaction.atomic
def forget_typed(edition: Edition, *, by: User) -> None:
    """Give up what was typed and not saved (放弃暂存)."""
    Typed.objects.filter(edition=edition, by=by).delete()
