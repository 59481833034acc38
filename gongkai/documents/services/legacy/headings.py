"""列对应: which column of a manifest holds what, whatever the old system called it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that a manifest may tell of a paper (可导入的内容), and its usual headings."""

    code: str
    label: str
    synonyms: tuple[str, ...]
    hint: str = ""


FIELDS = (
    Wanted("title", "标题", ("标题", "信息标题", "文件标题", "名称", "信息名称", "文件名称", "title")),
    Wanted("key", "原系统编号", ("原系统编号", "原编号", "编号", "文章编号", "信息编号", "主键", "id")),
    Wanted("url", "原网址", ("原网址", "网址", "链接", "原文链接", "页面地址", "url")),
    Wanted("code", "索引号", ("索引号", "信息索引号", "索引")),
    Wanted("number", "发文字号", ("发文字号", "文号", "发文文号", "文件编号", "公文字号")),
    Wanted("unit", "发布机构", ("发布机构", "发布单位", "公开单位", "单位", "所属单位", "责任单位", "部门")),
    Wanted("issuers", "发文机关", ("发文机关", "发文单位", "制发机关", "联合发文机关")),
    Wanted("sort", "体裁", ("体裁", "体裁分类", "公文种类", "文种", "信息类别", "类别")),
    Wanted("theme", "主题分类", ("主题分类", "主题", "主题类别")),
    Wanted("columns", "栏目", ("栏目", "所属栏目", "栏目名称", "频道", "分类"), "多个栏目用分号隔开"),
    Wanted("made_on", "成文日期", ("成文日期", "生成日期", "印发日期", "制发日期")),
    Wanted("published", "发布日期", ("发布日期", "发布时间", "公开日期", "公开时间", "发表时间", "日期")),
    Wanted("commences_on", "施行日期", ("施行日期", "实施日期", "生效日期")),
    Wanted("expires_on", "有效期至", ("有效期至", "失效日期", "废止日期", "截止日期")),
    Wanted("standing", "有效性", ("有效性", "效力状态", "时效性", "是否有效")),
    Wanted("attribute", "公开属性", ("公开属性", "公开方式", "公开类型", "公开类别")),
    Wanted("keywords", "关键词", ("关键词", "关键字", "主题词")),
    Wanted("summary", "内容概述", ("内容概述", "概述", "摘要", "内容摘要", "简介")),
    Wanted("audience", "公开对象", ("公开对象", "公开范围", "面向对象")),
    Wanted("source", "来源", ("来源", "信息来源", "稿件来源")),
    Wanted("html", "正文", ("正文", "正文内容", "内容", "信息内容", "文章内容", "详细内容", "content")),
    Wanted(
        "body", "正文文件", ("正文文件", "正文附件", "原文文件", "网页文件"), "压缩包内的路径，html 或 docx"
    ),
    Wanted("files", "附件", ("附件", "附件路径", "附件文件", "相关附件"), "压缩包内的路径，多个用分号隔开"),
)
BY_CODE = {field.code: field for field in FIELDS}
_KNOWN = {word: field.code for field in FIELDS for word in field.synonyms}
#: the heading row stands within so many rows from the top
DEPTH = 10


def plain(heading: str) -> str:
    """A heading without spaces, stars, brackets (规范表头).

    >>> plain(" *发布 日期（必填）：")
    '发布日期'
    """
    text = unicodedata.normalize("NFKC", heading).lower()
    return re.sub(r"\([^)]*\)|[\s*:_\-]", "", text)


def guess(headings: Sequence[str]) -> dict[str, int]:
    """Which column holds what (识别表头): the first column of each name.

    >>> guess(["序号", "信息标题", "公开日期", "标题"])
    {'title': 1, 'published': 2}
    """
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        code = _KNOWN.get(plain(heading))
        if code:
            found.setdefault(code, place)
    return found


def heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Which of the first rows holds the headings (表头行): the one that names most, a title among it."""
    scores = [
        (len(found), -place) for place, row in enumerate(rows[:DEPTH]) if "title" in (found := guess(row))
    ]
    return -max(scores)[1] if scores else None
