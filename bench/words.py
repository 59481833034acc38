"""错敏词: 20,000 wordings over 100 MB, beside a plain loop and one regex on a small sample."""

import random
import re
import time
from collections.abc import Callable

from gongkai.rules.wrong_words import Matcher, Term

SEED = 20210305
WORDS, MEGABYTES, SAMPLE = 20_000, 100, 20_000
GOAL = 1.0  # seconds
PROSE = (
    "根据《中华人民共和国政府信息公开条例》要求，区政府各部门应当在2021年3月31日前公开上一年度工作情况，"
    "涉及农村道路改造、社会救助、义务教育、医疗卫生和安全生产等领域，惠及群众1200户，接受社会监督。\n"
)


def made() -> tuple[list[str], str]:
    """Wordings of two to six signs, and prose in which one of them stands now and then."""
    dice = random.Random(SEED)
    signs = [chr(0x4E00 + place) for place in range(3000)]
    words = sorted({"".join(dice.choices(signs, k=dice.randint(3, 6))) for _ in range(WORDS)})
    chapter = "".join(
        PROSE + (dice.choice(words) + "\n" if dice.random() < 0.02 else "") for _ in range(4000)
    )
    return words, chapter * (MEGABYTES * 1_000_000 // len(chapter.encode()) + 1)


def seconds(act: Callable[[], object]) -> float:
    """How long one run takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def main() -> None:
    """Print every figure."""
    words, text = made()
    size = len(text.encode()) / 1_000_000
    began = time.perf_counter()
    matcher = Matcher([Term(word) for word in words])
    print(f"  {len(words):,} wordings made ready in {time.perf_counter() - began:.2f} s")
    best = min(seconds(lambda: matcher.find(text)) for _ in range(2))
    hits = len(matcher.find(text))
    print(
        f"  {size:.0f} MB read, {hits:,} found {best:>8.2f} s   ({size / best:.0f} MB/s, goal {GOAL:.0f} s)"
    )
    sample = text[:SAMPLE]
    own = len(sample.encode()) / 1_000_000 / (size / best)
    loop = seconds(lambda: [word for word in words if word in sample])
    shape = re.compile("|".join(map(re.escape, words)))
    plain = seconds(lambda: shape.findall(sample))
    for name, spent in (("a loop of `in`", loop), ("one regex", plain)):
        print(
            f"  {name:<16}over {SAMPLE:,} signs {spent * 1000:>8.1f} ms  ({spent / own:,.0f} times as long)"
        )


if __name__ == "__main__":
    main()
