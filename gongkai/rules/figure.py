"""统计口径: a named figure that a room can measure, and that a task may be bound to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Measure(StrEnum):
    """What a figure's number means."""

    COUNT = "件"
    SHARE = "%"
    DAYS = "天"


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
