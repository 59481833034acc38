"""读取文件: any file that an officer uploads, told by its content, or refused in one clear sentence."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gongkai.documents.reading import docx, pdf, text, web, xlsx
from gongkai.documents.reading.readable import Readable
from gongkai.frame.opening.decoding import decode
from gongkai.frame.opening.kinds import Format, sniff
from gongkai.frame.opening.limits import MAX_BYTES, too_large
from gongkai.frame.opening.unreadable import Unreadable
from gongkai.rules.law import Refused

Upload = Path | str | bytes
_READERS: dict[Format, Callable[[bytes], Readable]] = {
    Format.DOCX: docx.read,
    Format.XLSX: xlsx.read,
    Format.PDF: pdf.read,
}
_PAGES = ("html", "htm")


def read_upload(upload: Upload, kind: str = "") -> Readable:
    """Read a file for writing (读取上传文件): docx (Word, WPS), pdf, html, xlsx, txt; else Refused.

    *kind* is the ending of its name and only tells a page from a text: all else is seen in the content.
    """
    with refusing():
        content = content_of(upload)
        found = sniff(content)
        if found in _READERS:
            return _READERS[found](content)
        return web.read(content) if is_page(content, kind) else text.read(content)


def content_of(upload: Upload) -> bytes:
    """The bytes of a file that is neither empty nor too large (文件内容)."""
    content = upload if isinstance(upload, bytes) else Path(upload).read_bytes()
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable("文件是空的，请换一份有内容的文件。")
    if len(content) > MAX_BYTES:
        raise too_large(f"超过 {MAX_BYTES // 1024 // 1024} MB")
    return content


def is_page(content: bytes, kind: str) -> bool:
    """Whether a text is a web page (网页)."""
    head = decode(content[:4000]).lstrip().lower()
    return kind.lower() in _PAGES or head.startswith(("<!doctype html", "<html", "<head", "<body"))


@contextmanager
def refusing() -> Iterator[None]:
    """What a reader cannot read is refused as every rule of this house refuses (统一拒绝)."""
    try:
        yield
    except Unreadable as reason:
        raise Refused(str(reason).rstrip("。")) from reason
    except RecursionError as reason:
        raise Refused("文件嵌套层次过深，无法读取，请另存后再上传") from reason
