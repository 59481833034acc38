"""Tasks from tables (表格任务)."""

from gongkai.ledger.reader.draft import Context, Draft
from gongkai.ledger.reader.flow import Flow
from gongkai.ledger.reader.marks import Mark
from gongkai.ledger.reader.source import Source, Table


def read_tables(
    source: Source, tables: list[Table], flow: Flow, marks: list[Mark], context: Context
) -> list[Draft]:
    """Tasks of all tables, in document order."""
    return []
