"""旧网址: where an address of the older site leads now."""

from collections.abc import Iterable
from urllib.parse import unquote

from gongkai.documents.models import OldAddress

LONGEST = 300


def moved(path: str) -> str:
    """The new address of an old one (新网址), or nothing; asked with its query first, then without."""
    tried = list(dict.fromkeys(_ways(path)))
    known = OldAddress.objects.filter(path__in=tried).exclude(paper__state="draft").select_related("paper")
    found = {old.path: old.paper for old in known}
    return next((found[way].get_absolute_url() for way in tried if way in found), "")


def _ways(path: str) -> Iterable[str]:
    bare = path.partition("?")[0]
    for way in (path, unquote(path), bare, unquote(bare)):
        if 1 < len(way) <= LONGEST and "\x00" not in way:  # PostgreSQL refuses the sign even to be asked
            yield way
            yield way.lstrip("/")
