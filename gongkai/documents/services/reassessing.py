"""定期评估: what is not public is looked at again, and may be published then (条例第十八条)."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from gongkai.accounts.guards import locked, permit, said
from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.documents.models import Attribute, Edition, Paper, Reassessment
from gongkai.documents.services.guards import WRITERS
from gongkai.rules.attribute import lacking
from gongkai.rules.law import REGULATION, Refused
from gongkai.rules.validity import period, shifted

CITE = REGULATION.article("第十八条")


def next_look(today: date) -> date:
    """The day of the next look (下次评估之日); the regulation says 定期 and names no number of months."""
    return shifted(today, period("reassess").months)


def reassess_due(today: date) -> QuerySet[Paper]:
    """The papers not public that are to be looked at again by *today* (待评估)."""
    return Paper.objects.filter(state="draft", reassess_on__lte=today).order_by("reassess_on", "pk")


@transaction.atomic
def reassess(
    paper: Paper, *, attribute: str, reason: str, by: User, today: date, ground: str = ""
) -> Reassessment:
    """Look again at a paper that is not public (评估公开属性); what becomes public may then be published."""
    paper = locked(paper)
    permit(by, WRITERS, paper.unit)
    if paper.state != "draft" or paper.reassess_on is None:
        raise Refused("只有已签发、未公开的信息需要评估公开属性", CITE)
    why = said(reason, "评估理由")
    if attribute not in Attribute.values:
        raise Refused("请选择公开属性", CITE)
    kept = "" if attribute == Attribute.ACTIVE else ground or paper.ground
    note = "" if attribute == Attribute.ACTIVE else why
    for returned in lacking(attribute, kept, note):
        raise Refused(returned.text, returned.cite)
    _set(paper, attribute, kept, note)
    paper.reassess_on = None if attribute == Attribute.ACTIVE else next_look(today)
    paper.save()
    row = Reassessment.objects.create(paper=paper, attribute=attribute, reason=why, by=by, on=today)
    record(paper, "评估公开属性", by=by, note=f"{row.get_attribute_display()}：{why}")
    return row


def _set(paper: Paper, attribute: str, ground: str, note: str) -> None:
    edition = Edition.objects.select_for_update().filter(paper=paper, state="ready").first()
    for row in filter(None, (paper, edition)):
        row.attribute, row.ground, row.ground_note = attribute, ground, note
    if edition:
        edition.save()
