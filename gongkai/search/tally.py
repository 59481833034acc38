"""检索计数: what is looked for, counted without any trace of who looked or from where."""

from threading import Lock
from time import monotonic

from gongkai.frame.today import today
from gongkai.rules.personal_data.scan import find
from gongkai.search.services import count_searches
from gongkai.search.units import fold

LONGEST = 40
FLUSH_AFTER, FLUSH_EVERY = 40, 60.0


class Tally:
    """Counts kept in the process and written now and then (检索计数): a search itself writes nothing."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counted: dict[str, tuple[str, int, int]] = {}
        self._since = monotonic()

    def add(self, words: str, found: int) -> None:
        """Count one search (计一次); one that holds personal data is not kept at all."""
        words = " ".join(words.split())
        if not words or len(words) > LONGEST or find(words):
            return
        folded = fold(words)
        with self._lock:
            times = self._counted.get(folded, ("", 0, 0))[1]
            self._counted[folded] = (words, times + 1, found)
            full = len(self._counted) >= FLUSH_AFTER or monotonic() - self._since > FLUSH_EVERY
        if full:
            self.flush()

    def flush(self) -> None:
        """Write the counts (写入)."""
        with self._lock:
            counted, self._counted = self._counted, {}
            self._since = monotonic()
        count_searches(counted, today=today())


tally = Tally()
