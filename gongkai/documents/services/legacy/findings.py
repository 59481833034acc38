"""检查发现: what the checks found in a row of a manifest, for its report: counts, and the first in full."""

from collections import Counter
from collections.abc import Sequence

from gongkai.documents.models import LegacyRow
from gongkai.documents.services.checks import UNSEEN, WORDING, Found

#: so many are kept with a row; the page of the paper shows them all
MOST = 20


def list_findings(row: LegacyRow, found: Sequence[Found]) -> None:
    """Put what was found into the row's report (登记发现); the words are masked already."""
    row.findings = [
        {
            "place": each.place,
            "kind": each.kind,
            "text": each.text,
            "advice": each.suggestion,
            "grave": each.grave,
        }
        for each in found[:MOST]
    ]
    row.found = len(found)
    row.grave = sum(each.grave for each in found)
    row.unseen = sum(each.kind == UNSEEN for each in found)
    row.private = sum(each.personal and each.kind != UNSEEN for each in found)
    row.wording = row.found - row.private - row.unseen


def told_of(found: Sequence[Found], *, held: bool) -> str:
    """What somebody has to look at, in one sentence (须看的发现); *held* says that it came in as a draft.

    Slips of the pen and names in the properties of files only stand in the list of findings.
    """
    told = [each for each in found if each.grave or each.kind == WORDING or _is_private(each)]
    counts = Counter(each.kind for each in told)
    said = "、".join(f"{kind}{number}处" for kind, number in counts.items())
    grave = held and any(each.grave for each in found)
    return f"检查发现{said}" + ("，已作为草稿导入，请处理后发布" if grave else "") if said else ""


def _is_private(each: Found) -> bool:
    return each.personal and each.kind != UNSEEN
