"""Whose a duty statement is (责任归属): shared out over the items, lifted, handed down, taken over."""

import re
from collections import Counter
from dataclasses import replace

from gongkai.ledger.reader.duties import Duty, Part
from gongkai.ledger.reader.flow import NOTHING, Flow
from gongkai.ledger.reader.headings import LONGEST_TITLE, heading_end
from gongkai.ledger.reader.labels import Kind
from gongkai.ledger.reader.marks import Style
from gongkai.ledger.reader.names import ends_firmly, is_body, split_list
from gongkai.ledger.reader.outline import Node
from gongkai.ledger.reader.plan import Role

#: One heading that reads like a body may be chance.
LEAST_UNIT_HEADINGS = 2
_COUNT = re.compile(r"\(共?\d{1,3}[项条个]\)(?=[。:]?$)")
_TASK_VERB = re.compile(r"加强|推进|做好|深化|完善|规范|强化|健全|建设|优化|提升|落实|整合|设立|支持|服务")


class Owners:
    """Gives every duty to the items that it binds (分配责任表述)."""

    def __init__(self, flow: Flow, nodes: list[Node], duties: list[Duty]) -> None:
        self.flow = flow
        self.nodes = nodes
        self.duties = self._share(duties)
        self._lift_shared_duties()
        self._hand_down_duties()
        self._hand_down_units()
        self._inherit_rows()

    def _share(self, duties: list[Duty]) -> dict[int, list[Duty]]:
        """Give every duty to the piece in whose own words it stands."""
        shared: dict[int, list[Duty]] = {id(node): [] for node in self.nodes}
        waiting = iter(self.nodes)
        node = next(waiting)
        for duty in duties:
            while duty.start >= node.end:
                node = next(waiting)
            shared[id(node)].append(duty)
        if any(not duty.plain for duty in duties):
            self._drop_plain(shared)
        self._drop_sentences(shared)
        named = any(duty.names_units for duty in duties)
        for key, found in shared.items():
            if not named or not any(duty.names_units or duty.limits for duty in found):
                shared[key] = []  # 联系人： in a notice, 完成时间： in a plan that names nobody
        return shared

    def _drop_sentences(self, shared: dict[int, list[Duty]]) -> None:
        """A sentence names bodies only where the piece does not say so more plainly."""
        for key, found in shared.items():
            if any(not duty.sentence for duty in found):
                shared[key] = [duty for duty in found if not duty.sentence]

    def _drop_plain(self, shared: dict[int, list[Duty]]) -> None:
        """Bare names in brackets count only in a piece that does not say it more plainly."""
        for key, found in shared.items():
            if any(not duty.plain for duty in found):
                shared[key] = [duty for duty in found if not duty.plain]

    def _lift_shared_duties(self) -> None:
        """A duty after the last of several sub-items belongs to the item that holds them."""
        groups = [node for node in self.nodes if len(node.children) > 1]
        lone = [node for node in groups if self._only_last(node)]
        direct = {n.mark.style for n in self.nodes if n.mark and self.duties[id(n)] and not n.children}
        usual = self._usual_styles(groups)
        for node in lone:
            child = node.children[-1]
            style = child.mark.style if child.mark else Style.PART
            outer = node.mark is not None and node.mark.style in direct
            own_line = self._own_line(self.duties[id(child)][0])
            if node.mark is not None and style in usual and (outer or own_line or usual[style] > 1):
                self.duties[id(node)] += self.duties[id(child)]
                self.duties[id(child)] = []

    def _usual_styles(self, groups: list[Node]) -> dict[Style, int]:
        """Styles of sub-items whose last mostly names the bodies for all, with the number of their groups."""
        count: Counter[Style] = Counter()
        named: Counter[Style] = Counter()
        last: Counter[Style] = Counter()
        for group in groups:
            mark = group.children[0].mark
            if mark is not None:
                count[mark.style] += 1
                named[mark.style] += any(self.duties[id(child)] for child in group.children)
                last[mark.style] += self._only_last(group)
        return {style: times for style, times in count.items() if last[style] >= 0.6 * named[style]}

    def _hand_down_duties(self) -> None:
        """Bodies printed right under a heading bind each numbered task below it."""
        for node in self.nodes:
            duties = self.duties[id(node)]
            if not duties or not node.children or node.mark is None or node.mark.style >= Style.ARABIC:
                continue
            styles = {child.mark.style for child in node.children if child.mark}
            free = not any(self.duties[id(below)] for child in node.children for below in child.walk())
            bare = "。" not in self.flow.key[node.body : duties[0].start - 1]
            if free and bare and styles == {Style.ARABIC} and duties[-1].end <= node.children[0].start:
                for child in node.children:
                    self.duties[id(child)] = [
                        replace(duty, start=child.last, end=child.last) for duty in duties
                    ]
                self.duties[id(node)] = []

    def _hand_down_units(self) -> None:
        """A plan grouped by body: the heading 一、区发改局 names who does all that stands below it."""
        groups = [node for node in self.nodes if node.children and self._is_unit_heading(node)]
        if len(groups) < LEAST_UNIT_HEADINGS:
            return
        for group in groups:
            part = Part(Kind.UNITS, Role.RESPONSIBLE, "", *self._unit_heading(group))
            for item in _items_below(group):
                if not any(duty.names_units for node in item.walk() for duty in self.duties[id(node)]):
                    place = item.last
                    self.duties[id(item)].append(Duty(place, place, (part,), False, heading=True))

    def _unit_heading(self, node: Node) -> tuple[int, int]:
        end = heading_end(self.flow, node)
        count = _COUNT.search(self.flow.key, node.body, end)
        end = count.start() if count else end
        while end > node.body and self.flow.key[end - 1] in "。:;":
            end -= 1
        return node.body, end

    def _is_unit_heading(self, node: Node) -> bool:
        if node.mark is None or node.mark.style >= Style.ARABIC or self.duties[id(node)]:
            return False
        low, high = self._unit_heading(node)
        names = split_list(self.flow.key, low, high, "、,") if high - low <= LONGEST_TITLE else []
        words = [self.flow.key[name.start : name.end] for name in names]
        sure = all(is_body(word) and ends_firmly(word.split("(")[0]) for word in words)
        return bool(words) and sure and not _TASK_VERB.match(words[0])

    def _inherit_rows(self) -> None:
        """A row of a flattened table without bodies shares those of the row above it (合并单元格)."""
        for node in self.nodes:
            above: list[Duty] = []
            for child in node.children:
                own = self.duties[id(child)]
                if not own and not child.children and above:
                    place = child.end
                    self.duties[id(child)] = [replace(d, start=place, end=place, above=True) for d in above]
                above = self.duties[id(child)] if any(duty.middle for duty in self.duties[id(child)]) else []

    def _only_last(self, node: Node) -> bool:
        *others, last = node.children
        plain = not last.children and bool(self.duties[id(last)]) and not self.duties[id(node)]
        return (
            bool(others) and plain and not any(self.duties[id(n)] for child in others for n in child.walk())
        )

    def _own_line(self, duty: Duty) -> bool:
        return self.flow.breaks[duty.start] != NOTHING


def _items_below(group: Node) -> list[Node]:
    """The items under a heading: the first numbered 1. on the way down, with all that is below them."""
    found: list[Node] = []
    for child in group.children:
        is_item = not child.children or (child.mark is not None and child.mark.style >= Style.ARABIC)
        found += [child] if is_item else _items_below(child)
    return found
