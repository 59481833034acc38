"""号码: identity numbers, telephones and bank accounts among the digits of a text."""

import re
from collections.abc import Iterator

from gongkai.rules.personal_data.checks import (
    has_identity_shape,
    is_birthday,
    is_card,
    is_identity,
    passes_luhn,
)
from gongkai.rules.personal_data.findings import NEW_IDENTITY, Finding, Kind
from gongkai.rules.personal_data.labels import Label, label_of

#: a stretch of digits and what people put between them; everything else is passed over at once
_STRETCH = re.compile(r"[0-9+(（][0-9 \-–—()（）Xx]{6,}")
_BEFORE = r"(?<![0-9A-Za-z*])(?<![0-9][-._])"
_AFTER = r"(?![0-9A-Za-z*]|\.[0-9])"
_IDENTITY = re.compile(
    rf"{_BEFORE}(?:[1-8]\d{{5}} ?\d{{8}} ?\d{{3}}[\dXx]|[1-8]\d{{5}} ?\d{{6}} ?\d{{3}}){_AFTER}", re.ASCII
)
_MOBILE = re.compile(
    rf"(?:(?:\+|{_BEFORE}00|{_BEFORE})86[- ]?|{_BEFORE})1[3-9]\d[- ]?\d{{4}}[- ]?\d{{4}}{_AFTER}", re.ASCII
)
_AREA = r"0(?:10|2\d|[3-9]\d\d)"
_PHONE = re.compile(
    rf"(?:[(（]{_AREA}[)）][- ]?|{_BEFORE}{_AREA} ?[-–—] ?|{_BEFORE}{_AREA} )[2-9]\d{{6,7}}{_AFTER}", re.ASCII
)
_LOCAL = re.compile(rf"{_BEFORE}(?:{_AREA})?[2-9]\d{{6,7}}{_AFTER}", re.ASCII)
_CARD = re.compile(
    rf"{_BEFORE}(?:\d{{16,19}}|\d{{4}}(?:[ -]\d{{4}}){{3}}(?:[ -]?\d{{1,3}})?){_AFTER}", re.ASCII
)
_ACCOUNT = re.compile(rf"{_BEFORE}\d(?:[ -]?\d){{7,29}}{_AFTER}", re.ASCII)
_MEASURED = re.compile(r" ?(?:[元万亿％%吨亩株件人户次头只米度]|公斤|千克|平方|立方|千瓦|美元)")
_NOT_DIGIT = re.compile(r"[^0-9Xx]")


def find_numbers(text: str, heading: str = "") -> Iterator[Finding]:
    """Every number of a person in *text* (号码类个人信息), by stretch; two of them may overlap."""
    for stretch in _STRETCH.finditer(text):
        first, last = stretch.span()
        for search, fewest in _SEARCHES:
            if last - first >= fewest:
                yield from search(text, first, last, heading)


def _matches(
    shape: re.Pattern[str], text: str, first: int, last: int, heading: str
) -> Iterator[tuple[re.Match[str], str, Label]]:
    for found in shape.finditer(text, first, min(last + 2, len(text))):
        yield found, _NOT_DIGIT.sub("", found[0]), label_of(text, found.start(), heading)


def _finding(kind: Kind, found: re.Match[str], sure: bool) -> Finding:
    return Finding(kind, found.start(), found.end(), found[0], sure)


def _identities(text: str, first: int, last: int, heading: str) -> Iterator[Finding]:
    for found, number, label in _matches(_IDENTITY, text, first, last, heading):
        named = label.kind is Kind.IDENTITY
        if named or (has_identity_shape(number) and not label.is_thing):
            sound = len(number) == NEW_IDENTITY and is_identity(number)
            yield _finding(Kind.IDENTITY, found, named or sound)


def _is_measured(text: str, found: re.Match[str]) -> bool:
    return text[found.start() - 1 : found.start()] in ("¥", "￥", "$") or bool(
        _MEASURED.match(text, found.end())
    )


def _mobiles(text: str, first: int, last: int, heading: str) -> Iterator[Finding]:
    for found, _, label in _matches(_MOBILE, text, first, last, heading):
        told = label.kind in (Kind.MOBILE, Kind.PHONE)
        if told or not (label.is_thing or label.kind or label.is_account or _is_measured(text, found)):
            yield _finding(Kind.MOBILE, found, True)


def _phones(text: str, first: int, last: int, heading: str) -> Iterator[Finding]:
    for found, _, label in _matches(_PHONE, text, first, last, heading):
        if not (label.is_thing or label.is_account):
            yield _finding(Kind.PHONE, found, True)
    for found, number, label in _matches(_LOCAL, text, first, last, heading):
        is_day = len(number) == 8 and is_birthday(number)  # 电话记录20210305
        if label.kind in (Kind.PHONE, Kind.MOBILE) and not is_day:
            yield _finding(Kind.PHONE, found, True)


def _accounts(text: str, first: int, last: int, heading: str) -> Iterator[Finding]:
    for found, number, label in _matches(_ACCOUNT, text, first, last, heading):
        if label.kind is Kind.ACCOUNT or label.is_account:
            yield _finding(Kind.ACCOUNT, found, label.kind is Kind.ACCOUNT or is_card(number))


def _cards(text: str, first: int, last: int, heading: str) -> Iterator[Finding]:
    for found, number, label in _matches(_CARD, text, first, last, heading):
        grouped = len(number) != len(found[0]) and number[0] in "3456" and passes_luhn(number)
        if not label and (is_card(number) or grouped) and not _is_measured(text, found):
            yield _finding(Kind.ACCOUNT, found, True)


#: each search with the fewest signs that it needs: most stretches are too short for most of them
_SEARCHES = ((_identities, 15), (_mobiles, 11), (_phones, 7), (_accounts, 8), (_cards, 16))
