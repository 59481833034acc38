"""How well and how fast plans are read: ``python -m bench.reader [FOLDER]``.

Scores the seed, the made-up plans, and every text with an ``.expected.json`` beside it in FOLDER (or in the
folder that the environment variable GONGKAI_SAMPLES names); then times the seed and made-up plans of a
thousand and ten thousand tasks, and prints the peak memory of reading the largest.
"""

import json
import os
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from bench.plans import PROSE, make_plan, samples
from bench.score import MEASURES, answers_of, score
from gongkai.ledger.reader import read_plan, read_text

ROOT = Path(__file__).parent.parent
SEED = ROOT / "gongkai" / "demo" / "data" / "seed.txt"
SEED_ANSWER = ROOT / "tests" / "data" / "workplans" / "seed.expected.json"
Row = tuple[str, dict[str, float | None], int]


def main(folder: str = "") -> None:
    """Print the table of scores, then times and memory."""
    rows = [*_seed(), *_folder(folder or os.environ.get("GONGKAI_SAMPLES", "")), *_made_up()]
    print(f"{'plan':32}" + "".join(f"{measure:>11}" for measure in MEASURES) + "   tasks")
    for name, measures, tasks in [*rows, _mean(rows)]:
        cells = (f"{'-' if measures[m] is None else format(measures[m], '.3f'):>11}" for m in MEASURES)
        print(f"{name:32}{''.join(cells)}{tasks:8}")
    _times()


def _seed() -> Iterator[Row]:
    answer = json.loads(SEED_ANSWER.read_text("utf-8"))["tasks"]
    yield "seed", score(answer, answers_of(read_plan(SEED.read_bytes()))), len(answer)


def _folder(place: str) -> Iterator[Row]:
    for answer in sorted(Path(place).glob("*.expected.json")) if place else []:
        stem = answer.name.removesuffix(".expected.json")
        source = next(p for p in sorted(answer.parent.glob(f"{stem}.*")) if p.suffix != ".json")
        expected = json.loads(answer.read_text("utf-8"))["tasks"]
        yield stem, score(expected, answers_of(read_plan(source.read_bytes()))), len(expected)


def _made_up() -> Iterator[Row]:
    for sample in samples():
        expected = sample.expected()
        yield sample.name, score(expected, answers_of(read_plan(sample.content))), len(expected)


def _mean(rows: list[Row]) -> Row:
    total: dict[str, float | None] = {}
    for measure in MEASURES:
        known = [(value, tasks) for _, measures, tasks in rows if (value := measures[measure]) is not None]
        total[measure] = sum(value * tasks for value, tasks in known) / max(sum(t for _, t in known), 1)
    return "all, by tasks", total, sum(tasks for _, _, tasks in rows)


def _times() -> None:
    seed = SEED.read_bytes()
    print(f"\nseed, 40 tasks: CPU {_best(lambda: read_plan(seed)) * 1000:.1f} ms")
    per_task = {}
    for tasks in (1_000, 10_000):
        text = large_plan(tasks)
        seconds = _best(lambda text=text: read_text(text), times=2)
        per_task[tasks] = seconds / tasks
        print(f"made up, {tasks} tasks: CPU {seconds:.2f} s, {per_task[tasks] * 1000:.3f} ms a task")
    print(f"ten times the tasks, time per task × {per_task[10_000] / per_task[1_000]:.2f}")
    print(f"peak memory of reading {tasks} tasks: {_peak(text):.0f} MB")


def _peak(text: str) -> float:
    tracemalloc.start()
    read_text(text)
    peak = tracemalloc.get_traced_memory()[1] / 1024 / 1024
    tracemalloc.stop()
    return peak


def large_plan(tasks: int) -> str:
    """A made-up plan of so many tasks as text."""
    return "\n".join(PROSE["bracket"](make_plan(7, tasks, leads=True, each=40)))


def _best(act, times: int = 5) -> float:  # type: ignore[no-untyped-def]
    found = []
    for _ in range(times):
        start = time.process_time()
        act()
        found.append(time.process_time() - start)
    return min(found)


if __name__ == "__main__":
    main(*sys.argv[1:2])
