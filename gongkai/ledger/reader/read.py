"""The way in (读取入口): bytes or text of a plan → `Plan`, stage by stage."""

from gongkai.ledger.reader.formats import extract, extract_text
from gongkai.ledger.reader.plan import Plan
from gongkai.ledger.reader.understand import understand


def read_plan(content: bytes, name: str = "", year: int | None = None) -> Plan:
    """Read a plan from a document of any kind; its name is only a hint (读取文件)."""
    return understand(extract(content, name), year)


def read_text(text: str, year: int | None = None) -> Plan:
    """Read a plan from pasted text (读取粘贴的文字)."""
    return understand(extract_text(text), year)
