"""识别格式: what a file is by its content; its ending and what the browser says are not trusted."""

import zipfile
from typing import IO, Any

#: ending → media type of what may be served again
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ofd": "application/ofd",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "wps": "application/vnd.ms-works",
    "et": "application/vnd.ms-excel",
    "txt": "text/plain",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "html": "text/plain",  # never as a page of ours
    "htm": "text/plain",
    "zip": "application/zip",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS = {
    "pdf": (b"%PDF-",),
    "zip": (b"PK\x03\x04", b"PK\x05\x06"),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "doc": (_OLE,),
    "xls": (_OLE,),
    "wps": (_OLE, b"PK\x03\x04"),
    "et": (_OLE, b"PK\x03\x04"),
}
_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "ofd": "OFD.xml"}
_TEXTS = ("txt", "csv", "tsv", "html", "htm")
_HEAD = 4096
#: an honest office file unpacks to no more than this, and not to so many times its size
_UNPACKED, _TIMES = 300 * 2**20, 200


def fits(content: IO[Any] | Any, kind: str) -> bool:
    """Whether *content* is what the ending *kind* says (内容与格式相符)."""
    content.seek(0)
    head: bytes = content.read(_HEAD)
    content.seek(0)
    if kind in _PARTS:
        return _is_package(content, _PARTS[kind])
    if kind in _TEXTS:
        return _is_text(head)
    return head.lstrip(b"\r\n\t \xef\xbb\xbf" if kind == "pdf" else b"").startswith(_STARTS[kind])


def _is_package(content: IO[bytes], part: str) -> bool:
    """Whether it is a zip that holds *part* and is no zip bomb (压缩炸弹)."""
    try:
        with zipfile.ZipFile(content) as package:
            members = package.infolist()
            unpacked = sum(member.file_size for member in members)
            packed = sum(member.compress_size for member in members) or 1
            named = any(member.filename.lower() == part.lower() for member in members)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return False
    finally:
        content.seek(0)
    return named and unpacked <= _UNPACKED and unpacked / packed <= _TIMES


def _is_text(head: bytes) -> bool:
    """Whether it reads as text in an encoding that offices use (文本)."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\x00" not in head and not head.startswith((b"PK\x03\x04", b"%PDF-", _OLE))
