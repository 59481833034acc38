"""选用引擎: the embedded index, or a server where the office names one."""

from functools import cache
from importlib import import_module
from pathlib import Path

from django.conf import settings

from gongkai.search.engines.interface import Engine


def engine() -> Engine:
    """The engine of this site (当前引擎)."""
    return _engine(settings.SEARCH_SERVER, str(settings.SEARCH_INDEX))


@cache
def _engine(server: str, folder: str) -> Engine:
    """Each engine's library is loaded only where it is used."""
    made: Engine
    if server:
        made = import_module("gongkai.search.engines.opensearch").OpenSearchEngine(server, Path(folder))
    else:
        made = import_module("gongkai.search.engines.tantivy").TantivyEngine(Path(folder))
    return made
