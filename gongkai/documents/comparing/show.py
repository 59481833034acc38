"""比较结果: as HTML that reads well, also aloud: every change is said in words, not only in colour."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from gongkai.documents.comparing.compare import Comparison, Kind, Row
from gongkai.documents.comparing.pieces import Change, Piece

_SAID = {Kind.CHANGED: "修改", Kind.GONE: "删除", Kind.ADDED: "新增", Kind.MOVED: "移动", Kind.LEFT: "移走"}
_COUNTED = (Kind.CHANGED, Kind.ADDED, Kind.GONE, Kind.MOVED)
#: so many unchanged paragraphs stay in sight before and after a change
CONTEXT = 1


def summary(comparison: Comparison) -> str:
    """What changed, in one sentence (变动概述)."""
    if comparison.is_same:
        return "两个版本的文字没有差别。"
    told = [f"{_SAID[kind]}{count}段" for kind in _COUNTED if (count := comparison.count(kind))]
    return f"共{'，'.join(told)}。"


def show(comparison: Comparison, *, context: int = CONTEXT) -> str:
    """The comparison as HTML (显示比较结果); long unchanged stretches are folded."""
    stretches = [list(rows) for _, rows in groupby(comparison.rows, key=lambda row: row.kind is Kind.SAME)]
    last = len(stretches) - 1
    parts = [
        part
        for place, rows in enumerate(stretches)
        for part in _stretch(rows, 0 if place == 0 else context, 0 if place == last else context)
    ]
    return f'<div class="gk-diff"><p class="gk-diff__sum">{summary(comparison)}</p>{"".join(parts)}</div>'


def _stretch(rows: Sequence[Row], before: int, behind: int) -> Iterator[str]:
    """Rows of a kind; unchanged ones are folded but for the first and the last."""
    if rows[0].kind is not Kind.SAME or len(rows) <= before + behind + 1:
        yield from map(_row, rows)
        return
    end = len(rows) - behind
    yield from map(_row, rows[:before])
    inner = "".join(map(_row, rows[before:end]))
    yield f'<details class="gk-diff__fold"><summary>没有变动的{end - before}段</summary>{inner}</details>'
    yield from map(_row, rows[end:])


def _row(row: Row) -> str:
    if row.kind is Kind.SAME:
        return f'<p class="gk-diff__row">{_words(row.pieces[0].text)}</p>'
    return (
        f'<p class="gk-diff__row gk-diff__row--{row.kind.value}">'
        f'<strong class="gk-diff__tag">{_tag(row)}</strong> {"".join(map(_piece, row.pieces))}</p>'
    )


def _tag(row: Row) -> str:
    if row.kind is Kind.MOVED:
        return f"由原第{row.old}段移来"
    return f"移至现第{row.new}段" if row.kind is Kind.LEFT else _SAID[row.kind]


def _piece(piece: Piece) -> str:
    words = _words(piece.text)
    if piece.change is Change.GONE:
        return f"<del>{_aloud('删去：')}{words}{_aloud('。')}</del>"
    if piece.change is Change.NEW:
        return f"<ins>{_aloud('增加：')}{words}{_aloud('。')}</ins>"
    return words


def _aloud(words: str) -> str:
    """Words for those who listen."""
    return f'<span class="govuk-visually-hidden">{words}</span>'


def _words(text: str) -> str:
    return escape(text, quote=False).replace("\t", " ｜ ")
