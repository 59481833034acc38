"""Numbers that open a heading or a task (序号): 一、 （一） 1. (1) ①, told from numbers inside a sentence."""

import re
from dataclasses import dataclass
from enum import IntEnum

from gongkai.ledger.reader.brackets import Enclosures
from gongkai.ledger.reader.flow import BLANK, NEW, NOTHING, WRAP, Flow
from gongkai.ledger.reader.numerals import chinese_number


class Style(IntEnum):
    """Kinds of numbers, the outermost first (公文层次: 一、 → （一） → 1. → （1） → ①)."""

    PART = 0
    CHINESE = 1
    CHINESE_BRACKET = 2
    ARABIC = 3
    DECIMAL = 4
    ARABIC_BRACKET = 5
    CIRCLED = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """A number that opens a piece (序号): where it stands, where its text begins, how it prints."""

    start: int
    end: int
    style: Style
    value: int
    number: str


CN = "一二三四五六七八九十百零〇"
_MARK = re.compile(
    rf"(?P<part>第[{CN}]{{1,4}}(?:部分|章|篇)|(?:重点|主要)?任务[{CN}]{{1,3}}(?=[:、.]))[、:.]?"
    rf"|(?<![)、.])(?P<stage>第[{CN}]{{1,2}}阶段):"
    rf"|(?<![{CN}第])(?P<cn>[{CN}]{{1,4}})(?:、|\.(?!\d))(?![{CN}]{{1,3}}、)"
    rf"|\((?P<pcn>[{CN}]{{1,4}})\)[、.]?"
    r"|(?<![\d.])(?P<dec>\d{1,2}(?:\.\d{1,2}){1,3})(?![\d.%])[.、]?"
    r"|(?<![\d.])(?:(?:重点)?任务|措施)?(?P<ar>\d{1,5})(?:[.、](?!\d)|:(?!\d))"
    r"|\((?P<par>\d{1,3})\)[、.]?"
    r"|(?<![\d.(])(?P<half>\d{1,2})\)[、.]?"
    r"|(?P<circ>[\u2460-\u2473])"
)
_CHINESE_STYLES = {
    "part": Style.PART,
    "cn": Style.CHINESE,
    "pcn": Style.CHINESE_BRACKET,
    "stage": Style.CHINESE_BRACKET,
}
_SENTENCE_END = frozenset('。;!?:)”"…')
#: After these words a number counts something, it does not open an item.
_COUNTERS = ("附件", "附表", "表", "图", "第", "条", "款", "项", "类", "批", "级", "版", "No", "号")
_ATTACHMENT_LIST = re.compile(r"附件:?(?=1[.、])")


def find_marks(flow: Flow, enclosures: Enclosures, flat: int | None = None) -> list[Mark]:
    """All numbers that open a heading or an item, in order; from `flat` on cells run on (识别序号)."""
    chosen: list[Mark] = []
    last: dict[Style, int] = {}
    inner: dict[Style, int] = {}
    skip = _attachment_lists(flow)
    for match in _MARK.finditer(flow.key):
        mark = _mark(match, flow)
        if flat is not None and mark.start >= flat and _begins_row(flow, enclosures, mark, chosen):
            chosen.append(mark)
            last[mark.style] = mark.value
            continue
        if mark.value == 0 or any(low <= mark.start < high for low, high in skip):
            continue
        if _in_list(flow, mark, chosen, inner):
            inner[mark.style] = mark.value
        elif _accepts(flow, enclosures, mark, last) or _after_heading(flow, mark, chosen):
            inner.clear()
            chosen.append(mark)
            last[mark.style] = mark.value
    return chosen


def _mark(match: re.Match[str], flow: Flow) -> Mark:
    kind = match.lastgroup or ""
    low, high = match.span(kind)
    printed = flow.text[low:high]
    word = re.match("(?:重点|主要)?任务", flow.key[low:high])
    if kind == "part" and word and flow.breaks[low + word.end()] != NOTHING:
        kind, low = "cn", low + word.end()  # the word ends the line above
        printed = flow.text[low:high]
    if kind in ("cn", "pcn", "part", "stage"):
        value = chinese_number(re.sub(r"[^零〇一二三四五六七八九十百]", "", printed))
        number = f"（{printed}）" if kind == "pcn" else printed
        style = _CHINESE_STYLES[kind]
    elif kind == "circ":
        style, value, number = Style.CIRCLED, ord(printed) - 0x245F, printed
    elif kind == "dec":
        style, value, number = Style.DECIMAL, int(flow.key[low:high].split(".")[-1]), flow.key[low:high]
    else:
        style = Style.ARABIC if kind == "ar" else Style.ARABIC_BRACKET
        value, number = int(flow.key[low:high]), flow.key[low:high]
    start = match.start()
    inside = start and flow.breaks[start] == NOTHING
    if flow.key[start] in "重主任措" and (inside or flow.breaks[low] != NOTHING):
        start = low  # the word before the number ends a heading above
    return Mark(start, match.end(), style, value, number)


def _in_list(flow: Flow, mark: Mark, chosen: list[Mark], inner: dict[Style, int]) -> bool:
    """Whether a number counts things within a sentence (清单：1.…；2.…), not the items of the plan."""
    if mark.start == 0 or flow.breaks[mark.start] >= WRAP or not chosen:
        return False
    if mark.style in inner:
        return mark.value == inner[mark.style] + 1
    return mark.value == 1 and chosen[-1].style is mark.style and flow.key[mark.start - 1] in ":;,"


def _accepts(flow: Flow, enclosures: Enclosures, mark: Mark, last: dict[Style, int]) -> bool:
    if enclosures.inside(mark.start) and flow.breaks[mark.start] != NEW:
        return False
    if mark.end >= len(flow.key) or flow.key[mark.end] in ",、。;%":
        return False
    if mark.value >= 1000 and mark.value != last.get(mark.style, 0) + 1:
        return False  # a year
    if mark.style is Style.DECIMAL:
        return flow.breaks[mark.start] >= WRAP and not flow.key[mark.end].isascii()
    if _opens_sentence(flow, mark.start):
        return True
    return _continues(flow, mark, last)


def _opens_sentence(flow: Flow, start: int) -> bool:
    """Whether the number stands where an item may begin: a new paragraph, or after the end of a sentence."""
    if start == 0 or flow.breaks[start] == NEW:
        return True
    before = flow.key[start - 1]
    if before in _SENTENCE_END:
        return not flow.key[max(0, start - 8) : start].endswith("附件:")
    return flow.breaks[start] == BLANK and not before.isascii() and before not in "、,第"


def _continues(flow: Flow, mark: Mark, last: dict[Style, int]) -> bool:
    """Inside a line only the next number of a list is believed, and never after a counting word."""
    before = flow.key[:0] if mark.start == 0 else flow.key[max(0, mark.start - 2) : mark.start]
    if before.endswith(_COUNTERS) or before[-1:] in "、,." or before[-1:].isascii():
        return False
    known = last.get(mark.style, 0)
    if mark.number.endswith("阶段"):
        return mark.value == known + 1
    if flow.breaks[mark.start] >= WRAP and mark.value in (1, known + 1):
        return True
    if mark.style in (Style.CHINESE, Style.ARABIC):
        return mark.value == known + 1 and (known > 0 or _after_table_head(before) or bool(last))
    return False


#: The longest heading that may stand right before the first number under it.
LONGEST_HEADING = 45
_ROW_STYLES = (Style.CHINESE, Style.CHINESE_BRACKET, Style.ARABIC)
#: So many numbers may be missing between two rows of a table.
MOST_MISSING = 9


def _after_heading(flow: Flow, mark: Mark, chosen: list[Mark]) -> bool:
    """Whether （一） or 3. follows the words of a heading at once, though the line break was lost."""
    if not chosen:
        return False
    above = chosen[-1]
    words = flow.key[above.end : mark.start]
    if not 2 <= len(words) <= LONGEST_HEADING or re.search("[。;:]", words):
        return False
    if mark.style is Style.ARABIC:
        known = next((m.value for m in reversed(chosen) if m.style is mark.style), 0)
        return above.style is Style.CHINESE_BRACKET and _goes_on(flow, mark, known)
    return mark.style is Style.CHINESE_BRACKET and mark.value == 1 and above.style <= Style.CHINESE


def _goes_on(flow: Flow, mark: Mark, known: int) -> bool:
    """Whether 3. goes on from the item before the heading, and counts nothing (表3.)."""
    before = flow.key[max(0, mark.start - 2) : mark.start]
    after = flow.key[mark.end : mark.end + 1]
    if before.endswith(_COUNTERS) or before[-1:].isascii() or not re.match(r"[\u4e00-\u9fff“《]", after):
        return False
    return known < mark.value <= known + MOST_MISSING


def _begins_row(flow: Flow, enclosures: Enclosures, mark: Mark, chosen: list[Mark]) -> bool:
    """Whether a number opens a row of a flattened table: it goes on from the row before, gaps allowed."""
    if mark.style not in (Style.CHINESE, Style.CHINESE_BRACKET, Style.ARABIC) or enclosures.inside(
        mark.start
    ):
        return False
    before = flow.key[max(0, mark.start - 3) : mark.start]
    after = flow.key[mark.end : mark.end + 1]
    if before.endswith(_COUNTERS) or before[-1:] in "、,." or not re.match(r"[\u4e00-\u9fff“《(]", after):
        return False
    known = next((m.value for m in reversed(chosen) if m.style is mark.style), 0)
    if mark.value == 1:
        return bool(chosen) and chosen[-1].style < mark.style
    if mark.style is not Style.ARABIC and _above_is_inner(mark, chosen):
        return known < mark.value <= known + MOST_MISSING
    return known < mark.value <= known + MOST_MISSING and not _nearer(flow, mark, known)


def _above_is_inner(mark: Mark, chosen: list[Mark]) -> bool:
    return bool(chosen) and chosen[-1].style > mark.style


def _nearer(flow: Flow, mark: Mark, known: int) -> bool:
    """Whether the number that ought to come next still comes, so that this one only counts something."""
    if mark.value == known + 1 or mark.style is not Style.ARABIC:
        return False
    wanted = "|".join(str(value) for value in range(known + 1, mark.value))
    return bool(re.search(rf"(?<![\d.])(?:{wanted})[.、](?!\d)", flow.key[mark.end : mark.end + 1500]))


def _after_table_head(before: str) -> bool:
    return before.endswith(("单位", "部门", "时限", "备注", "时间", "要求", "内容", "任务"))


def _attachment_lists(flow: Flow) -> list[tuple[int, int]]:
    """Lists of attachments (附件：1.… 2.…): their numbers open no task."""
    found = []
    for match in _ATTACHMENT_LIST.finditer(flow.key):
        if match.start() and flow.breaks[match.start()] < WRAP:
            continue
        end = match.end()
        while end < len(flow.key) and (
            end == match.end() or re.match(r"\d{1,2}[.、]", flow.key[end : end + 4])
        ):
            end = flow.next_break(end, len(flow.key), WRAP)
        found.append((match.start(), end))
    return found
