"""附件类型: told by the first bytes, never by the sender's name."""

import io
import zipfile

from gongkai.rules.law import Refused

_STARTS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),  # the old office container: .doc, .xls, .wps, .et
)
_INSIDE = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("OFD.xml", "ofd"))
ALLOWED = "PDF、OFD、Word、Excel、PPT、WPS 文档和 JPG、PNG 图片"


def kind_of(content: bytes) -> str:
    """The ending under which the upload is kept (附件类型); refused where it is of no known kind.

    >>> kind_of(b"%PDF-1.7 ...")
    'pdf'
    """
    for start, ending in _STARTS:
        if content.startswith(start):
            return ending
    ending = _packed(content) if content.startswith(b"PK\x03\x04") else ""
    if not ending:
        raise Refused(f"附件只能是{ALLOWED}")
    return ending


def _packed(content: bytes) -> str:
    """The kind of an office document that is a zip; only the list of names is read, nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Refused("附件已损坏，打不开，请重新保存后再上传") from None
    for start, ending in _INSIDE:
        if any(name.startswith(start) for name in names):
            return ending
    return ""
