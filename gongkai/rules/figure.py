"""统计口径: a named figure that a room can measure, and that a task may be bound to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Measure(StrEnum):
    """What a figure's number means."""

    COUNT = "件"
    SHARE = "%"
    DAYS = "天"
    AMOUNT = "万元"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figure, and of which time: a year up to a day; *unit_id* None means the whole district."""

    year: int
    today: date
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A measured value. *number* None: nothing to measure yet. *records_url* lists the records behind it."""

    number: Decimal | None
    records_url: str
    part: int | None = None
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A named figure (指标). *good* tells whether more (``up``) or less (``down``) is better."""

    code: str
    label: str
    measure: Measure
    definition: str
    value: Callable[[Scope], Value]
    good: str = "up"

    def meets(self, number: Decimal | None, target: Decimal | None) -> bool | None:
        """Whether *number* reaches *target*; None where either is missing."""
        if number is None or target is None:
            return None
        return number >= target if self.good == "up" else number <= target


def per_cent(part: int, whole: int) -> Decimal | None:
    """A share in per cent, to one place (百分比); None of nothing.

    >>> per_cent(1, 3), per_cent(0, 0)
    (Decimal('33.3'), None)
    """
    return rounded(Decimal(100 * part) / whole) if whole else None


def rounded(number: Decimal) -> Decimal:
    """To one decimal place, halves up (四舍五入)."""
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)
