"""发现: one piece of personal data in a text, where it stands, and how it reads when masked (脱敏)."""

from dataclasses import dataclass
from enum import StrEnum

from gongkai.rules.law import Instrument

#: 个人信息处理者不得公开其处理的个人信息，取得个人单独同意的除外
LAW = Instrument("中华人民共和国个人信息保护法", "").article("第二十五条")

NEW_IDENTITY = 18
MOBILE_DIGITS = 11


class Kind(StrEnum):
    """What was found (个人信息种类)."""

    IDENTITY = "身份证号码"
    MOBILE = "手机号码"
    PHONE = "固定电话"
    ACCOUNT = "银行账号"
    ADDRESS = "详细住址"


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of personal data (疑似个人信息), from *start* up to but without *end*.

    *sure* is False where the shape alone speaks for it, or the check digit against it: people should look.
    """

    kind: Kind
    start: int
    end: int
    text: str
    sure: bool = True

    @property
    def masked(self) -> str:
        """How it reads when masked (脱敏后): see the table of docs/rules/personal-data.md."""
        return masked(self.kind, self.text)


def masked(kind: Kind, text: str) -> str:
    """*text* with its telling part hidden (脱敏); blanks and marks stay where they are.

    >>> masked(Kind.IDENTITY, "370402190001011234"), masked(Kind.MOBILE, "+86 138-1234-5678")
    ('370402********1234', '+86 138-****-5678')
    >>> masked(Kind.ACCOUNT, "6222 0000 0000 1234"), masked(Kind.PHONE, "0632-3311234")
    ('**** **** **** 1234', '0632-*****34')
    """
    digits = sum(map(str.isalnum, text))
    match kind:
        case Kind.IDENTITY:
            return _stars(text, 6, digits - (4 if digits == NEW_IDENTITY else 3))
        case Kind.MOBILE:
            return _stars(text, digits - MOBILE_DIGITS + 3, digits - 4)
        case Kind.PHONE:
            return _stars(text, _area_digits(text, digits), digits - 2)
        case Kind.ACCOUNT:
            return _stars(text, 0, digits - 4)
        case Kind.ADDRESS:
            return ""


def _area_digits(text: str, digits: int) -> int:
    """How many leading digits are the area code: 010 and 02x have three, the others four."""
    plain = "".join(str(int(char)) for char in text if char.isdigit())
    if not plain.startswith("0"):
        return 0
    return min(3 if plain[1] in "12" else 4, digits)


def _stars(text: str, first: int, last: int) -> str:
    """Stars for the digits from place *first* up to *last*."""
    hidden, place = [], 0
    for char in text:
        counted = char.isalnum()
        hidden.append("*" if counted and first <= place < last else char)
        place += counted
    return "".join(hidden)


def masked_name(name: str) -> str:
    """A name with its middle hidden (姓名脱敏), for minors, patients and the like.

    >>> masked_name("张小三"), masked_name("张三"), masked_name("欧阳小三")
    ('张*三', '张*', '欧**三')
    """
    shown = name.strip()
    if len(shown) <= 2:
        return shown[:1] + "*" * (len(shown) - 1)
    return shown[0] + "*" * (len(shown) - 2) + shown[-1]
