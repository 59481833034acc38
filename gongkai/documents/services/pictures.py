"""插图: measured when they come in, so that pages keep room for them, and lightened where they are heavy."""

from dataclasses import replace
from hashlib import sha256

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.documents.models import Attachment
from gongkai.documents.reading.pictures import lighter, size_of
from gongkai.frame.uploads import PICTURES, Checked

NONE = (None, None)


def measured(checked: Checked) -> tuple[int, int] | tuple[None, None]:
    """How wide and how high an uploaded picture stands (图片尺寸); nothing for another file."""
    return size_of(_content(checked)) or NONE if checked.kind in PICTURES else NONE


def lightened(checked: Checked) -> Checked:
    """The picture no heavier than a page needs (压缩插图)."""
    if checked.kind not in PICTURES:
        return checked
    content = _content(checked)
    made = lighter(content, checked.kind)
    if made is content:
        return checked
    upload = SimpleUploadedFile(checked.name, made)
    return replace(checked, size=len(made), sha256=sha256(made).hexdigest(), upload=upload)


def measure_missing(limit: int = 500) -> int:
    """Measure the pictures that nobody measured yet, as an import leaves them (补量图片); how many."""
    unread = Attachment.objects.filter(kind__in=PICTURES, width=None).order_by("pk")
    done = 0
    for row in unread[:limit]:
        stored = row.upload.name or ""
        if not stored or not default_storage.exists(stored):
            continue
        with default_storage.open(stored) as file:
            size = size_of(file.read())
        if size:
            Attachment.objects.filter(pk=row.pk).update(width=size[0], height=size[1])
            done += 1
    return done


def _content(checked: Checked) -> bytes:
    checked.upload.seek(0)
    content: bytes = checked.upload.read()
    checked.upload.seek(0)
    return content
