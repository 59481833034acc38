"""标准目录: how a catalogue table of 基层政务公开 is read and written: channels, ticks, limits, differences.

The headings and the list of channels are those of the tables in use (国办发〔2019〕54号及各领域指引).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from gongkai.rules import publication

#: 公开渠道和载体, in the order of the tables
CHANNELS = (
    "政府网站",
    "政府公报",
    "两微一端",
    "发布会/听证会",
    "广播电视",
    "纸质媒体",
    "公开查阅点",
    "政务服务中心",
    "便民服务站",
    "入户/现场",
    "社区/企事业单位/村公示栏（电子屏）",
    "精准推送",
    "其他",
)
CHOSEN, OPEN = "■", "□"
TICK = "√"
PROMPT, STANDING = "prompt", "standing"
#: limits without a number of days
UNNUMBERED = {PROMPT: "及时公开", STANDING: "长期公开"}


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What one row of a catalogue says (目录事项), free of any database."""

    number: int
    first: str
    second: str
    elements: str = ""
    basis: str = ""
    limit: str = ""
    subject: str = ""
    channels: tuple[str, ...] = ()
    other_channel: str = ""
    for_all: bool = True
    audience: str = ""
    active: bool = True
    on_request: bool = False
    county: bool = True
    town: bool = False
    village: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """By what a row is known from one version to the next: its two headings."""
        return plain(self.first), plain(self.second)


LABELS: Mapping[str, str] = {
    "number": "序号",
    "first": "一级事项",
    "second": "二级事项",
    "elements": "公开内容（要素）",
    "basis": "公开依据",
    "limit": "公开时限",
    "subject": "公开主体",
    "channels": "公开渠道和载体",
    "other_channel": "其他渠道",
    "for_all": "全社会",
    "audience": "特定群体",
    "active": "主动",
    "on_request": "依申请公开",
    "county": "县级",
    "town": "乡级",
    "village": "村级",
}


def plain(text: object) -> str:
    """A cell's text without white space, in half-width letters (规整文字): for comparing, not for showing.

    >>> plain(" 公开内容 (要素） ")
    '公开内容(要素)'
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text or "")))


# --- channels ---------------------------------------------------------------------------------------


_KNOWN = {plain(name): name for name in CHANNELS}
_MARK = re.compile(f"([{CHOSEN}{OPEN}☑☐✔√])\\s*([^{CHOSEN}{OPEN}☑☐✔√\n]+)")
_TAKEN = frozenset(f"{CHOSEN}☑✔√")


def read_channels(text: str) -> tuple[tuple[str, ...], str]:
    """The channels that are chosen, and what stands beside 其他 (公开渠道和载体).

    >>> read_channels("■政府网站 □政府公报 ■其他：村广播")
    (('政府网站', '其他'), '村广播')
    >>> read_channels("政府网站、公开查阅点")
    (('政府网站', '公开查阅点'), '')
    """
    marked = _MARK.findall(text)
    names = [name for mark, name in marked if mark in _TAKEN] if marked else re.split(r"[、，,;；\n]", text)
    chosen: list[str] = []
    other: list[str] = []
    for name in filter(None, (each.strip(" 　：:_") for each in names)):
        head, _, rest = name.replace(":", "：").partition("：")
        known = _KNOWN.get(plain(head))
        chosen.append(known or "其他")
        other += [rest.strip(" _")] if known else [name]
    ordered = tuple(name for name in CHANNELS if name in chosen)
    return ordered, "、".join(filter(None, other))


def write_channels(chosen: Iterable[str], other: str = "") -> str:
    """All channels with ■ before those chosen and □ before the rest, a line each (勾选渠道).

    >>> write_channels(["政府网站"]).splitlines()[:2]
    ['■政府网站', '□政府公报']
    """
    taken = set(chosen)
    lines = [f"{CHOSEN if name in taken else OPEN}{name}" for name in CHANNELS]
    if other:
        lines[-1] += f"：{other}"
    return "\n".join(lines)


# --- limits -----------------------------------------------------------------------------------------


_DAYS = re.compile(r"(\d+)(个工作日|工作日|日|天)")
_STANDING = re.compile(r"长期|永久|常年")
_PROMPT = re.compile(r"实时|及时|即时|同步|当日|动态")
_SHOWN = re.compile("不(?:得)?(?:少于|低于|短于)")
#: words of a row by which a limit of its own is known, tried in this order
_SPECIAL = (
    ("unit_budget", re.compile(r"部门(?:预算|决算)")),
    ("budget", re.compile(r"预算|决算|债务")),
    ("permit", re.compile(r"许可")),
    ("penalty_withdrawn", re.compile(r"撤回|撤销")),
    ("penalty", re.compile(r"处罚")),
    ("enforcement", re.compile(r"行政强制|行政执法决定")),
    ("land_notice", re.compile(r"预公告")),
    ("land_compensation", re.compile(r"补偿安置方案")),
    ("land_approved", re.compile(r"征收土地公告|征地公告")),
    ("housing_plan", re.compile(r"征收补偿方案")),
    ("housing_decision", re.compile(r"房屋征收决定")),
    ("housing_valuation", re.compile(r"初步评估")),
    ("housing_minimum", re.compile(r"最低补偿")),
    ("village_board", re.compile(r"村务")),
)


def read_limit(text: str, matter: str = "") -> str:
    """The limit that a row's words mean (公开时限): a code of ``publication``, prompt, standing, or none.

    >>> read_limit("信息形成或者变更之日起20个工作日内")
    'general'
    >>> read_limit("批准后20日内", "政府预算"), read_limit("作出决定之日起7个工作日内", "行政处罚结果")
    ('budget', 'penalty')
    >>> read_limit("长期公开"), read_limit("及时公开"), read_limit("另行通知")
    ('standing', 'prompt', '')
    >>> read_limit("公告时间不少于30日", "征地补偿安置方案"), read_limit("30日内", "征地补偿安置方案")
    ('land_compensation', '')
    """
    clean = plain(text)
    found = _DAYS.search(clean)
    if not found:
        return STANDING if _STANDING.search(clean) else PROMPT if _PROMPT.search(clean) else ""
    measure = publication.Measure.AT_LEAST if _SHOWN.search(clean) else publication.Measure.WITHIN
    given = int(found[1]), "工作日" in found[2], measure
    for code, words in _SPECIAL:
        if words.search(plain(matter) + clean) and _numbers(code) == given:
            return code
    return publication.GENERAL if _numbers(publication.GENERAL) == given else ""


def _numbers(code: str) -> tuple[int, bool, publication.Measure]:
    """The number of a limit, whether in working days, and which end binds."""
    rule = publication.limit(code)
    return rule.limit.length, "工作日" in rule.limit.unit, rule.measure


# --- versions ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """How one row differs between two versions (版本差异): *changed* holds label, before and after."""

    kind: str
    first: str
    second: str
    changed: tuple[tuple[str, str, str], ...] = ()


KINDS = {"added": "新增", "dropped": "删除", "changed": "修改"}


def compare(old: Iterable[RowFacts], new: Iterable[RowFacts]) -> list[Difference]:
    """What a new version adds, drops and changes (版本比对), in its order; numbers do not count.

    >>> [each.kind for each in compare([RowFacts(1, "甲", "乙")], [RowFacts(1, "甲", "丙")])]
    ['added', 'dropped']
    """
    before = {row.key: row for row in old}
    found: list[Difference] = []
    for row in new:
        earlier = before.pop(row.key, None)
        if earlier is None:
            found.append(Difference("added", row.first, row.second))
        elif changed := _changes(earlier, row):
            found.append(Difference("changed", row.first, row.second, changed))
    return found + [Difference("dropped", row.first, row.second) for row in before.values()]


def _changes(old: RowFacts, new: RowFacts) -> tuple[tuple[str, str, str], ...]:
    names = [field.name for field in fields(RowFacts) if field.name not in ("number", "first", "second")]
    pairs = [(name, getattr(old, name), getattr(new, name)) for name in names]
    return tuple((LABELS[name], said(one), said(two)) for name, one, two in pairs if said(one) != said(two))


def said(value: Any) -> str:
    """A value of a row in words (取值): ticks as 是 and 否, channels joined.

    >>> said(("政府网站", "政府公报")), said(False)
    ('政府网站、政府公报', '否')
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, tuple | list) else str(value).strip()
