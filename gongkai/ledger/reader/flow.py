"""Running text without white space (连续文本), so that a word broken over two lines is one word again.

`Flow.text` keeps every character as printed; `Flow.key` is the same string, character for character, with
full-width letters, digits and marks made half-width and all brackets made round, and is what patterns are
matched against. `breaks` says for each character what stood before it.
"""

import itertools
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from gongkai.frame.opening.signs import INVISIBLE
from gongkai.ledger.reader.plan import Span
from gongkai.ledger.reader.source import BLANKS, PRINTED, Paragraph

#: What stands before a character: nothing, a blank, a line break that may only be a wrap, a new paragraph.
NOTHING, BLANK, WRAP, NEW = range(4)

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ROUND = str.maketrans("〔【［[「『〈❲", "(" * 8) | str.maketrans("〕】］]」』〉❳", ")" * 8)
KEY = _WIDE | {ord("｡"): "。", ord("､"): "、", ord("﹑"): "、", ord("﹔"): ";", ord("﹕"): ":"} | _ROUND
KEY |= {ord("∶"): ":", ord("︰"): ":", ord("﹐"): ",", ord("＂"): '"', ord("［"): "(", ord("］"): ")"}


#: Traditional characters in the words of labels, names and dates: for matching only, the text keeps them.
_TRADITIONAL = (
    "職單牽頭責負辦廳處參與實務區縣鄉鎮關協監導組織體構機業領員級開發鐵電設衛財經資環應農場規劃計聯婦紅會團隊館臺學醫銀險統運輸"
    "產質糧氣審檢獄檔園黨廣視網訊勞動門時間內後進節點備註類項標題圍據對從將屬層傳書圖傷殘僑過還這說讀專續長隨現邊達來條舉稅無"
    "護範編製頒總維國華軍術擔銷採購號結報劉習黃們庫廠紀聞錄試齊為並個萬億歷"
)
_SIMPLIFIED = (
    "职单牵头责负办厅处参与实务区县乡镇关协监导组织体构机业领员级开发铁电设卫财经资环应农场规划计联妇红会团队馆台学医银险统运输"
    "产质粮气审检狱档园党广视网讯劳动门时间内后进节点备注类项标题围据对从将属层传书图伤残侨过还这说读专续长随现边达来条举税无"
    "护范编制颁总维国华军术担销采购号结报刘习黄们库厂纪闻录试齐为并个万亿历"
)
KEY |= str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def key_of(text: str) -> str:
    """The text with half-width marks and round brackets, of the same length (比对用文本)."""
    return text.translate(KEY)


def squeeze(text: str) -> str:
    """The text without anything that prints nothing (去空白)."""
    return BLANKS.sub("", text)


@dataclass(frozen=True, slots=True)
class Flow:
    """White-space-free text that knows where each character came from."""

    text: str
    key: str
    offsets: list[int]
    breaks: bytearray
    pages: list[tuple[int, int]]  # (first position, page), ascending

    def span(self, start: int, end: int) -> Span | None:
        """The place in the source of a piece of this flow (回到原文位置)."""
        if end <= start:
            return None
        page = self._page(start)
        return Span(self.offsets[start], self.offsets[end - 1] + 1, page)

    def position(self, offset: int) -> int:
        """The first position of the flow at or after a place in the source."""
        return bisect_left(self.offsets, offset)

    def next_break(self, start: int, end: int, least: int = NEW) -> int:
        """The first place after `start` with at least such a break before it, else `end`."""
        for position in range(start + 1, end):
            if self.breaks[position] >= least:
                return position
        return end

    def _page(self, position: int) -> int | None:
        found = bisect_left(self.pages, (position + 1, 0)) - 1
        return self.pages[found][1] if found >= 0 else None


def flow_of(text: str, lines: list[Paragraph]) -> Flow:
    """Join lines into a flow; lines that are only wrapped are told from paragraphs by their length."""
    wraps = [
        flag or (index > 0 and not line.whole and text[line.start : line.end].lstrip()[:1] in NEVER_FIRST)
        for index, (flag, line) in enumerate(zip(_wrap_flags(text, lines), lines, strict=True))
    ]
    pieces: list[str] = []
    offsets: list[int] = []
    breaks = bytearray()
    pages: list[tuple[int, int]] = []
    for line, is_wrap in zip(lines, wraps, strict=True):
        if line.page is not None and (not pages or pages[-1][1] != line.page):
            pages.append((len(offsets), line.page))
        mark = WRAP if is_wrap else NEW
        for word in PRINTED.finditer(text, line.start, line.end):
            first = max(mark, BLANK) if word.start() > line.start else mark
            mark = BLANK
            pieces.append(word[0])
            offsets.extend(range(word.start(), word.end()))
            breaks.append(first)
            breaks.extend(bytes(len(word[0]) - 1))
    joined = "".join(pieces)
    return Flow(joined, key_of(joined), offsets, breaks, pages)


#: Endings after which a line of wrapped text is surely complete.
ENDINGS = frozenset("。;!?:；！？：)）")
#: No paragraph begins with one of these: the line goes on from the one before.
NEVER_FIRST = frozenset("，、。；：！？）】》”〕")
WIDEST_WRAP = 160
FULL = 0.86
#: So many lines cut within so few places of the widest line show where the text was wrapped.
LEAST_EDGE = 2
SLACK = 3


def _printed_width(line: str) -> int:
    """How wide a line prints: Chinese characters and marks take two places."""
    return sum(
        2 if unicodedata.east_asian_width(char) in "WFA" else 1
        for char in line.strip()
        if char not in INVISIBLE
    )


def _wrap_flags(text: str, lines: list[Paragraph]) -> list[bool]:
    """For each line: may it merely continue the line before it (是否为折行)."""
    lengths = [_printed_width(text[line.start : line.end]) for line in lines]
    width = _wrap_width(text, lines, lengths)
    if not width:
        return [False] * len(lines)
    sparse = _blank_lines_are_rare(text, lines)
    flags = [False]
    for before, line, length in zip(lines, lines[1:], lengths, strict=False):
        gap = text.count("\n", before.end, line.start) > 1 and sparse
        flags.append(not line.whole and length >= width * FULL and not gap and not _indented(text, line))
    return flags


def _wrap_width(text: str, lines: list[Paragraph], lengths: list[int]) -> int:
    """The column at which the text was wrapped, 0 if its lines are paragraphs."""
    loose = sorted(length for line, length in zip(lines, lengths, strict=True) if not line.whole)
    if len(loose) < 2:
        return 0
    width = loose[int(len(loose) * 0.9)] if len(loose) >= 10 else loose[-1]
    if width > WIDEST_WRAP or width < 8:
        return 0
    cuts = [
        length
        for line, length in zip(lines[:-1], lengths, strict=False)
        if not line.whole and text[line.start : line.end].rstrip()[-1:] not in ENDINGS
    ]
    if sum(length >= width * FULL for length in cuts) >= max(1, len(loose) * 0.15):
        return width
    edge = loose[-1]
    return edge if edge <= WIDEST_WRAP and sum(length >= edge - SLACK for length in cuts) >= LEAST_EDGE else 0


def _blank_lines_are_rare(text: str, lines: list[Paragraph]) -> bool:
    gaps = sum(text.count("\n", before.end, line.start) > 1 for before, line in itertools.pairwise(lines))
    return gaps < len(lines) * 0.5


def _indented(text: str, line: Paragraph) -> bool:
    head = text[line.start : line.end]
    blank = head[: len(head) - len(head.lstrip())]
    return "\u3000" in blank or len(blank) >= 2
