"""导入向导的办理: from a file to a plan, over rows that people check and correct."""

from gongkai.ledger.services.importing.changes import Comparison
from gongkai.ledger.services.importing.confirm import confirm_import
from gongkai.ledger.services.importing.directory import Directory
from gongkai.ledger.services.importing.door import Stale
from gongkai.ledger.services.importing.edit import (
    add_row,
    check_row,
    drop_row,
    edit_import,
    edit_row,
    merge_row,
    restore_row,
    split_row,
)
from gongkai.ledger.services.importing.names import answer_wordings
from gongkai.ledger.services.importing.review import Review
from gongkai.ledger.services.importing.revise import leave_changes
from gongkai.ledger.services.importing.sharing import share_task
from gongkai.ledger.services.importing.start import drop_import, start_import

__all__ = [
    "Comparison",
    "Directory",
    "Review",
    "Stale",
    "add_row",
    "answer_wordings",
    "check_row",
    "confirm_import",
    "drop_import",
    "drop_row",
    "edit_import",
    "edit_row",
    "leave_changes",
    "merge_row",
    "restore_row",
    "share_task",
    "split_row",
    "start_import",
]
