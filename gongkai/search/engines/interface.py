"""检索引擎接口: what the room asks of an engine, whichever it is."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from gongkai.search.entry import Answer, Asked, Entry, Position


class Lost(Exception):  # noqa: N818 (it reads as a fact, like Refused)
    """There is no index that can be read (索引缺失或损坏): rebuild it from the database."""


class Builder(Protocol):
    """A new index being filled beside the old one (重建中的索引)."""

    def add(self, entries: Iterable[Entry]) -> None:
        """Take more entries in (收录)."""

    def finish(self, position: Position) -> None:
        """Put the new index in the old one's place, at this position (切换)."""


class Engine(Protocol):
    """An index over all entries (检索引擎)."""

    def search(self, asked: Asked) -> Answer:
        """Answer one question (检索)."""

    def suggest(self, units: Sequence[str], limit: int) -> list[str]:
        """Titles that hold these units, the last one perhaps half typed (联想)."""

    def frequent_pairs(self) -> dict[str, int]:
        """The pairs of the titles with their counts (标题字对), for corrections; may be empty."""

    def position(self) -> Position:
        """How far this index has read (进度); Lost where there is none."""

    def change(
        self, entries: Iterable[Entry], gone: Iterable[str], position: Position, *, tidy: bool = True
    ) -> None:
        """Replace and delete, and keep the position, in one commit (更新); *tidy* may take longer."""

    def rebuild(self) -> AbstractContextManager[Builder]:
        """Fill a new index while the old one answers (重建)."""

    def size(self) -> tuple[int, int]:
        """How many entries, how many bytes (规模)."""

    def alone(self, *, wait: bool = False) -> AbstractContextManager[bool]:
        """The right to write, if nobody has it now (独占写入); else False, or *wait* for it."""
