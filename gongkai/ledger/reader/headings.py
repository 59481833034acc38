"""Headings over the tasks of running text (标题): where they end, what stands above what."""

import re

from gongkai.ledger.reader.flow import BLANK, NEW, Flow
from gongkai.ledger.reader.outline import Node

#: A label inside a heading whose line break was lost: （一）饮用水治理指标：…
_INNER_LABEL = re.compile(
    r"(?:治理|工作|主要|具体|实施|年度|建设|重点|考核)(?:指标|目标|任务|内容|措施|项目|要求):"
)
LONGEST_TITLE = 70


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
