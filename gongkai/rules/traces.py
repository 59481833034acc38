"""推算过程: why a period ends on a certain day, row by row for screens and in sentences for letters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.rules.calendars import PUBLISHED, Calendar
from gongkai.rules.date_words import full, spans_of, weekday
from gongkai.rules.days import DayNote, Kind
from gongkai.rules.notices import Notice
from gongkai.rules.pauses import ONE_DAY, Pause, merged
from gongkai.rules.workdays import add_workdays

#: beyond so many spans of one kind a summary gives only their number; the rows still name every day
MANY_SPANS = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One day of the way (逐日说明); *number* is its place among the counted days, else 0."""

    day: date
    note: DayNote
    number: int
    reason: str
    provisional: bool

    @property
    def counted(self) -> bool:
        """Whether the day counts (计入)."""
        return self.number != 0

    def __str__(self) -> str:
        place = f"，计入，第{self.number}个工作日" if self.counted else "，不计入"
        return f"{full(self.day)}（{weekday(self.day)}）{self.reason}{place}{self._mark}"

    @property
    def _mark(self) -> str:
        return "（暂定）" if self.provisional else ""

    def as_row(self) -> dict[str, Any]:
        """The row as plain values (结构化数据)."""
        return {
            "date": self.day.isoformat(),
            "weekday": weekday(self.day),
            "kind": self.note.kind.value,
            "holiday": self.note.name or None,
            "reason": self.reason,
            "counted": self.counted,
            "number": self.number or None,
            "provisional": self.provisional,
            "text": str(self),
        }


@dataclass(frozen=True, slots=True)
class Trace:
    """The whole way from the starting day to the last (推算过程); *workdays* is negative backwards."""

    start: date
    last: date
    workdays: int
    steps: tuple[Step, ...]

    @property
    def provisional(self) -> bool:
        """Whether a day on the way is only estimated (暂定)."""
        return any(step.provisional for step in self.steps)

    @property
    def notices(self) -> list[Notice]:
        """The holiday notices that the way rests on (依据), oldest first."""
        found = {step.note.notice for step in self.steps if step.note.notice}
        return sorted(found, key=lambda notice: notice.published)

    def lines(self) -> list[str]:
        """One sentence for each day (逐日说明)."""
        return [str(step) for step in self.steps]

    def summary(self) -> str:
        """The way in a few sentences, for a letter or a page (推算说明)."""
        parts = [self._result(), *self._exceptions()]
        if self.notices:
            parts.append(f"依据：{'、'.join(notice.number or notice.title for notice in self.notices)}")
        if self.provisional:
            parts.append("所涉年份的放假安排尚未公布，本日期为暂定，公布后重新计算")
        return "。".join(parts) + "。"

    def _result(self) -> str:
        end = f"{full(self.last)}（{weekday(self.last)}）"
        if not self.workdays:
            return f"{full(self.start)}（起算日，不计入）至{end}没有可计入的工作日"
        way = "次日" if self.workdays > 0 else "前一日"
        return f"自{full(self.start)}的{way}起算，至{end}共{abs(self.workdays)}个工作日"

    def _exceptions(self) -> Iterator[str]:
        runs: dict[tuple[str, bool], list[Step]] = {}
        for step in self.steps[1:]:
            if step.note.kind is not Kind.WORKDAY or not step.counted:
                runs.setdefault((step.reason, step.counted), []).append(step)
        for (reason, counted), steps in runs.items():
            verb = "计入" if counted else "不计入"
            spans = spans_of([step.day for step in steps], self.start.year)
            named = f"（{'、'.join(spans)}）" if len(spans) <= MANY_SPANS else ""
            yield f"{reason}{len(steps)}天{verb}{named}"

    def as_dict(self) -> dict[str, Any]:
        """The whole trace as plain values (结构化数据)."""
        return {
            "start": self.start.isoformat(),
            "last": self.last.isoformat(),
            "workdays": self.workdays,
            "provisional": self.provisional,
            "notices": [
                {"number": each.number, "title": each.title, "dated": each.dated.isoformat()}
                for each in self.notices
            ],
            "summary": self.summary(),
            "steps": [step.as_row() for step in self.steps],
        }


def trace(
    start: date,
    workdays: int,
    *,
    pauses: Iterable[tuple[date, date]] = (),
    calendar: Calendar = PUBLISHED,
) -> Trace:
    """Why the period ends when it does, day by day (期限推算过程).

    >>> print(trace(date(2021, 3, 31), 20).lines()[25])
    2021年4月25日（星期日）劳动节调休上班，计入，第17个工作日
    """
    spans = merged(pauses)
    return trace_between(
        start, add_workdays(start, workdays, pauses=spans, calendar=calendar), pauses=spans, calendar=calendar
    )


def trace_between(
    start: date, last: date, *, pauses: Iterable[tuple[date, date]] = (), calendar: Calendar = PUBLISHED
) -> Trace:
    """The working days from *start*, not counted, to *last*, day by day (两日之间的推算过程)."""
    steps = tuple(_walk(start, last, merged(pauses), calendar))
    number = sum(step.counted for step in steps)
    return Trace(start, last, number if last >= start else -number, steps)


def _walk(start: date, last: date, spans: list[Pause], calendar: Calendar) -> Iterator[Step]:
    yield Step(start, calendar.note(start), 0, "起算日", calendar.is_provisional(start))
    pace = ONE_DAY if last >= start else -ONE_DAY
    day, number = start, 0
    while day != last:
        day += pace
        note = calendar.note(day)
        stopped = note.worked and any(span.covers(day) for span in spans)
        number += note.worked and not stopped
        yield Step(
            day,
            note,
            number if note.worked and not stopped else 0,
            "中止计算期间" if stopped else str(note),
            calendar.is_provisional(day),
        )
