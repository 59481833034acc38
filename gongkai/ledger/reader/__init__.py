"""工作要点读取: a plan's file or text in, sections and tasks out. Pure: no Django, no database, no clock."""

from gongkai.frame.opening.unreadable import Unreadable
from gongkai.ledger.reader.plan import (
    Body,
    Deadline,
    DeadlineKind,
    Doubt,
    Plan,
    PlanTask,
    Role,
    Section,
    Span,
)
from gongkai.ledger.reader.read import read_plan, read_text

__all__ = [
    "Body",
    "Deadline",
    "DeadlineKind",
    "Doubt",
    "Plan",
    "PlanTask",
    "Role",
    "Section",
    "Span",
    "Unreadable",
    "read_plan",
    "read_text",
]
