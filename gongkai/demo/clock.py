"""演示时钟: events of the demo's year, run in order, each while the clock stands on its moment."""

import heapq
from collections.abc import Callable
from copy import copy
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from django.utils import timezone

from gongkai.frame.today import standing_on

Event = Callable[[date], object]


class Year:
    """A queue of events (事件队列) up to the last day of the demo; an event may add later ones."""

    def __init__(self, last: date, chance: Random) -> None:
        self.last = last
        self.chance = chance
        self._events: list[tuple[datetime, int, Event]] = []
        self._order = count()

    def aside(self, chance: Random) -> "Year":
        """The same queue for another story with a chance of its own: neither moves the other's days."""
        other = copy(self)
        other.chance = chance
        return other

    def at(self, day: date, event: Event) -> None:
        """Let *event* happen on *day* in office hours; days after the last one never come."""
        while day.weekday() >= 5:
            day += timedelta(days=1)
        if day <= self.last:
            hour = time(self.chance.choice((8, 9, 10, 11, 14, 15, 16)), self.chance.randrange(60))
            moment = timezone.make_aware(datetime.combine(day, hour))
            heapq.heappush(self._events, (moment, next(self._order), event))

    def run(self) -> int:
        """Run every event; returns how many there were."""
        done = 0
        latest: datetime | None = None
        while self._events:
            moment, _, event = heapq.heappop(self._events)
            latest = max(moment, latest) + timedelta(seconds=1) if latest else moment
            with standing_on(latest):
                event(latest.date())
            done += 1
        return done
