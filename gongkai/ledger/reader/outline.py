"""The tree that numbers span (大纲): which item stands under which."""

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.ledger.reader.marks import Mark, Style


@dataclass(slots=True)
class Node:
    """A numbered piece of text (条目) with the pieces under it; positions are those of the flow."""

    mark: Mark | None
    start: int
    end: int  # where the next number, of whatever level, begins
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)

    @property
    def body(self) -> int:
        """Where the words begin, after the number."""
        return self.mark.end if self.mark else self.start

    @property
    def last(self) -> int:
        """Where the last piece under this one ends."""
        node = self
        while node.children:
            node = node.children[-1]
        return node.end

    def walk(self) -> Iterator["Node"]:
        """This piece and all below it, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


def build_outline(marks: list[Mark], length: int) -> Node:
    """Hang every numbered piece under the one that holds it (建立层次)."""
    order = _order_of_styles(marks)
    root = Node(None, 0, marks[0].start if marks else length)
    path = [root]
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        node = Node(mark, mark.start, following.start if following else length)
        while len(path) > 1 and order[_style(path[-1])] >= order[mark.style]:
            path.pop()
        node.parent = path[-1]
        path[-1].children.append(node)
        path.append(node)
    return root


def _style(node: Node) -> Style:
    return node.mark.style if node.mark else Style.PART


def _order_of_styles(marks: list[Mark]) -> dict[Style, float]:
    """Which style is outer: as official papers have it, unless the restarts plainly say otherwise."""
    order = {style: float(style) for style in Style}
    restarts = Counter(mark.style for mark in marks if mark.value == 1)
    seen = list(dict.fromkeys(mark.style for mark in marks))
    for outer, inner in itertools.pairwise(seen):
        if outer > inner and restarts[inner] > restarts[outer] == 1 and _within(marks, outer, inner):
            order[inner] = order[outer] + 0.5
    return order


def _within(marks: list[Mark], outer: Style, inner: Style) -> bool:
    """Whether items of `inner` restart between one item of `outer` and the next."""
    styles = [(mark.style, mark.value) for mark in marks if mark.style in (outer, inner)]
    times = sum(here[0] is outer and after == (inner, 1) for here, after in itertools.pairwise(styles))
    return times >= 2
