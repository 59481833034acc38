"""Flattened tables (表格丢失分隔的文字): a web page's table whose cells run on without any mark."""

import re
from bisect import bisect_left
from itertools import pairwise, takewhile

from gongkai.ledger.reader.duties import Duty, Part, only_bodies
from gongkai.ledger.reader.flow import BLANK, NEW, Flow
from gongkai.ledger.reader.labels import UNITS as UNITS_PATTERN
from gongkai.ledger.reader.labels import (
    Kind,
    column_kind,
    role_of,
)
from gongkai.ledger.reader.marks import Mark, Style
from gongkai.ledger.reader.middle import MiddleCells, units_in_the_middle
from gongkai.ledger.reader.names import is_body, is_group, split_list, split_run
from gongkai.ledger.reader.plan import Role

_WORDS = (
    r"序号|任务类别|任务名称|任务内容|(?:重点|主要|工作|目标|具体|年度)(?:工作)?(?:任务|内容|要求|措施|目标|事项)|任务分解|事项|"
    rf"{UNITS_PATTERN}|(?:完成|办结|工作)(?:时限|时间|期限)|时间节点|时限要求|备注|责任领导|责任人|联系人|"
    r"项目名称|[省市区县]?(?:政府)?(?:分管|牵头|包保|联系)领导|"
    r"(?:(?![和及与各由请的要为是将其])[\u4e00-\u9fff]){2,8}?(?:牵头|责任|主办|承办|配合|协办)(?:单位|部门|处室|科室|处)(?:\((?:单位|部门|处室|科室)\))?"
)
_HEAD = re.compile(rf"(?>(?:{_WORDS}){{3,8}})")
_WORD = re.compile(_WORDS)
_FURNITURE = re.compile(
    r"关于印发|\.pdf|\.docx?|\.xlsx?|附件下载|附件:|扫一扫|打印本页|关闭窗口|分享到|责任编辑|来源:|相关链接"
)
_LIMIT = re.compile(
    r"(?:(?:20\d\d年)?(?:年?底前?|\d{1,2}月(?:底|\d{1,2}日)?前?|[第]?[一二三四]季度末?前?|[上下]半年)|全年|长期|长期坚持|持续推进|常态化|每季度|每月)$"
)


def find_head(flow: Flow) -> tuple[int, list[str]] | None:
    """Where the heads of a flattened table end, and what they are (识别表头)."""
    for match in _HEAD.finditer(flow.key):
        heads = [word[0] for word in _WORD.finditer(match[0])]
        kinds = {column_kind(head) for head in heads}
        if Kind.UNITS in kinds and flow.key[match.end() : match.end() + 1] != ":":
            return match.end(), heads
    return None


_AFTER_NUMBER = re.compile(r"[\u4e00-\u9fff“《](?<![年月日号个项家万亿元类批次条件级天时分人户亩])")
_CELL_END = re.compile(
    r"(?:局|委|办|厅|中心|办公室|政府|办事处|公司|管委会|单位|部门|镇街|乡镇|街道|馆|院|队|[底前末]|坚持|推进|全年|季度|每月|常态化|[。;)])$"
)


def flat_numbers(flow: Flow, marks: list[Mark]) -> list[Mark]:
    """Bare numbers of a flattened 序号 column: 1…2…3… where one cell ends and the next begins (裸序号)."""
    head = find_head(flow)
    if head is None or column_kind(head[1][0]) is not Kind.NUMBER:
        return marks
    found: list[Mark] = []
    for match in re.finditer(r"(?<![\d.])\d{1,4}(?=[\u4e00-\u9fff“《])", flow.key[head[0] :]):
        start, end = head[0] + match.start(), head[0] + match.end()
        before = flow.key[max(0, start - 8) : start]
        fits = match[0] == str(len(found) + 1) and _AFTER_NUMBER.match(flow.key, end)
        if fits and (not found or _CELL_END.search(before)):
            found.append(Mark(start, end, Style.ARABIC, len(found) + 1, match[0]))
    if len(found) < LEAST_NUMBERS:
        return marks
    kept = [mark for mark in marks if mark.style < Style.ARABIC or mark.start < head[0]]
    return sorted([*kept, *found], key=lambda mark: mark.start)


#: Fewer bare numbers than this are no column.
LEAST_NUMBERS = 2


def flat_duties(flow: Flow, marks: list[Mark], taken: list[Duty]) -> list[Duty]:
    """The unit cells of a flattened table, found behind the last sentence of each piece (末尾单位)."""
    head = find_head(flow)
    if head is None:
        return []
    begin, heads = head
    roles = [role_of(word) for word in heads if column_kind(word) is Kind.UNITS]
    timed = any(column_kind(word) is Kind.DEADLINE for word in heads)
    starts = [mark.end for mark in marks if mark.start >= begin]
    ends = [*[mark.start for mark in marks if mark.start >= begin][1:], len(flow.key)]
    busy = sorted(duty.start for duty in taken)
    rows = [(low, _before_furniture(flow, low, high)) for low, high in zip(starts, ends, strict=False)]
    rows = [row for row in rows if bisect_left(busy, row[0]) == bisect_left(busy, row[1])]
    if units_in_the_middle(heads):
        return _middle_duties(flow, rows, roles)
    cells = MiddleCells(flow, rows)
    found = [_blank_duty(flow, *row, heads) or _tail_duty(cells, *row, roles, timed) for row in rows]
    return [duty for duty in found if duty]


def _middle_duties(flow: Flow, rows: list[tuple[int, int]], roles: list[Role]) -> list[Duty]:
    cells = MiddleCells(flow, rows)
    return [duty for row in rows if (duty := _apart(flow, *row, roles) or _guessed(cells, *row, roles))]


def _guessed(cells: MiddleCells, start: int, end: int, roles: list[Role]) -> Duty | None:
    cell = cells.find(start, end)
    if cell is None:
        return None
    return Duty(*cell, tuple(_columns(cells.flow, *cell, roles)), False, middle=True, guessed=True)


def _apart(flow: Flow, start: int, end: int, roles: list[Role]) -> Duty | None:
    """Unit cells in the middle of a row with blanks around them: one for each column, or one with a verb."""
    places = [start, *(p for p in range(start + 1, end) if flow.breaks[p] in (BLANK, NEW)), end]
    cells = list(pairwise(places))[1:]
    named = [only_bodies(flow.key, low, high) for low, high in cells]
    if True not in named:
        return None
    first = named.index(True)
    run = list(takewhile(lambda pair: pair[1], zip(cells[first:], named[first:], strict=True)))
    low, high = run[0][0][0], run[-1][0][1]
    if len(run) != len(roles) and (len(run) > 1 or not re.search("牵头|负责|配合", flow.key[low:high])):
        return None
    some = roles if len(run) == len(roles) else [Role.RESPONSIBLE]
    parts = tuple(Part(Kind.UNITS, role, "", *cell) for role, (cell, _) in zip(some, run, strict=True))
    return Duty(low, high, parts, False, middle=True)


def _blank_duty(flow: Flow, start: int, end: int, heads: list[str]) -> Duty | None:
    """Cells with a blank between them, exactly as many as there are columns after the task (空格分列)."""
    kinds = [column_kind(head) for head in heads]
    places = [start, *(p for p in range(start + 1, end) if flow.breaks[p] in (BLANK, NEW)), end]
    cells = list(pairwise(places))
    columns = [index for index, kind in enumerate(kinds) if kind is not Kind.NUMBER]
    if len(cells) != len(columns) or len(cells) < 2 or kinds[columns[0]] not in (Kind.TASK, Kind.SECTION):
        return None
    parts = tuple(
        Part(kinds[index] or Kind.OTHER, role_of(heads[index]), heads[index], *cell)
        for index, cell in zip(columns, cells, strict=True)
        if kinds[index] in (Kind.UNITS, Kind.DEADLINE)
    )
    return Duty(parts[0].start, end, parts, bracket=False) if parts else None


def _before_furniture(flow: Flow, start: int, end: int) -> int:
    sentence = flow.key.rfind("。", start, end)
    found = _FURNITURE.search(flow.key, max(start, sentence), end)
    return found.start() if found else end


def _tail_duty(cells: MiddleCells, start: int, end: int, roles: list[Role], timed: bool) -> Duty | None:
    flow = cells.flow
    limit = _LIMIT.search(flow.key, start, end) if timed else None
    stop = limit.start() if limit else end
    low = _cells_start(cells, start, stop)
    if low is None:
        return None
    parts = _columns(flow, low, stop, roles)
    if limit:
        parts.append(Part(Kind.DEADLINE, Role.RESPONSIBLE, "时限", stop, end))
    clear = flow.breaks[low] in (BLANK, NEW) or flow.key[low - 1] in "。;!"
    return Duty(low, end, tuple(parts), bracket=False, guessed=not clear)


def _cells_start(cells: MiddleCells, start: int, end: int) -> int | None:
    """Where the unit cells begin: after the last sentence, or at the first name of the last list."""
    key = cells.flow.key
    sentence = max(key.rfind(mark, start, end) for mark in "。;!")
    if sentence >= 0:
        pieces = split_list(key, sentence + 1, end, "、,")
        names = [name for piece in pieces for name in split_run(key, piece)]
        if names and all(is_body(key[name.start : name.end]) for name in names):
            return sentence + 1
    return cells.tail(max(start, sentence + 1), end)


def _line_starts(flow: Flow, start: int, end: int) -> list[int]:
    return [start, *(place for place in range(start + 1, end) if flow.breaks[place] == NEW)]


def _columns(flow: Flow, start: int, end: int, roles: list[Role]) -> list[Part]:
    """Divide the names between a lead and a support column: the last cut without a mark is the border."""
    if len(roles) < 2 or Role.LEAD not in roles:
        return [Part(Kind.UNITS, roles[0] if len(roles) == 1 else Role.RESPONSIBLE, "", start, end)]
    other = next((role for role in roles if role is not Role.LEAD), Role.SUPPORT)
    lines = _line_starts(flow, start, end)
    if len(lines) == len(roles):
        bounds = [*lines[1:], end]
        return [
            Part(Kind.UNITS, role, "", low, high)
            for role, low, high in zip(roles, lines, bounds, strict=True)
        ]
    cuts = [
        name.start
        for piece in split_list(flow.key, start, end, "、,")
        for name in split_run(flow.key, piece)[1:]
    ]
    if cuts:
        return [
            Part(Kind.UNITS, Role.LEAD, "牵头单位", start, cuts[-1]),
            Part(Kind.UNITS, other, "配合单位", cuts[-1], end),
        ]
    first = split_list(flow.key, start, end, "、,")[0]
    empty_lead = flow.breaks[start] == BLANK or is_group(flow.key[first.start : first.end])
    return [Part(Kind.UNITS, Role.RESPONSIBLE if empty_lead else Role.LEAD, "", start, end)]
