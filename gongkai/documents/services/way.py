"""送审与签发: a draft goes through the reviews that its facts ask for, and is signed."""

from datetime import datetime
from typing import Literal

from django.db import transaction

from gongkai.accounts.guards import locked, said
from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.documents.models import Attribute, Edition, Legality, Review
from gongkai.documents.services.gates import other_hand, stop_at_gates
from gongkai.documents.services.guards import begin, day_of
from gongkai.documents.services.legality import ask_legality, close_legality
from gongkai.documents.services.papers import copy_elements
from gongkai.documents.services.publication import (
    check_moment,
    publish,
    publish_due,
    put_live,
    schedule,
    unschedule,
)
from gongkai.documents.services.reassessing import next_look
from gongkai.documents.services.stages import legal_reviewer, stage_after, stages_of
from gongkai.documents.states import EDITION

__all__ = [
    "amend_legal",
    "pass_district",
    "pass_legal",
    "pass_secrecy",
    "pass_unit",
    "publish",
    "publish_due",
    "recall",
    "refuse_legal",
    "schedule",
    "send_back",
    "sign",
    "stages_of",
    "submit",
    "unschedule",
]

HOLD: Literal["hold"] = "hold"


@transaction.atomic
def submit(edition: Edition, *, by: User, at: datetime) -> Edition:
    """Send a draft for review (提交审核); what lacks attribute or reading is returned (退文)."""
    edition = begin(edition, "submit", by)
    stop_at_gates(edition)
    edition.submitted_on = day_of(at)
    if "legal" in stages_of(edition) and edition.legal_unit is None:
        edition.legal_unit = legal_reviewer(edition.paper.unit)
    edition.round += 1
    edition.save()
    edition.countersigns.update(
        state="asked", remark="", by=None, at=None
    )  # what they see now is another text
    record(edition, "提交审核", by=by)
    return edition


@transaction.atomic
def recall(edition: Edition, *, by: User, at: datetime) -> Edition:
    """Take a draft back from review (撤回修改)."""
    edition = begin(edition, "recall", by)
    edition.submitted_on = None
    edition.save()
    close_legality(edition, Legality.Result.RECALLED, by=by, today=day_of(at))
    record(edition, "撤回修改", by=by)
    return edition


@transaction.atomic
def pass_unit(
    edition: Edition, *, by: User, at: datetime, proofread: bool = False, remark: str = ""
) -> Edition:
    """The unit's review is passed, by somebody who did not write (单位审核通过)."""
    other_hand(edition, by, "审核")
    return _pass(edition, "pass_unit", by, at, proofread=proofread, remark=remark)


@transaction.atomic
def pass_secrecy(
    edition: Edition, *, by: User, at: datetime, proofread: bool = False, remark: str = ""
) -> Edition:
    """The secrecy review is passed (保密审查通过): 条例第十七条, before every publication."""
    return _pass(edition, "pass_secrecy", by, at, proofread=proofread, remark=remark)


@transaction.atomic
def amend_legal(edition: Edition, *, reason: str, by: User, at: datetime) -> Edition:
    """The legality review finds what must be changed (应当予以修改)."""
    return _not_lawful(edition, "amend_legal", Legality.Result.AMEND, reason, by, at)


@transaction.atomic
def refuse_legal(edition: Edition, *, reason: str, by: User, at: datetime) -> Edition:
    """The legality review finds the paper unlawful (不合法)."""
    return _not_lawful(edition, "refuse_legal", Legality.Result.UNLAWFUL, reason, by, at)


def _not_lawful(
    edition: Edition, code: str, result: Legality.Result, reason: str, by: User, at: datetime
) -> Edition:
    edition = begin(edition, code, by)
    remark = said(reason, "审核意见")
    edition.returned_times += 1
    edition.save()
    _review(edition, "legal", by, at, passed=False, proofread=False, remark=f"{result.label}：{remark}")
    close_legality(edition, result, by=by, today=day_of(at), opinion=remark)
    record(edition, EDITION.acts[code].label, by=by, note=remark)
    return edition


@transaction.atomic
def pass_legal(
    edition: Edition, *, by: User, at: datetime, proofread: bool = False, remark: str = ""
) -> Edition:
    """The legality review is passed (合法性审核通过)."""
    close_legality(edition, Legality.Result.LAWFUL, by=by, today=day_of(at), opinion=remark)
    return _pass(edition, "pass_legal", by, at, proofread=proofread, remark=remark)


@transaction.atomic
def pass_district(
    edition: Edition, *, by: User, at: datetime, proofread: bool = False, remark: str = ""
) -> Edition:
    """The district office has no objection (区级审核通过)."""
    return _pass(edition, "pass_district", by, at, proofread=proofread, remark=remark)


@transaction.atomic
def send_back(edition: Edition, *, reason: str, by: User, at: datetime) -> Edition:
    """Give the draft back to who wrote it, with the reason (退回修改)."""
    stage = locked(edition).state
    edition = begin(edition, "return", by)
    remark = said(reason, "退回理由")
    edition.returned_times += 1
    edition.save()
    _review(edition, stage, by, at, passed=False, proofread=False, remark=remark)
    close_legality(edition, Legality.Result.AMEND, by=by, today=day_of(at), opinion=remark)
    record(edition, "退回修改", by=by, note=remark)
    return edition


@transaction.atomic
def sign(
    edition: Edition,
    *,
    by: User,
    at: datetime,
    when: datetime | Literal["hold"] | None = None,
    proofread: bool = False,
    remark: str = "",
) -> Edition:
    """Sign (签发): *when* None publishes at once, a moment schedules, ``hold`` leaves that to others.

    What is not to be public, and what waits for its release, is signed and held.
    """
    edition = locked(edition)  # attribute and release as they stand now
    other_hand(edition, by, "签发")
    held = edition.release_id is not None or edition.attribute != Attribute.ACTIVE
    if held or when == HOLD:
        return _signed(edition, "ready", by, at, None, proofread, remark)
    if isinstance(when, datetime):
        check_moment(when, at)
        return _signed(edition, "scheduled", by, at, when, proofread, remark)
    return put_live(_signed(edition, "live", by, at, None, proofread, remark), by=by, at=at)


def _pass(edition: Edition, code: str, by: User, at: datetime, *, proofread: bool, remark: str) -> Edition:
    """One review is passed: on to the next that the facts ask for."""
    kept = locked(edition)  # the row decides, not what a page or a caller still holds
    stage = kept.state
    to = stage_after(kept, stage) if stage in EDITION.acts[code].sources else ""
    edition = begin(kept, code, by, to)
    edition.save()
    ask_legality(edition, today=day_of(at))
    _review(edition, stage, by, at, passed=True, proofread=proofread, remark=remark)
    record(edition, EDITION.acts[code].label, by=by, note=remark.strip())
    return edition


def _signed(
    edition: Edition, to: str, by: User, at: datetime, when: datetime | None, proofread: bool, remark: str
) -> Edition:
    edition = begin(edition, "sign", by, to)
    stop_at_gates(edition)
    edition.publish_at = when
    if to == "live":
        edition.state = "ready"  # only one is live: put_live takes the former one off first
    edition.save()
    _review(edition, "signing", by, at, passed=True, proofread=proofread, remark=remark)
    record(
        edition, "签发", by=by, note=remark.strip(), facts={"publish_at": when.isoformat()} if when else None
    )
    if edition.attribute != Attribute.ACTIVE and edition.paper.state == "draft":
        _register_closed(edition, at)
    return edition


def _register_closed(edition: Edition, at: datetime) -> None:
    """What is not public is kept, and looked at again after a while (条例第十八条)."""
    paper = edition.paper
    copy_elements(edition, paper)
    paper.reassess_on = next_look(day_of(at))
    paper.save()


def _review(
    edition: Edition, stage: str, by: User, at: datetime, *, passed: bool, proofread: bool, remark: str
) -> None:
    row = Review(edition=edition, stage=stage, passed=passed, proofread=proofread, remark=remark.strip())
    row.by, row.at, row.round = by, at, edition.round
    row.save()
