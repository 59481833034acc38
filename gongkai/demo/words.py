"""演示文字: the sentences that the demo's people write, from data/words.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile
from pathlib import Path
from random import Random
from typing import Any

FOLDER = Path(__file__).parent / "data"


@cache
def words() -> dict[str, Any]:
    """The whole of data/words.toml."""
    return tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))


def plan_text(name: str) -> str:
    """The text of a plan in data/ without the ``#`` lines that name its source (要点原文)."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(dropwhile(lambda line: line.startswith("#"), lines))


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes sentences of one sort about one task (写作者); *chance* makes them differ."""

    chance: Random

    def write(self, sort: str, number: str, day_of_year: int = 1) -> str:
        """A sentence of *sort* (a list of words.toml) about the task of *number*."""
        column, topic = words()["topics"].get(number, ("政务公开", "政务公开"))
        sentence: str = self.chance.choice(words()[sort])
        return sentence.format(
            topic=topic,
            column=column,
            quarter=("一季度", "二季度", "三季度", "四季度")[min(3, day_of_year // 92)],
            n=self.chance.randrange(4, 38),
            m=self.chance.randrange(1, 6),
        )
