"""审核环节: which reviews an edition needs is worked out from its facts, in the order of the house."""

from collections.abc import Iterator

from gongkai.accounts.models import Post, Role
from gongkai.agencies.models import Unit
from gongkai.documents.models import Attribute, Edition
from gongkai.documents.services.legality import helpers
from gongkai.documents.states import STAGES
from gongkai.rules.law import Refused
from gongkai.rules.legality import LEGALITY


def stages_of(edition: Edition) -> tuple[str, ...]:
    """The reviews that this edition needs, in their order (所需环节)."""
    return tuple(_needed(edition))


def stage_after(edition: Edition, stage: str) -> str:
    """The next review after *stage* (下一环节)."""
    order = STAGES.index(stage)
    return next(each for each in stages_of(edition) if STAGES.index(each) > order)


def _needed(edition: Edition) -> Iterator[str]:
    yield "unit_review"
    yield "secrecy"  # 条例第十七条: before every publication
    if edition.normative:
        yield "legal"  # 国办发〔2018〕115号
    if edition.for_government or _policy_kept_back(edition):
        yield "district"
    if edition.countersigns.exists():
        yield "countersign"
    yield "signing"


def _policy_kept_back(edition: Edition) -> bool:
    """A policy that is not to be public goes to those in charge of publicity first (国办发〔2016〕80号)."""
    return edition.normative and edition.attribute not in ("", Attribute.ACTIVE)


def legal_reviewer(unit: Unit) -> Unit:
    """Who reviews the legality of *unit*'s papers (合法性审核机构): its own body, else the district's.

    国办发〔2018〕115号: documents of departments, towns and streets go to their own body, else to the one
    that the district names.
    """
    posts = Post.objects.filter(role=Role.LEGAL, ended_on__isnull=True).select_related("unit")
    named = [post.unit for post in posts.order_by("unit__position", "id")]
    if not named:
        who = helpers()
        asked = f"请联系系统管理员{who}" if who else "请联系系统管理员"
        raise Refused(f"还没有合法性审核员，{asked}先设置这一岗位", LEGALITY.article(""))
    return next((each for each in named if each.pk == unit.pk), named[0])
