"""Flattened tables whose unit cells stand in the middle of a row (行中单位): names between words."""

import re
from collections import Counter
from collections.abc import Iterator

from gongkai.ledger.reader.flow import BLANK, Flow
from gongkai.ledger.reader.labels import Kind, column_kind
from gongkai.ledger.reader.names import (
    LONGEST_RUN,
    Piece,
    has_ending,
    is_body,
    split_and,
    split_list,
    split_run,
)

#: The beginning of a name where no mark stands before it.
_LEVELS = "省市区县州旗"
_STARTS = _LEVELS + "各"
_LONGEST = 24
_MORE = re.compile(r"^(?:管理?委员?会|人民政府|政府|办公室|管理局|办事处|各部门|各单位)")
_SENTENCE = re.compile("[。;!]")


def units_in_the_middle(heads: list[str]) -> bool:
    """Whether a column of words follows the unit columns (责任单位之后还有工作要求)."""
    kinds = [column_kind(head) for head in heads]
    if Kind.UNITS not in kinds or kinds[-1] is not Kind.TASK:
        return False
    return Kind.TASK in kinds[: kinds.index(Kind.UNITS)]


class MiddleCells:
    """Finds the unit cells of all rows; names printed in one row help to cut them in another (行中单位)."""

    def __init__(self, flow: Flow, rows: list[tuple[int, int]]) -> None:
        self.flow = flow
        self.rows = rows
        self.known = self._learn()
        self.level = self._level()

    def find(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the names of a row begin and end, or None if it names nobody."""
        for piece in self._pieces(start, end):
            low = self._first_name(piece)
            if low is not None:
                high = self._last_name(low, end)
                if high is not None and high - low > 1:
                    return low, high
        return None

    def tail(self, start: int, end: int) -> int | None:
        """Where in a row names begin that fill it to its end: 加强公开区财政局、区审计局."""
        pieces = split_list(self.flow.key, start, end, "、,")
        while pieces:
            low = self._first_name(pieces[0])
            if low is not None and all(self._is_list_piece(piece) for piece in pieces[1:]):
                return low if self._is_list_piece(Piece(low, pieces[0].end)) else None
            pieces = pieces[1:]
        return None

    def _pieces(self, start: int, end: int) -> list[Piece]:
        stop = _SENTENCE.search(self.flow.key, start, end)
        return split_list(self.flow.key, start, stop.start() if stop else end, "、,")

    def _learn(self) -> list[str]:
        """Names that close a list in several rows, so that the words after them differ (常见单位)."""
        stems: dict[str, list[str]] = {}
        for row in self.rows:
            for piece in self._pieces(*row)[1:]:
                words = self.flow.key[piece.start : piece.end][:_LONGEST]
                stems.setdefault(words[:3], []).append(words)
        known: set[str] = set()
        for same in stems.values():
            prefixes = Counter(prefix for words in same for prefix in _names_at_start(words))
            often = [name for name, times in prefixes.items() if times > 1 and times * 2 >= len(same)]
            known.update(sorted(often, key=len)[-1:])
        return sorted(known, key=lambda name: -len(name))

    def _level(self) -> str:
        """The sign with which most names of this table begin: 省, 市, 区 …"""
        firsts = Counter(self.flow.key[p.start] for row in self.rows for p in self._pieces(*row)[1:])
        return max(_LEVELS, key=lambda sign: firsts[sign])

    def _first_name(self, piece: Piece) -> int | None:
        """Where in a piece names begin that fill it to its end, or that are known or stand behind a blank."""
        for low in range(piece.start, piece.end - 1):
            blank = low > piece.start and self.flow.breaks[low] == BLANK
            if not blank and self.flow.key[low] not in _STARTS:
                continue
            if self._only_names(low, piece.end) or self._known_at(low):
                return low
            if blank and self._name_end(low, piece.end, True) is not None:
                return low
        return None

    def _known_at(self, low: int) -> bool:
        before = self.flow.key[low - 1 : low]
        return before not in "对由和与及在向为全本" and any(
            self.flow.key.startswith(name, low) for name in self.known
        )

    def _only_names(self, low: int, high: int) -> bool:
        """Whether a stretch is nothing but names, the first of them with no other name at its end."""
        if not 2 < high - low <= LONGEST_RUN:
            return False
        key = self.flow.key
        names = [name for part in split_and(key, Piece(low, high)) for name in split_run(key, part)]
        words = [self.flow.key[name.start : name.end] for name in names]
        if not all(_plain_name(word) for word in words):
            return False
        later = words[0].find(self.level, 1)
        return later < 0 or not _plain_name(words[0][later:])

    def _last_name(self, low: int, end: int) -> int | None:
        """Where the list that begins here ends: with the last piece that is, or begins with, a name."""
        high = None
        for index, piece in enumerate(split_list(self.flow.key, low, end, "、,")):
            if self._is_list_piece(piece):
                high = piece.end
                continue
            return self._name_end(piece.start, piece.end, index == 0) or high
        return high

    def _is_list_piece(self, piece: Piece) -> bool:
        """Whether a piece between two marks is a name, or several, to its end."""
        known = self._known_end(piece.start)
        if known is not None and known != piece.end:
            return False
        words = self.flow.key[piece.start : piece.end]
        return _plain_name(words) or self._only_names(piece.start, piece.end)

    def _name_end(self, low: int, high: int, several: bool) -> int | None:
        """Where the names end that open a piece; only the first piece of a list holds several."""
        place = self._one_name(low, high)
        while several and place is not None and place < high:
            step = self._one_name(place, high) if self.flow.key[place] in _STARTS else None
            if step is None:
                break
            place = step
        return place

    def _known_end(self, low: int) -> int | None:
        name = next((name for name in self.known if self.flow.key.startswith(name, low)), None)
        return low + len(name) if name else None

    def _one_name(self, low: int, high: int) -> int | None:
        """A known name, else the shortest that reads like one."""
        if known := self._known_end(low):
            return known
        for stop in range(low + 3, min(high, low + _LONGEST) + 1):
            words = self.flow.key[low:stop]
            longer = stop == low + 3 and stop < high and _plain_name(self.flow.key[low : stop + 1])
            if _plain_name(words) and not longer and not _MORE.match(self.flow.key[stop:high]):
                return stop
        return None


def _plain_name(words: str) -> bool:
    bare = words.split("(")[0] if words.endswith(")") else words
    return len(words) <= _LONGEST and "的" not in words and is_body(words) and has_ending(bare)


def _names_at_start(words: str) -> Iterator[str]:
    for stop in range(3, len(words) + 1):
        if is_body(words[:stop]) and has_ending(words[:stop]):
            yield words[:stop]
