"""What a file really is (识别文件类型), told from its first bytes."""

import io
import zipfile
from enum import StrEnum

from gongkai.frame.opening.unreadable import Unreadable


class Format(StrEnum):
    """Kinds of documents that can be read (文件类型)."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    HTML = "html"
    DELIMITED = "csv"
    TEXT = "text"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM\x00", b"II*\x00", b"MM\x00*", b"RIFF")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xfd7zXZ", b"BZh")


def sniff(content: bytes) -> Format:
    """The kind of a file by its content; text is looked at again once decoded (按内容识别)."""
    head = content[:1024]
    if content.startswith(_OLE):
        raise Unreadable(_ole_reason(content))
    if b"%PDF-" in head:
        return Format.PDF
    if content.startswith(b"PK"):
        return _packed(content)
    if content.startswith(_IMAGES):
        raise Unreadable("这是一张图片，没有可读取的文字，请提供可编辑的文件。")
    if content.startswith(_PACKED):
        raise Unreadable("这是压缩包，请解压后上传其中的文件。")
    if head.startswith((b"\x7fELF", b"MZ\x90")):
        raise Unreadable("这是程序文件，不是文档。")
    if head.lstrip().startswith(b"{\\rtf"):
        raise Unreadable("暂不支持 .rtf 文件，请另存为 .docx 后再上传。")
    return Format.TEXT


def _ole_reason(content: bytes) -> str:
    encrypted = "EncryptedPackage".encode("utf-16-le")
    if encrypted in content:
        return "文件设有密码，请取消密码后再上传。"
    return "这是旧版 Office 或 WPS 文件（.doc、.xls、.wps），请另存为 .docx 或 .xlsx 后再上传。"


def _packed(content: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError):
        raise Unreadable("文件已损坏或不完整，请重新保存后再上传。")
    if any(name.startswith("word/") for name in names):
        return Format.DOCX
    if any(name.startswith("xl/") for name in names):
        return Format.XLSX
    if "content.xml" in names:
        raise Unreadable("暂不支持 OpenDocument 文件，请另存为 .docx 或 .xlsx 后再上传。")
    raise Unreadable("这是压缩包，请解压后上传其中的文件。")
