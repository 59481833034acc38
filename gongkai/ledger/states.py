"""台账的状态表: reports, extensions and supervision, each as one table of acts."""

from enum import StrEnum

from gongkai.rules.flow import Flow, act


class Standing(StrEnum):
    """How an assignment stands (落实状态), derived from its dated reports, never typed."""

    WAITING = "waiting"
    WORKING = "working"
    CHECKING = "checking"
    RETURNED = "returned"
    DONE = "done"


STANDINGS = {
    Standing.WAITING: "未报进展",
    Standing.WORKING: "推进中",
    Standing.CHECKING: "待验收",
    Standing.RETURNED: "已退回",
    Standing.DONE: "已完成",
}

#: 报送: an officer writes, the approver signs, the district office accepts or returns
REPORT = Flow(
    {"draft": "草稿", "sent": "待审签", "signed": "待验收", "accepted": "已验收", "returned": "已退回"},
    [
        act("edit", "修改", "draft returned", None, "officer approver"),
        act("send", "报负责人审签", "draft returned", "sent", "officer approver"),
        act("recall", "撤回修改", "sent", "draft", "officer"),
        act("sign", "签发报区政务公开办", "sent", "signed", "approver"),
        act("send_back", "退回信息员", "sent", "returned", "approver"),
        act("accept", "验收通过", "signed", "accepted", "office"),
        act("return", "退回补正", "signed", "returned", "office"),
    ],
)

#: 延期: a unit asks with a reason, the office grants or refuses
EXTENSION = Flow(
    {"asked": "待批准", "granted": "已批准", "refused": "未批准"},
    [
        act("grant", "批准延期", "asked", "granted", "office"),
        act("refuse", "不予延期", "asked", "refused", "office"),
    ],
)

#: 督办: opened by the office, answered by the unit, open until the office closes it
SUPERVISION = Flow(
    {"open": "督办中", "answered": "已反馈", "closed": "已销号"},
    [
        act("answer", "反馈整改情况", "open answered", "answered", "officer approver"),
        act("press", "再次督办", "open answered", "open", "office"),
        act("close", "销号", "open answered", "closed", "office"),
    ],
)

#: 回头看: each of last year's dated tasks is verified, the unfinished ones are ordered to be mended
LOOKBACK = Flow(
    {"unchecked": "待核查", "verified": "已落实", "ordered": "责令整改", "mended": "已整改待复核"},
    [
        act("verify", "核查属实", "unchecked ordered mended", "verified", "office"),
        act("order", "责令整改", "unchecked mended", "ordered", "office"),
        act("mend", "报送整改结果", "ordered", "mended", "officer approver"),
    ],
)

#: 导入: a file becomes rows to check, then a plan
IMPORT = Flow(
    {"checking": "核对中", "confirmed": "已导入", "dropped": "已放弃"},
    [
        act("edit", "修改", "checking", None, "office"),
        act("confirm", "确认导入", "checking", "confirmed", "office"),
        act("drop", "放弃导入", "checking", "dropped", "office"),
    ],
)

#: 要点: prepared by the office, sent out to the units, closed at the year's end
PLAN = Flow(
    {"draft": "未下发", "running": "执行中", "closed": "已归档"},
    [
        act("edit", "修改", "draft running", None, "office"),
        act("issue", "下发各单位", "draft", "running", "office"),
        act("close", "归档", "running", "closed", "office"),
        act("reopen", "重新启用", "closed", "running", "office"),
    ],
)
