"""答复期限: when an application must be answered, from facts alone, with the way told day by day.

A full clock of 20 working days begins at receipt, and again at the supplement or, as is widely done, after
payment. Asking a third party or a body that made the information too stops it. An extension adds to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain

from gongkai.rules.calendars import PUBLISHED, Calendar
from gongkai.rules.date_words import full
from gongkai.rules.law import REGULATION, Limit, Refused
from gongkai.rules.pauses import ONE_DAY, Pause, merged, pause_between
from gongkai.rules.traces import Trace, trace
from gongkai.rules.workdays import add_workdays

ANSWER = Limit(20, REGULATION.article("第三十三条第二款"))
#: at most so much longer, approved by the head of the agency's office for open government and told in writing
EXTENSION = Limit(20, REGULATION.article("第三十三条第二款"))
SUPPLEMENT = Limit(7, REGULATION.article("第三十条"))
THIRD_PARTY = Limit(15, REGULATION.article("第三十二条"))
CO_MAKER = Limit(15, REGULATION.article("第三十四条"))
EXCLUDED = REGULATION.article("第三十三条第三款")
POSTPONED = REGULATION.article("第三十五条")


class Party(StrEnum):
    """Who was asked (征求对象): a silent third party lets the agency decide, a silent co-maker agrees."""

    THIRD = "third"
    MAKER = "maker"

    @property
    def limit(self) -> Limit:
        """The time to answer (答复意见期限)."""
        return THIRD_PARTY if self is Party.THIRD else CO_MAKER

    @property
    def label(self) -> str:
        """What a page calls them (名称)."""
        return "第三方" if self is Party.THIRD else "共同制作机关"

    @property
    def silence(self) -> str:
        """What it means when nothing comes in time (逾期未提出意见)."""
        return "由本机关依法决定是否公开" if self is Party.THIRD else "视为同意公开"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One letter that asks for an opinion (征求意见); None for what has not happened yet."""

    party: Party
    sent: date
    delivered: date | None = None
    answered: date | None = None

    def due(self, calendar: Calendar = PUBLISHED) -> date | None:
        """The last day for the opinion (意见截止日), once the letter has been delivered.

        >>> str(Inquiry(Party.THIRD, date(2021, 4, 6), date(2021, 4, 7)).due())
        '2021-04-27'
        """
        return (
            add_workdays(self.delivered, self.party.limit.length, calendar=calendar)
            if self.delivered
            else None
        )

    def silent(self, today: date, calendar: Calendar = PUBLISHED) -> bool:
        """Whether the time has passed without an opinion (逾期未答)."""
        due = self.due(calendar)
        return due is not None and due < (self.answered or today)

    def pause(self, today: date, calendar: Calendar = PUBLISHED) -> tuple[Pause, ...]:
        """The days that the answer's clock does not count (不计入期间).

        An opinion that comes late changes nothing: the clock ran again from the limit on. While none has come
        the clock is taken to stand until the limit, or until *today* where the letter is still on its way.
        """
        due = self.due(calendar)
        ends = [day for day in (self.answered, due) if day]
        return pause_between(self.sent, min(ends) if ends else max(today, self.sent))

    @property
    def open(self) -> bool:
        """Whether no opinion has come yet (尚未回复)."""
        return self.answered is None


@dataclass(frozen=True, slots=True)
class Facts:
    """What happened (事实), and nothing computed: days of receipt, supplement, payment, inquiries, extension.

    ``received`` is the day that the law takes for receipt by the channel (条例第三十一条).
    ``postponed`` is a later day set and told under 条例第三十五条; ``pauses`` are further days not counted.
    """

    received: date
    supplemented: date | None = None
    paid: date | None = None
    inquiries: tuple[Inquiry, ...] = ()
    extension: int = 0
    postponed: date | None = None
    pauses: tuple[Pause, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.extension <= EXTENSION.length:
            raise Refused(f"延长答复最多{EXTENSION}，现为{self.extension}个工作日", EXTENSION.cite)
        for name, day in (("补正", self.supplemented), ("缴费", self.paid)):
            if day and day < self.received:
                raise Refused(f"{name}日期{day}早于收到申请之日{self.received}")
        for inquiry in self.inquiries:
            if inquiry.sent < self.received:
                raise Refused(f"征求意见日期{inquiry.sent}早于收到申请之日{self.received}")

    def start(self) -> tuple[date, str]:
        """The day from which the clock runs, itself not counted, and what happened on it (起算日)."""
        begins = [(self.received, "收到申请")]
        begins += [(self.supplemented, "收到补正材料")] if self.supplemented else []
        begins += [(self.paid, "完成缴费")] if self.paid else []
        return max(begins, key=lambda begin: begin[0])


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day to answer (答复截止日) with all that explains it."""

    facts: Facts
    due: date
    way: Trace
    open_inquiries: tuple[Inquiry, ...]

    @property
    def stopped(self) -> bool:
        """Whether the clock stands because an opinion is awaited (中止计算中): the day may still move."""
        return bool(self.open_inquiries) and not self.facts.postponed

    @property
    def provisional(self) -> bool:
        """Whether the day rests on holidays that are only estimated (暂定)."""
        return self.way.provisional

    def reasons(self) -> list[str]:
        """Why it is this day, in sentences with their articles (期限说明)."""
        return list(self._reasons())

    def _reasons(self) -> Iterator[str]:
        start, event = self.facts.start()
        yield f"{full(start)}{event}，自次日起{ANSWER}内答复（{ANSWER.cite}）"
        if start != self.facts.received:
            yield f"{full(self.facts.received)}收到申请；{event}后答复期限重新计算"
        if self.facts.extension:
            yield f"经批准延长{self.facts.extension}个工作日（{EXTENSION.cite}）"
        for inquiry in self.facts.inquiries:
            yield self._asked(inquiry)
        for first, last in self.facts.pauses:
            yield f"{full(first)}至{full(last)}不计入答复期限（{EXCLUDED}）"
        if self.facts.postponed:
            yield f"申请数量、频次明显超过合理范围，已告知延至{full(self.facts.postponed)}答复（{POSTPONED}）"
        else:
            yield self.way.summary()

    def _asked(self, inquiry: Inquiry) -> str:
        begun = f"{full(inquiry.sent)}征求{inquiry.party.label}意见"
        if inquiry.answered:
            return f"{begun}，{full(inquiry.answered)}收到意见，期间不计入答复期限（{EXCLUDED}）"
        return f"{begun}，尚未收到意见，期间不计入答复期限（{EXCLUDED}）"


def deadline(facts: Facts, *, today: date, calendar: Calendar = PUBLISHED) -> Deadline:
    """When the application must be answered (答复截止日), as far as is known *today*.

    >>> print(deadline(Facts(date(2021, 3, 31)), today=date(2021, 4, 1)).due)
    2021-04-28
    """
    start, _ = facts.start()
    pauses = merged(_pauses(facts, start, today, calendar))
    way = trace(start, ANSWER.length + facts.extension, pauses=pauses, calendar=calendar)
    due = max(facts.postponed, way.last) if facts.postponed else way.last
    waiting = tuple(
        inquiry for inquiry in facts.inquiries if inquiry.open and not inquiry.silent(today, calendar)
    )
    return Deadline(facts, due, way, waiting)


def _pauses(facts: Facts, start: date, today: date, calendar: Calendar) -> Iterator[tuple[date, date]]:
    """The pauses as far as they lie behind the start of the clock (起算后的不计入期间)."""
    asked = (inquiry.pause(today, calendar) for inquiry in facts.inquiries)
    for first, last in chain(facts.pauses, *asked):
        if last > start:
            yield max(first, start + ONE_DAY), last


def supplement_notice_due(received: date, *, calendar: Calendar = PUBLISHED) -> date:
    """The last day to ask the applicant, once, for a supplement (补正告知期限).

    >>> str(supplement_notice_due(date(2021, 2, 5)))
    '2021-02-20'
    """
    return add_workdays(received, SUPPLEMENT.length, calendar=calendar)
