"""扫描: personal data in a text or a cell, found and masked in one pass (个人信息扫描、脱敏)."""

import re
from collections.abc import Collection, Iterable, Iterator

from gongkai.rules.personal_data.addresses import find_addresses
from gongkai.rules.personal_data.findings import Finding, Kind
from gongkai.rules.personal_data.numbers import find_numbers

ALL = frozenset(Kind)
_RANK = {kind: rank for rank, kind in enumerate(Kind)}
_WIDE = re.compile("[０-９Ｘｘ＋－]")
_NARROW = str.maketrans("０１２３４５６７８９Ｘｘ＋－", "0123456789Xx+-")


def find(
    text: str, *, heading: str = "", kinds: Collection[Kind] = ALL, public: Iterable[str] = ()
) -> list[Finding]:
    """All personal data in *text* (疑似个人信息), in order.

    *heading* is the heading above a cell; *public* are numbers that the office itself publishes (公开电话).

    >>> [(str(found.kind), found.masked) for found in find("李某，379901199001011237，电话13800138000")]
    [('身份证号码', '379901********1237'), ('手机号码', '138****8000')]
    """
    plain = text.translate(_NARROW) if _WIDE.search(text) else text
    open_numbers = frozenset(map(_digits, public))
    found = [each for each in _every(plain, heading) if each.kind in kinds]
    if open_numbers:
        found = [each for each in found if _digits(each.text) not in open_numbers]
    apart = _apart(found)
    return apart if plain is text else [_as_typed(each, text) for each in apart]


def _every(plain: str, heading: str) -> Iterator[Finding]:
    yield from find_numbers(plain, heading)
    yield from find_addresses(plain, heading)


def _apart(found: Iterable[Finding]) -> list[Finding]:
    """In order and without overlaps: of two that overlap, the kind named first in Kind stands."""
    apart: list[Finding] = []
    for each in sorted(found, key=lambda one: (one.start, _RANK[one.kind], -one.end)):
        if not apart or each.start >= apart[-1].end:
            apart.append(each)
        elif _RANK[each.kind] < _RANK[apart[-1].kind]:
            apart[-1] = each
    return apart


def mask(text: str, *, heading: str = "", kinds: Collection[Kind] = ALL, public: Iterable[str] = ()) -> str:
    """*text* with all personal data masked (脱敏), the doubtful too.

    >>> mask("家住税郭镇东村3组12号，卡号6299990000001234560")
    '家住税郭镇东村，卡号***************4560'
    """
    return replaced(text, find(text, heading=heading, kinds=kinds, public=public))


def replaced(text: str, findings: Iterable[Finding]) -> str:
    """*text* with just these findings masked (按选定项脱敏); they come from this text, in order."""
    pieces, place = [], 0
    for each in findings:
        pieces += [text[place : each.start], each.masked]
        place = each.end
    return "".join([*pieces, text[place:]])


def _digits(text: str) -> str:
    return re.sub(r"[^0-9Xx]", "", text)


def _as_typed(found: Finding, text: str) -> Finding:
    return Finding(found.kind, found.start, found.end, text[found.start : found.end], found.sure)
