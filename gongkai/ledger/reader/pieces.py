"""From a task found in running text to a draft (正文任务成稿): its number, its words, its doubts."""

import itertools
from dataclasses import dataclass

from gongkai.ledger.reader.draft import Context, Draft
from gongkai.ledger.reader.duties import Duty
from gongkai.ledger.reader.flow import BLANK, Flow
from gongkai.ledger.reader.headings import ancestors, title_of
from gongkai.ledger.reader.outline import Node
from gongkai.ledger.reader.plan import Doubt


@dataclass(frozen=True, slots=True)
class Piece:
    """A task found in the text: its place, its heading nodes, its duties (正文中的一项任务)."""

    node: Node
    start: int
    text_start: int
    text_end: int
    end: int
    duties: tuple[Duty, ...]
    numbered: bool = True
    part: int = 0  # its place among several tasks of one number


def drafts_from(flow: Flow, pieces: list[Piece], context: Context) -> list[Draft]:
    """Read each task that was found (生成任务)."""
    drafts = []
    for piece in pieces:
        above = [*ancestors(piece.node), *([] if piece.numbered else [piece.node])]
        path = tuple(title_of(flow, node) for node in above if node.mark is not None)
        text, low, high = _words_of(flow, piece)
        draft = Draft(
            _number_of(piece),
            text,
            path,
            flow.span(piece.start, max(piece.end, piece.text_end)),
            flow.span(low, high),
        )
        draft.add_duties(flow, list(piece.duties), context)
        draft.find_stage(flow, piece.text_start, piece.text_end, context.year)
        if not draft.deadlines:
            draft.find_limits(flow, piece.text_start, piece.end, context.year)
        draft.add_bracketed_limits(flow, list(piece.duties), context.year)
        draft.doubts += _doubts(piece, draft)
        drafts.append(draft)
    return drafts


def _number_of(piece: Piece) -> str:
    """The number as printed; 3-1, 3-2 where one item holds several tasks."""
    mark = piece.node.mark if piece.numbered else None
    if mark is None:
        return ""
    return f"{mark.number}-{piece.part}" if piece.part else mark.number


def _doubts(piece: Piece, draft: Draft) -> list[Doubt]:
    """What in the layout of a piece makes its bodies less sure (版式存疑)."""
    found = []
    if any(duty.sentence for duty in piece.duties):
        found.append(Doubt("sentence", "责任单位取自正文的句子，请核对。", draft.units_span))
    if any(duty.heading for duty in piece.duties):
        found.append(Doubt("heading", "责任单位取自上级标题，请核对。", draft.units_span))
    if any(duty.above for duty in piece.duties):
        found.append(Doubt("above", "这一行没有写责任单位，按上一行的单位理解，请核对。", draft.span))
    elif any(duty.guessed for duty in piece.duties):
        found.append(Doubt("flat", "表格的分隔已丢失，责任单位的起止是推断的，请核对。", draft.units_span))
    if piece.part:
        found.append(Doubt("split", "原文这一条按责任单位拆成了几项任务，请核对。", draft.span))
    if _separate(piece.duties):
        found.append(Doubt("several", "这一条里有多处责任单位，可能应拆成几项任务。", draft.span))
    return found


def _words_of(flow: Flow, piece: Piece) -> tuple[str, int, int]:
    """The words of a task; those on both sides of its bodies are put together."""
    cell = next((duty for duty in piece.duties if duty.middle and not duty.above), None)
    if cell is None:
        return clean_text(flow, piece.text_start, piece.text_end)
    name, low, _ = clean_text(flow, piece.text_start, cell.start)
    rest, _, high = clean_text(flow, cell.end, piece.end)
    mark = "" if not rest or name.endswith(("。", "；", "：")) else "。"
    return name + mark + rest, low, max(high, low)


def _separate(duties: tuple[Duty, ...]) -> bool:
    gaps = [after.start - before.end for before, after in itertools.pairwise(duties)]
    return any(gap > 6 for gap in gaps)


def clean_text(flow: Flow, start: int, end: int) -> tuple[str, int, int]:
    """The words of a task without loose marks at either end, and where they stand (整理任务文字)."""
    while start < end and flow.key[start] in ":、.,;。 ":
        start += 1
    while start < end and flow.key[end - 1] in "(、,:":
        end -= 1
    return readable(flow, start, end), start, end


def readable(flow: Flow, start: int, end: int) -> str:
    """Text of a flow with a space put back between two words or numbers of Latin script (恢复必要空格)."""
    pieces = []
    for position in range(start, end):
        char = flow.text[position]
        blank = flow.breaks[position] == BLANK and position > start
        if blank and char.isascii() and char.isalnum() and flow.text[position - 1].isascii():
            pieces.append(" ")
        pieces.append(char)
    return "".join(pieces)
