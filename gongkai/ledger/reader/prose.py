"""Tasks from running text (正文任务): numbered pieces and duty statements, put together."""

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace

from gongkai.ledger.reader.draft import Context, Draft
from gongkai.ledger.reader.duties import Duty, Part
from gongkai.ledger.reader.flow import BLANK, NEW, NOTHING, WRAP, Flow
from gongkai.ledger.reader.labels import Kind
from gongkai.ledger.reader.marks import Style
from gongkai.ledger.reader.names import ends_firmly, is_body, split_list
from gongkai.ledger.reader.outline import Node
from gongkai.ledger.reader.plan import Doubt, Role

#: Headings under which a plan speaks in general; without a named body such a piece is no task.
GENERIC = re.compile(
    r"^(?:总体(?:要求|思路|目标|安排)|指导思想|基本原则|(?:工作|主要|发展|总体|年度)目标|目标任务|(?:工作|有关|相关|几点|具体)要求|"
    r"(?:组织|工作|保障)(?:实施|保障|措施|领导|机构|步骤|安排|机制|职责)|实施步骤|时间安排|加强组织领导|强化(?:组织|责任)|"
    r"附则|适用范围|背景|基本情况|职责分工|任务分工|重点任务|主要任务|工作任务|工作内容|主要内容|工作原则|方法步骤)"
)
#: A label inside a heading whose line break was lost: （一）饮用水治理指标：…
_INNER_LABEL = re.compile(
    r"(?:治理|工作|主要|具体|实施|年度|建设|重点|考核)(?:指标|目标|任务|内容|措施|项目|要求):"
)
_EDGE = "。，,；;：:、．.（(【[〔 "
_DASH = re.compile(r"^[-—–·•●■◆▲★*○]+")
LONGEST_TITLE = 70
#: One heading that reads like a body may be chance.
LEAST_UNIT_HEADINGS = 2
#: A sentence with a bracket of its own has so many characters.
LEAST_PART = 6
_COUNT = re.compile(r"\(共?\d{1,3}[项条个]\)(?=[。:]?$)")
_TASK_VERB = re.compile(r"加强|推进|做好|深化|完善|规范|强化|健全|建设|优化|提升|落实|整合|设立|支持|服务")


@dataclass(frozen=True, slots=True)
class Piece:
    """A task found in the text: its place, its heading nodes, its duties (正文中的一项任务)."""

    node: Node
    start: int
    text_start: int
    text_end: int
    end: int
    duties: tuple[Duty, ...]
    numbered: bool = True
    part: int = 0  # its place among several tasks of one number


class ProseReader:
    """Finds the tasks of one flow (正文读取)."""

    def __init__(self, flow: Flow, root: Node, duties: list[Duty]) -> None:
        self.flow = flow
        self.root = root
        self.nodes = list(root.walk())
        self.duties = self._share(duties)
        self._lift_shared_duties()
        self._hand_down_duties()
        self._hand_down_units()
        self._inherit_rows()
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
        end = self.heading_end(node)
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
        end = self._tail(runs[-1][-1].end, node.last)
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
            runs[-1][-1].end, self._tail(runs[-1][-1].end, node.last)
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

    def _tail(self, position: int, end: int) -> int:
        """Up to where a piece goes on after its duty: to the end of the line."""
        if position >= end or self.flow.breaks[position] != NOTHING:
            return position
        return self.flow.next_break(position, end, BLANK)

    def _unnumbered(self, node: Node, runs: list[list[Duty]]) -> list[Piece]:
        """Paragraphs under a heading, each with its own duty, are tasks without a number."""
        breaks = self.flow.breaks
        start = node.start if node.mark is None else self.heading_end(node)
        if node.mark is not None and (start >= runs[0][0].start or breaks[start] != NEW):
            return []
        pieces: list[Piece] = []
        for run in runs:
            if pieces and start < run[0].start and breaks[start] < WRAP:
                return []
            low = self._paragraph_start(start, run[0].start) if node.mark is None else start
            dash = _DASH.match(self.flow.key[low : low + 8])
            text = low + (dash.end() if dash else 0)
            end = self._tail(run[-1].end, node.end)
            pieces.append(Piece(node, low, text, run[0].start, end, tuple(run), numbered=False))
            start = end
        return pieces

    def _paragraph_start(self, start: int, end: int) -> int:
        """Without any number the task is the last paragraph before its duty."""
        places = [p for p in range(start, end) if self.flow.breaks[p] == NEW]
        return places[-1] if places else start

    def _bare(self, node: Node) -> Piece:
        end = self.flow.next_break(node.body, node.end, NEW) if not node.children else node.last
        return Piece(node, node.start, node.body, end, end, ())

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

    def heading_end(self, node: Node) -> int:
        """Where the title of a heading ends."""
        return heading_end(self.flow, node)


def _items_below(group: Node) -> list[Node]:
    """The items under a heading: the first numbered 1. on the way down, with all that is below them."""
    found: list[Node] = []
    for child in group.children:
        is_item = not child.children or (child.mark is not None and child.mark.style >= Style.ARABIC)
        found += [child] if is_item else _items_below(child)
    return found


def ancestors(node: Node) -> list[Node]:
    """The pieces above one, the outermost first (上级条目)."""
    above = []
    while node.parent is not None:
        node = node.parent
        above.append(node)
    return [n for n in reversed(above) if n.mark is not None]


def heading_end(flow: Flow, node: Node) -> int:
    """Where the title of a heading ends (标题止处): with its paragraph, else at a full stop or a blank."""
    end = flow.next_break(node.body, node.end, NEW)
    label = _INNER_LABEL.search(flow.key, node.body + 2, min(end, node.body + LONGEST_TITLE))
    if label and node.children:
        end = label.start()
    if (
        end - node.body <= LONGEST_TITLE
        and (node.children or end < node.end)
        and "。" not in flow.key[node.body : end - 1]
    ):
        return end
    stop = flow.key.find("。", node.body, min(end, node.body + LONGEST_TITLE))
    blank = flow.next_break(node.body, min(end, node.body + LONGEST_TITLE), BLANK)
    if blank < min(end, node.body + LONGEST_TITLE) and (stop < 0 or blank <= stop):
        return blank
    return stop + 1 if stop >= 0 else end


def title_of(flow: Flow, node: Node) -> str:
    """A heading as printed, its number included (章节标题)."""
    return flow.text[node.start : heading_end(flow, node)]


def drafts_from(flow: Flow, pieces: list[Piece], context: Context) -> list[Draft]:
    """Read each task that was found (生成任务)."""
    drafts = []
    for piece in pieces:
        above = [*ancestors(piece.node), *([] if piece.numbered else [piece.node])]
        path = tuple(title_of(flow, node) for node in above if node.mark is not None)
        text, low, high = _words_of(flow, piece)
        draft = Draft(
            _number_of(piece),
            text,
            path,
            flow.span(piece.start, max(piece.end, piece.text_end)),
            flow.span(low, high),
        )
        draft.add_duties(flow, list(piece.duties), context)
        if not draft.deadlines:
            draft.find_limits(flow, piece.text_start, piece.end, context.year)
        draft.add_bracketed_limits(flow, list(piece.duties), context.year)
        draft.doubts += _doubts(piece, draft)
        drafts.append(draft)
    return drafts


def _number_of(piece: Piece) -> str:
    """The number as printed; 3-1, 3-2 where one item holds several tasks."""
    mark = piece.node.mark if piece.numbered else None
    if mark is None:
        return ""
    return f"{mark.number}-{piece.part}" if piece.part else mark.number


def _doubts(piece: Piece, draft: Draft) -> list[Doubt]:
    """What in the layout of a piece makes its bodies less sure (版式存疑)."""
    found = []
    if any(duty.sentence for duty in piece.duties):
        found.append(Doubt("sentence", "责任单位取自段末的句子，请核对。", draft.units_span))
    if any(duty.heading for duty in piece.duties):
        found.append(Doubt("heading", "责任单位取自上级标题，请核对。", draft.units_span))
    if any(duty.above for duty in piece.duties):
        found.append(Doubt("above", "这一行没有写责任单位，按上一行的单位理解，请核对。", draft.span))
    elif any(duty.guessed for duty in piece.duties):
        found.append(Doubt("flat", "表格的分隔已丢失，责任单位的起止是推断的，请核对。", draft.units_span))
    if piece.part:
        found.append(Doubt("split", "原文这一条按责任单位拆成了几项任务，请核对。", draft.span))
    if _separate(piece.duties):
        found.append(Doubt("several", "这一条里有多处责任单位，可能应拆成几项任务。", draft.span))
    return found


def _words_of(flow: Flow, piece: Piece) -> tuple[str, int, int]:
    """The words of a task; those on both sides of its bodies are put together."""
    cell = next((duty for duty in piece.duties if duty.middle and not duty.above), None)
    if cell is None:
        return clean_text(flow, piece.text_start, piece.text_end)
    name, low, _ = clean_text(flow, piece.text_start, cell.start)
    rest, _, high = clean_text(flow, cell.end, piece.end)
    mark = "" if not rest or name.endswith(("。", "；", "：")) else "。"
    return name + mark + rest, low, max(high, low)


def _separate(duties: tuple[Duty, ...]) -> bool:
    gaps = [after.start - before.end for before, after in itertools.pairwise(duties)]
    return any(gap > 6 for gap in gaps)


def clean_text(flow: Flow, start: int, end: int) -> tuple[str, int, int]:
    """The words of a task without loose marks at either end, and where they stand (整理任务文字)."""
    while start < end and flow.key[start] in ":、.,;。 ":
        start += 1
    while start < end and flow.key[end - 1] in "(、,:":
        end -= 1
    return readable(flow, start, end), start, end


def readable(flow: Flow, start: int, end: int) -> str:
    """Text of a flow with a space put back between two words or numbers of Latin script (恢复必要空格)."""
    pieces = []
    for position in range(start, end):
        char = flow.text[position]
        blank = flow.breaks[position] == BLANK and position > start
        if blank and char.isascii() and char.isalnum() and flow.text[position - 1].isascii():
            pieces.append(" ")
        pieces.append(char)
    return "".join(pieces)
