"""修订的比对: which row of a revised plan is which task of the plan in force."""

from collections.abc import Iterable

from gongkai.ledger.models import Task
from gongkai.ledger.services.importing.review import RowReview

ALIKE = 0.45
SAME_NUMBER = 0.2


def plain(text: str) -> str:
    """The text without white space, as it is compared.

    >>> plain(" 推进 政务公开。 ")
    '推进政务公开。'
    """
    return "".join(text.split())


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two texts share (相似度), from 0 to 1, by their pairs of characters.

    >>> round(likeness(pairs("做好数据开放"), pairs("做好数据开放工作")), 2)
    0.83
    """
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text."""
    bare = plain(text)
    return frozenset(bare[at : at + 2] for at in range(len(bare) - 1))


def align(tasks: Iterable[Task], rows: Iterable[RowReview]) -> dict[int, Task]:
    """The task that each row continues (对齐), by the row's key: equal texts first, then the most alike."""
    found: dict[int, Task] = {}
    left = _equal(list(tasks), list(rows), found)
    taken: set[int] = set()
    for _, key, task in sorted(_scored(*left), key=lambda each: -each[0]):
        if key not in found and task.pk not in taken:
            found[key] = task
            taken.add(task.pk)
    return found


def _equal(
    tasks: list[Task], rows: list[RowReview], found: dict[int, Task]
) -> tuple[list[Task], list[RowReview]]:
    """Pair equal texts; what is left over goes on to the slower comparison."""
    by_text: dict[str, list[Task]] = {}
    for task in tasks:
        by_text.setdefault(plain(task.text), []).append(task)
    rest = []
    for each in rows:
        same = by_text.get(plain(each.row.text))
        if same:
            found[each.row.key] = same.pop(0)
        else:
            rest.append(each)
    return [task for group in by_text.values() for task in group], rest


def _scored(tasks: list[Task], rows: list[RowReview]) -> list[tuple[float, int, Task]]:
    known = [(task, pairs(task.text)) for task in tasks]
    scored = []
    for each in rows:
        mine = pairs(each.row.text)
        for task, theirs in known:
            bonus = SAME_NUMBER if each.row.number and each.row.number == task.number else 0.0
            score = likeness(mine, theirs) + bonus
            if score >= ALIKE:
                scored.append((score, each.row.key, task))
    return scored
