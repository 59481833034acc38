"""更新: a row that changed since it was brought in becomes a new edition; what people wrote here stays."""

from datetime import date, datetime

from gongkai.accounts.models import User
from gongkai.documents.models import ELEMENTS, Attachment, Content, Edition, LegacyOrigin
from gongkai.documents.services.legacy.making import address, fill, standing_of
from gongkai.documents.services.legacy.preparing import Prepared
from gongkai.documents.services.publication import put_live
from gongkai.documents.services.telling import told
from gongkai.documents.states import OPEN
from gongkai.rules.law import Refused

NOTE = "数据迁移更新"


def change(row: Prepared, origin: LegacyOrigin, *, by: User, at: datetime, today: date) -> None:
    """Bring a changed row in (更新); refused where somebody worked on the paper in the meantime."""
    paper = origin.paper
    if paper.state == "left":
        raise Refused("该信息已从网站撤下，未更新")
    edition = _waiting(origin) if _is_held(origin) else _next(origin, by, today)
    for name, value in row.entry.elements.items():
        setattr(edition, name, value)
    edition.save()
    fill([(row, edition)])
    address([(row.entry.path, paper)])
    paper.columns.add(*row.entry.columns)
    if row.shown:
        put_live(edition, by=by, at=at, note=NOTE)
        paper.refresh_from_db()
        paper.published_at = row.entry.published
    elif paper.state == "draft":
        for name in ELEMENTS:
            setattr(paper, name, getattr(edition, name))
    if not paper.borne.exists():
        paper.standing, paper.standing_until = standing_of(row.entry.elements, row.entry.published, today)
    paper.save()
    told([paper])
    origin.edition, origin.digest, origin.found = edition, row.entry.digest, len(row.entry.found)
    origin.save()


def _is_held(origin: LegacyOrigin) -> bool:
    """Whether what the last run made is still a draft, of a new paper or of one that stands on the site."""
    return origin.paper.state == "draft" or (origin.edition is not None and origin.edition.state == "draft")


def _waiting(origin: LegacyOrigin) -> Edition:
    """The draft that an earlier run left, untouched since then, emptied for the new text."""
    edition = origin.edition
    if edition is None or edition.state != "draft" or edition.version:
        raise Refused("导入后已有人办理过这份草稿，未覆盖")
    Content.objects.filter(edition=edition).delete()
    Attachment.objects.filter(edition=edition).delete()
    return Edition.objects.get(pk=edition.pk)


def _next(origin: LegacyOrigin, by: User, today: date) -> Edition:
    paper = origin.paper
    if paper.live_id != origin.edition_id:
        raise Refused("导入后已在本系统修订过，未覆盖")
    if paper.editions.filter(state__in=OPEN).exists():
        raise Refused("这条信息有在办的稿件，未覆盖")
    last = paper.editions.order_by("ordinal").last()
    ordinal = last.ordinal + 1 if last else 1
    return Edition(paper=paper, ordinal=ordinal, written_by=by, written_on=today, change_note=NOTE)
