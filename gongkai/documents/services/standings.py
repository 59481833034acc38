"""有效性的计算: facts are read from papers and relations, ``rules.validity`` judges, the result is stored."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.documents.models import Paper, Relation
from gongkai.documents.services.telling import told
from gongkai.documents.states import Departure
from gongkai.rules.validity import EFFECTS, Change, Facts, next_change, status_on

#: papers that still do what they say: on the site, or off it for another reason than an error
EFFECTIVE = Q(paper__state="live") | (Q(paper__state="left") & ~Q(paper__left_by=Departure.ERROR))
BATCH = 500


def facts_of(paper: Paper) -> Facts:
    """The days of a paper and what other papers did to it (有效性所依据的事实)."""
    return next(_facts([paper]))[1]


def effective_day(relation: Relation) -> date | None:
    """From when a relation holds (关联生效之日): its own day, else that of its paper."""
    paper = relation.paper
    return relation.effective_on or paper.commences_on or paper.made_on or _published(paper)


def refresh_standing(paper: Paper, *, today: date) -> Paper:
    """Derive the validity of one paper anew (更新有效性)."""
    _refresh([paper], today)
    return paper


def refresh_around(paper: Paper, *, at: datetime) -> None:
    """Derive anew the validity of a paper and of all that it bears upon (更新相关有效性)."""
    _refresh(lock_around([paper.pk]), timezone.localdate(at))
    paper.refresh_from_db(fields=["standing", "standing_until"])


def lock_around(keys: Iterable[int]) -> list[Paper]:
    """Lock these papers and all that they bear upon (锁定相关信息), always in the order of their keys.

    An act that locks several papers calls this before anything else: two acts that lock one paper after the
    other, or a paper after the chain of traces, may each wait for the other for ever.
    """
    asked = set(keys)
    touched = Relation.objects.filter(paper__in=asked, bond__in=EFFECTS, target__isnull=False)
    return lock_papers({*asked, *touched.values_list("target_id", flat=True)})


def lock_papers(keys: Iterable[int]) -> list[Paper]:
    """Lock these papers in the order of their keys (锁定)."""
    return list(Paper.objects.select_for_update().filter(pk__in=set(keys)).order_by("pk"))


def refresh_touched(papers: Iterable[Paper], *, today: date) -> None:
    """Derive the validity of these papers anew (更新一批有效性)."""
    _refresh(lock_papers(paper.pk for paper in papers), today)


def refresh_all(today: date) -> int:
    """Derive the validity of all papers anew (重算全部有效性); how many changed."""
    return _in_batches(Paper.objects.all().values_list("pk", flat=True), today)


def refresh_due(today: date) -> int:
    """Derive anew what changes by today (更新到期有效性); how many changed. Twice does no more."""
    due = Paper.objects.filter(standing_until__lte=today)
    return _in_batches(due.values_list("pk", flat=True), today)


def _in_batches(found: Iterable[int], today: date) -> int:
    keys, changed = list(found), 0
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            rows = Paper.objects.select_for_update().filter(pk__in=keys[start : start + BATCH]).order_by("pk")
            changed += len(_refresh(list(rows), today))
    return changed


def _refresh(papers: list[Paper], today: date) -> list[Paper]:
    """Store what the rules say of these papers; the papers whose standing changed."""
    changed, moved = [], []
    for paper, facts in _facts(papers):
        standing, until = status_on(facts, today).value, next_change(facts, today)
        if standing != paper.standing:
            changed.append(paper)
        if (standing, until) != (paper.standing, paper.standing_until):
            paper.standing, paper.standing_until = standing, until
            moved.append(paper)
    Paper.objects.bulk_update(moved, ["standing", "standing_until"], batch_size=BATCH)
    told(paper for paper in changed if paper.state != "draft")
    return changed


def _facts(papers: list[Paper]) -> Iterator[tuple[Paper, Facts]]:
    bonds: dict[int, list[Change]] = {}
    borne = Relation.objects.filter(EFFECTIVE, target__in=papers, bond__in=EFFECTS).select_related("paper")
    for relation in borne:
        change = Change(relation.bond, effective_day(relation), relation.paper.title)
        bonds.setdefault(relation.target_id or 0, []).append(change)
    for paper in papers:
        yield (
            paper,
            Facts(
                paper.made_on,
                _published(paper),
                paper.commences_on,
                paper.expires_on,
                tuple(bonds.get(paper.pk, ())),
            ),
        )


def _published(paper: Paper) -> date | None:
    return timezone.localdate(paper.published_at) if paper.published_at else None
