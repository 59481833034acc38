"""题头: the title and the number that stand above a text are elements of their own, not part of it."""

import re
from collections.abc import Sequence

from gongkai.documents.reading.blocks import Block, Heading, Paragraph, words
from gongkai.rules import document_number
from gongkai.rules.law import Refused

_SORTS = (
    "通知|意见|办法|规定|公告|通告|决定|方案|规划|细则|批复|复函|函|报告|纪要|通报|条例|公示|指南|清单|名单|预案|"
    "计划|解读|要点|总结|命令|令|规则|目录|预算|决算|说明|标准|制度|措施|政策|纲要|答复|简介|情况|表"
)
_ENDS = re.compile(rf"(?:{_SORTS})(?:[（(][^（）()]{{1,20}}[）)])?$")
#: what stands above a number: 某某人民政府文件
_MASTHEAD = re.compile(r"(?:文件|政府|委员会|办公室|局|厅|部)$")
_SENTENCE = re.compile(r"[。；：:！？]$")
_LONGEST, _SHORTEST = 150, 4
_FIRST = 8


def take_heading(blocks: Sequence[Block]) -> tuple[str, str, list[Block]]:
    """Title, number and the rest (提取标题、文号); what is not told plainly stays in the text."""
    number, place = "", 0
    lines: list[str] = []
    for block in blocks[:_FIRST]:
        if not isinstance(block, Paragraph | Heading):
            break
        line = " ".join(words(block.runs).split())
        if not number and (found := _number(line)):
            number = found
            lines = [] if lines and _MASTHEAD.search(lines[-1]) else lines
        elif lines and _is_over(lines):
            break
        elif _may_head(block, line, lines):
            lines.append(line)
        else:
            break
        place += 1
    title = _joined(lines)
    if not _is_title(title, blocks[0] if blocks else None):
        return "", number, list(blocks[place:] if number and not lines else blocks)
    return title, number, list(blocks[place:])


def _number(line: str) -> str:
    try:
        return str(document_number.parse(line))
    except Refused:
        return ""


def _is_over(lines: list[str]) -> bool:
    return bool(_ENDS.search(lines[-1]))


def _may_head(block: Paragraph | Heading, line: str, lines: list[str]) -> bool:
    """Lines in the middle, the first heading, or a first line that ends as titles do."""
    if _SENTENCE.search(line) or any(run.src for run in block.runs):
        return False
    if isinstance(block, Heading):
        return not lines and block.level <= 2 and not line.startswith(("一、", "第"))
    return block.align == "center" or (not lines and bool(_ENDS.search(line)))


def _joined(lines: list[str]) -> str:
    return re.sub(r"(?<=[\u3400-\u9fff，、]) (?=[\u3400-\u9fff])", "", " ".join(lines))


def _is_title(title: str, first: Block | None) -> bool:
    return first is not None and _SHORTEST <= len(title) <= _LONGEST
