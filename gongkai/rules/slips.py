"""文字差错: numbers of documents, dates and marks that cannot be right, found by their shape alone."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.rules import document_numbers

_HAN = r"[\u4e00-\u9fff]"


class Slip(StrEnum):
    """What is wrong (差错种类)."""

    NUMBER = "发文字号"
    DAY = "日期"
    MARK = "标点符号"


@dataclass(frozen=True, slots=True)
class Fault:
    """One slip (差错), from *start* up to but without *end*; *right* is how it should be written."""

    slip: Slip
    start: int
    end: int
    text: str
    reason: str
    right: str = ""


def find(text: str) -> list[Fault]:
    """Every slip in a text (查找差错), in order.

    >>> [(fault.text, fault.right) for fault in find("根据示政发[2021]08号要求，，于2021年2月30日前报送")]
    [('[2021]08号', '〔2021〕8号'), ('，，', '，'), ('2021年2月30日', '')]
    """
    return sorted((fault for search in _SEARCHES for fault in search(text)), key=lambda fault: fault.start)


_CODE = re.compile(r"[^〔﹝\[［(（【{]*")


def numbers(text: str) -> Iterator[Fault]:
    """Numbers that are not written as the standard writes them (文号括号、“第”、虚位).

    Only those with a year in brackets: orders and announcements are titled in more ways than one.
    """
    for found in document_numbers.find(text):
        number = found.number
        written = text[found.start : found.end]
        if number.bracketed and number.year and "".join(written.split()) != str(number):
            reason = "发文字号应写作机关代字、六角括号内四位年份、顺序号，不加“第”，不编虚位"
            code = len(written) - len(
                _CODE.sub("", written, count=1)
            )  # what stands before may not be the code
            right = str(number).removeprefix(number.issuer)
            yield Fault(Slip.NUMBER, found.start + code, found.end, written[code:], reason, right)


_FULL = re.compile(r"(?<!\d)((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日")
_SHORT = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})日")
_SPAN = re.compile(rf"{_FULL.pattern}(?:起)?(?:至|到|—|－|-|~)((?:19|20)\d{{2}})年(\d{{1,2}})月(\d{{1,2}})日")
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days(text: str) -> Iterator[Fault]:
    """Days that no calendar has, and spans that end before they begin (不存在的日期)."""
    for found in _FULL.finditer(text):
        year, month, day = map(int, found.groups())
        if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
            yield Fault(Slip.DAY, found.start(), found.end(), found[0], "日历上没有这一天")
    for found in _SHORT.finditer(text):
        month, day = map(int, found.groups())
        if not (1 <= month <= 12 and 1 <= day <= _LONGEST_MONTHS[month - 1]):
            yield Fault(Slip.DAY, found.start(), found.end(), found[0], "日历上没有这一天")
    for found in _SPAN.finditer(text):
        first, last = _day(found.groups()[:3]), _day(found.groups()[3:])
        if first and last and last < first:
            yield Fault(Slip.DAY, found.start(), found.end(), found[0], "结束日期早于开始日期")


def _day(parts: tuple[str, ...]) -> date | None:
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


_DOUBLED = re.compile(r"([，、；：。！？])\1+|[，、；：][，、；：。！？]+|。[，、；：]")
_NARROW = re.compile(rf"(?<={_HAN})[,;](?={_HAN})|(?<={_HAN})[,;:?!](?=\n|$)")
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_PAIRS = {"》": "《", "〕": "〔", "」": "「"}
_PAIRED = re.compile("[《》〔〕「」]")


def marks(text: str) -> Iterator[Fault]:
    """Marks that stand doubled, in their narrow form, or without their other half (标点)."""
    for found in _DOUBLED.finditer(text):
        alike = len(set(found[0])) == 1
        yield Fault(
            Slip.MARK,
            found.start(),
            found.end(),
            found[0],
            "标点重复",
            found[0][0] if alike else found[0][-1],
        )
    for found in _NARROW.finditer(text):
        yield Fault(Slip.MARK, found.start(), found.end(), found[0], "中文中用了半角标点", _WIDE[found[0]])
    yield from _halves(text)


def _halves(text: str) -> Iterator[Fault]:
    """Brackets of titles and numbers without their other half, within one paragraph."""
    place = 0
    for line in text.split("\n"):
        waiting: list[tuple[str, int]] = []
        for found in _PAIRED.finditer(line):
            if found[0] not in _PAIRS:
                waiting.append((found[0], found.start()))
            elif waiting and waiting[-1][0] == _PAIRS[found[0]]:
                waiting.pop()
            else:
                waiting.append((found[0], found.start()))
        for sign, at in waiting[:1]:
            yield Fault(Slip.MARK, place + at, place + at + 1, sign, f"“{sign}”没有成对")
        place += len(line) + 1


_SEARCHES: tuple[Callable[[str], Iterator[Fault]], ...] = (numbers, days, marks)
