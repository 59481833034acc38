"""结构化样式: kinds of papers with fields, rows and stages, declared as data and checked by one mechanism."""

from gongkai.rules.structured.checking import table_total, validate
from gongkai.rules.structured.declaration import (
    AMOUNTS,
    Declaration,
    Field,
    Layout,
    Sort,
    Stage,
    Table,
)
from gongkai.rules.structured.filing import Line, Summary, lines, summary, title_of
from gongkai.rules.structured.loading import Misdeclared, build, declaration, declarations
from gongkai.rules.structured.masking import masked, public_value
from gongkai.rules.structured.record import Fault, Record, Values, empty, normalise, rows_of, values_of
from gongkai.rules.structured.timing import (
    Slot,
    SlotState,
    due,
    is_withdrawn,
    public_row,
    row_until,
    rows_on,
    shown_until,
    slots,
)
from gongkai.rules.structured.values import shown

__all__ = [
    "AMOUNTS",
    "Declaration",
    "Fault",
    "Field",
    "Layout",
    "Line",
    "Misdeclared",
    "Record",
    "Slot",
    "SlotState",
    "Sort",
    "Stage",
    "Summary",
    "Table",
    "Values",
    "build",
    "declaration",
    "declarations",
    "due",
    "empty",
    "is_withdrawn",
    "lines",
    "masked",
    "normalise",
    "public_row",
    "public_value",
    "row_until",
    "rows_of",
    "rows_on",
    "shown",
    "shown_until",
    "slots",
    "summary",
    "table_total",
    "title_of",
    "validate",
    "values_of",
]
