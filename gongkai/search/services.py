"""登记变更: called by every room's services inside the act's transaction."""

from collections.abc import Iterable

from gongkai.frame.today import now
from gongkai.search.models import Change


def note(noun: str, keys: Iterable[int]) -> None:
    """Tell the index that these records changed, or left (登记变更); cheap and constant for each record."""
    moment = now()
    Change.objects.bulk_create([Change(noun=noun, key=key, at=moment) for key in keys], batch_size=1000)
