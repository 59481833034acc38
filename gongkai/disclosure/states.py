"""主动公开的状态表: proposals to change the catalogue, findings on columns."""

from gongkai.rules.flow import Flow, act

#: 目录调整: a unit proposes with a reason, the office accepts or refuses
ROW_CHANGE = Flow(
    {"proposed": "待审定", "accepted": "已采纳", "refused": "未采纳", "dropped": "已撤回"},
    [
        act("accept", "采纳", "proposed", "accepted", "office"),
        act("refuse", "不采纳", "proposed", "refused", "office"),
        act("drop", "撤回", "proposed", "dropped", "officer approver"),
    ],
)

#: 栏目体检: found by the nightly check, mended by the keeper, closed by the next check that finds nothing
FINDING = Flow(
    {"open": "待整改", "mended": "已整改待复查", "closed": "已销号"},
    [
        act("mend", "已整改", "open", "mended", "officer approver office"),
        act("assign", "转交", "open mended", None, "office"),
    ],
)
#: findings that still count
UNSETTLED = ("open", "mended")
