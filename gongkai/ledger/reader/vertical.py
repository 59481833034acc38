"""Tables copied one cell per line (逐行排列的表格): heads, then cells, each on a line of its own."""

import re
from dataclasses import replace
from enum import StrEnum

from gongkai.ledger.reader.deadlines import is_limit
from gongkai.ledger.reader.flow import key_of, squeeze
from gongkai.ledger.reader.labels import Kind, column_kind
from gongkai.ledger.reader.names import ends_firmly, is_body, join_groups, split_list
from gongkai.ledger.reader.source import Block, Cell, Paragraph, Source, Table

#: So many heads in a row make a table.
LEAST_HEADS = 3
MOST_HEADS = 12
#: A longer line is no head, however many blanks stand in it.
LONGEST_LINE = 80
_NUMBER = re.compile(r"\(?\d{1,4}\)?[.、]?")
_VERBS = re.compile(r"(?:牵头|配合|负责|落实|参与|按职责分工)+$|等(?:有关|相关)?(?:部门|单位)*$")
_FURNITURE = re.compile(r"附件\d?:|扫一扫|打印|关闭窗口|主办:|分享到|责任编辑|上一篇|来源:")
_HEADING = re.compile(r"(?:第?[一二三四五六七八九十]{1,3}[、章节]|\([一二三四五六七八九十]{1,3}\)).{2,40}")


class _Sort(StrEnum):
    """What a line seems to be."""

    NUMBER = "number"
    UNITS = "units"
    LIMIT = "limit"
    HEADING = "heading"
    TEXT = "text"


def with_vertical_tables(source: Source) -> Source:
    """The source with every run of such lines made a table (还原表格)."""
    blocks: list[Block] = []
    index = 0
    while index < len(source.blocks):
        heads = _heads(source, index)
        if heads:
            end = _table_end(source, index + len(heads))
            blocks.append(_table(source, heads, index, end))
            index = end
        else:
            blocks.append(source.blocks[index])
            index += 1
    return replace(source, blocks=tuple(blocks))


def _key(source: Source, block: Block) -> str:
    return key_of(squeeze(source.text[block.start : block.end]))


def _heads(source: Source, index: int) -> list[Kind]:
    """The heads that begin at a line, or none."""
    kinds: list[Kind] = []
    for block in source.blocks[index : index + MOST_HEADS]:
        short = isinstance(block, Paragraph) and block.end - block.start <= LONGEST_LINE
        kind = column_kind(_key(source, block)) if short else None
        if kind is None:
            break
        kinds.append(kind)
    return kinds if len(kinds) >= LEAST_HEADS and Kind.UNITS in kinds and Kind.TASK in kinds else []


def _table_end(source: Source, index: int) -> int:
    """The first line after the cells: the next table, or the furniture of the page."""
    while index < len(source.blocks) and isinstance(source.blocks[index], Paragraph):
        if index - 1 >= 0 and re.match(
            r"附件\d?:|扫一扫|打印|关闭窗口|主办:|分享到|责任编辑|上一篇|来源:",
            _key(source, source.blocks[index]),
        ):
            break
        index += 1
    return index


def _table(source: Source, heads: list[Kind], start: int, end: int) -> Table:
    lines = [block for block in source.blocks[start:end] if isinstance(block, Paragraph)]
    first: list[Cell | None] = [Cell(line.start, line.end) for line in lines[: len(heads)]]
    cells = lines[len(heads) :]
    lost = _lost_number(source, cells, heads)
    if lost is not None:
        heads = [*heads[:lost], Kind.NUMBER, *heads[lost:]]
        first.insert(lost, None)
    rows: list[tuple[Cell | None, ...]] = [tuple(first)]
    for group in _groups(source, cells, heads):
        rows.append(_with_bodies_above(_row(group, heads), rows[1:], heads))
    return Table(tuple(rows), lines[0].start, lines[-1].end, lines[0].page)


def _lost_number(source: Source, cells: list[Paragraph], heads: list[Kind]) -> int | None:
    """Where a column of numbers stands whose head was left empty: 1, 2, 3 … among the cells."""
    if Kind.NUMBER in heads:
        return None
    keys = [_key(source, cell) for cell in cells]
    places = [place for place, key in enumerate(keys) if _NUMBER.fullmatch(key)]
    values = [int(keys[place].strip("().、")) for place in places]
    goes_on = len(values) > 1 and values == list(range(1, len(values) + 1))
    return places[0] if goes_on and places[0] < len(heads) else None


def _with_bodies_above(
    row: tuple[Cell | None, ...], above: list[tuple[Cell | None, ...]], heads: list[Kind]
) -> tuple[Cell | None, ...]:
    """A row without number and bodies shares the bodies of the row above, as a merged cell does."""
    own = [cell for cell, kind in zip(row, heads, strict=True) if kind in (Kind.UNITS, Kind.NUMBER)]
    if not above or any(own) or Kind.NUMBER not in heads or len(set(row)) == 1:
        return row
    return tuple(
        last if kind is Kind.UNITS else cell for cell, last, kind in zip(row, above[-1], heads, strict=True)
    )


def _sort(source: Source, line: Paragraph, heads: list[Kind]) -> _Sort:
    key = _key(source, line)
    if _NUMBER.fullmatch(key):
        return _Sort.NUMBER
    if Kind.DEADLINE in heads and is_limit(key):
        return _Sort.LIMIT
    names = join_groups(key, split_list(key, 0, len(key), "、,;"))
    words = [_VERBS.sub("", key[name.start : name.end].strip("。")) for name in names]
    known = [is_body(word) and len(word) <= 24 for word in words if word]
    if key.endswith("。") and len(words) == 1 and not ends_firmly(words[0]):
        return _Sort.TEXT
    if _HEADING.fullmatch(key):
        return _Sort.HEADING if Kind.NUMBER in heads else _Sort.TEXT
    if known and all(known) and not re.match(r"\d", key):
        return _Sort.UNITS
    return _Sort.TEXT


def _groups(source: Source, lines: list[Paragraph], heads: list[Kind]) -> list[list[tuple[_Sort, Paragraph]]]:
    """Lines of one row each: a row begins where words follow bodies or a time limit."""
    groups: list[list[tuple[_Sort, Paragraph]]] = []
    for line in lines:
        sort = _sort(source, line, heads)
        if sort is _Sort.NUMBER and Kind.NUMBER not in heads:
            continue  # the head of its column was lost, and with it the place for it
        if sort is _Sort.UNITS and groups and _awaits_words(groups[-1], heads):
            sort = _Sort.TEXT  # 建成县服务中心。 is what to do, not who does it
        words = sort in (_Sort.TEXT, _Sort.NUMBER)
        ends = (_Sort.UNITS, _Sort.LIMIT, _Sort.HEADING)
        filled = bool(groups) and any(before in ends for before, _ in groups[-1])
        opens = sort is _Sort.HEADING or (sort is _Sort.NUMBER and heads[0] is Kind.NUMBER)
        if not groups or (words and filled) or opens:
            groups.append([])
        groups[-1].append((sort, line))
    return groups


def _awaits_words(group: list[tuple[_Sort, Paragraph]], heads: list[Kind]) -> bool:
    """Whether only the number of a row has come so far, and the words of the task come next."""
    after = heads[heads.index(Kind.NUMBER) + 1 :] if Kind.NUMBER in heads else []
    return [sort for sort, _ in group] == [_Sort.NUMBER] and after[:1] in ([Kind.TASK], [Kind.SECTION])


def _row(group: list[tuple[_Sort, Paragraph]], heads: list[Kind]) -> tuple[Cell | None, ...]:
    if group[0][0] is _Sort.HEADING:
        return (Cell(group[0][1].start, group[0][1].end, 1, len(heads)),) * len(heads)
    if len(group) == len(heads):
        return tuple(Cell(line.start, line.end) for _, line in group)
    row: list[Cell | None] = [None] * len(heads)
    _place(row, [i for i, kind in enumerate(heads) if kind is Kind.NUMBER], _of(group, _Sort.NUMBER))
    _place(row, [i for i, kind in enumerate(heads) if kind is Kind.UNITS], _of(group, _Sort.UNITS))
    _place(row, [i for i, kind in enumerate(heads) if kind is Kind.DEADLINE], _of(group, _Sort.LIMIT))
    texts = _of(group, _Sort.TEXT)
    columns = [i for i, kind in enumerate(heads) if kind in (Kind.TASK, Kind.SECTION)]
    while len(texts) > len(columns) and len(columns) == 1:
        texts = [Cell(texts[0].start, texts[1].end), *texts[2:]]
    _place(row, columns[-len(texts) :] if texts else [], texts)
    return tuple(row)


def _of(group: list[tuple[_Sort, Paragraph]], sort: _Sort) -> list[Cell]:
    return [Cell(line.start, line.end) for found, line in group if found is sort]


def _place(row: list[Cell | None], columns: list[int], cells: list[Cell]) -> None:
    """Cells into their columns in order; what is too much goes with the last one."""
    if not columns or not cells:
        return
    if len(cells) > len(columns):
        keep = len(columns) - 1
        cells = [*cells[:keep], Cell(cells[keep].start, cells[-1].end)]
    for column, cell in zip(columns, cells, strict=False):
        row[column] = cell
