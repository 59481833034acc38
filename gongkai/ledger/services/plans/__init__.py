"""要点的编制: plans, sections, tasks and their steps, from draft to archive."""

from gongkai.ledger.services.milestones import set_milestones
from gongkai.ledger.services.plans.copying import copy_plan
from gongkai.ledger.services.plans.plan import (
    add_section,
    close_plan,
    create_plan,
    edit_plan,
    issue_plan,
    reopen_plan,
)
from gongkai.ledger.services.plans.task import add_task, bind_figure, edit_task, split_task, withdraw_task

__all__ = [
    "add_section",
    "add_task",
    "bind_figure",
    "close_plan",
    "copy_plan",
    "create_plan",
    "edit_plan",
    "edit_task",
    "issue_plan",
    "reopen_plan",
    "set_milestones",
    "split_task",
    "withdraw_task",
]
