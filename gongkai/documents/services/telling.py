"""变更登记: whatever changes what the public may find is told to the index and to the page cache."""

from collections.abc import Iterable

from gongkai.documents.models import Paper
from gongkai.frame import pages
from gongkai.search.services import note

NOUN = "paper"


def told(papers: Iterable[Paper]) -> None:
    """Tell index and page cache, inside the act's transaction, that these papers changed (登记变更)."""
    keys = sorted({paper.pk for paper in papers})
    if keys:
        note(NOUN, keys)
        pages.changed()
