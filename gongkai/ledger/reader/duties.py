"""Duty statements (责任表述) in running text: where a plan says who does it, in brackets or after a label."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from gongkai.ledger.reader.brackets import Enclosures
from gongkai.ledger.reader.flow import BLANK, NEW, WRAP, Flow
from gongkai.ledger.reader.labels import Kind, Label, labels_in, role_of
from gongkai.ledger.reader.marks import Mark
from gongkai.ledger.reader.names import Piece, has_ending, is_body, join_groups, split_list, split_run
from gongkai.ledger.reader.plan import Role


@dataclass(frozen=True, slots=True)
class Part:
    """One labelled piece of a duty (责任表述的一项): 责任单位：…, 完成时限：…"""

    kind: Kind
    role: Role
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Duty:
    """A whole statement (责任表述), from its bracket or label to its end."""

    start: int
    end: int
    parts: tuple[Part, ...]
    bracket: bool
    plain: bool = False  # only names in brackets, no label and no verb
    sentence: bool = False  # neither bracket nor label: 由区财政局牵头，区审计局配合。

    middle: bool = False  # words of the task stand on both sides
    heading: bool = False  # named by the heading above
    above: bool = False  # taken over from the row above
    guessed: bool = False  # nothing shows where the names begin

    @property
    def names_units(self) -> bool:
        """Whether it names anybody (写明责任单位)."""
        return any(part.kind is Kind.UNITS for part in self.parts)

    @property
    def limits(self) -> bool:
        """Whether it sets a time limit (写明时限)."""
        return any(part.kind is Kind.DEADLINE for part in self.parts)


_ROLE_WORD = re.compile(r"负责|牵头|配合|参与|落实|承办|主办|协办|分工|组织实施")
_NOT_AFTER_LABEL = frozenset("要应须对的和在按负为根通及认结可不将做与或是则间均都")
_STARTS = frozenset("。;!?)(:,、")


def find_duties(flow: Flow, enclosures: Enclosures, marks: list[Mark]) -> list[Duty]:
    """All duty statements of a text, in order (查找责任表述)."""
    bracketed = [duty for pair in enclosures.brackets if (duty := _bracketed(flow, pair))]
    labelled = _labelled(flow, enclosures, bracketed, marks)
    return sorted([*bracketed, *labelled, *_sentences(flow)], key=lambda duty: duty.start)


def _bracketed(flow: Flow, pair: tuple[int, int]) -> Duty | None:
    start, end = pair[0] + 1, pair[1] - 1
    labels = [label for label in labels_in(flow.key, start, end) if _is_label(flow, label, end, start)]
    if labels and any(label.kind in (Kind.UNITS, Kind.DEADLINE) for label in labels):
        parts = _parts(flow, labels, end)
        if labels[0].start > start + 1:
            parts = (Part(Kind.UNITS, Role.RESPONSIBLE, "", start, labels[0].start), *parts)
        return Duty(*pair, parts, bracket=True)
    if _names_bodies(flow.key, start, end):
        plain = not _ROLE_WORD.search(flow.key, start, end)
        if plain and not _closes_piece(flow, pair):
            return None
        part = Part(Kind.UNITS, Role.RESPONSIBLE, "", start, end)
        return Duty(*pair, (part,), bracket=True, plain=plain)
    return None


def _closes_piece(flow: Flow, pair: tuple[int, int]) -> bool:
    """Whether bare names in brackets follow a whole sentence, or are several and end their paragraph."""
    if pair[0] and flow.key[pair[0] - 1] in "。;!":
        return True
    after = pair[1] + (flow.key[pair[1] : pair[1] + 1] == "。")
    ends = after >= len(flow.key) or flow.breaks[after] == NEW
    return ends and any(mark in flow.key[slice(*pair)] for mark in "、,")


def _names_bodies(key: str, start: int, end: int) -> bool:
    """Whether a bracket without a label holds bodies: 财政部、税务总局负责."""
    first = split_list(key, start, end, "、,;。")[:1]
    if not first:
        return False
    words = key[first[0].start : first[0].end].removeprefix("由").removeprefix("请")
    role = _ROLE_WORD.search(words)
    if role:
        words = re.split(r"等|按|共同|牵头|负责|配合|分别|根据|依|组织|落实|参与|承办|主办", words)[0]
    if not is_body(re.sub(r"等.{0,8}$", "", words)):
        return False
    if _ROLE_WORD.search(key, start, end):
        return True
    names = split_list(key, start, end, "、,;")
    return all(is_body(re.sub(r"等.{0,8}$", "", key[p.start : p.end])) for p in names)


def _is_label(flow: Flow, label: Label, end: int, bound: int) -> bool:
    """Whether the words are used as a label here, not as part of a sentence."""
    if label.kind is Kind.OTHER:
        return label.colon and _at_start(flow, label.start, bound)
    if label.colon and flow.key[label.end - 1] == ":":
        return True
    if label.kind is not Kind.UNITS or label.end >= end or not _at_start(flow, label.start, bound):
        return False
    if flow.key[label.end] in _NOT_AFTER_LABEL:
        return False
    first = split_list(flow.key, label.end, min(end, label.end + 60), "、,;。:")
    if not first:
        return False
    run = split_run(flow.key, Piece(first[0].start, first[0].end))
    name = re.sub(r"等.{0,8}$", "", flow.key[run[0].start : run[0].end])
    return first[0].start == label.end and is_body(re.split(r"牵头|负责", name)[0])


def _at_start(flow: Flow, position: int, bound: int) -> bool:
    if position <= bound or flow.breaks[position] in (BLANK, WRAP, NEW):
        return True
    return flow.key[position - 1] in _STARTS


def _parts(flow: Flow, labels: list[Label], end: int) -> tuple[Part, ...]:
    ends = [label.start for label in labels[1:]] + [end]
    return tuple(
        Part(label.kind, role_of(label.words), label.words, label.end, _cut(flow, label.end, stop))
        for label, stop in zip(labels, ends, strict=True)
    )


def _cut(flow: Flow, start: int, end: int) -> int:
    while end > start and flow.key[end - 1] in ",;。、:.|(":
        end -= 1
    return end


def _labelled(flow: Flow, enclosures: Enclosures, bracketed: list[Duty], marks: list[Mark]) -> list[Duty]:
    """Statements after a label outside brackets: 责任单位：区财政局。"""
    taken = [(duty.start, duty.end) for duty in bracketed]
    stops = [mark.start for mark in marks]
    labels = [
        label
        for label in labels_in(flow.key, 0, len(flow.key))
        if not _inside(taken, label.start) and not enclosures.inside(label.start)
        if _is_label(flow, label, len(flow.key), -1)
    ]
    duties: list[Duty] = []
    for index, label in enumerate(labels):
        following = labels[index + 1].start if index + 1 < len(labels) else len(flow.key)
        end = _content_end(flow, label, following, stops, taken)
        if label.kind in (Kind.OTHER,):
            continue
        part = Part(label.kind, role_of(label.words), label.words, label.end, _cut(flow, label.end, end))
        duties.append(Duty(label.start, end, (part,), bracket=False))
    return duties


def _inside(pairs: list[tuple[int, int]], position: int) -> bool:
    index = bisect_right(pairs, (position, len(pairs) and 1 << 60)) - 1
    return index >= 0 and pairs[index][0] <= position < pairs[index][1]


def _content_end(
    flow: Flow, label: Label, following: int, stops: list[int], taken: list[tuple[int, int]]
) -> int:
    """Where the words after a label end: at the next label, number, full stop or paragraph."""
    next_stop = bisect_right(stops, label.end - 1)
    limit = min(following, stops[next_stop] if next_stop < len(stops) else len(flow.key))
    next_taken = bisect_right(taken, (label.end, 0))
    if next_taken < len(taken) and label.kind is not Kind.UNITS:
        limit = min(limit, taken[next_taken][0])
    depth = 0
    for position in range(label.end, limit):
        char = flow.key[position]
        if position > label.end and flow.breaks[position] == NEW and not _goes_on(flow, label.end, position):
            return position
        if (
            flow.breaks[position] == WRAP
            and label.kind is Kind.UNITS
            and _list_ends(flow, label.end, position)
        ):
            return position
        depth += (char == "(") - (char == ")")
        if char == "。" and depth <= 0:
            return position + 1
        if depth < 0:
            return position
    return limit


def parts_of(flow: Flow, label: str, role: Role) -> list[Part]:
    """The words of a unit cell: one list, or several behind labels of their own (单元格内的责任单位)."""
    end = len(flow.key)
    labels = [
        found for found in labels_in(flow.key, 0, end) if found.colon and _is_label(flow, found, end, 0)
    ]
    if labels and labels[0].start == 0:
        return list(_parts(flow, labels, end))
    return [Part(Kind.UNITS, role, label, 0, end)]


def _goes_on(flow: Flow, start: int, position: int) -> bool:
    """Whether a new line still belongs to the list: after a mark, or in the middle of a name."""
    if flow.key[position - 1] in "、,":
        return True
    low = max([start, *(flow.key.rfind(mark, start, position) + 1 for mark in "、,;:")])
    line = flow.key[low : flow.next_break(position, min(len(flow.key), position + 20), NEW)]
    name = _ROLE_END.sub("", re.split("[、,;。)]", line)[0])
    return not is_body(flow.key[low:position]) and is_body(name) and has_ending(name)


def _list_ends(flow: Flow, start: int, position: int) -> bool:
    """Whether a list of bodies ends with its line, and a sentence goes on below."""
    key = flow.key
    low = max([start, *(key.rfind(mark, start, position) + 1 for mark in "、,;:")])
    far = flow.next_break(position, min(len(key), position + 60), NEW)
    high = min((place for mark in "、,;。)" if (place := key.find(mark, position, far)) >= 0), default=far)
    word = _ROLE_END.sub("", key[low:high])
    return is_body(key[low:position]) and not is_body(word)


_ROLE_END = re.compile(r"(?:牵头|负责|配合|参与|落实|按职责分工|分别|等(?:有关|相关)?(?:部门|单位)*)+$")


#: A closing sentence longer than this says more than who does it.
LONGEST_SENTENCE = 160
_WHO = re.compile(r"牵头|负责|配合|按职责分工")
_SAYS_WHO = re.compile(
    r"(?:牵头|负责|配合|参与|落实|组织实施|实施|抓好|按(?:各自)?职责(?:分工)?|分别|共同|具体|等(?:有关|相关)?(?:部门|单位)*)+$"
)


def _sentences(flow: Flow) -> list[Duty]:
    """Paragraphs that close with a sentence made only of bodies and verbs (段末句)."""
    found, low = [], 0
    ends = [place for place in range(1, len(flow.key)) if flow.breaks[place] == NEW]
    for end in [*ends, len(flow.key)]:
        stop = end - (flow.key[end - 1 : end] == "。")
        start = max([low, *(flow.key.rfind(mark, low, stop) + 1 for mark in "。;!")])
        if 0 < stop - start <= LONGEST_SENTENCE and _only_bodies(flow.key, start, stop):
            part = Part(Kind.UNITS, Role.RESPONSIBLE, "", start, stop)
            found.append(Duty(start, end, (part,), bracket=False, sentence=True))
        low = end
    return found


def _only_bodies(key: str, start: int, stop: int) -> bool:
    if not _WHO.search(key, start, stop) or "(" in key[start:stop] or ":" in key[start:stop]:
        return False
    words = [key[p.start : p.end].removeprefix("由") for p in split_list(key, start, stop, "、,")]
    names = [_SAYS_WHO.sub("", word) for word in words]
    return all(is_body(name) and has_ending(name) and len(name) <= LONGEST_SURE_NAME for name in names)


def only_bodies(key: str, start: int, stop: int) -> bool:
    """Whether a cell holds nothing but bodies, with or without what they do (只有单位的单元格)."""
    if not 2 <= stop - start <= LONGEST_SENTENCE:
        return False
    names = join_groups(key, split_list(key, start, stop, "、,"))
    return all(is_body(_SAYS_WHO.sub("", key[name.start : name.end])) for name in names)


_OPENS = re.compile(r"(?P<name>[^,。;:、“”(]{2,20}?)(?:具体|主要)?(?:负责|牵头|要|应|确保)")


def opening_body(flow: Flow, start: int, end: int) -> Duty | None:
    """The body with which the words of an item begin: （一）区公安局负责维持秩序 (句首单位)."""
    match = _OPENS.match(flow.key, start, end)
    if match is None or not is_body(match["name"]) or not has_ending(match["name"]):
        return None
    part = Part(Kind.UNITS, Role.RESPONSIBLE, "", start, match.end("name"))
    return Duty(start, match.end("name"), (part,), bracket=False, sentence=True)


#: Without bracket and label only names of ordinary length are believed.
LONGEST_SURE_NAME = 20
