"""单元格: a cell of a table as a file holds it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as a format module finds it: its words and its spread."""

    text: str
    rows: int = 1
    columns: int = 1
