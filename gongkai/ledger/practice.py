"""工作惯例: numbers that an office sets for itself. None of them is law; change them here."""

from dataclasses import dataclass
from datetime import date, timedelta

#: 督办反馈: working days that a unit is given for its answer, where the office types no other day
ANSWER_WORKDAYS = 5

#: 延期上限: days after the end of the plan's year (or after a later deadline) to which more time may reach
EXTENSION_DAYS_PAST_YEAR = 31

#: 跨年任务: how many years after the plan's own a task may fall due
YEARS_AHEAD = 5

#: 佐证材料: the largest upload, in bytes
LARGEST_EVIDENCE = 20 * 2**20

#: 发信重试: the waits after a mail that could not be sent; when they are used up, the fault stays visible
RETRIES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)

#: 邮件服务器故障: after so many failed connections in a row the rest waits for the next run
DEAD_SERVER = 3

_UNIT = frozenset({"officer"})
_HEAD = frozenset({"officer", "approver"})
_ALL = frozenset({"officer", "approver", "office"})


@dataclass(frozen=True, slots=True)
class Reminder:
    """One rule of reminding (提醒规则): days after the deadline (negative: before), and to whom."""

    days: int
    roles: frozenset[str]

    def words(self, due_on: date) -> str:
        """What the notice says about the day (提醒用语).

        >>> Reminder(-5, frozenset()).words(date(2021, 6, 30))
        '6月30日到期，还剩5天'
        >>> Reminder(10, frozenset()).words(date(2021, 6, 30))
        '6月30日到期，已逾期10天'
        """
        day = f"{due_on.month}月{due_on.day}日"
        if self.days < 0:
            return f"{day}到期，还剩{-self.days}天"
        return f"{day}到期，已逾期{self.days}天" if self.days else f"今天（{day}）到期"


#: 提醒规则: first the unit's officers, then also its head, at last also the office
REMINDERS = (
    Reminder(-15, _UNIT),
    Reminder(-5, _UNIT),
    Reminder(-1, _UNIT),
    Reminder(0, _UNIT),
    Reminder(1, _UNIT),
    Reminder(5, _HEAD),
    Reminder(10, _ALL),
    *(Reminder(days, _ALL) for days in range(20, 181, 20)),
)
