"""待办: the editions on which somebody may decide now, and what else of papers waits on a desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from gongkai.accounts.models import Role, User
from gongkai.documents.models import Countersign, Edition, Erratum, Paper, Release
from gongkai.documents.models.paper import EditionQuerySet
from gongkai.documents.states import EDITABLE

#: which roles decide at which stage
DECIDES = {
    "unit_review": (Role.OFFICER, Role.APPROVER),
    "secrecy": (Role.SECRECY,),
    "signing": (Role.APPROVER,),
    "ready": (Role.APPROVER, Role.OFFICER),
}
WRITERS = (Role.OFFICER, Role.APPROVER)
#: so many rows stand on the desk itself
SHOWN = 5
#: so many days before its end a publicity term is shown as ending
ENDING = 7


@dataclass(frozen=True, slots=True)
class PaperDesk:
    """What of papers waits on one person's desk (工作台上的稿件)."""

    waiting: list[Edition]
    waiting_total: int
    mine: list[Edition]
    errata: int
    errata_late: int
    reassess: int
    held: list[Release]


def waiting_for(user: User) -> EditionQuerySet:
    """The editions on which *user* may decide now (待我审核): by stage, role and unit."""
    found = Q(pk__in=[])
    for stage, roles in DECIDES.items():
        units = units_held(user, roles)
        found |= Q(state=stage, paper__unit__in=units) if units else Q(pk__in=[])
    legal, approves = units_held(user, (Role.LEGAL,)), units_held(user, (Role.APPROVER,))
    if legal:
        found |= Q(state="legal", legal_unit__in=legal)
    if user.has_role(Role.OFFICE):
        found |= Q(state="district")
    if approves:
        asked = Countersign.objects.filter(unit__in=approves, state="asked", edition__state="countersign")
        found |= Q(pk__in=asked.values("edition"))
    own = Q(state="unit_review", written_by=user)  # somebody else must look at what one wrote
    kept = Q(state="ready") & ~Q(attribute="active")  # signed and not to be published: nothing waits
    return Edition.objects.visible_to(user).filter(found).exclude(own | kept)


def ending(rows: QuerySet[Paper], today: date) -> QuerySet[Paper]:
    """Those of *rows* on the site whose publicity term ends within days (公示即将期满)."""
    return rows.filter(state="live", shown_until__range=(today, today + timedelta(days=ENDING)))


def units_held(user: User, roles: Iterable[str]) -> list[int]:
    """The units, with those below and merged into them, in which *user* holds one of *roles* by a post."""
    held = [post for post in user.held if post.role in roles]
    return [unit.pk for unit in user.units() if any(post.covers(unit) for post in held)] if held else []


def paper_desk(user: User, today: date) -> PaperDesk | None:
    """The papers of a desk (工作台上的稿件); None for somebody who neither writes nor reviews."""
    if not user.has_role(*WRITERS, Role.SECRECY, Role.LEGAL, Role.OFFICE):
        return None
    waiting = waiting_for(user).select_related("paper__unit", "written_by").order_by("submitted_on", "pk")
    mine = Edition.objects.filter(written_by=user, state__in=EDITABLE).select_related("paper__unit")
    answers = user.has_role(*WRITERS, Role.OFFICE)
    errata = Erratum.objects.visible_to(user).filter(state="open") if answers else Erratum.objects.none()
    looked = Paper.objects.visible_to(user).filter(state="draft", reassess_on__lte=today)
    return PaperDesk(
        list(waiting[:SHOWN]),
        waiting.count(),
        list(mine.order_by("-state", "-pk")[:SHOWN]),
        errata.count(),
        errata.filter(due_on__lt=today).count(),
        looked.count() if answers else 0,
        list(_held(user)) if answers else [],
    )


def _held(user: User) -> QuerySet[Release]:
    """The releases that could not go out at their hour and that *user* may lead (到时未发的批次)."""
    found = Release.objects.held_up().order_by("embargo_until", "pk")
    return found if user.has_role(Role.OFFICE) else found.filter(unit__in=units_held(user, WRITERS))
