"""Labels that open a piece of a task (字段名): 责任单位、牵头单位、完成时限 … and heads of table columns."""

import re
from dataclasses import dataclass
from enum import StrEnum

from gongkai.ledger.reader.plan import Role


class Kind(StrEnum):
    """What a label announces (字段类别)."""

    UNITS = "units"
    DEADLINE = "deadline"
    PERSON = "person"
    NUMBER = "number"
    SECTION = "section"
    TASK = "task"
    DETAIL = "detail"
    OTHER = "other"


def _any(*words: str) -> str:
    """A pattern for any of some words, given with blanks between them."""
    return f"(?:{'|'.join(' '.join(words).split())})"


_WORD = _any(
    "牵头 主办 主责 主要责任 第一责任 责任 负责 承办 承担 主管 配合 协办 协同 协助 协作 参与 参加 支持",
    "实施 落实 执行 督办 督导 指导 监管 整改 完成",
)
_NOUN = _any("单位 部门 处室 科室 股室 机构 主体 镇街 乡镇")
UNITS = (
    rf"{_WORD}(?:[和及与或/、]?{_WORD}){{0,3}}(?:\({_WORD}\))?{_any('市直 区直 县直')}?"
    rf"{_NOUN}(?:[及和或/、]{_NOUN})?(?:\({_NOUN}\))?(?:及{_any('责任人 分工 职责')})?"
)
SHORT_UNITS = _any("责任分工 职责分工 任务分工 工作分工 牵头 主办 承办 配合 协办 责任 参与 落实")
_DONE = _any("完成 办结 整改 落实 办理 任务 推进 实施 公开 序时 工作")
DEADLINE = (
    rf"(?:{_any('计划 预计 拟 应 要求')}?{_DONE}{_any('时限 期限 时间 日期')}{_any('要求 安排 节点 进度')}?"
    rf"|{_any('时限 期限')}{_any('要求 安排')}?|{_any('时间 进度 时序')}{_any('节点 进度 安排 要求 表')})"
)
_RANK = _any("市 县 区 政府 责任 牵头 分管 包保 挂钩 挂包 联系 主管 县级 区级 市级 具体 直接 单位 督导 推进")
PERSON = (
    rf"(?:{_RANK}{{0,3}}{_any('领导 责任人 负责人 负责同志 联系人 联络员 经办人 专员')}"
    r"|联系(?:电话|方式)|(?:办公)?电话)"
)
_NUMBER = r"(?:项目|任务|事项)?(?:序号|编号)|No\.?|序"
_SECTION = (
    rf"(?:{_any('任务 工作 公开 重点')}?{_any('类别 类型 分类 领域 方面 板块 大类 方向')}"
    rf"|一级{_any('指标 任务 事项')}|[二三]级指标|存在(?:的)?(?:主要)?问题|问题(?:清单|表现|描述)?|指标)"
)
_ADJECTIVE = _any("重点 主要 目标 具体 工作 年度 细化 分解 公开 二级 三级 改革 整改 推进 民生 实事")
_TASK = (
    rf"(?:{_ADJECTIVE}{{0,3}}{_any('工作 任务 事项 项目 举措 措施 内容 要求 目标')}"
    rf"{_any('和措施 及措施 与措施 及要求 和要求 分解 名称 内容 清单 描述')}?|目标[与和及]任务|(?:工作)?要点"
    rf"|{_any('民生 为民办 惠民 年度')}?实事)"
)
#: Whatever stands before it, a head that ends so is one of bodies: 党工委牵头部门、本局责任处.
_UNITS_END = (
    rf".{{0,10}}{_any('牵头 主办 责任 承办 配合 协办 落实 实施')}"
    rf"{_any('单位 部门 处室 科室 股室 机构 处 科')}"
)
_OTHER = _any(
    "备注 说明 进展情况 进展 完成情况 落实情况 工作进展 成果形式 预期成果 成果 考核指标 量化指标 评分 分值",
    "依据 文件依据 来源 状态 目标值 资金来源 资金 投资 公开渠道 公开方式 公开平台 公开载体 督办情况 完成率",
)

_FULL = {
    Kind.UNITS: re.compile(
        rf"^(?:{UNITS}|{SHORT_UNITS}|单位|部门|分工|任务分工|责任分工|职责分工|{_UNITS_END})$"
    ),
    Kind.DEADLINE: re.compile(rf"^(?:{DEADLINE}|时间|完成|日期)$"),
    Kind.PERSON: re.compile(rf"^{PERSON}$"),
    Kind.NUMBER: re.compile(rf"^(?:{_NUMBER})$"),
    Kind.SECTION: re.compile(rf"^{_SECTION}$"),
    Kind.TASK: re.compile(rf"^{_TASK}$"),
    Kind.OTHER: re.compile(rf"^(?:{_OTHER}|.{{0,10}}(?:完成|落实|进展|推进)情况|.{{0,10}}成效)$"),
}

#: The longest head of a column; longer cells are words, not heads.
LONGEST_HEAD = 16


def column_kind(key: str) -> Kind | None:
    """What a table column holds, by its head (列的含义).

    >>> [str(column_kind(h)) for h in ("序号", "工作要求", "配合/责任单位", "完成时限", "今天下雨")]
    ['number', 'task', 'units', 'deadline', 'None']
    """
    bare = re.sub(r"\([^()]*\)$|^20\d\d年", "", key) or key
    if not 1 <= len(bare) <= LONGEST_HEAD:
        return None
    return next((kind for kind, pattern in _FULL.items() if pattern.match(key) or pattern.match(bare)), None)


def role_of(label: str) -> Role:
    """The role that a label gives to the bodies after it (字段名所示的责任).

    >>> [role_of(n).value for n in ("牵头单位", "配合/责任单位", "实施单位", "责任单位")]
    ['lead', 'support', 'implement', 'responsible']
    """
    leads = re.search(r"牵头|主办|主责|主要责任|第一责任", label)
    helps = re.search(r"配合|协|参与|参加|支持|督|指导", label)
    if leads:
        return Role.RESPONSIBLE if helps else Role.LEAD
    if helps:
        return Role.SUPPORT
    return Role.IMPLEMENT if re.search(r"实施|落实|执行", label) else Role.RESPONSIBLE


#: A label inside running text; with a colon anywhere, without one only where a piece may begin.
LABEL = re.compile(
    rf"(?:(?P<units>{UNITS})|(?P<deadline>{DEADLINE})|(?P<person>{PERSON})|(?P<short>{SHORT_UNITS})"
    rf"|(?P<other>{_OTHER}|{_any('工作 任务 主要 具体 目标')}{_any('内容 措施 目标 要求 任务')}))"
    r"(?P<colon>(?:为|是|有)?:+)?"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label found in a text (字段): the words, their meaning, and where what it announces begins."""

    start: int
    end: int
    kind: Kind
    words: str
    colon: bool


def labels_in(key: str, start: int, end: int) -> list[Label]:
    """All words of a text that may be labels, in order (查找字段名)."""
    found = []
    for match in LABEL.finditer(key, start, end):
        name = match.lastgroup if match.lastgroup != "colon" else _named(match)
        kind = {"units": Kind.UNITS, "short": Kind.UNITS, "deadline": Kind.DEADLINE, "person": Kind.PERSON}
        colon = bool(match["colon"])
        if name == "short" and not colon:
            continue
        words = match[name or 0]
        found.append(Label(match.start(), match.end(), kind.get(name or "", Kind.OTHER), words, colon))
    return found


def _named(match: re.Match[str]) -> str:
    return next(name for name in ("units", "deadline", "person", "short", "other") if match[name])
