"""政府信息的状态表: the way of an edition to publication, and how a paper leaves the site."""

from enum import StrEnum

from gongkai.rules.flow import Flow, act
from gongkai.rules.law import REGULATION, Instrument
from gongkai.rules.legality import LEGALITY

#: 《关于全面推进政务公开工作的意见》实施细则: attribute at the source, reading together with the paper
DETAILED_RULES = Instrument(
    "国务院办公厅印发〈关于全面推进政务公开工作的意见〉实施细则的通知", "国办发〔2016〕80号"
)

#: reviews in their order; which of them an edition needs is worked out from its facts
STAGES = ("unit_review", "secrecy", "legal", "district", "countersign", "signing")
#: an edition in one of these is the paper's one draft
OPEN = ("draft", "returned", *STAGES, "ready", "scheduled")
#: what its own unit may still change
EDITABLE = ("draft", "returned")

#: 版本: an officer writes, colleagues review, the head signs, the edition goes live
EDITION = Flow(
    {
        "draft": "起草中",
        "returned": "已退回",
        "unit_review": "待单位审核",
        "secrecy": "待保密审查",
        "legal": "待合法性审核",
        "district": "待区政务公开办审核",
        "countersign": "会签中",
        "signing": "待签发",
        "ready": "已签发待发布",
        "scheduled": "定时发布",
        "live": "已发布",
        "superseded": "历史版本",
        "withdrawn": "已离线",
        "dropped": "已作废",
    },
    [
        act("edit", "修改", "draft returned", None, "officer approver"),
        act("submit", "提交审核", "draft returned", "unit_review", "officer approver"),
        act("recall", "撤回修改", " ".join(STAGES), "draft", "officer approver"),
        act("pass_unit", "单位审核通过", "unit_review", "secrecy", "officer approver"),
        act(
            "pass_secrecy",
            "保密审查通过",
            "secrecy",
            "signing",
            "secrecy",
            REGULATION.article("第十七条"),
            others="legal district countersign",
        ),
        act(
            "pass_legal",
            "合法性审核通过",
            "legal",
            "signing",
            "legal",
            LEGALITY.article(""),
            others="district countersign",
        ),
        act(
            "amend_legal",
            "合法性审核：应当予以修改",
            "legal",
            "returned",
            "legal",
            LEGALITY.article(""),
        ),
        act("refuse_legal", "合法性审核：不合法", "legal", "returned", "legal", LEGALITY.article("")),
        act("pass_district", "区级审核通过", "district", "signing", "office", others="countersign"),
        act("countersign", "会签同意", "countersign", "signing", "approver", others="countersign"),
        act("sign", "签发", "signing", "ready", "approver", others="scheduled live"),
        act(
            "return",
            "退回修改",
            " ".join((*STAGES, "ready")),
            "returned",
            "officer approver secrecy legal office",
        ),
        act("publish", "发布", "ready scheduled", "live", "officer approver"),
        act("schedule", "定时发布", "ready", "scheduled", "officer approver"),
        act("unschedule", "取消定时", "scheduled", "ready", "officer approver"),
        act("drop", "作废", "draft returned ready", "dropped", "officer approver"),
    ],
)

#: 政府信息: drafted, on the site, off the site
PAPER = Flow(
    {"draft": "未发布", "live": "已发布", "left": "已离线"},
    [
        act("revise", "修订", "draft live left", None, "officer approver"),
        act("remove", "从网站撤下", "live", "left", "approver office"),
        act("restore", "恢复上线", "left", "live", "approver office"),
    ],
)


class Departure(StrEnum):
    """How a paper leaves the site (离线方式)."""

    ERROR = "error"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


DEPARTURES = {
    Departure.ERROR: "误发（不再显示）",
    Departure.MERGED: "并入其他信息（转到该信息）",
    Departure.WITHDRAWN: "撤回（保留原文并说明原因）",
    Departure.EXPIRED: "公示期满",
}

#: 会签: asked of another unit, agreed or refused
COUNTERSIGN = Flow(
    {"asked": "待会签", "agreed": "已同意", "refused": "不同意"},
    [
        act("agree", "会签同意", "asked", "agreed", "approver"),
        act("refuse", "不同意发布", "asked", "refused", "approver"),
    ],
)

#: 纠错: a reader points at a fault, the keeper mends it or says why not
ERRATUM = Flow(
    {"open": "待处理", "mended": "已更正", "declined": "无需更正"},
    [
        act("mend", "已更正", "open", "mended", "officer approver office"),
        act("decline", "无需更正", "open", "declined", "officer approver office"),
    ],
)

#: 清理: every paper in force is looked at, the findings take effect in one act
CLEANUP = Flow(
    {"open": "清理中", "decided": "已公布结果", "dropped": "已取消"},
    [
        act("judge", "填写清理意见", "open", None, "officer approver office"),
        act("decide", "公布清理结果", "open", "decided", "office"),
        act("drop", "取消清理", "open", "dropped", "office"),
    ],
)

#: 迁移导入: a manifest is checked row by row, then brought in, and may be run again
LEGACY = Flow(
    {"checking": "核对中", "running": "导入中", "done": "已完成", "failed": "已中断", "dropped": "已放弃"},
    [
        act("start", "开始导入", "checking done", "running", "office administrator"),
        act("resume", "继续导入", "failed", "running", "office administrator"),
        act("finish", "完成", "running", "done", "office administrator"),
        act("fail", "中断", "running", "failed", "office administrator"),
        act("drop", "放弃", "checking failed", "dropped", "office administrator"),
    ],
)
