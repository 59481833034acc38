"""发文字号: the number of a document or an order, read however it was typed, written as the standard does."""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from gongkai.rules.law import Instrument, Refused

#: 六角括号、四位年份、阿拉伯数字，不加“第”，不编虚位
FORMAT = Instrument("党政机关公文格式", "GB/T 9704-2012").article("")
EXAMPLE = "枣政发〔2021〕1号"
LARGEST = 99999
YEARS = range(1900, 2100)

#: words of running text that end before the code of an issuer begins
LEADING = (
    "根据", "依据", "依照", "按照", "遵照", "参照", "关于", "印发", "转发", "废止", "文号", "字号",
    "文件", "意见", "通知", "以及", "及其", "的",
)  # fmt: skip

_HAN = r"[\u3400-\u9fff〇]"
_OPEN, _CLOSE = r"[〔(\[【{〈<]", r"[〕)\]】}〉>]"
_ORDER = rf"(?:{_HAN}{{1,23}}令|{_HAN}{{0,22}}(?:公告|通告))"
_BLANKS = re.compile(r"[\s\u200b-\u200d\ufeff]+")
_BRACKETED = re.compile(rf"({_HAN}{{2,24}}){_OPEN}(\d{{4}})年?{_CLOSE}第?(\d{{1,9}})号")
_NUMBERED = re.compile(rf"({_ORDER})({_OPEN})?(?:(\d{{4}})年)?第?(\d{{1,9}})号(?(2){_CLOSE})")
_TURNED = re.compile(rf"({_HAN}{{2,22}})第(\d{{1,9}})号(令|公告|通告)")


class Kind(StrEnum):
    """What the number stands on (文种): a document, an order, an announcement."""

    DOCUMENT = "文件"
    ORDER = "令"
    ANNOUNCEMENT = "公告"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """One number (发文字号、令号、公告号): equal when they name the same paper; *original* is as typed.

    >>> str(DocumentNumber("枣政发", 1, 2021)), str(DocumentNumber("国令", 711, bracketed=False))
    ('枣政发〔2021〕1号', '国令第711号')
    """

    issuer: str
    number: int
    year: int | None = None
    bracketed: bool = True
    original: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.bracketed and self.year is None:
            raise Refused(f"“{self.issuer}”的文号缺少年份，六角括号内应有四位年份", FORMAT)

    @property
    def kind(self) -> Kind:
        """What the number stands on (文种), told by the end of the issuer's code."""
        if self.issuer.endswith("令"):
            return Kind.ORDER
        return Kind.ANNOUNCEMENT if self.issuer.endswith(("公告", "通告")) else Kind.DOCUMENT

    @property
    def is_canonical(self) -> bool:
        """Whether it was typed as the standard writes it (书写规范)."""
        return self.original == str(self)

    def __str__(self) -> str:
        if self.bracketed:
            return f"{self.issuer}〔{self.year}〕{self.number}号"
        return f"{self.issuer}{f'{self.year}年' if self.year else ''}第{self.number}号"


def parse(text: str) -> DocumentNumber:
    """Read one number (识别发文字号); raises Refused with what is wrong and how to write it.

    >>> str(parse("枣政发（2021）第01号")), str(parse("国务院第711号令")), str(parse("公告2021年第3号"))
    ('枣政发〔2021〕1号', '国务院令第711号', '公告2021年第3号')
    >>> parse("枣政发〔21〕1号")
    Traceback (most recent call last):
    ...
    gongkai.rules.law.Refused: 年份“21”应写四位，如〔2021〕（《党政机关公文格式》（GB/T 9704-2012））
    """
    plain = _BLANKS.sub("", unicodedata.normalize("NFKC", text))
    issuer, year, number, bracketed = _parts(plain)
    _check(issuer, year, number)
    return DocumentNumber(issuer, int(number), int(year) if year else None, bracketed, text)


def normalise(text: str) -> str:
    """The number as the standard writes it (规范写法).

    >>> normalise("枣政发[2021]01号")
    '枣政发〔2021〕1号'
    """
    return str(parse(text))


def _parts(plain: str) -> tuple[str, str | None, str, bool]:
    if found := _BRACKETED.fullmatch(plain):
        return found[1], found[2], found[3], True
    if found := _TURNED.fullmatch(plain):
        return found[1].removesuffix(found[3]) + found[3], None, found[2], False
    if found := _NUMBERED.fullmatch(plain):
        return found[1], found[3], found[4], False
    raise _refusal(plain)


def _check(issuer: str, year: str | None, number: str) -> None:
    if word := next((word for word in LEADING if word in issuer[:-1]), ""):
        raise Refused(f"机关代字“{issuer}”中混入了“{word}”，请只填发文字号，例如{EXAMPLE}")
    if year and int(year) not in YEARS:
        raise Refused(f"年份“{year}”不在{YEARS[0]}年至{YEARS[-1]}年之间，请核对")
    if not 1 <= int(number) <= LARGEST:
        raise Refused(f"顺序号“{number}”应在1至{LARGEST}之间，请核对")


#: (what is there, what is missing or wrong); the first that fits is told
_FAULTS = (
    (re.compile(rf"[^\d]+{_OPEN}(\d{{1,3}}|\d{{5,}})年?{_CLOSE}.*"), "年份“{}”应写四位，如〔2021〕"),
    (re.compile(rf"[^\d]+{_OPEN}{_CLOSE}.*"), "缺少年份，请在〔〕内写四位年份，如〔2021〕"),
    (re.compile(rf"{_OPEN}\d{{4}}年?{_CLOSE}.*"), "年份前缺少机关代字，例如枣政发"),
    (
        re.compile(rf"[^\d]+{_OPEN}\d{{4}}年?{_CLOSE}第?号?"),
        "缺少顺序号，年份后应写数字和“号”，如〔2021〕1号",
    ),
    (re.compile(rf"[^\d]+{_OPEN}\d{{4}}年?{_CLOSE}第?\d+"), "末尾缺少“号”"),
    (re.compile(rf"{_HAN}+(?:19|20)\d\d年?第?\d+号"), "年份应放在六角括号内，如〔2021〕"),
    (re.compile(rf"[^\d]+{_OPEN}[^\d]{{2,5}}{_CLOSE}.*"), "年份应写阿拉伯数字，如〔2021〕"),
    (re.compile(rf"{_ORDER}(?:第?号?|第?\d+|\d{{4}}年第?号?)"), "缺少顺序号或“号”，令和公告应写作第1号"),
    (re.compile(rf"{_HAN}{{25,}}{_OPEN}.*"), "机关代字过长，请只填发文字号"),
    (re.compile(rf"{_HAN}{_OPEN}.*"), "机关代字至少两个字，例如枣政发"),
    (re.compile(rf"[^\d]*[A-Za-z0-9“”《》，。、；：][^\d]*{_OPEN}.*"), "机关代字只能是汉字，例如枣政发"),
)


def _refusal(plain: str) -> Refused:
    if not plain:
        return Refused(f"请填写发文字号，例如{EXAMPLE}")
    for shape, reason in _FAULTS:
        if found := shape.fullmatch(plain):
            return Refused(reason.format(*found.groups()), FORMAT)
    return Refused(f"看不懂发文字号“{plain[:30]}”，请写成{EXAMPLE}或国令第711号", FORMAT)
