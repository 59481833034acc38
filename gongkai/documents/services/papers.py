"""起草: papers are begun, written, placed in columns, revised and given up."""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.accounts.guards import fitting, locked, permit
from gongkai.accounts.models import Role, User
from gongkai.agencies.models import Unit
from gongkai.audit.services import record as trace
from gongkai.documents.models import ELEMENTS, Attachment, Column, Content, Edition, Paper
from gongkai.documents.reading.clean import clean, plain
from gongkai.documents.services.guards import WRITERS, begin, begin_paper
from gongkai.documents.services.serials import draw_code
from gongkai.documents.services.telling import told
from gongkai.documents.states import OPEN
from gongkai.rules.law import Refused

#: what else than the elements an edition may be given
FURTHER = ("change_note", "minor", "for_government", "legal_unit")
#: how a text names a picture among its own attachments
PICTURE = re.compile(r"/files/(\d+)/")
STALE = "这份稿件刚被他人保存过，您的内容已暂存，请核对后再保存"


@transaction.atomic
def create_paper(
    *, unit: Unit, title: str, by: User, today: date, columns: Iterable[Column] = (), **elements: Any
) -> Edition:
    """Begin a paper with its first draft (起草政府信息)."""
    permit(by, WRITERS, unit)
    return _begin(unit, title, by, today, columns, elements)


@transaction.atomic
def create_notice(
    *, unit: Unit, title: str, html: str, number: str, columns: Iterable[Column], by: User, today: date
) -> Edition:
    """Begin the notice of a result that the district office publishes itself (起草结果公告)."""
    permit(by, {Role.OFFICE})
    elements = {"html": html, "number": number, "sort": "announcement", "attribute": "active"}
    return _begin(unit, title, by, today, columns, {**elements, "made_on": today})


def _begin(
    unit: Unit, title: str, by: User, today: date, columns: Iterable[Column], elements: dict[str, Any]
) -> Edition:
    first = {"issuers": unit.name, **elements, "title": title.strip()}
    paper = Paper(unit=unit, code=draw_code(unit, today=today), created_by=by, created_on=today)
    edition = Edition(paper=paper, written_by=by, written_on=today)
    html, record = first.pop("html", ""), first.pop("record", None)
    _fill(edition, first)
    _copy(edition, paper)
    paper.save()
    edition.save()
    paper.columns.set(columns)
    _write(edition, html, record or {})
    trace(edition, "起草", by=by, unit=unit)
    return edition


@transaction.atomic
def edit_edition(
    edition: Edition,
    *,
    by: User,
    version: int | None = None,
    html: str | None = None,
    record: dict[str, Any] | None = None,
    **elements: Any,
) -> Edition:
    """Change a draft (修改); *version* is the number of saves on which the writer's page stood.

    What is not named stays. Elements are those of the model, and the names in FURTHER.
    """
    edition = begin(edition, "edit", by)
    if version is not None and version != edition.version:
        raise Refused(STALE)
    _fill(edition, elements)
    edition.version += 1
    edition.save()
    if html is not None or record is not None:
        _write(edition, html, record)
    if edition.paper.state == "draft":
        _copy(edition, edition.paper)
        edition.paper.save()
    trace(edition, "修改", by=by)
    return edition


@transaction.atomic
def place(paper: Paper, *, columns: Iterable[Column], by: User) -> Paper:
    """Say in which columns the paper stands (归入栏目); it takes effect at once."""
    paper = locked(paper)
    permit(by, WRITERS, paper.unit)
    chosen = list(columns)
    if any(column.closed_on for column in chosen):
        raise Refused("所选栏目已关闭，请另选栏目")
    paper.columns.set(chosen)
    told([paper])
    trace(paper, "归入栏目", by=by, note="、".join(column.name for column in chosen))
    return paper


@transaction.atomic
def revise(paper: Paper, *, by: User, today: date, minor: bool = False, note: str = "") -> Edition:
    """Begin a new draft from the edition that stands on the site (修订): text, record and attachments."""
    paper = begin_paper(paper, "revise", by)
    if paper.editions.filter(state__in=OPEN).exists():
        raise Refused("这条信息已有一份在办的稿件，请在该稿件上修改")
    last = paper.editions.order_by("ordinal").last()
    source = paper.live or last
    if source is None or last is None:
        raise Refused("这条信息还没有任何版本，不能修订")
    draft = Edition(paper=paper, ordinal=last.ordinal + 1, minor=minor, change_note=note.strip())
    draft.written_by, draft.written_on = by, today
    draft.for_government, draft.legal_unit = source.for_government, source.legal_unit
    _copy(source, draft)
    fitting(draft).save()
    _copy_content(source, draft)
    trace(draft, "修订", by=by, note=draft.change_note)
    return draft


@transaction.atomic
def drop(edition: Edition, *, by: User) -> Edition:
    """Give a draft up (作废); nothing is deleted."""
    edition = begin(edition, "drop", by)
    edition.save()
    trace(edition, "作废", by=by)
    return edition


def copy_elements(source: Edition, target: Paper | Edition) -> None:
    """Put the elements of an edition onto its paper, or onto another edition (复制要素)."""
    _copy(source, target)


def _copy(source: Edition, target: Paper | Edition) -> None:
    for name in ELEMENTS:
        setattr(target, name, getattr(source, name))


def _copy_content(source: Edition, draft: Edition) -> None:
    """Copy text and files; the pictures in the text are those of the copy."""
    keys = [row.pk for row in source.attachments.all()]
    rows = list(source.attachments.all())
    for row in rows:
        row.pk, row.edition = None, draft
    moved = dict(zip(keys, (row.pk for row in Attachment.objects.bulk_create(rows)), strict=True))
    kept = Content.objects.filter(edition=source).first() or Content()
    html = PICTURE.sub(lambda found: f"/files/{moved.get(int(found[1]), found[1])}/", kept.html)
    copied = Content(edition=draft, html=html, text=kept.text, record=kept.record)
    copied.sha256 = _digest(copied)
    copied.save()


def _fill(edition: Edition, elements: dict[str, Any]) -> None:
    """Put in what the writer typed; an unknown element is a fault of the caller."""
    unknown = elements.keys() - set(ELEMENTS) - set(FURTHER)
    if unknown:
        raise TypeError(f"not elements of an edition: {sorted(unknown)}")
    for name, value in elements.items():
        setattr(edition, name, value.strip() if isinstance(value, str) else value)
    if not edition.title:
        raise Refused("请填写标题")
    fitting(edition)


def _write(edition: Edition, html: str | None, record: dict[str, Any] | None) -> Content:
    """Keep the text, clean and plain, and the values of a structured paper (保存正文)."""
    content = Content.objects.filter(edition=edition).first() or Content(edition=edition)
    if html is not None:
        content.html = clean(html)
        content.text = plain(content.html)
    if record is not None:
        content.record = record
    content.sha256 = _digest(content)
    content.save()
    edition.content = content
    return content


def _digest(content: Content) -> str:
    said = content.html + json.dumps(content.record, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()
