"""How well a reading agrees with an answer (评分): tasks, bodies, headings, time limits, leads."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gongkai.ledger.reader import Plan

MEASURES = ("recall", "precision", "units_f1", "sections", "numbers", "deadlines", "leads")
Answer = Mapping[str, Any]


def answers_of(plan: Plan) -> list[dict[str, Any]]:
    """A plan's tasks in the shape of the answer files."""
    return [
        {
            "number": task.number,
            "text": task.text,
            "section_path": list(task.section_path),
            "units": list(task.units),
            "lead_units": list(task.lead_units),
            "deadline_text": task.deadline_text,
        }
        for task in plan.tasks
    ]


def score(expected: Sequence[Answer], found: Sequence[Answer]) -> dict[str, float | None]:
    """Every measure between 0 and 1; `leads` is None where the answer names no lead."""
    pairs = _align(expected, found)
    hits = [(want, got) for want, got in pairs if got is not None]
    led = [(w, g) for w, g in hits if w.get("lead_units") and not w.get("lead_unclear")]
    return {
        "recall": len(hits) / max(len(expected), 1),
        "precision": len(hits) / max(len(found), 1),
        "units_f1": _f1(pairs),
        "sections": _share(_path(w) == _path(g) for w, g in hits),
        "numbers": _share(_plain(w.get("number")) == _plain(g.get("number")) for w, g in hits),
        "deadlines": _share(_limits(w) == _limits(g) for w, g in hits),
        "leads": _share(_names(w, "lead_units") == _names(g, "lead_units") for w, g in led) if led else None,
    }


def _plain(text: object) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text or "")))


def _names(answer: Answer, field: str) -> Counter[str]:
    return Counter(filter(None, (_plain(name) for name in answer.get(field) or [])))


def _path(answer: Answer) -> list[str]:
    return [_plain(title) for title in answer.get("section_path") or []]


def _limits(answer: Answer) -> set[str]:
    return {_plain(p) for p in re.split("[；;]", answer.get("deadline_text") or "") if _plain(p)}


def _share(truths: Iterable[bool]) -> float:
    found = list(truths)
    return sum(found) / max(len(found), 1)


def _align(expected: Sequence[Answer], found: Sequence[Answer]) -> list[tuple[Answer, Answer | None]]:
    """Pair answers with readings in order, by how their words begin."""
    starts = [_plain(task.get("text")) for task in found]
    pairs: list[tuple[Answer, Answer | None]] = []
    low = 0
    for want in expected:
        head = _plain(want["text_startswith"])
        hit = next((i for i in range(low, len(starts)) if starts[i].startswith(head)), None)
        pairs.append((want, None if hit is None else found[hit]))
        low = low if hit is None else hit + 1
    return pairs


def _f1(pairs: Sequence[tuple[Answer, Answer | None]]) -> float:
    right = want = got = 0
    for expected, found in pairs:
        wanted, given = _names(expected, "units"), _names(found or {}, "units")
        right += sum((wanted & given).values())
        want, got = want + sum(wanted.values()), got + sum(given.values())
    return 2 * right / (want + got) if want + got else 1.0
