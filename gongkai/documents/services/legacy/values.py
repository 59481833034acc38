"""单元格的含义: from what an old system wrote to what a paper knows; what makes no sense is said."""

import re
import unicodedata
from datetime import datetime
from zoneinfo import ZoneInfo

from gongkai.documents.models import Attribute, Sort, Standing
from gongkai.rules.document_number import parse
from gongkai.rules.law import Refused

_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT]+(\d{1,2}):(\d{2})(?::(\d{2}))?.*)?"
)
_TIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
#: how titles end, and what kind of paper that makes them (体裁); the longer word first
_ENDINGS = (
    ("政策解读", Sort.READING), ("解读", Sort.READING), ("命令", Sort.ORDER), ("决定", Sort.DECISION),
    ("意见", Sort.OPINION), ("通知", Sort.NOTICE), ("通告", Sort.CIRCULAR), ("公告", Sort.ANNOUNCEMENT),
    ("通报", Sort.NOTIFICATION), ("年度报告", Sort.ANNUAL), ("年报", Sort.ANNUAL), ("报告", Sort.REPORT),
    ("批复", Sort.REPLY), ("函", Sort.LETTER), ("纪要", Sort.MINUTES), ("办法", Sort.RULES),
    ("规定", Sort.RULES), ("细则", Sort.RULES), ("规划", Sort.PLAN), ("计划", Sort.PLAN), ("要点", Sort.PLAN),
    ("预算", Sort.BUDGET), ("决算", Sort.BUDGET), ("预算公开", Sort.BUDGET), ("决算公开", Sort.BUDGET),
    ("公示", Sort.PUBLICITY), ("清单", Sort.REGISTER), ("名单", Sort.REGISTER), ("指南", Sort.GUIDE),
    ("流程", Sort.GUIDE), ("统计公报", Sort.STATISTICS), ("答复", Sort.ANSWER), ("复函", Sort.LETTER),
)  # fmt: skip
_SORTS = {label: Sort(value) for value, label in Sort.choices} | dict(_ENDINGS)
_ATTRIBUTES = {
    "主动公开": Attribute.ACTIVE, "主动": Attribute.ACTIVE, "公开": Attribute.ACTIVE,
    "全文公开": Attribute.ACTIVE,
    "依申请公开": Attribute.REQUEST, "依申请": Attribute.REQUEST,
    "不予公开": Attribute.CLOSED, "不公开": Attribute.CLOSED, "免予公开": Attribute.CLOSED,
}  # fmt: skip
_ENDED = {
    "废止": Standing.REPEALED,
    "已废止": Standing.REPEALED,
    "失效": Standing.EXPIRED,
    "已失效": Standing.EXPIRED,
}


def moment(text: str, label: str, zone: ZoneInfo) -> datetime | None:
    """A day, perhaps with an hour (时间); nothing where nothing was written.

    >>> str(moment("2021年1月20日", "发布日期", ZoneInfo("Asia/Shanghai")))
    '2021-01-20 00:00:00+08:00'
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    found = _DAY.fullmatch(plain) or _TIGHT.fullmatch(plain)
    if found:
        parts = [int(part or 0) for part in (*found.groups(), None, None)]
        try:
            return datetime(parts[0], parts[1], parts[2], parts[3], parts[4], tzinfo=zone)
        except ValueError:
            pass
    raise Refused(f"{label}“{text[:30]}”看不懂，请写成 2021-01-20 的样子")


def number(text: str) -> tuple[str, str]:
    """A 发文字号 as it should be, and a remark where it cannot be read (发文字号)."""
    if not text:
        return "", ""
    try:
        return str(parse(text)), ""
    except Refused:
        return text[:60], f"发文字号“{text[:30]}”不规范，照原样保留"


def sort(text: str, title: str) -> str:
    """What kind of paper it is (体裁): as it is told, else by the end of its title.

    >>> sort("", "关于印发2021年工作要点的通知（试行）"), sort("公示", "名单")
    ('notice', 'publicity')
    """
    if text in _SORTS:
        return _SORTS[text].value
    bare = re.sub(r"[（(][^（()）]*[)）]$", "", title.strip()).rstrip("》”\"' ")
    for word, kind in sorted(_ENDINGS, key=lambda pair: -len(pair[0])):
        if bare.endswith(word):
            return kind.value
    return Sort.OTHER.value


def attribute(text: str) -> str:
    """Who may read it (公开属性); what stood on a public site without a word was made public."""
    if not text:
        return Attribute.ACTIVE.value
    if text not in _ATTRIBUTES:
        raise Refused(f"公开属性“{text[:20]}”看不懂，应为主动公开、依申请公开或不予公开")
    return _ATTRIBUTES[text].value


def ended(text: str) -> str:
    """Whether the old site says that the paper is no more in force (有效性), in its words."""
    return _ENDED[text].label if text in _ENDED else ""


def several(text: str) -> list[str]:
    """What one cell lists (多项).

    >>> several("a.pdf；b.pdf; c.pdf")
    ['a.pdf', 'b.pdf', 'c.pdf']
    """
    return [part.strip() for part in re.split(r"[;；|\n]", text) if part.strip()]
