"""进度: where an index stands in the sequence of changes, and which numbers may still come late. Pure."""

from collections.abc import Iterable, Sequence

from gongkai.search.entry import Position

Gap = tuple[int, int, float]
#: no transaction of ours runs longer; what has not come by then was rolled back
LATEST = 6 * 3600.0
MOST_GAPS = 200


def advanced(position: Position, numbers: Sequence[int], stamp: str, clock: float) -> Position:
    """The position after these changes were read (推进): *stamp* is that of the highest one.

    >>> advanced(Position(3, "a"), [4, 7], "b", 100.0)
    Position(last=7, stamp='b', gaps=((5, 6, 100.0),))
    >>> advanced(Position(7, "b", ((5, 6, 100.0),)), [6], "", 200.0)
    Position(last=7, stamp='b', gaps=((5, 5, 100.0),))
    """
    read = set(numbers)
    open_gaps = [gap for gap in position.gaps if clock - gap[2] < LATEST]
    last = max(numbers, default=position.last)
    if last > position.last:
        open_gaps.append((position.last + 1, last, clock))
    left = [piece for gap in open_gaps for piece in _without(gap, read)]
    if last <= position.last:
        return Position(position.last, position.stamp, _few(left))
    return Position(last, stamp, _few(left))


def _without(gap: Gap, read: set[int]) -> Iterable[Gap]:
    """What is left of a gap when these numbers have come (剩余缺口)."""
    first, last, since = gap
    start = first
    for number in sorted(each for each in read if first <= each <= last):
        if number > start:
            yield (start, number - 1, since)
        start = number + 1
    if start <= last:
        yield (start, last, since)


def _few(gaps: list[Gap]) -> tuple[Gap, ...]:
    """Too many gaps become one: reading a change twice does no harm."""
    if len(gaps) <= MOST_GAPS:
        return tuple(gaps)
    return ((min(gap[0] for gap in gaps), max(gap[1] for gap in gaps), max(gap[2] for gap in gaps)),)
