"""取值: one typed or imported value in its canonical form, or one sentence on what is wrong with it."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from gongkai.rules.personal_data.checks import has_identity_shape, is_identity
from gongkai.rules.structured.declaration import AMOUNTS, Field, Sort

YEARS = range(1949, 2101)
_LARGEST = Decimal(10) ** 15
_NOISE = Decimal("0.0000001")  # what a spreadsheet adds to a sum of tenths
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?: 0{1,2}:00(?::00)?)?")
_YES = frozenset({"是", "有", "√", "✓", "1", "true", "yes", "y"})
_NO = frozenset({"否", "无", "×", "✗", "x", "0", "false", "no", "n"})
_MASKED = re.compile(r"[1-9][0-9]{0,16}\*{4,}[0-9]{0,4}[0-9Xx]?|\*{6,}[0-9]{0,3}[0-9Xx]?")
_LINK = re.compile(r"(?:https?://[^\s<>\"']+|/[^\s<>\"'/\\][^\s<>\"']*|/)")
_PHONE = re.compile(r"[0-9+*（）() \-]{5,30}")
_ACCOUNT = re.compile(r"[0-9* ]{4,40}")


class Unfit(ValueError):  # noqa: N818 (a value that does not fit, as Refused is of an act)
    """A value that does not fit its field (取值有误); the message is one Chinese clause."""


def read(field: Field, raw: object) -> str:
    """The canonical text of *raw* (规范取值); nothing stays nothing; Unfit says what is wrong.

    >>> read(Field(code="a", label="金额", sort=Sort.MONEY), "1,234.5元")
    '1234.50'
    >>> read(Field(code="d", label="日期", sort=Sort.DATE), "2021年3月5日")
    '2021-03-05'
    """
    text = _text(raw)
    return _READERS[field.sort](field, text) if text else ""


def _text(raw: object) -> str:
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    text = raw if isinstance(raw, str) else str(raw)
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(map(_mark, text.replace("\r\n", "\n"))).strip()


def _mark(mark: str) -> str:
    """Printable marks and new lines as they are, other blanks as a blank, the rest left out."""
    return mark if mark == "\n" or mark.isprintable() else " " if mark.isspace() else ""


def _plain(field: Field, text: str) -> str:
    line = " ".join(text.split())
    if len(line) > field.longest:
        raise Unfit(f"最多{field.longest}字，现在有{len(line)}字")
    return line


def _long(field: Field, text: str) -> str:
    longest = max(field.longest, 2000)
    if len(text) > longest:
        raise Unfit(f"最多{longest}字，现在有{len(text)}字")
    return text


def _narrow(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _amount(field: Field, text: str) -> str:
    plain = _narrow(text).replace(",", "").replace(" ", "").replace("¥", "").replace("，", "")
    for tail in filter(None, (field.measure, "元" if field.sort is Sort.MONEY else "")):
        plain = plain.removesuffix(tail)
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise Unfit(f"“{text[:20]}”不是数字") from None
    if not number.is_finite() or abs(number) >= _LARGEST:
        raise Unfit(f"“{text[:20]}”不是可用的数字")
    rounded = round(number, field.places)
    if abs(rounded - number) > _NOISE:
        raise Unfit(f"最多{field.places}位小数，现在是{plain[:24]}")
    if field.least is not None and rounded < field.least:
        raise Unfit(f"不能小于{field.least}，现在是{plain[:24]}")
    return _canonical(field, rounded)


def _canonical(field: Field, number: Decimal) -> str:
    """Money keeps its decimals, other numbers lose trailing noughts; there is no minus nought."""
    number = number or abs(number)
    if field.sort is Sort.MONEY:
        return f"{number:.{field.places}f}"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(_field: Field, text: str) -> str:
    found = _DATE.fullmatch(_narrow(text).replace("T", " "))
    if not found:
        raise Unfit(f"“{text[:20]}”不是日期，请写成 2021-03-29 的样子")
    year, month, day = found[1], found[2] or found[4], found[3] or found[5]
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        raise Unfit(f"“{text[:20]}”这一天不存在") from None
    if made.year not in YEARS:
        raise Unfit(f"“{text[:20]}”的年份不对")
    return made.isoformat()


def _year(_field: Field, text: str) -> str:
    plain = _narrow(text).removesuffix("度").removesuffix("年").removesuffix(".0")
    if not (plain.isascii() and plain.isdigit() and len(plain) == 4 and int(plain) in YEARS):
        raise Unfit(f"“{text[:20]}”不是年份，请写成 2021 的样子")
    return plain


def _choice(field: Field, text: str) -> str:
    line = "".join(text.split())
    found = next((each for each in field.choices if "".join(each.split()) == line), None)
    if found is None:
        raise Unfit(f"“{text[:20]}”不在可选项里，应为：{'、'.join(field.choices)}")
    return found


def _flag(_field: Field, text: str) -> str:
    plain = text.lower()
    if plain not in _YES | _NO:
        raise Unfit(f"“{text[:20]}”应填是或否")
    return "是" if plain in _YES else "否"


def is_address(text: str) -> bool:
    """Whether a text may be where a link leads (网址).

    >>> [is_address(each) for each in ("/papers/1/", "javascript:alert(1)", "//x.cn")]
    [True, False, False]
    """
    return len(text) <= 300 and bool(_LINK.fullmatch(text))


def _link(_field: Field, text: str) -> str:
    if not is_address(text):
        raise Unfit("不是网址，应以 https:// 或 / 开头")
    return text


def _identity(_field: Field, text: str) -> str:
    number = "".join(_narrow(text).split()).upper()
    if _MASKED.fullmatch(number) and len(number) <= 18:
        return number
    if len(number) == 18 and number[:17].isdigit() and is_identity(number):
        return number
    if len(number) == 15 and number.isdigit() and has_identity_shape(number):
        return number
    raise Unfit("身份证号不对，请检查位数和校验码")


def _phone(_field: Field, text: str) -> str:
    plain = _narrow(text)
    if not _PHONE.fullmatch(plain):
        raise Unfit(f"“{text[:30]}”不是电话号码")
    return plain


def _account(_field: Field, text: str) -> str:
    plain = _narrow(text)
    if not _ACCOUNT.fullmatch(plain):
        raise Unfit("银行账号只能是数字")
    return plain.replace(" ", "")


_READERS: dict[Sort, Callable[[Field, str], str]] = {
    Sort.TEXT: _plain,
    Sort.LONG: _long,
    Sort.NUMBER: _amount,
    Sort.MONEY: _amount,
    Sort.DATE: _date,
    Sort.YEAR: _year,
    Sort.CHOICE: _choice,
    Sort.UNIT: _plain,
    Sort.VILLAGE: _plain,
    Sort.PERSON: _plain,
    Sort.FLAG: _flag,
    Sort.LINK: _link,
    Sort.IDENTITY: _identity,
    Sort.PHONE: _phone,
    Sort.ACCOUNT: _account,
    Sort.ADDRESS: _plain,
}


def amount(text: str) -> Decimal | None:
    """The number of a canonical value (数值), or None where it is none."""
    try:
        found = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def day(text: object) -> date | None:
    """The day of a canonical value (日期), or None where it is none."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) and text else None
    except ValueError:
        return None


def shown(field: Field, value: str) -> str:
    """A canonical value as people read it (显示): 2021年3月5日, 1,234.50.

    >>> shown(Field(code="a", label="金额", sort=Sort.MONEY), "1234.50")
    '1,234.50'
    """
    if field.sort in AMOUNTS:
        number = amount(value)
        return value if number is None else _parted(number)
    if field.sort is Sort.DATE and (made := day(value)):
        return f"{made.year}年{made.month}月{made.day}日"
    return value


def _parted(number: Decimal) -> str:
    """Thousands parted; noughts beyond the second decimal say nothing."""
    whole, dot, rest = f"{number:,}".partition(".")
    return f"{whole}{dot}{rest[:2]}{rest[2:].rstrip('0')}"
