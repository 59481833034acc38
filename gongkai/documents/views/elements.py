"""要素清单: the facts of an edition in words and in one order, for the record, the preview and comparing."""

from datetime import date

from gongkai.documents.models import Edition, Paper
from gongkai.frame.dates import date_zh

Fact = tuple[str, str]


def facts_of(edition: Edition, *, public: bool = False) -> list[Fact]:
    """The elements that are filled in (要素); *public* leaves out what is only for the house."""
    paper = edition.paper
    found = [
        ("索引号", paper.code),
        ("发布机构", paper.unit.name),
        ("发文机关", edition.issuers),
        ("发文字号", edition.number),
        ("体裁", edition.get_sort_display()),
        ("主题分类", str(edition.theme or "")),
        ("成文日期", _day(edition.made_on)),
        ("施行日期", _day(edition.commences_on)),
        ("有效期至", _day(edition.expires_on)),
        ("公开对象", edition.audience),
        ("来源", edition.source),
        ("关键词", edition.keywords),
        ("内容概述", edition.summary),
        ("公示截止", _day(edition.shown_until)),
    ]
    if not public:
        found += _inside(edition, paper)
    return [(label, text) for label, text in found if text]


def _inside(edition: Edition, paper: Paper) -> list[Fact]:
    """What only the house needs to know (内部要素)."""
    return [
        ("公开属性", edition.get_attribute_display() if edition.attribute else "未选定"),
        ("不公开依据", edition.get_ground_display() if edition.ground else ""),
        ("不公开理由", edition.ground_note),
        ("栏目", "、".join(column.name for column in paper.columns.all())),
        ("试行、暂行", "是" if edition.trial else ""),
        ("行政规范性文件", "是" if edition.normative else ""),
        ("以区政府名义制发", "是" if edition.for_government else ""),
        ("合法性审核机构", str(edition.legal_unit or "")),
        ("本次修改说明", edition.change_note),
        ("仅文字更正", "是" if edition.minor else ""),
    ]


def _day(day: date | None) -> str:
    return date_zh(day) if day else ""
