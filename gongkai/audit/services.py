"""办理留痕: the only writer of the chain."""

import hashlib
import json
from datetime import UTC
from typing import Any

from django.db import models, transaction

from gongkai.accounts.models import User
from gongkai.audit.models import ChainHead, Trace
from gongkai.frame.today import now


def link(previous: str, trace: Trace) -> str:
    """The hash (SHA-256, hex) of *trace* chained to the one before."""
    content = [
        trace.number,
        trace.at.astimezone(UTC).isoformat(timespec="microseconds"),
        trace.actor_id,
        trace.actor_name,
        trace.actor_unit,
        trace.subject_kind,
        trace.subject_id,
        trace.subject_name,
        trace.act,
        trace.note,
        trace.facts,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


@transaction.atomic
def record(
    subject: models.Model,
    act: str,
    *,
    by: User | None,
    note: str = "",
    facts: dict[str, Any] | None = None,
) -> Trace:
    """Write the trace of one act on *subject* (留痕); *by* None means the system itself.

    Runs in the caller's transaction: an act that fails leaves no trace, and the other way round.
    """
    head = ChainHead.objects.select_for_update().get_or_create(pk=1)[0]
    trace = Trace(
        number=head.number + 1,
        at=now(),
        actor=by,
        actor_name=str(by) if by else "系统",
        actor_unit=str(by.held[0].unit) if by and by.held else "",
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_name=str(subject)[:120],
        act=act,
        note=note,
        facts=facts or {},
        previous_hash=head.hash,
    )
    trace.hash = link(head.hash, trace)
    trace.save(force_insert=True)
    head.number, head.hash = trace.number, trace.hash
    head.save()
    return trace
