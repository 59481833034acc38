"""成文内容: what a file of a paper holds: its text, and its record as the public may see it."""

from gongkai.documents import records
from gongkai.documents.models import Edition


def text_of(edition: Edition) -> str:
    """The text and the record of an edition as clean HTML (成文内容)."""
    return edition.content.html + records.render(edition)
