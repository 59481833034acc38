"""政府信息办理的门槛: which roles somebody holds towards an edition, and whether its state allows the act."""

from datetime import date, datetime

from django.utils import timezone

from gongkai.accounts.guards import locked, permit
from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Unit
from gongkai.audit.models import Trace
from gongkai.documents.models import Edition, Paper
from gongkai.documents.states import EDITION, PAPER

#: who of the own unit may write
WRITERS = frozenset({Role.OFFICER.value, Role.APPROVER.value})
#: the acts by which somebody becomes one of those who wrote an edition
WRITING = ("起草", "修改", "修订")


def unit_for(edition: Edition) -> Unit:
    """The unit whose people act on the edition now (办理单位): the legal reviewer's, while it is asked."""
    if edition.state == "legal" and edition.legal_unit:
        return edition.legal_unit
    return edition.paper.unit


def permit_edition(edition: Edition, code: str, by: User) -> None:
    """Let through only who may do this act on the edition at this stage (核对岗位)."""
    wanted = EDITION.acts[code].roles
    if code == "return":
        wanted = RETURNERS[edition.state]
    permit(by, wanted, unit_for(edition))


#: who may give an edition back, by where it stands; the own unit's head may at any time
RETURNERS = {
    "unit_review": WRITERS,
    "secrecy": frozenset({Role.SECRECY.value, Role.APPROVER.value}),
    "legal": frozenset({Role.LEGAL.value}),
    "district": frozenset({Role.OFFICE.value}),
    "countersign": frozenset({Role.APPROVER.value, Role.OFFICE.value}),
    "signing": frozenset({Role.APPROVER.value}),
    "ready": frozenset({Role.APPROVER.value, Role.OFFICE.value}),
}


def acts_open(edition: Edition, by: User) -> list[str]:
    """The codes of the acts that *by* may do on the edition now (可办事项): the buttons of its page."""
    held = by.roles_in(unit_for(edition))
    return [
        act.code
        for act in EDITION
        if edition.state in act.sources
        and held & (RETURNERS[edition.state] if act.code == "return" else act.roles)
    ]


def begin(edition: Edition, code: str, by: User, to: str = "") -> Edition:
    """Lock the edition, ask for the role, ask FLOW; the new state is set, not yet saved."""
    edition = locked(edition)
    after = EDITION.after(edition.state, code, to)
    permit_edition(edition, code, by)
    edition.state = after
    return edition


def begin_paper(paper: Paper, code: str, by: User) -> Paper:
    """Lock the paper, ask for the role, ask FLOW; the new state is set, not yet saved."""
    paper = locked(paper)
    after = PAPER.after(paper.state, code)
    permit(by, PAPER.acts[code].roles, paper.unit)
    paper.state = after
    return paper


def writers(edition: Edition) -> set[int]:
    """Those who wrote at this edition (起草人): who drafted it, and everybody who changed it since."""
    traces = Trace.objects.filter(
        subject_kind=edition._meta.label_lower, subject_id=str(edition.pk), act__in=WRITING
    )
    return {edition.written_by_id, *traces.exclude(actor=None).values_list("actor_id", flat=True)}


def last_writer(edition: Edition) -> int | None:
    """Who saved this edition last (最近保存人)."""
    traces = Trace.objects.filter(subject_kind=edition._meta.label_lower, subject_id=str(edition.pk))
    found = traces.filter(act__in=WRITING).order_by("-number").values_list("actor_id", flat=True)
    return found.first()


def day_of(at: datetime) -> date:
    """The day of a moment in the district's time zone (当日)."""
    return timezone.localdate(at)
