"""内容检查: what the checks of text, record and attachments find in an edition."""

from gongkai.documents.models import Edition


def found_in(edition: Edition) -> list[object]:  # noqa: ARG001
    """To be joined with the checks of contents."""
    return []
