"""主动公开: catalogues and their rows, duties, findings on columns, guides."""

from gongkai.disclosure.models.catalogue import Catalogue, CatalogueRow, Field, RowChange, RowPaper
from gongkai.disclosure.models.duty import Duty, DutyEvent
from gongkai.disclosure.models.finding import ColumnFinding
from gongkai.disclosure.models.guide import Guide, Pilot

__all__ = [
    "Catalogue",
    "CatalogueRow",
    "ColumnFinding",
    "Duty",
    "DutyEvent",
    "Field",
    "Guide",
    "Pilot",
    "RowChange",
    "RowPaper",
]
