"""Names of bodies (单位名称): cutting a printed list into names, without cutting the names."""

import re
from dataclasses import dataclass

REGION = "省市区县旗州乡镇街"
_SUFFIX = re.compile(
    r"(?:局|委|办|厅|部|院|署|处|科|室|股|站|所|社|会|团|队|校|馆|台|组|库|厂|行|港|府|城|镇|乡|村|街|街道|县|市|区|"
    r"中心|公司|集团|海关|单位|部门|机构|企业|政府|学校|医院|残联|妇联|工会|工商联|科协|文联|侨联|社科联|红十字|中央|"
    r"园区|开发区|高新区|新区|片区|专班|指挥部|支行|分行|党校|工委|党委|机关|电信|移动|联通|铁塔|国企|银行|保险|协会|"
    r"司|报社|文旅|属地|盟|旗|军|企企)$"
)
#: Strong endings: after one of these another name may follow even where the mark between them was forgotten.
_STRONG = re.compile(
    r"(?:局|委|办|厅|中心|办公室|政府|办事处|公司|集团|管委会|委员会|海关|单位|部门|法院|检察院|企业|机构|银行)$"
)
_STRONG_INSIDE = re.compile(
    r"(?:局|委|办|厅|中心|办公室|政府|办事处|公司|集团|管委会|委员会|海关|单位|部门|法院|检察院|企业|机构|银行|\))(?=[区市县省各州旗]|有关|相关)"
)
_GROUP = re.compile(
    r"^(?:各|有关|相关|全[区市县省]|其他)|(?:各|有关|相关)[^局委办厅]{0,8}(?:部门|单位|乡镇|镇街|机构|企业)|部门单位$"
)
#: Kinds that only continue the 各… before them: 各镇、街道 is one group.
_KIND = re.compile(
    r"^(?:(?:自治)?[省市区县乡镇村州旗]|自治区|直辖市|街道|街道办|办事处|街道办事处|乡镇|镇街|社区|村居|部门|单位|直属机构|"
    r"直属单位|县区|市县|市区|(?:[省市县区]|自治区|直辖市|自治州)?人民政府|县\([市区、]+\)|区\([县市、]+\)|"
    r"(?:[省市县区乡镇]|自治州|直辖市)(?:\([省市县区、]+\))?(?:人民)?政府|企业|事业单位|企事业单位|机构)"
    r"(?:\([^()]*\))?$"
)
_TAIL = re.compile(r"(?:等|按|牵头|配合|负责|落实|参与|分别|分工|共同|具体|组织).*$")
_PLAIN_REGION = re.compile(rf"^(?:自治区|[{REGION}])$")
_BRACKET_END = re.compile(r"\([^()]*\)$")
_NOT_NAME = re.compile(r"[。!?]|\d{4}年|[“”]")
#: What a body was set up for, in quotation marks within its name: 县“放管服”改革办公室.
_QUOTED = re.compile(r"^([省市区县州旗]?[^“”,、]{0,6})“[^“”]{1,16}”(?=[^“”的]{2,16}$)")
#: A number of things is no body: 新建公园两处.
_COUNTED = re.compile(r"[\d一二两三四五六七八九十百千万多几](?:处|所|站|台|场|行|库|队|组|团|座)$")
LONGEST_NAME = 45
#: Longer stretches without a mark are no list of bodies.
LONGEST_RUN = 400


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text (片段): positions and the key between them."""

    start: int
    end: int


def is_body(name: str) -> bool:
    """Whether a key reads like the name of a body (是否像单位名称).

    >>> [is_body(n) for n in ("区财政局", "各镇人民政府", "区办公室(政策法规处)", "镇", "按月公布")]
    [True, True, True, False, False]
    """
    bare = _QUOTED.sub(r"\1", _BRACKET_END.sub("", name) or name)
    if not 2 <= len(bare) <= LONGEST_NAME or _NOT_NAME.search(bare) or _COUNTED.search(bare):
        return False
    return has_ending(bare) or (len(bare) <= 12 and bool(_ALL.match(bare)))


_ALL = re.compile(r"(?:各|有关|相关)[^要须应把将按抓]+$")


def ends_firmly(name: str) -> bool:
    """Whether a key ends as only names of bodies do: 局、委、政府 …, not 处、所、会 (明确的单位后缀)."""
    return bool(_STRONG.search(name))


def has_ending(name: str) -> bool:
    """Whether a key ends as names of bodies do: 局、委、办、政府 … (单位名称的后缀)."""
    return bool(_SUFFIX.search(name))


def is_group(name: str) -> bool:
    """Whether a key names many bodies at once (是否为一类单位).

    >>> [is_group(n) for n in ("各镇人民政府", "区政府有关部门", "区财政局")]
    [True, True, False]
    """
    return bool(_GROUP.search(name))


def split_list(key: str, start: int, end: int, marks: str = "、,;") -> list[Piece]:
    """Cut `key[start:end]` at list marks outside brackets (按顿号、逗号切分)."""
    pieces = []
    depth, low = 0, start
    for position in range(start, end):
        char = key[position]
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif char in marks and (depth == 0 or ")" not in key[position:end]):
            pieces.append(Piece(low, position))
            low = position + 1
    pieces.append(Piece(low, end))
    return [piece for piece in pieces if piece.start < piece.end]


def join_groups(key: str, pieces: list[Piece]) -> list[Piece]:
    """Put groups together again that hold a 、 themselves (合并“各镇、街道”).

    >>> text = "各镇、街道,区直各部门、各单位"
    >>> [text[p.start:p.end] for p in join_groups(text, split_list(text, 0, len(text)))]
    ['各镇、街道', '区直各部门', '各单位']
    """
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if before and key[before.end] == "、" and _continues(key, before, piece):
            joined[-1] = Piece(before.start, piece.end)
        else:
            joined.append(piece)
    return joined


#: Places that share the end of the last of them: 城东、城西片区管理局.
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,4}$")
_SHARED_TAIL = re.compile(r"[\u4e00-\u9fff]{2,4}(?:片区|开发区|园区|新区|街道)")


def _continues(key: str, before: Piece, piece: Piece) -> bool:
    left, right = key[before.start : before.end], key[piece.start : piece.end]
    last = left.rsplit("、", 1)[-1]
    if _PLACE.match(last) and not has_ending(last) and _SHARED_TAIL.match(right):
        return True
    if _PLAIN_REGION.match(left):
        return True
    return bool(re.search("各|有关|相关", left[:4])) and bool(_KIND.match(_TAIL.sub("", right)))


_AND = re.compile(r"会同|和|及|以及|与")
_BARE_KIND = re.compile(r"^(?:有关|相关)?(?:部门|单位|企业|机构|街道|个人|人员)")


def split_and(key: str, piece: Piece) -> list[Piece]:
    """Cut 区财政局和区发改局 in two, but not 区文化和旅游局 (按“和”切分).

    >>> text = "区文化和旅游局和区财政局"
    >>> [text[p.start:p.end] for p in split_and(text, Piece(0, len(text)))]
    ['区文化和旅游局', '区财政局']
    """
    parts, low = [], piece.start
    for match in _AND.finditer(key, piece.start, piece.end):
        left, right = key[low : match.start()], key[match.end() : piece.end]
        if _STRONG.search(left) and is_body(left) and is_body(right) and not _BARE_KIND.match(right):
            if "(" in left and ")" not in left:
                continue
            parts.append(Piece(low, match.start()))
            low = match.end()
    parts.append(Piece(low, piece.end))
    return parts


#: Offices within the body named before them: 县环保局相关业务科室.
_OFFICES = re.compile(r"(?:有关|相关|各)[^局委办]{0,6}(?:处室|科室|股室|处|科|人员|站所)$")
_OWNER = re.compile(r"(?:政府|[省市区县州旗党工]委|直|直属)$")
_PARENT_PAIR = re.compile(r"(?:[省市区县州旗]委|党委)$")


def split_run(key: str, piece: Piece) -> list[Piece]:
    """Cut names that run together without a mark (切分连写的单位).

    >>> text = "区经济发展局区行政审批局"
    >>> [text[p.start:p.end] for p in split_run(text, Piece(0, len(text)))]
    ['区经济发展局', '区行政审批局']
    """
    if piece.end - piece.start > LONGEST_RUN:
        return [piece]
    parts, low = [], piece.start
    for match in _STRONG_INSIDE.finditer(key, piece.start, piece.end):
        left, right = key[low : match.end()], key[match.end() : piece.end]
        if match.end() - low < 3 or left.count("(") != left.count(")") or _PARENT_PAIR.search(left):
            continue
        if (
            not is_body(left)
            or not is_body(right)
            or len(right) < 3
            or right.startswith(("区分局", "市分局"))
        ):
            continue
        if _OFFICES.match(right) or (right.startswith(("各", "有关", "相关")) and _OWNER.search(left)):
            continue
        if re.match(r"[区市县省州旗]?[^局]{1,4}(?:分局|支队|大队|中队|派出所)", right):
            continue
        if re.search(r"(?:涉及|相关|有关|下属|所属)的?$", left) or re.match(
            r"[区市县省]?(?:有关|相关)的", right
        ):
            continue
        parts.append(Piece(low, match.end()))
        low = match.end()
    parts.append(Piece(low, piece.end))
    return parts


_PREFIX = re.compile(r"^(?:[省市区县旗州盟]|(?:自治|经开|高新|开发|新|示范|实验)区)(?=.{2,})")
_LOCAL = re.compile(r"^[^各有相](?:.{1,12})(?:局|委|办|厅|院|中心|部|室|社|会|站|处|所)$")
_VERTICAL = re.compile(
    r"海关|海事|银保监|证监|人行|人民银行|电力|供电|邮政|烟草|税务|气象|分局|支行|分行|中央|国家|全国"
)


def resolved_names(names: list[tuple[str, bool]], place: str = "") -> list[str]:
    """Names with the dropped 区/市/县/省 put back (补全省略的前缀), "" where nothing was dropped.

    Each name comes with whether a ， stands before it; a prefix reaches no further than its ， group.

    >>> resolved_names([("区旅发委", True), ("经发局", False), ("平潭海关", False)])
    ['', '区经发局', '']
    """
    answers, prefix = [], ""
    for name, fresh in names:
        found = _PREFIX.match(name)
        if found:
            prefix = found[0]
        elif fresh:
            prefix = ""
        fits = prefix and not found and _LOCAL.match(name) and not _VERTICAL.search(name)
        own_place = place and name.startswith(place)
        answers.append(prefix + name if fits and not own_place and name[0] not in REGION else "")
    return answers
