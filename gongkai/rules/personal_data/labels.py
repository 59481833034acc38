"""标签: what the words before a number, or the heading above it, say that it is."""

import re
from functools import lru_cache

from gongkai.rules.personal_data.findings import Kind

REACH = 20
_WORDS = {
    Kind.IDENTITY: "身份证|身份号码|证件号",
    Kind.MOBILE: "手机|移动电话",
    Kind.PHONE: "电话|座机|联系方式|传真|[Tt][Ee][Ll]",
    Kind.ACCOUNT: "银行卡|卡号|一卡通|一本通|存折",
}
#: numbers of things, not of people
_THINGS = (
    "信用代码|机构代码|税号|识别号|索引号|编号|编码|代码|序列号|流水号|单号|案号|文号|批号|条码|发票|许可证|"
    "证书|合同|订单|登记号|备案号|项目|不动产|单元号|标段|工单|注册号|资产|公证"
)
_STOPS = frozenset(["", *"0123456789，。；;、\n\t|"])
_PARTED = re.compile(r"[0-9，。；;、\n\t|]")
_GAP = ".{0,8}$"
_LABELS = [(kind, re.compile(f"(?:{words}){_GAP}")) for kind, words in _WORDS.items()]
_LOOSE_ACCOUNT = re.compile(f"(?:账号|帐号|账户|帐户|开户){_GAP}")
_THING = re.compile(f"(?:{_THINGS}){_GAP}")

HOME = re.compile("住址|住所|户籍|居住|家庭地址|现住|家住|户口")
OFFICE = re.compile(
    "办公地|单位地址|注册地|经营场所|营业场所|通讯地址|通信地址|邮寄地址|联系地址|地点|会址|项目地址|工程地址|坐落"
)


class Label:
    """What a number is called (标签): one of the kinds, a thing, an account of whomsoever, or nothing."""

    __slots__ = ("is_account", "is_thing", "kind")

    def __init__(self, words: str) -> None:
        self.kind = next((kind for kind, shape in _LABELS if shape.search(words)), None)
        self.is_account = self.kind is None and bool(_LOOSE_ACCOUNT.search(words))
        self.is_thing = self.kind is None and not self.is_account and bool(_THING.search(words))

    def __bool__(self) -> bool:
        return self.kind is not None or self.is_account or self.is_thing


@lru_cache(maxsize=4096)
def named(words: str) -> Label:
    """What *words* call a number (标签); headings and labels repeat, so they are kept."""
    return Label(words)


def label_of(text: str, start: int, heading: str) -> Label:
    """The label right before place *start* (前置标签), else what the *heading* above the cell says."""
    if text[start - 1 : start] in _STOPS:
        return named(heading)
    return named(_PARTED.split(text[max(0, start - REACH) : start])[-1]) or named(heading)
