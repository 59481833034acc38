"""Files into text and tables (提取): the kind is told from the content, the name is not believed."""

from collections.abc import Callable
from importlib import import_module

from gongkai.frame.opening.decoding import decode
from gongkai.frame.opening.kinds import Format, sniff
from gongkai.frame.opening.limits import MAX_BYTES, MAX_CHARS, too_large
from gongkai.frame.opening.unreadable import Unreadable
from gongkai.ledger.reader.formats.kinds import sniff_text
from gongkai.ledger.reader.formats.plain import read_lines
from gongkai.ledger.reader.source import Source

#: The module of each format, loaded when a file needs it: pasted text must not wait for PDF code.
_MODULES = {Format.DOCX: "docx", Format.XLSX: "xlsx", Format.PDF: "pdf"}
_TEXT_MODULES = {Format.HTML: "html", Format.DELIMITED: "delimited"}


def extract(content: bytes, name: str = "") -> Source:
    """Text and tables of a document of any kind (提取文件)."""
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable("文件是空的，请换一份有内容的文件。")
    if len(content) > MAX_BYTES:
        raise too_large(f"超过 {MAX_BYTES // 1024 // 1024} MB")
    kind = sniff(content)
    if kind in _MODULES:
        return _reader(_MODULES[kind])(content)
    return extract_text(decode(content), name)


def extract_text(text: str, name: str = "") -> Source:
    """Pasted text, or the text of a file, as a document (提取文字)."""
    if len(text) > MAX_CHARS:
        raise too_large("文字过多")
    kind = sniff_text(text, name)
    return _text_reader(_TEXT_MODULES[kind])(text) if kind in _TEXT_MODULES else read_lines(text)


def _reader(module: str) -> Callable[[bytes], Source]:
    reader: Callable[[bytes], Source] = import_module(f"{__name__}.{module}").read
    return reader


def _text_reader(module: str) -> Callable[[str], Source]:
    reader: Callable[[str], Source] = import_module(f"{__name__}.{module}").read
    return reader
