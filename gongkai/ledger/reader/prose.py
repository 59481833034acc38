"""Tasks from running text (正文任务): numbered pieces and duty statements, put together."""

import re
from collections import Counter

from gongkai.ledger.reader.duties import Duty, opening_body
from gongkai.ledger.reader.flow import BLANK, NEW, NOTHING, WRAP, Flow
from gongkai.ledger.reader.headings import ancestors, heading_end
from gongkai.ledger.reader.marks import Style
from gongkai.ledger.reader.outline import Node
from gongkai.ledger.reader.owners import Owners
from gongkai.ledger.reader.pieces import Piece

#: Headings under which a plan speaks in general; without a named body such a piece is no task.
GENERIC = re.compile(
    r"^(?:总体(?:要求|思路|目标|安排)|指导思想|基本原则|(?:工作|主要|发展|总体|年度)目标|目标任务|(?:工作|有关|相关|几点|具体)要求|(?:整治|实施|检查|工作)(?:范围|对象)|"
    r"(?:组织|工作|保障)(?:实施|保障|措施|领导|机构|步骤|安排|机制|职责)|实施步骤|时间安排|加强组织领导|强化(?:组织|责任)|"
    r"附则|适用范围|背景|基本情况|职责分工|任务分工|重点任务|主要任务|工作任务|工作内容|主要内容|工作原则|方法步骤)"
)
_EDGE = "。，,；;：:、．.（(【[〔 "
_DASH = re.compile(r"^[-—–·•●■◆▲★*○]+")
#: A sentence with a bracket of its own has so many characters.
LEAST_PART = 6


class ProseReader:
    """Finds the tasks of one flow (正文读取)."""

    def __init__(self, flow: Flow, root: Node, duties: list[Duty]) -> None:
        self.flow = flow
        self.nodes = list(root.walk())
        self.duties = Owners(flow, self.nodes, duties).duties
        self.deep = self._count_below()

    def pieces(self) -> list[Piece]:
        """All tasks in document order."""
        if not any(self.duties.values()):
            return self._without_duties()
        found: list[Piece] = []
        tasks = {id(node) for node in self.nodes if self._is_task(node)}
        self.split_styles = {
            node.mark.style for node in self.nodes if id(node) in tasks and node.mark and self._splits(node)
        }
        parents = {id(node.parent) for node in self.nodes if id(node) in tasks and node.parent}
        for node in self.nodes:
            if id(node) in tasks:
                found += self._pieces_of(node)
            elif self._is_bare_task(node, parents):
                found.append(self._bare(node))
        return sorted(found, key=lambda piece: piece.start)

    def _count_below(self) -> dict[int, int]:
        """How many duties stand anywhere below each piece."""
        below = {id(node): 0 for node in self.nodes}
        for node in reversed(self.nodes):
            if node.parent:
                below[id(node.parent)] += below[id(node)] + len(self.duties[id(node)])
        return below

    def _is_task(self, node: Node) -> bool:
        return bool(self.duties[id(node)]) and not self.deep[id(node)]

    def _is_bare_task(self, node: Node, parents: set[int]) -> bool:
        """A numbered piece without a body among others that have one."""
        if node.mark is None or node.parent is None or id(node.parent) not in parents:
            return False
        words = self.flow.text[node.body : node.end]
        return not self.deep[id(node)] and not GENERIC.match(words) and len(words) >= 6

    def _pieces_of(self, node: Node) -> list[Piece]:
        runs = self._runs(self.duties[id(node)])
        if len(runs) > 1 or node.mark is None or node.mark.style in self.split_styles:
            several = self._unnumbered(node, runs)
            if several:
                return several
        if self._each_has_its_own(node, runs):
            return self._parts_of(node, runs)
        end = self._tail(runs[-1][-1], node.last)
        text_end = runs[-1][0].start
        if self._words(runs[-1][-1].end, end):
            text_end = end
        if text_end - node.body < 2:
            text_end = end
        duties = tuple(duty for run in runs for duty in run)
        return [Piece(node, node.start, node.body, text_end, end, duties)]

    def _each_has_its_own(self, node: Node, runs: list[list[Duty]]) -> bool:
        """Whether every sentence of an item is followed by a bracket of its own (一条多个责任单位)."""
        if (
            len(runs) < 2
            or node.children
            or not all(d.bracket and d.names_units for run in runs for d in run)
        ):
            return False
        lows = [node.body, *(run[-1].end for run in runs[:-1])]
        sentences = [self._words(low, run[0].start) for low, run in zip(lows, runs, strict=True)]
        return all(len(words) >= LEAST_PART for words in sentences) and not self._words(
            runs[-1][-1].end, self._tail(runs[-1][-1], node.last)
        )

    def _parts_of(self, node: Node, runs: list[list[Duty]]) -> list[Piece]:
        lows = [node.start, *(run[-1].end for run in runs[:-1])]
        pieces = []
        for order, (low, run) in enumerate(zip(lows, runs, strict=True), 1):
            text = node.body if order == 1 else low
            pieces.append(Piece(node, low, text, run[0].start, run[-1].end, tuple(run), part=order))
        return pieces

    def _splits(self, node: Node) -> bool:
        """Whether several paragraphs under a heading are tasks of their own."""
        runs = self._runs(self.duties[id(node)])
        return len(runs) > 1 and bool(self._unnumbered(node, runs))

    def _runs(self, duties: list[Duty]) -> list[list[Duty]]:
        """Duties that follow each other at once make one statement."""
        runs: list[list[Duty]] = []
        for duty in duties:
            if runs and not self._words(runs[-1][-1].end, duty.start):
                runs[-1].append(duty)
            else:
                runs.append([duty])
        return runs

    def _words(self, start: int, end: int) -> str:
        return self.flow.text[start:end].strip(_EDGE + "）)】]〕")

    def _tail(self, duty: Duty, end: int) -> int:
        """Up to where a piece goes on after its duty: to the end of the line, or of its row."""
        position = duty.end
        if duty.middle and position < end and self.flow.breaks[position] == BLANK:
            return self.flow.next_break(position, end, NEW)
        if position >= end or self.flow.breaks[position] != NOTHING:
            return position
        return self.flow.next_break(position, end, BLANK)

    def _unnumbered(self, node: Node, runs: list[list[Duty]]) -> list[Piece]:
        """Paragraphs under a heading, each with its own duty, are tasks without a number."""
        breaks = self.flow.breaks
        start = node.start if node.mark is None else heading_end(self.flow, node)
        if node.mark is not None and (start >= runs[0][0].start or breaks[start] != NEW):
            return []
        pieces: list[Piece] = []
        for run in runs:
            if pieces and start < run[0].start and breaks[start] < WRAP:
                return []
            low = self._paragraph_start(start, run[0].start) if node.mark is None else start
            dash = _DASH.match(self.flow.key[low : low + 8])
            text = low + (dash.end() if dash else 0)
            end = self._tail(run[-1], node.end)
            pieces.append(Piece(node, low, text, run[0].start, end, tuple(run), numbered=False))
            start = end
        return pieces

    def _paragraph_start(self, start: int, end: int) -> int:
        """Without any number the task is the last paragraph before its duty."""
        places = [p for p in range(start, end) if self.flow.breaks[p] == NEW]
        return places[-1] if places else start

    def _bare(self, node: Node) -> Piece:
        end = self.flow.next_break(node.body, node.end, NEW) if not node.children else node.last
        opening = opening_body(self.flow, node.body, end)
        return Piece(node, node.start, node.body, end, end, (opening,) if opening else ())

    def _without_duties(self) -> list[Piece]:
        """A plan that names nobody: its innermost numbered pieces are the tasks."""
        styles = Counter(node.mark.style for node in self.nodes if node.mark)
        inner = [style for style in (Style.ARABIC, Style.CHINESE_BRACKET, Style.CHINESE) if styles[style] > 1]
        if not inner:
            return []
        found = []
        for node in self.nodes:
            if node.mark is None or node.mark.style > inner[0]:
                continue
            if any(child.mark and child.mark.style <= inner[0] for child in node.children):
                continue
            generic = any(
                GENERIC.match(self.flow.text[n.body : n.end]) for n in (node, *ancestors(node)) if n.mark
            )
            if not generic:
                found.append(self._bare(node))
        return found
