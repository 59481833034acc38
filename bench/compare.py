"""版本比较: two regulations of 100 KB, beside difflib on two levels and difflib on characters."""

import difflib
import random
import statistics
import time
from collections.abc import Callable

from gongkai.documents.comparing import compare, compare_texts

SEED = 20210305
PARAGRAPHS, CHANGED, MOVED = 270, 30, 6
GOAL = 2.0  # milliseconds


def regulations() -> tuple[str, str]:
    """A regulation of 100 KB, and its revision: some paragraphs changed in a few places, some moved."""
    dice = random.Random(SEED)
    signs = [chr(0x4E00 + place) for place in range(2000)] + ["，"] * 150
    old = [
        f"第{place}条　" + "".join(dice.choices(signs, k=dice.randint(40, 210)))
        for place in range(1, PARAGRAPHS + 1)
    ]
    new = [_changed(line, dice, signs) if dice.random() < CHANGED / PARAGRAPHS else line for line in old]
    for _ in range(MOVED):
        new.insert(dice.randrange(len(new)), new.pop(dice.randrange(len(new))))
    return "\n".join(old), "\n".join(new)


def _changed(line: str, dice: random.Random, signs: list[str]) -> str:
    words = list(line)
    for _ in range(4):
        words[dice.randrange(6, len(words))] = dice.choice(signs)
    return "".join(words)


def two_levels(old: str, new: str) -> int:
    """The usual way: difflib on lines, then difflib on the characters of changed lines."""
    before, after = old.split("\n"), new.split("\n")
    steps = 0
    for tag, up, up_end, down, down_end in difflib.SequenceMatcher(None, before, after, False).get_opcodes():
        if tag == "replace":
            for one, other in zip(before[up:up_end], after[down:down_end], strict=False):
                steps += len(difflib.SequenceMatcher(None, one, other, False).get_opcodes())
    return steps


def characters(old: str, new: str) -> int:
    """The simple way: difflib on all characters."""
    return len(difflib.SequenceMatcher(None, old, new, False).get_opcodes())


def median(act: Callable[[], object], times: int) -> float:
    """Milliseconds, the median of *times* runs."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def main() -> None:
    """Print every figure."""
    old, new = regulations()
    before, after = ("".join(f"<p>{line}</p>" for line in text.split("\n")) for text in (old, new))
    print(f"  two texts of {len(old.encode()) / 1000:.0f} KB and {len(new.encode()) / 1000:.0f} KB")
    own = median(lambda: compare_texts(old, new), 50)
    print(f"  paragraphs, characters and moves      {own:>9.2f} ms   (goal {GOAL:.0f} ms)")
    print(f"  the same from HTML, parsing included  {median(lambda: compare(before, after), 5):>9.2f} ms")
    levels = median(lambda: two_levels(old, new), 10)
    print(f"  difflib on lines, then on characters  {levels:>9.2f} ms   ({levels / own:.1f} times as long)")
    plain = median(lambda: characters(old, new), 1)
    print(f"  difflib on characters                 {plain:>9.2f} ms   ({plain / own:.0f} times as long)")


if __name__ == "__main__":
    main()
