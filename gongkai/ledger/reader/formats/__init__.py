"""Files into text and tables (提取): the kind is told from the content, the name is not believed."""

from gongkai.ledger.reader.formats.plain import decode, read_lines
from gongkai.ledger.reader.plan import Unreadable
from gongkai.ledger.reader.source import Source


def extract(content: bytes, name: str = "") -> Source:
    """Text and tables of a document of any kind (提取文件)."""
    return read_lines(decode(content))


def extract_text(text: str) -> Source:
    """Pasted text as a document (提取粘贴的文字)."""
    return read_lines(text)
