"""Who is responsible (责任单位): the words of a duty, read into bodies with their roles."""

import re
from dataclasses import dataclass, replace

from gongkai.ledger.reader.flow import BLANK, NEW, Flow
from gongkai.ledger.reader.names import (
    Piece,
    has_ending,
    is_body,
    is_group,
    join_groups,
    resolved_names,
    split_and,
    split_list,
    split_run,
)
from gongkai.ledger.reader.plan import Body, Doubt, Role

_VERB = re.compile(
    r"(?:(?:等)?(?:共同|具体|全力|业务|检查|分别|统筹|各自|联合|抓总|依法|组织|会同|按各?自?职责(?:和?分工)?|按照(?:各自)?(?:职责)?(?:分工)?|依?据?各?自?职责(?:分工)?|根据(?:各自)?职责(?:分工)?|按分工|按工作?分工)*"
    r"(?P<verb>为?牵头(?:单位|部门)?|主办|主责|负总责|配合|协办|协助|协同|参与|参加|支持|落实|督促|督导|指导|负责|分工|承办|承担|实施|组织|推进|办理|抓好|做好)"
    r"(?:负责|配合|落实|实施|抓总|组织|推进|办理|协调|指导|工作|抓好|做好|单位|部门)*"
    r"|按(?:照)?(?:各自)?职责(?:分工)?|按(?:照)?分工)$"
)
#: A body with what it does: 区规划局负责开展规划编制工作.
_DOES = re.compile(
    r"(?P<name>[^负牵组配指协作业具全]{3,24}?)(?:具体|全力|业务|检查)*"
    r"(?P<does>负责|牵头|组织实施|配合|协助|指导|检查|作为|承担)[^局]{0,40}.{0,12}$"
)
_LEADING = re.compile(r"^(?:由|请|其中|以及|及|和|并|会同|并由)(?=.{2,})")
_FIRST_LEADS = re.compile(
    r"(?:排|列|位|居)(?:列|名|序|位)?(?:在)?(?:第一|首位|首|前)|第一(?:个|位|家)?(?:单位|部门|责任单位)?(?:的)?(?:单位|部门)?(?:为|是|牵头)|首个"
)
_RULE = re.compile(r"下同|以下同|同下|以上|牵头单位$|牵头部门$")
_ROLE_NOTE = re.compile(r"\((?P<role>牵头|主办|主责|配合|协办|参与|责任)(?:单位|部门|责任)?\)$")
_NONE = re.compile(r"^[-—–/无:.\s]*$")
_TIME = re.compile(r"\d{1,2}月|\d{4}年|年底|季度|完成|持续|长期|全年")
_OPEN = re.compile(r"(?<![高平中初同优])等(?P<tail>.*)$")
_GENERIC = re.compile(
    r"^(?:(?:区|县|市|省)?(?:政府|直|级)|有关|相关|各|职能|成员|责任|主管|其他|多个?|个|\d+|[一二三四五六七八九十]+|部门|单位|机构|企业|企事业|组织|乡镇|镇街|街道|地方|地区|园区|及其?|和|与|、|家)+$"
)


#: No plan names more bodies for one task than fit into so many characters.
LONGEST_LIST = 4000


@dataclass(frozen=True, slots=True)
class Reading:
    """What one list of bodies says (名单解读)."""

    bodies: tuple[Body, ...] = ()
    others: str = ""
    first_leads: bool = False
    for_all: bool = False  # 下同
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _Draft:
    """A name while its role is not yet known."""

    piece: Piece
    role: Role | None
    fresh: bool  # a ， stands before it
    sure: bool


def mentions_first_leads(key: str) -> bool:
    """Whether a text says that the body named first leads (排在第一位的为牵头单位).

    >>> mentions_first_leads("排在第一位的部门为牵头部门"), mentions_first_leads("区财政局牵头")
    (True, False)
    """
    return bool(_FIRST_LEADS.search(key)) and ("牵头" in key or "主办" in key or "主责" in key)


def read_bodies(flow: Flow, start: int, end: int, role: Role = Role.RESPONSIBLE, place: str = "") -> Reading:
    """Read `flow[start:end]`, a list of bodies with or without verbs, in printed order (解读责任单位)."""
    key = flow.key
    end = min(end, start + LONGEST_LIST)
    drafts: list[_Draft] = []
    others, first_leads, for_all = "", False, False
    for piece, fresh in _tokens(flow, start, end):
        words = key[piece.start : piece.end]
        if mentions_first_leads(words) or _RULE.search(words):
            first_leads = first_leads or mentions_first_leads(words)
            for_all = for_all or "同" in words
            noted = words.find("(")
            if noted < 2 or not is_body(words[:noted]):
                continue
            piece = Piece(piece.start, piece.start + noted)
        piece = _trim(key, piece)
        piece, verb = _without_verb(key, piece)
        piece, more, extra = _without_others(key, piece)
        others = others or more
        for part, sure in _names(key, [piece, *extra]):
            drafts.append(_Draft(part, None, fresh, sure))
            fresh = False
        if verb is not None:
            _assign(drafts, verb)
    return _reading(flow, drafts, role, others, first_leads, for_all, place)


def _tokens(flow: Flow, start: int, end: int) -> list[tuple[Piece, bool]]:
    pieces = []
    note = _NOTE.search(flow.key, start, end)
    for sentence in split_list(flow.key, start, note.start() if note else end, ",;。:"):
        parts = join_groups(flow.key, split_list(flow.key, sentence.start, sentence.end, "、"))
        parts = [line for part in parts for line in _lines(flow, part)]
        pieces += [(piece, index == 0) for index, piece in enumerate(parts)]
    return pieces


#: A sentence after the list that speaks of the whole plan: 。以下措施均需各镇落实，不再单独列出.
_NOTE = re.compile(r"(?<=。)(?:以下|上述|以上|本(?:方案|要点|措施))[^牵。]{2,60}(?:均|不再)")
_NOT_ALONE = re.compile(r"^(?:办公室|领导小组|等|部门|单位|\()")


def _lines(flow: Flow, piece: Piece) -> list[Piece]:
    """Names on lines of their own, or with a blank between them, need no mark."""
    pieces, low = [], piece.start
    for place in range(piece.start + 2, piece.end - 1):
        if flow.breaks[place] in (BLANK, NEW):
            left, right = flow.key[low:place], flow.key[place : piece.end]
            if is_body(_bare(left)) and is_body(_bare(right)) and not _NOT_ALONE.match(right):
                pieces.append(Piece(low, place))
                low = place
    return [*pieces, Piece(low, piece.end)]


def _bare(words: str) -> str:
    """A name without its verb and its open ending."""
    return re.sub(r"(?:牵头|配合|负责|参与|落实|等(?:部门|单位)?)$", "", words.split("等")[0])


def _trim(key: str, piece: Piece) -> Piece:
    start, end = piece.start, piece.end
    while start < end and key[start] in ":,、.;|/-—":
        start += 1
    while start < end and key[end - 1] in ":,、.。;|/-—":
        end -= 1
    if start < end and key[start] == "(" and ")" not in key[start:end]:
        start += 1
    if start < end and key[end - 1] == ")" and "(" not in key[start:end]:
        end -= 1
    leading = _LEADING.match(key[start:end])
    return Piece(start + (leading.end() if leading else 0), end)


def _without_verb(key: str, piece: Piece) -> tuple[Piece, str | None]:
    """Take 牵头, 配合, 按职责分工负责 … off the end of a name."""
    for low in range(max(piece.start, piece.end - 24), piece.end):
        match = _VERB.match(key, low, piece.end)
        if match:
            return Piece(piece.start, low), match["verb"] or "负责"
    match = _DOES.match(key, piece.start, piece.end)
    if match and is_body(match["name"]) and has_ending(match["name"]):
        return Piece(piece.start, match.end("name")), match["does"]
    return piece, None


def _without_others(key: str, piece: Piece) -> tuple[Piece, str, list[Piece]]:
    """Take 等, 等有关部门 off; a body that follows it (等和各省级人民政府) is returned on its own."""
    match = _OPEN.search(key[piece.start : piece.end])
    if not match:
        return piece, "", []
    low = piece.start + match.start()
    tail = match["tail"]
    for joint in re.finditer(r"以及|和|及|与", tail):
        right = tail[joint.end() :]
        if (
            is_body(right)
            and right.startswith(("各", "区", "市", "县", "省"))
            and not right.startswith("区直")
        ):
            high = low + 1 + joint.start()
            return Piece(piece.start, low), key[low:high], [Piece(low + 1 + joint.end(), piece.end)]
    if not tail or _GENERIC.match(tail):
        return Piece(piece.start, low), key[low : piece.end], []
    return piece, "", []


def _names(key: str, pieces: list[Piece]) -> list[tuple[Piece, bool]]:
    """Single names, each with whether the cut was printed."""
    names = []
    for piece in pieces:
        if piece.start >= piece.end or _NONE.match(key[piece.start : piece.end]):
            continue
        for part in split_and(key, piece):
            run = split_run(key, part)
            names += [(name, len(run) == 1) for name in run]
    return names


def _assign(drafts: list[_Draft], verb: str) -> None:
    """Give the names before a verb their role, as far back as the verb reaches."""
    led = any(draft.role is Role.LEAD for draft in drafts)
    waiting = [index for index, draft in enumerate(drafts) if draft.role is None]
    role = _role_of_verb(verb)
    if role in (Role.LEAD, Role.SUPPORT) and not (led and role is Role.SUPPORT):
        newest = max((index for index in waiting if drafts[index].fresh), default=0)
        waiting = [index for index in waiting if index >= newest]
    for index in waiting:
        drafts[index].role = role


def _role_of_verb(verb: str) -> Role:
    if re.search(r"牵头|主办|主责|总责", verb):
        return Role.LEAD
    if re.search(r"配合|协|参与|参加|支持|落实|督|指导", verb):
        return Role.SUPPORT
    return Role.RESPONSIBLE


def _reading(
    flow: Flow, drafts: list[_Draft], role: Role, others: str, first_leads: bool, for_all: bool, place: str
) -> Reading:
    for draft in drafts:
        note = _ROLE_NOTE.search(flow.key[draft.piece.start : draft.piece.end])
        if note:
            draft.piece = Piece(draft.piece.start, draft.piece.start + note.start())
            draft.role = _role_of_verb(note["role"])
    hints = resolved_names([(flow.text[d.piece.start : d.piece.end], d.fresh) for d in drafts], place)
    bodies, doubts = [], []
    for draft, hint in zip(drafts, hints, strict=True):
        key = flow.key[draft.piece.start : draft.piece.end]
        if _TIME.search(key) and not is_body(key):
            continue
        body, doubt = _body(flow, draft, role, hint)
        bodies.append(body)
        doubts += [doubt] if doubt else []
    return Reading(tuple(bodies), others, first_leads, for_all, tuple(doubts))


def _body(flow: Flow, draft: _Draft, role: Role, hint: str) -> tuple[Body, Doubt | None]:
    low, high = draft.piece.start, draft.piece.end
    name, key, span = flow.text[low:high], flow.key[low:high], flow.span(low, high)
    known = is_body(key)
    confidence = 1.0 if known and draft.sure else 0.7 if known else 0.5
    body = Body(name, draft.role or role, hint, is_group(key), span, confidence)
    if not known:
        return body, Doubt("name", f"“{name}”不像单位名称，请核对。", span)
    if not draft.sure:
        return body, Doubt("run", f"“{name}”与相邻单位之间没有分隔符，请核对切分。", span)
    return body, None


def settle_roles(bodies: list[Body], first_leads: bool) -> tuple[Body, ...]:
    """Roles that follow from the others: the first leads by rule, beside a lead the rest support (定责)."""
    if first_leads and bodies and not any(body.role is Role.LEAD for body in bodies):
        bodies = [replace(bodies[0], role=Role.LEAD), *bodies[1:]]
    if not any(body.role is Role.LEAD for body in bodies):
        return tuple(bodies)
    return tuple(replace(b, role=Role.SUPPORT) if b.role is Role.RESPONSIBLE else b for b in bodies)
