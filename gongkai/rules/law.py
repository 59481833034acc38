"""法条: where a number of the law comes from, and how the rules say no."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Article:
    """One article (条) of an instrument (文件), as people cite it.

    >>> str(Article("中华人民共和国政府信息公开条例", "国令第711号", "第三十三条第二款"))
    '《中华人民共和国政府信息公开条例》（国令第711号）第三十三条第二款'
    >>> str(Article("中华人民共和国预算法", "", "第十四条"))
    '《中华人民共和国预算法》第十四条'
    """

    instrument: str
    number: str
    place: str = ""

    def __str__(self) -> str:
        number = f"（{self.number}）" if self.number else ""  # a law is cited by its title alone
        return f"《{self.instrument}》{number}{self.place}"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation or notice (法规文件) whose articles are cited.

    >>> str(Instrument("办法", "国办函〔2020〕109号").article("第四条"))
    '《办法》（国办函〔2020〕109号）第四条'
    """

    title: str
    number: str

    def article(self, place: str) -> Article:
        """The article at *place*, for example ``第三十三条第二款``."""
        return Article(self.title, self.number, place)


class Unit(StrEnum):
    """What a period is counted in (期限单位): working days and calendar days are not interchangeable."""

    WORKDAYS = "个工作日"
    DAYS = "日"


@dataclass(frozen=True, slots=True)
class Limit:
    """A legal period (期限) with its source; a bare number never travels alone.

    >>> str(Limit(20, REGULATION.article("第三十三条第二款")))
    '20个工作日'
    >>> str(Limit(30, REGULATION.article("第三十三条第二款"), Unit.DAYS))
    '30日'
    """

    length: int
    cite: Article
    unit: Unit = Unit.WORKDAYS

    def __str__(self) -> str:
        return f"{self.length}{self.unit}"


class Refused(Exception):  # noqa: N818 (the word of the house for a rule that says no)
    """A rule says no (不予准许). The text is one Chinese sentence; *cite* is the article, where there is one.

    >>> str(Refused("任务已办结，不能再报送进展"))
    '任务已办结，不能再报送进展'
    """

    def __init__(self, reason: str, cite: Article | None = None) -> None:
        self.reason = reason
        self.cite = cite
        super().__init__(f"{reason}（{cite}）" if cite else reason)


#: 政府信息公开条例, 2019 revision, in force 2019-05-15
REGULATION = Instrument("中华人民共和国政府信息公开条例", "国令第711号")
