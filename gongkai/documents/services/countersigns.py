"""会签: a sensitive release waits until every unit that was asked agrees; one refusal sends it back."""

from datetime import datetime

from django.db import transaction

from gongkai.accounts.guards import locked, permit, said
from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.audit.services import record
from gongkai.documents.models import Countersign, Edition
from gongkai.documents.services.guards import WRITERS
from gongkai.documents.states import COUNTERSIGN, EDITABLE, EDITION, STAGES
from gongkai.rules.law import Refused

#: until then the writers may ask one more unit, or none any more
BEFORE = (*EDITABLE, *STAGES[: STAGES.index("countersign") + 1])


@transaction.atomic
def ask_countersign(edition: Edition, *, unit: Unit, by: User) -> Countersign:
    """Ask another unit for its consent (请求会签), before the edition is up for signature."""
    edition = locked(edition)
    permit(by, WRITERS, edition.paper.unit)
    if edition.state not in BEFORE:
        raise Refused(f"稿件状态为“{edition.get_state_display()}”，不能再请求会签")
    if unit.pk == edition.paper.unit_id:
        raise Refused("不需请本单位会签")
    if edition.countersigns.filter(unit=unit).exists():
        raise Refused(f"已请{unit}会签")
    row = Countersign.objects.create(edition=edition, unit=unit)
    record(edition, "请求会签", by=by, note=str(unit))
    return row


@transaction.atomic
def withdraw_countersign(countersign: Countersign, *, by: User) -> Edition:
    """No longer ask a unit (取消会签), while it has not answered."""
    edition = locked(countersign.edition)
    countersign = locked(countersign)
    permit(by, WRITERS, edition.paper.unit)
    if countersign.state != "asked" or edition.state not in BEFORE:
        raise Refused("该单位已答复或稿件已进入签发，不能取消会签")
    unit = countersign.unit
    countersign.delete()
    record(edition, "取消会签", by=by, note=str(unit))
    return _go_on(edition, by)


@transaction.atomic
def agree(countersign: Countersign, *, by: User, at: datetime, remark: str = "") -> Countersign:
    """A unit agrees (会签同意); the last one to agree sends the edition on to signature."""
    edition, countersign = _begin(countersign, "agree", by)
    _answer(countersign, by, at, remark.strip())
    record(edition, "会签同意", by=by, note=remark.strip(), unit=countersign.unit)
    _go_on(edition, by)
    return countersign


@transaction.atomic
def refuse(countersign: Countersign, *, reason: str, by: User, at: datetime) -> Countersign:
    """A unit does not agree (会签不同意): the edition goes back to who wrote it, with the reason."""
    edition, countersign = _begin(countersign, "refuse", by)
    remark = said(reason, "不同意的理由")
    _answer(countersign, by, at, remark)
    edition.state = EDITION.after(edition.state, "return")
    edition.returned_times += 1
    edition.save()
    record(edition, "会签不同意", by=by, note=remark, unit=countersign.unit)
    return countersign


def _begin(countersign: Countersign, code: str, by: User) -> tuple[Edition, Countersign]:
    """Lock the edition, then the row; both must be at their turn."""
    edition = locked(countersign.edition)
    countersign = locked(countersign)
    after = COUNTERSIGN.after(countersign.state, code)
    permit(by, COUNTERSIGN.acts[code].roles, countersign.unit)
    if edition.state != "countersign":
        raise Refused(f"稿件状态为“{edition.get_state_display()}”，还不能会签")
    countersign.state = after
    return edition, countersign


def _answer(countersign: Countersign, by: User, at: datetime, remark: str) -> None:
    countersign.by, countersign.at, countersign.remark = by, at, remark
    countersign.save()


def _go_on(edition: Edition, by: User) -> Edition:
    """On to signature, when nobody is left to be asked."""
    if edition.state == "countersign" and not edition.countersigns.exclude(state="agreed").exists():
        edition.state = EDITION.after(edition.state, "countersign")
        edition.save()
        record(edition, "会签完成", by=by)
    return edition
