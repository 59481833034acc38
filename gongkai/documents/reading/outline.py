"""层次: headings found in the words of official papers, and their levels put in order."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gongkai.documents.reading.blocks import Block, Heading, Paragraph, Run, Table, words
from gongkai.documents.reading.lines import tidy

FIRST = 2  # the page's own title is the one heading of level 1
LAST = 6
_COUNT = "[一二三四五六七八九十百零〇]{1,5}"
_SHAPES = (
    (re.compile(rf"第{_COUNT}编[\s\u3000]*[^。；，]{{0,30}}"), 1),
    (re.compile(rf"第{_COUNT}章[\s\u3000]*[^。；，]{{0,30}}"), 2),
    (re.compile(rf"第{_COUNT}节[\s\u3000]*[^。；，]{{0,30}}"), 3),
    (re.compile(rf"{_COUNT}、[^。；]{{1,40}}"), 4),
    (re.compile(rf"[（(]{_COUNT}[）)][^。；：:]{{1,40}}"), 5),
)
_CAPTION = re.compile(r"附?表[\s\u3000]*[\d一二三四五六七八九十]{1,3}(?:-\d{1,2})?[\s\u3000:：.．].{1,50}")
_LONGEST = 45


def with_headings(blocks: Iterable[Block]) -> Iterator[Block]:
    """Lines that number a section are headings (识别小标题): 第一章, 一、, （一）."""
    for block in blocks:
        level = _level(block) if isinstance(block, Paragraph) else 0
        if level and isinstance(block, Paragraph):
            yield Heading(_plain(block), level)
        else:
            yield block


def _level(block: Paragraph) -> int:
    if block.align == "right" or any(run.src or run.href for run in block.runs):
        return 0
    line = words(block.runs)
    if len(line) > _LONGEST or "\n" in line:
        return 0
    return next((level for shape, level in _SHAPES if shape.fullmatch(line)), 0)


def _plain(block: Paragraph) -> tuple[Run, ...]:
    return tidy(Run(run.text, run.marks - {"strong", "u"}) for run in block.runs)


def levelled(blocks: Iterable[Block]) -> Iterator[Block]:
    """Headings begin at level 2 and never leave one out (标题层级规范)."""
    open_levels: list[int] = []
    for block in blocks:
        if isinstance(block, Heading):
            while open_levels and open_levels[-1] >= block.level:
                open_levels.pop()
            open_levels.append(block.level)
            block = replace(block, level=min(FIRST - 1 + len(open_levels), LAST))
        yield block


def captioned(blocks: Iterable[Block]) -> Iterator[Block]:
    """A line such as 表1 right above a table is its caption (表题)."""
    waiting: Paragraph | None = None
    for block in blocks:
        if waiting and isinstance(block, Table) and not block.caption:
            block, waiting = replace(block, caption=waiting.runs), None
        if waiting:
            yield waiting
            waiting = None
        if isinstance(block, Paragraph) and _CAPTION.fullmatch(words(block.runs)):
            waiting = block
        else:
            yield block
    if waiting:
        yield waiting
