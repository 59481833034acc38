"""内容检查: what the checks of text, record and attachments find in an edition."""

from gongkai.documents.models import Edition
from gongkai.documents.services.checks import Found, check_edition


def found_in(edition: Edition) -> list[Found]:
    """What should be looked at before publication (内容检查)."""
    return check_edition(edition)
