"""一键脱敏、一键更正: what the checks found is put right in one act, in the text and in the files."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.documents.models import Attachment, Content, Edition
from gongkai.documents.reading.change import Edit, changed
from gongkai.documents.reading.masking import MASKED, WRITERS, masked_file
from gongkai.documents.services.attachment_texts import keep_text
from gongkai.documents.services.attachments import FOLDER
from gongkai.documents.services.checks import Found, check_edition
from gongkai.documents.services.guards import begin
from gongkai.documents.services.papers import edit_edition
from gongkai.documents.services.records import mask_record
from gongkai.documents.services.wording import matcher
from gongkai.frame.uploads import digest
from gongkai.rules import slips
from gongkai.rules.law import Refused
from gongkai.rules.personal_data.grid import masked_grid
from gongkai.rules.personal_data.scan import find, mask

_LINES = ("title", "summary", "keywords")


@transaction.atomic
def mask_edition(edition: Edition, *, by: User, chosen: Collection[str] | None = None) -> Edition:
    """Mask the personal data of a draft at one click (一键脱敏): lines, text, tables, record, Word, Excel.

    *chosen* are keys of what was found; without it all is masked. Whatever a chosen place belongs to
    (title, text, record, an attachment) is masked as a whole. Nothing to mask is refused.
    """
    found = [each for each in check_edition(edition) if each.personal]
    if chosen is not None:
        found = [each for each in found if each.key in chosen]
    sources = {each.source for each in found}
    if not sources:
        raise Refused("没有需要脱敏的内容")
    files = [row for row in edition.attachments.all() if str(row.pk) in sources]
    closed = [row for row in files if row.kind not in WRITERS]
    if closed and len(closed) == len(sources):
        raise Refused(f"附件“{closed[0].title}”不能在系统里脱敏，请在原软件里处理后替换")
    edition = begin(edition, "edit", by)
    edition = _mask_lines(edition, sources, by)
    for row in files:
        if row.kind in WRITERS:
            _rewrite(row)
    record(edition, "一键脱敏", by=by, facts={"处": len(found)}, note=_told(found))
    return edition


def _mask_lines(edition: Edition, sources: set[str], by: User) -> Edition:
    named = [name for name in _LINES if name in sources]
    elements: dict[str, Any] = {name: mask(getattr(edition, name), kinds=MASKED) for name in named}
    html = _masked_html(edition) if "body" in sources else None
    if elements or html is not None:
        edition = edit_edition(edition, by=by, html=html, **elements)
    return mask_record(edition, by=by) if "record" in sources else edition


def _masked_html(edition: Edition) -> str:
    content = Content.objects.get(edition=edition)
    return changed(content.html, _masks, masked_grid)


def _masks(line: str) -> list[Edit]:
    return [(each.start, each.end, each.masked) for each in find(line, kinds=MASKED)]


def _rewrite(row: Attachment) -> None:
    """Put a masked file in the place of one (改写附件); what the old one is for others stays."""
    with default_storage.open(row.upload.name or "") as old:
        content = masked_file(old.read(), row.kind)
    upload = SimpleUploadedFile(f"x.{row.kind}", content)
    row.sha256, row.size = digest(upload), len(content)
    row.upload.name = default_storage.save(f"{FOLDER}/{row.sha256[:32]}.{row.kind}", ContentFile(content))
    row.save()
    keep_text(content, sha256=row.sha256, kind=row.kind)


def _told(found: list[Found]) -> str:
    """What was masked, by its places; the words themselves stand in no trace."""
    places = list(dict.fromkeys(each.place for each in found))
    more = f"等{len(places)}处" if len(places) > _FEW else ""
    return "、".join(places[:_FEW]) + more


_FEW = 5


@transaction.atomic
def fix_words(edition: Edition, *, by: User, chosen: Collection[str] | None = None) -> Edition:
    """Put wrong wordings and slips right at one click (一键更正), in title, summary and text of a draft.

    *chosen* are keys of what was found; only what has one right form is changed, and files are not.
    """
    fixable = [each for each in check_edition(edition) if each.right and each.source in ("body", *_LINES)]
    if chosen is not None:
        fixable = [each for each in fixable if each.key in chosen]
    if not fixable:
        raise Refused("没有可以自动更正的内容")
    wanted = {each.text for each in fixable}
    edition = begin(edition, "edit", by)
    fix = _fixing(wanted, edition.made_on or edition.written_on)
    sources = {each.source for each in fixable}
    elements: dict[str, Any] = {name: _put(getattr(edition, name), fix) for name in _LINES if name in sources}
    html = None
    if "body" in sources:
        html = changed(Content.objects.get(edition=edition).html, fix)
    edition = edit_edition(edition, by=by, html=html, **elements)
    pairs = dict.fromkeys(f"{each.text}→{each.right}" for each in fixable)
    record(edition, "一键更正", by=by, facts={"处": len(fixable)}, note="；".join(pairs)[:500])
    return edition


def _fixing(wanted: set[str], on: date | None) -> Callable[[str], list[Edit]]:
    words = matcher()

    def edits(line: str) -> list[Edit]:
        found = [(hit.start, hit.end, hit.term.right, hit.term.text) for hit in words.find(line, on=on)]
        found += [(fault.start, fault.end, fault.right, fault.text) for fault in slips.find(line)]
        kept: list[Edit] = []
        for start, end, right, text in sorted(found):
            if right and text in wanted and (not kept or start >= kept[-1][1]):
                kept.append((start, end, right))
        return kept

    return edits


def _put(line: str, fix: Callable[[str], list[Edit]]) -> str:
    for start, end, right in reversed(fix(line)):
        line = line[:start] + right + line[end:]
    return line
