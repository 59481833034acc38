"""工作台账: a plan's tasks, the assignments they make, and the work on them."""

from gongkai.ledger.models.feedback import Feedback
from gongkai.ledger.models.importing import PlanImport
from gongkai.ledger.models.lookback import LookBack, LookBackEntry
from gongkai.ledger.models.notice import NightlyRun, Notice
from gongkai.ledger.models.plan import Assignment, Milestone, Plan, Section, Task
from gongkai.ledger.models.report import Evidence, Extension, Report
from gongkai.ledger.models.supervision import Supervision, SupervisionStep, SupervisionYear

__all__ = [
    "Assignment",
    "Evidence",
    "Extension",
    "Feedback",
    "LookBack",
    "LookBackEntry",
    "Milestone",
    "NightlyRun",
    "Notice",
    "Plan",
    "PlanImport",
    "Report",
    "Section",
    "Supervision",
    "SupervisionStep",
    "SupervisionYear",
    "Task",
]
