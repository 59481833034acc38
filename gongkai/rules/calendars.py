"""工作日历: which days are worked, as a precomputed table, as known today or on an earlier day."""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

from gongkai.rules.days import DayNote, Kind
from gongkai.rules.estimate import statutory_days
from gongkai.rules.law import Refused
from gongkai.rules.notices import Notice, days_between, in_force, known, notices

SATURDAY = 5


class UnknownYear(Refused):
    """The year's holidays are not published or not on file (当年放假安排未知): no silent guess."""


_PLAIN = DayNote(Kind.WORKDAY), DayNote(Kind.WEEKEND)


class Calendar:
    """One calendar of working days (工作日历) over whole years; the last ones may be estimated (暂定)."""

    __slots__ = ("_days", "_notes", "_origin", "_rank", "_worked", "estimated_from", "known_on", "years")

    def __init__(
        self,
        years: range,
        notes: Mapping[date, DayNote],
        *,
        estimated_from: int | None = None,
        known_on: date | None = None,
    ) -> None:
        self.years = years
        self.estimated_from = estimated_from
        self.known_on = known_on
        self._notes = notes
        days = days_between(date(years[0], 1, 1), date(years[-1], 12, 31))
        self._origin = days[0].toordinal()
        self._worked = [notes[day].worked if day in notes else day.weekday() < SATURDAY for day in days]
        self._days = [day for day, worked in zip(days, self._worked, strict=True) if worked]
        self._rank = [0]  # _rank[i] = working days among the first i days
        for worked in self._worked:
            self._rank.append(self._rank[-1] + worked)

    def is_workday(self, day: date) -> bool:
        """Whether *day* is a working day (工作日)."""
        place = day.toordinal() - self._origin
        if 0 <= place < len(self._worked):
            return self._worked[place]
        raise self._unknown(day.year)

    def add(self, start: date, workdays: int) -> date:
        """The day that lies so many working days after (before) *start*; *start* itself never counts."""
        place = start.toordinal() - self._origin
        if not 0 <= place < len(self._worked):
            raise self._unknown(start.year)
        if not workdays:
            return start
        wanted = self._rank[place + 1] + workdays - 1 if workdays > 0 else self._rank[place] + workdays
        if 0 <= wanted < len(self._days):
            return self._days[wanted]
        raise self._unknown(self.years[-1] + 1 if workdays > 0 else self.years[0] - 1)

    def count(self, start: date, last: date) -> int:
        """Working days from *start*, not counted, to *last*, counted; negative where *last* is earlier."""
        begin, end = start.toordinal() - self._origin, last.toordinal() - self._origin
        for place, day in ((begin, start), (end, last)):
            if not 0 <= place < len(self._worked):
                raise self._unknown(day.year)
        after = end >= begin
        return self._rank[end + after] - self._rank[begin + after]

    def note(self, day: date) -> DayNote:
        """Why *day* is worked or not (理由)."""
        if day.year not in self.years:
            raise self._unknown(day.year)
        plain = date.fromordinal(day.toordinal())  # a datetime would miss its own note
        return self._notes.get(plain) or _PLAIN[day.weekday() >= SATURDAY]

    def is_provisional(self, day: date) -> bool:
        """Whether *day* lies in a year that is only estimated (暂定)."""
        return self.estimated_from is not None and day.year >= self.estimated_from

    def table(self) -> tuple[int, list[int], list[date]]:
        """The table itself: ordinal of the first day, ranks, working days (for whole arrays)."""
        return self._origin, self._rank, self._days

    def _unknown(self, year: int) -> UnknownYear:
        known_on = f"截至{self.known_on}，" if self.known_on else ""
        state = "放假安排尚未公布" if year > self.years[-1] else "放假安排未收录"
        held = f"现有{self.years[0]}年至{self.years[-1]}年"
        if self.estimated_from:
            held += f"，其中{self.estimated_from}年起为暂估"
        return UnknownYear(f"{known_on}{year}年的{state}，无法计算工作日（{held}）")


def _published_notes(chosen: tuple[Notice, ...]) -> dict[date, DayNote]:
    notes: dict[date, DayNote] = {}
    for notice, holiday in in_force(chosen):
        notes |= {day: DayNote(Kind.HOLIDAY, holiday.name, notice) for day in holiday.days_off()}
        notes |= {day: DayNote(Kind.MAKEUP, holiday.name, notice) for day in holiday.worked}
    return notes


def _estimated_notes(first: int, known_on: date | None) -> tuple[int, dict[date, DayNote]]:
    notes: dict[date, DayNote] = {}
    year = first
    while (days := statutory_days(year, known_on)) is not None:
        notes |= {day: DayNote(Kind.HOLIDAY, name) for day, name in days.items()}
        year += 1
    return year, notes


@lru_cache(maxsize=64)
def _build(chosen: tuple[Notice, ...], known_on: date | None, estimate: bool) -> Calendar:
    years = range(chosen[0].year, max(notice.year for notice in chosen) + 1)
    notes = _published_notes(chosen)
    if not estimate:
        return Calendar(years, notes, known_on=known_on)
    end, estimated = _estimated_notes(years.stop, known_on)
    return Calendar(range(years.start, end), estimated | notes, estimated_from=years.stop, known_on=known_on)


def calendar_as_of(day: date, *, estimate: bool = False) -> Calendar:
    """The calendar as it was known on *day* (当日已知的工作日历): later notices and amendments left out.

    >>> str(calendar_as_of(date(2020, 1, 22)).add(date(2020, 1, 22), 7))
    '2020-02-06'
    >>> str(calendar_as_of(date(2020, 1, 27)).add(date(2020, 1, 22), 7))
    '2020-02-10'
    """
    chosen = known(day)
    if not chosen:
        raise UnknownYear(f"截至{day}没有收录任何放假通知，无法计算工作日")
    return _build(chosen, day, estimate)


def changed_days(old: Calendar, new: Calendar) -> list[date]:
    """The days that *new* works and *old* does not, or the other way round (两版日历不同的日期).

    >>> before, after = calendar_as_of(date(2019, 3, 21)), calendar_as_of(date(2019, 3, 22))
    >>> [str(day) for day in changed_days(before, after)]
    ['2019-04-28', '2019-05-02', '2019-05-03', '2019-05-05']
    """
    shared = range(max(old.years[0], new.years[0]), min(old.years[-1], new.years[-1]) + 1)
    if not shared:
        return []
    days = days_between(date(shared[0], 1, 1), date(shared[-1], 12, 31))
    return [day for day in days if old.is_workday(day) != new.is_workday(day)]


#: every published notice applied (现行工作日历); an unknown year is refused
PUBLISHED = _build(notices(), None, False)


@cache
def with_estimate() -> Calendar:
    """The published calendar with the following years estimated (含暂定年份), for dates shown to people."""
    return _build(notices(), None, True)
