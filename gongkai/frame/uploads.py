"""上传与附件: what may come in, where it is kept, and how it goes out again."""

import hashlib
import re
import unicodedata
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404

from gongkai.frame.sniffing import KINDS, fits

MEGABYTE = 2**20
LIMIT = 20 * MEGABYTE
DOCUMENTS = ("pdf", "docx", "xlsx", "doc", "xls", "wps", "et", "ofd", "txt", "csv")
PICTURES = ("png", "jpg", "jpeg")


@dataclass(frozen=True, slots=True)
class Checked:
    """An upload that passed every check (已查验的附件): its clean name, kind, size and SHA-256."""

    name: str
    kind: str
    size: int
    sha256: str
    upload: "UploadedFile[Any]"

    def keep(self, folder: str) -> str:
        """Store it under a random name outside the web root (保存); gives the stored path."""
        self.upload.seek(0)
        return default_storage.save(f"{folder}/{uuid.uuid4().hex}.{self.kind}", self.upload)


def clean_name(given: str) -> str:
    """A name that is safe to show and to save under (文件名): no path, no control marks, not too long.

    >>> clean_name("../../etc/方案（终稿）.DOCX")
    '方案（终稿）.docx'
    """
    last = re.split(r"[\\/]", given)[-1]
    marks = unicodedata.normalize("NFC", last)
    kept = "".join(mark for mark in marks if not unicodedata.category(mark).startswith("C"))
    path = PurePath(re.sub(r'[<>:"|?*]', "_", kept).strip(". ") or "附件")
    return f"{path.stem[:80]}{path.suffix[:10].lower()}"


def check(upload: "UploadedFile[Any]", kinds: Collection[str], limit: int) -> Checked:
    """Look at size, ending and content (查验); a ValidationError says in one sentence what is wrong."""
    name = clean_name(upload.name or "")
    kind = PurePath(name).suffix.lstrip(".")
    size = upload.size or 0
    if kind not in kinds:
        raise ValidationError(f"“{name}”的格式不支持，请上传 {'、'.join(kinds)} 文件")
    if not size:
        raise ValidationError(f"“{name}”是空文件，请检查后重新上传")
    if size > limit:
        raise ValidationError(f"“{name}”有 {size / MEGABYTE:.1f} MB，超过了 {limit // MEGABYTE} MB 的上限")
    if not fits(upload, kind):
        raise ValidationError(f"“{name}”的内容不是 {kind} 格式，请用原来的软件另存后再上传")
    return Checked(name, kind, size, digest(upload), upload)


def digest(upload: "UploadedFile[Any]") -> str:
    """The SHA-256 of the content (校验值)."""
    upload.seek(0)
    total = hashlib.sha256()
    for chunk in upload.chunks():
        total.update(chunk)
    upload.seek(0)
    return total.hexdigest()


class UploadField(forms.FileField):
    """A file to upload (附件字段); its cleaned value is a ``Checked``."""

    def __init__(self, *, kinds: Collection[str] = DOCUMENTS, limit: int = LIMIT, **options: Any) -> None:
        self.kinds, self.limit = tuple(kinds), limit
        hint = f"支持 {'、'.join(self.kinds)}，不超过 {limit // MEGABYTE} MB"
        options.setdefault("help_text", hint)
        super().__init__(max_length=None, allow_empty_file=True, **options)
        self.widget.attrs["accept"] = ",".join(f".{kind}" for kind in self.kinds)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The checked upload, or None where none was given and none is needed."""
        given = super().clean(data, initial)
        return check(given, self.kinds, self.limit) if isinstance(given, UploadedFile) else None


def attachment(stored: str, name: str) -> FileResponse:
    """Serve a stored file as a download (下载附件), never to be drawn or run by the browser."""
    if not stored or not default_storage.exists(stored):
        raise Http404("附件不存在")
    answer = FileResponse(default_storage.open(stored), as_attachment=True, filename=clean_name(name))
    kind = PurePath(stored).suffix.lstrip(".")
    answer.headers["Content-Type"] = KINDS.get(kind, "application/octet-stream")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
