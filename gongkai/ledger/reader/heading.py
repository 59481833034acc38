"""What a document calls itself (标题与年份), and the year that its bare months mean."""

import re
from itertools import pairwise

from gongkai.ledger.reader.flow import NEW, WRAP, Flow, key_of

_NAMES = "要点 任务 分解表 分解方案 分工方案 分工 方案 计划 安排 台账 清单 措施 意见 分解 一览表 明细表 通知"
_KINDS = f"(?:{'|'.join(_NAMES.split())})"
_QUOTED = re.compile(r"(?:印发|制定了?|现将|下发|转发|将)[^。《》]{0,30}《(?P<title>[^《》]{4,80})》")
_TITLE = re.compile(rf"^.{{0,80}}?{_KINDS}(?:\([^()]*\))?$")
_YEAR = re.compile(r"(?<![到至\d])(20\d\d)(?:年|[-—~]20\d\d年)")
_NUMBER_YEAR = re.compile(r"\((20\d\d)\)\d*号?")
_SKIP = re.compile(
    r"^(?:#*(?:source|kind|truncated):.*|.*(?:首页|当前位置|>>|索引号|发布(?:时间|日期)).*|附件\d*:?"
    r"|.{0,30}\(20\d\d\)\d+号|各.{0,80}:|-+\d*-+)$"
)
#: A title is sought in so many paragraphs from the top.
TITLE_PARAGRAPHS = 12


def find_title(flow: Flow, first: int) -> str:
    """The title of the plan (标题): the first line that reads like one, else the paper that is issued."""
    lines = _lines(flow, first)
    for index, line in enumerate(lines):
        if _SKIP.match(line) or len(line) > 80 or line.endswith("。"):
            continue
        whole = line if index == 0 or not _half_title(lines[index - 1]) else lines[index - 1] + line
        if _is_title(whole) and not whole.endswith("通知"):
            return _clean(whole)
    issued = _issued(flow, max(first, 2000))
    return issued or next((_clean(line) for line in [*lines, *_parts(flow)] if _is_title(line)), "")


def _is_title(line: str) -> bool:
    return bool(_TITLE.match(key_of(line)))


_ISSUED = re.compile(r"关于(?:印发|下发|转发)(?P<title>[^。;]{4,90}?)的通知")


def _issued(flow: Flow, end: int) -> str:
    """The paper that a notice issues: 关于印发……的通知, or the one that it names in《》."""
    for match in _ISSUED.finditer(flow.key, 0, end):
        before = flow.key[: match.start()]
        title = flow.text[match.start("title") : match.end("title")]
        if before.rfind("《") <= before.rfind("》") and _is_title(title.strip("《》")):
            return title[1:-1] if title.startswith("《") and title.find("》") == len(title) - 1 else title
    quoted = _QUOTED.search(flow.key, 0, end)
    return flow.text[quoted.start("title") : quoted.end("title")] if quoted else ""


def _parts(flow: Flow) -> list[str]:
    """What stands between blanks near the top, where the line breaks were lost."""
    high = min(len(flow.key), 600)
    places = [0, *(place for place in range(1, high) if flow.breaks[place]), high]
    parts = [flow.text[low:end] for low, end in pairwise(places)]
    return [part for part in parts if 8 <= len(part) <= 60]


def _lines(flow: Flow, first: int) -> list[str]:
    lines: list[str] = []
    low = 0
    limit = min(first, 4000)
    while low < limit and len(lines) < TITLE_PARAGRAPHS * 3:
        high = flow.next_break(low, limit, NEW)
        wrap = flow.next_break(low, high, WRAP)
        high = wrap if _is_title(flow.text[low:wrap]) else high
        lines.append(flow.text[low:high])
        low = high
    return lines


def _half_title(line: str) -> bool:
    return (
        4 <= len(line) <= 40
        and not _is_title(line)
        and not _SKIP.match(line)
        and line[-1:] not in "。：:；，日"
    )


def _clean(line: str) -> str:
    return re.sub(r"^(?:#+|附件\d*[:：]?|\d{1,2}[.．、](?!\d{1,2}[月日.]))+", "", line)


def find_year(title: str, key: str) -> int | None:
    """The year of the plan (年度): in the title, else of its number, else the year that it names most."""
    found = _YEAR.search(title) or _NUMBER_YEAR.search(key[:3000])
    if found:
        return int(found[1])
    years = _YEAR.findall(key)
    return int(max(set(years), key=lambda year: (years.count(year), year))) if years else None
