"""行内文字: blanks and marks of a line in order: the same words are always written the same way."""

import re
from collections.abc import Iterable

from gongkai.documents.reading.blocks import BREAK, Run, Runs, trimmed
from gongkai.frame.opening.signs import INVISIBLE

_UNSEEN = re.compile(f"[{''.join(sorted(INVISIBLE))}\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]"
#: a line of the source that was only broken for its length: no blank between two Chinese signs
_FOLD = re.compile(rf"(?<={_WIDE})[ \t\f]*[\r\n][ \t\r\n\f]*(?={_WIDE})")
_BLANKS = re.compile("[ \t\r\n\f\u00a0\u2002\u2003\u2005\u2009\u202f]+")
_EDGE = " \u3000\n"


def typed(text: str) -> str:
    """Words as a page holds them, its blanks made one (空白归一)."""
    return _BLANKS.sub(" ", _FOLD.sub("", _UNSEEN.sub("", text)))


def joined(runs: Iterable[Run]) -> Runs:
    """Neighbours with the same marks become one; no two blanks stand side by side (合并片段)."""
    merged: list[Run] = []
    for run in runs:
        if run.src or run.text == BREAK:
            merged.append(run)
            continue
        text = run.text
        if not text.strip(" ") and (run.marks or run.href):
            run = Run(text)  # a blank needs no mark
        before = merged[-1] if merged else None
        if before and not before.src and before.text.endswith((" ", BREAK)):
            text = text.lstrip(" ")
        if not text:
            continue
        if _alike(before, run):
            merged[-1] = trimmed(merged[-1], merged[-1].text + text)
        else:
            merged.append(trimmed(run, text))
    return tuple(merged)


def _alike(before: Run | None, run: Run) -> bool:
    return (
        before is not None
        and not before.src
        and before.text != BREAK
        and before.marks == run.marks
        and before.href == run.href
    )


def tidy(runs: Iterable[Run]) -> Runs:
    """A line without blanks around it and around its breaks (去首尾空白)."""
    kept = list(joined(runs))
    while kept and not kept[0].src and not kept[0].text.strip(_EDGE):
        del kept[0]
    while kept and not kept[-1].src and not kept[-1].text.strip(_EDGE):
        del kept[-1]
    if kept and not kept[0].src:
        kept[0] = trimmed(kept[0], kept[0].text.lstrip(_EDGE))
    if kept and not kept[-1].src:
        kept[-1] = trimmed(kept[-1], kept[-1].text.rstrip(_EDGE))
    return tuple(_around_breaks(kept))


def _around_breaks(runs: list[Run]) -> list[Run]:
    """One break at a time, and no blank before it."""
    kept: list[Run] = []
    for run in runs:
        if not run.src and run.text == BREAK:
            while kept and not kept[-1].src and not kept[-1].text.strip(" \n"):
                del kept[-1]
            if kept and not kept[-1].src:
                kept[-1] = trimmed(kept[-1], kept[-1].text.rstrip(" "))
        kept.append(run)
    return kept


def split(runs: Iterable[Run]) -> list[Runs]:
    """Paragraphs out of one that was broken by empty lines or by lines set in (拆分段落)."""
    lines: list[list[Run]] = [[]]
    waiting = False
    for run in runs:
        broken = not run.src and run.text == BREAK
        blank = not run.src and not run.text.strip(" ")
        if broken and waiting:
            lines.append([])
            waiting = False
        elif broken:
            waiting = True
        elif waiting and blank:
            continue
        else:
            if waiting and run.text.startswith("\u3000") and not run.src:
                lines.append([])
            elif waiting:
                lines[-1].append(Run(BREAK))
            waiting = False
            lines[-1].append(run)
    return [line for line in map(tidy, lines) if line]
