"""保管: re-assessment, errata and the yearly clean-up under one name."""

from gongkai.documents.services.cleanups import decide_cleanup, drop_cleanup, judge_entry, start_cleanup
from gongkai.documents.services.errata import decline_erratum, mend_erratum, receive_erratum
from gongkai.documents.services.reassessing import reassess, reassess_due

__all__ = [
    "decide_cleanup",
    "decline_erratum",
    "drop_cleanup",
    "judge_entry",
    "mend_erratum",
    "reassess",
    "reassess_due",
    "receive_erratum",
    "start_cleanup",
]
