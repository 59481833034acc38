"""附件文字: the words of a file are read once, by its content, for searching, checking and reading aloud."""

from contextlib import suppress

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from gongkai.documents.models import Attachment, AttachmentText
from gongkai.documents.reading.masking import is_unseen
from gongkai.documents.reading.parts import parts_of
from gongkai.documents.services.telling import told
from gongkai.frame.uploads import PICTURES, Checked
from gongkai.rules.law import Refused


def keep_text(content: bytes, *, sha256: str, kind: str) -> AttachmentText | None:
    """Read a file's words and keep them (提取附件文字); what was read before is not read again."""
    if kind in PICTURES:
        return None
    known = AttachmentText.objects.filter(pk=sha256).first()
    if known:
        return known
    row = read_text(content, sha256=sha256, kind=kind)
    with suppress(IntegrityError), transaction.atomic():  # another upload of the same file was quicker
        row.save(force_insert=True)
    return row


def read_text(content: bytes, *, sha256: str, kind: str) -> AttachmentText:
    """A file's words, read and not kept (读取附件文字)."""
    row = AttachmentText(sha256=sha256)
    with suppress(Refused):
        row.parts = [[place, text] for place, text in parts_of(content, kind)]
    row.text = "\n".join(text for place, text in row.parts if not is_unseen(place))
    row.readable = bool(row.text.strip())
    return row


def keep_text_of(checked: Checked) -> AttachmentText | None:
    """Read the words of an upload (提取上传文件文字), before any row is locked: it may take a while."""
    checked.upload.seek(0)
    content = checked.upload.read()
    return keep_text(content, sha256=checked.sha256, kind=checked.kind)


def read_missing(limit: int = 100) -> int:
    """Read the files that nobody read yet, as an import leaves them (补提附件文字); how many were read."""
    unread = Attachment.objects.exclude(kind__in=PICTURES).exclude(sha256="")
    unread = unread.exclude(sha256__in=AttachmentText.objects.values("pk"))
    done = 0
    for row in unread.select_related("edition__paper").order_by("pk")[:limit]:
        stored = row.upload.name or ""
        if not stored or not default_storage.exists(stored):
            continue
        with default_storage.open(stored) as file:
            keep_text(file.read(), sha256=row.sha256, kind=row.kind)
        with transaction.atomic():
            told([row.edition.paper])
        done += 1
    return done
