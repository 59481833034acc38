"""版本比较: what changed between two texts, paragraph by paragraph and sign by sign. Pure: no Django."""

from gongkai.documents.comparing.compare import Comparison, Kind, Row, compare, compare_texts
from gongkai.documents.comparing.pieces import Change, Piece
from gongkai.documents.comparing.show import show, summary

__all__ = [
    "Change",
    "Comparison",
    "Kind",
    "Piece",
    "Row",
    "compare",
    "compare_texts",
    "show",
    "summary",
]
