"""办理留痕: the only writer of the chain."""

from typing import Any

from django.db import models, transaction

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.audit.chain import clean, lasting, link
from gongkai.audit.models import ChainHead, Trace
from gongkai.frame import pages
from gongkai.frame.today import now

SYSTEM = "系统"


@transaction.atomic
def record(
    subject: models.Model,
    act: str,
    *,
    by: User | None,
    note: str = "",
    facts: dict[str, Any] | None = None,
    unit: Unit | None = None,
) -> Trace:
    """Write the trace of one act on *subject* (留痕); *by* None means the system itself.

    Runs in the caller's transaction: an act that fails leaves no trace, and the other way round.
    Every act may show somewhere, so public pages kept from before it are dropped with it.
    *unit* is the unit on whose behalf somebody with several posts acts; else that of the first post.
    """
    head = ChainHead.objects.select_for_update().get_or_create(pk=1)[0]
    acting = unit or (by.held[0].unit if by and by.held else None)
    trace = Trace(
        number=head.number + 1,
        at=now(),
        actor=by,
        actor_name=clean(str(by) if by else SYSTEM)[:40],
        unit=acting,
        actor_unit=clean(str(acting) if acting else "")[:80],
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_name=clean(str(subject))[:120],
        act=act,
        note=clean(note),
        facts=lasting(facts or {}),
        previous_hash=head.hash,
    )
    trace.hash = link(head.hash, trace)
    trace.save(force_insert=True)
    head.number, head.hash = trace.number, trace.hash
    head.save()
    if not isinstance(subject, User):  # no public page shows who signed in
        pages.changed()
    return trace
