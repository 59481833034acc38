"""The way in (读取入口): bytes or text of a plan → `Plan`."""

from gongkai.ledger.reader.plan import Plan, Unreadable


def read_plan(content: bytes, name: str = "", year: int | None = None) -> Plan:  # noqa: ARG001
    """Read a plan from a document of any kind (读取文件)."""
    raise Unreadable("暂时无法读取这份文件。")


def read_text(text: str, year: int | None = None) -> Plan:  # noqa: ARG001
    """Read a plan from pasted text (读取粘贴的文字)."""
    raise Unreadable("暂时无法读取这段文字。")
