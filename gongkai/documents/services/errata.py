"""纠错: a reader points at a fault; the keeper mends it or says why not, within three working days."""

from datetime import datetime

from django.db import transaction

from gongkai.accounts.guards import fitting, locked, permit, said
from gongkai.accounts.models import Role, User
from gongkai.audit.services import record
from gongkai.documents.models import Erratum, Paper
from gongkai.documents.services.guards import day_of
from gongkai.documents.states import ERRATUM
from gongkai.rules import workdays
from gongkai.rules.calendars import with_estimate
from gongkai.rules.law import Instrument, Limit

#: 我为政府网站找错: three working days; seen second-hand, it reminds and never refuses
ANSWER = Limit(3, Instrument("政府网站发展指引", "国办发〔2017〕47号").article(""))


@transaction.atomic
def receive_erratum(
    paper: Paper | None,
    *,
    text: str,
    at: datetime,
    quote: str = "",
    contact: str = "",
    address: str = "",
) -> Erratum:
    """Take in what a reader says is wrong (收到纠错); it needs no name and no account."""
    row = Erratum(paper=paper, text=said(text, "问题说明"), quote=quote.strip(), contact=contact.strip())
    row.address, row.received_at = address.strip(), at
    row.due_on = workdays.last_day(day_of(at), ANSWER, calendar=with_estimate())
    fitting(row).save()
    record(row, "收到纠错", by=None, unit=paper.unit if paper else None)
    return row


@transaction.atomic
def mend_erratum(erratum: Erratum, *, reply: str, by: User, at: datetime) -> Erratum:
    """Say that the fault is mended (已更正)."""
    return _answer(erratum, "mend", reply, by, at)


@transaction.atomic
def decline_erratum(erratum: Erratum, *, reply: str, by: User, at: datetime) -> Erratum:
    """Say why nothing is to be mended (无需更正)."""
    return _answer(erratum, "decline", reply, by, at)


def _answer(erratum: Erratum, code: str, reply: str, by: User, at: datetime) -> Erratum:
    erratum = locked(erratum)
    if erratum.paper:
        permit(by, ERRATUM.acts[code].roles, erratum.paper.unit)
    else:
        permit(by, {Role.OFFICE})
    erratum.state = ERRATUM.after(erratum.state, code)
    erratum.reply = said(reply, "处理结果")
    erratum.handled_by, erratum.handled_on = by, day_of(at)
    erratum.save()
    record(erratum, ERRATUM.acts[code].label, by=by, note=erratum.reply)
    return erratum
