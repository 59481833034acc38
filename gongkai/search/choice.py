"""选用引擎: the embedded index, or a server where the office names one."""

from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.db import connection

from gongkai.search.engines.interface import Engine


def engine() -> Engine:
    """The engine of this site (当前引擎). Each database has an index of its own: copies never mix."""
    named = connection.settings_dict
    mark = "|".join(str(named.get(part) or "") for part in ("ENGINE", "HOST", "PORT", "NAME"))
    return _engine(settings.SEARCH_SERVER, str(settings.SEARCH_INDEX), sha256(mark.encode()).hexdigest()[:8])


@cache
def _engine(server: str, folder: str, mark: str) -> Engine:
    """Each engine's library is loaded only where it is used."""
    place = Path(folder) / mark
    made: Engine
    if server:
        made = import_module("gongkai.search.engines.opensearch").OpenSearchEngine(server, place)
    else:
        made = import_module("gongkai.search.engines.tantivy").TantivyEngine(place)
    return made
