"""公开属性源头认定: which attribute needs which ground and reason; what lacks one is returned (退文).

国办发〔2016〕80号 一（一）: the attribute is named when a paper is drafted, and approved together with it.
"""

from dataclasses import dataclass

from gongkai.rules.law import REGULATION, Article, Instrument

DETAILED_RULES = Instrument(
    "国务院办公厅印发〈关于全面推进政务公开工作的意见〉实施细则的通知", "国办发〔2016〕80号"
)
AT_SOURCE = DETAILED_RULES.article("一（一）")

ACTIVE, REQUEST, CLOSED = "active", "request", "closed"

#: 条例第十四条至第十六条: the grounds on which something is not made public, with their articles
GROUNDS = {
    "14-1": REGULATION.article("第十四条"),
    "14-2": REGULATION.article("第十四条"),
    "14-3": REGULATION.article("第十四条"),
    "15": REGULATION.article("第十五条"),
    "16-1": REGULATION.article("第十六条第一款"),
    "16-2a": REGULATION.article("第十六条第二款"),
    "16-2b": REGULATION.article("第十六条第二款"),
}
#: grounds that forbid publication; under the others the body *may* refuse (可以不予公开)
FORBIDDING = frozenset({"14-1", "14-2", "14-3"})


@dataclass(frozen=True, slots=True)
class Returned:
    """Why a paper is returned (退文): one sentence and its article."""

    text: str
    cite: Article


def lacking(attribute: str, ground: str = "", reason: str = "") -> list[Returned]:
    """What the attribute of a paper lacks (公开属性审查); empty when nothing.

    >>> [each.text for each in lacking("")]
    ['未标明公开属性']
    >>> [each.text for each in lacking("closed")]
    ['不予公开未注明依据', '不予公开未说明理由']
    >>> lacking("active"), lacking("closed", "14-1", "涉密会议材料")
    ([], [])
    """
    if attribute not in (ACTIVE, REQUEST, CLOSED):
        return [Returned("未标明公开属性", AT_SOURCE)]
    found = []
    if attribute == ACTIVE and ground:
        found.append(Returned("主动公开的信息不应填写不公开依据", GROUNDS.get(ground, AT_SOURCE)))
    if attribute == CLOSED and ground not in GROUNDS:
        found.append(Returned("不予公开未注明依据", AT_SOURCE))
    if attribute != ACTIVE and not reason.strip():
        name = "不予公开" if attribute == CLOSED else "依申请公开"
        found.append(Returned(f"{name}未说明理由", AT_SOURCE))
    return found
