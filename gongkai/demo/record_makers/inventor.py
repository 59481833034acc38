"""编造者: days, names, amounts of one invented record."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from gongkai.demo.people import invented_name, invented_phone
from gongkai.demo.record_words import FIRMS

Row = dict[str, str]
Record = dict[str, Any]
LAST_DAY = date(2021, 11, 12)


class Inventor:
    """Makes up one record (编造演示内容): the same chance gives the same record."""

    def __init__(self, chance: Random, unit: str, year: int, villages: Sequence[str]) -> None:
        self.chance, self.unit, self.year = chance, unit, year
        self.villages = list(villages) or ["示例村"]

    def day(self, first: int = 20, last: int = 300) -> date:
        """A day of the year."""
        return date(self.year, 1, 1) + timedelta(days=self.chance.randrange(first, last))

    def after(self, start: date, first: int, last: int) -> date:
        """A day somewhat later."""
        return start + timedelta(days=self.chance.randrange(first, last))

    def name(self) -> str:
        """An invented name."""
        return invented_name(self.chance.randrange(1, 480))

    def phone(self) -> str:
        """A number of an area code that does not exist."""
        return invented_phone(self.chance.randrange(1, 9999))

    def money(self, low: int, high: int) -> int:
        """A whole amount."""
        return self.chance.randrange(low, high)

    def few(self, known: Sequence[Any], least: int, most: int) -> list[Any]:
        """Some of *known*, in their order."""
        count = min(len(known), self.chance.randrange(least, most + 1))
        return [known[place] for place in sorted(self.chance.sample(range(len(known)), count))]

    def firm(self) -> str:
        """An invented firm."""
        return f"{self.chance.choice(FIRMS)}{self.chance.choice(['有限公司', '商贸有限公司', '加工厂'])}"


def record(values: dict[str, object], *, stages: Record | None = None, **rows: list[Row]) -> Record:
    """A record out of its values, rows and stages (结构化内容)."""
    head = {name: str(value) for name, value in values.items() if value not in (None, "")}
    return {"values": head, "rows": rows, "stages": stages or {}}


def filled(on: date, note: str = "") -> Row:
    """A stage that is published (已公开环节)."""
    return {"state": "done", "on": str(on), **({"note": note} if note else {})}
