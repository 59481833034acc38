"""台账的公文: letters of the ledger; their templates lie beside this file (``scripts.ledger_letters``).

An office changes a template in WPS or Word, and puts its own under GONGKAI_LETTERS.
"""

from collections.abc import Iterable
from datetime import date

from django.conf import settings

from gongkai.frame.letters import render
from gongkai.ledger.models import LookBack, LookBackEntry, Supervision
from gongkai.ledger.states import LOOKBACK, STANDINGS, Standing

LONG = 60  # signs: three lines of the letter's table


def supervision_letter(supervision: Supervision) -> bytes:
    """The notice of supervision as .docx (督办通知单)."""
    assignments = supervision.assignments.select_related("task__plan").order_by("task__position", "id")
    tasks = [
        {
            "number": each.task.number or str(place),
            "text": shorten(each.task.text),
            "due_on": each.due_on,
            "standing": STANDINGS[Standing(each.standing)],
            "late": max((supervision.opened_on - each.due_on).days, 0),
        }
        for place, each in enumerate(assignments, start=1)
    ]
    plans = {each.task.plan.title: None for each in assignments}
    words = {
        "number": supervision.number,
        "unit": supervision.unit.name,
        "plans": "、".join(f"《{title}》" for title in plans),
        "count": len(tasks),
        "tasks": tasks,
        "demand": supervision.demand,
        "answer_by": supervision.answer_by,
        "opened_on": supervision.opened_on,
        "office": settings.SITE["office"],
        "phone": settings.SITE["phone"],
    }
    return render("ledger", "supervision", words)


def lookback_report(lookback: LookBack, *, today: date) -> bytes:
    """The report on the look back as .docx (回头看报告)."""
    entries = list(
        lookback.entries.select_related("assignment__task", "assignment__unit").order_by(
            "assignment__task__position", "assignment__position", "id"
        )
    )
    words = {
        "plan": lookback.plan.title,
        "year": lookback.plan.year,
        "started_on": lookback.started_on,
        "today": today,
        "total": len(entries),
        "verified": _counted(entries, "verified"),
        "mended": _counted(entries, "mended"),
        "ordered": _counted(entries, "ordered"),
        "unchecked": _counted(entries, "unchecked"),
        "late": sum(
            each.state == "ordered" and each.mend_by is not None and each.mend_by < today for each in entries
        ),
        "entries": [_entry(place, each) for place, each in enumerate(entries, start=1)],
        "office": settings.SITE["office"],
    }
    return render("ledger", "lookback", words)


def shorten(text: str) -> str:
    """As much of a task's text as names it in a letter (摘要)."""
    return text if len(text) <= LONG else f"{text[: LONG - 1]}…"


def _counted(entries: Iterable[LookBackEntry], state: str) -> int:
    return sum(each.state == state for each in entries)


def _entry(place: int, entry: LookBackEntry) -> dict[str, object]:
    found = [entry.finding, f"整改结果：{entry.answer}" if entry.answer else ""]
    return {
        "place": place,
        "task": str(entry.assignment.task),
        "unit": entry.assignment.unit.short_name,
        "state": LOOKBACK.states[entry.state],
        "finding": "；".join(text for text in found if text) or "尚未核查",
        "mend_by": str(entry.mend_by or ""),
    }
