"""接口的数据: what each answer holds, and what may be asked; the page of the API is drawn from these."""

import re
from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema
from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from gongkai.documents.models import Sort, Standing

LARGEST = 9_000_000_000_000_000
LAST_PAGE = 10_000


def printable(text: str) -> str:
    """Refuse what no database can look for (核对文字)."""
    if "\x00" in text:
        raise ValueError("含有无法识别的字符")
    return text


def written_day(text: object) -> object:
    """Refuse a day that is not written as 2021-01-20 (核对日期): programs also send seconds since 1970."""
    if isinstance(text, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise PydanticCustomError("date_parsing", "not a day")
    return text


Text = Annotated[str, AfterValidator(printable)]
Day = Annotated[date, BeforeValidator(written_day)]


class Problem(Schema):
    """What went wrong, in one sentence (错误)."""

    detail: str = Field(..., description="错误说明")


class UnitShape(Schema):
    """A unit (单位)."""

    id: int = Field(..., description="单位编号")
    name: str = Field(..., description="全称")
    short_name: str = Field(..., description="简称")
    kind: str = Field(..., description="单位类别")


class ColumnShape(Schema):
    """A column of the site (栏目)."""

    slug: str = Field(..., description="栏目代码")
    name: str = Field(..., description="栏目名称")
    parent: str | None = Field(None, description="上级栏目代码")
    description: str = Field("", description="栏目介绍")
    statutory: bool = Field(..., description="是否属于法定主动公开内容")


class ThemeShape(Schema):
    """A subject (主题分类)."""

    code: str = Field(..., description="主题代码")
    name: str = Field(..., description="主题名称")
    parent: str | None = Field(None, description="上级主题代码")


class PaperShape(Schema):
    """A paper in a list (政府信息)."""

    id: int = Field(..., description="信息编号")
    url: str = Field(..., description="页面网址")
    code: str = Field(..., description="索引号")
    title: str = Field(..., description="标题")
    number: str = Field(..., description="发文字号")
    unit: UnitShape = Field(..., description="发布机构")
    issuers: str = Field(..., description="发文机关")
    sort: str = Field(..., description="体裁")
    theme: str | None = Field(None, description="主题代码")
    made_on: date | None = Field(None, description="成文日期")
    published_at: datetime | None = Field(None, description="发布时间")
    updated_at: datetime | None = Field(None, description="最近更新时间")
    standing: str = Field(..., description="有效性")
    summary: str = Field("", description="内容概述")


class AttachmentShape(Schema):
    """A file of a paper (附件)."""

    title: str = Field(..., description="名称")
    kind: str = Field(..., description="格式")
    size: int = Field(..., description="字节数")
    url: str = Field(..., description="下载网址")


class WholePaper(PaperShape):
    """A paper with its text (政府信息全文)."""

    columns: list[ColumnShape] = Field(..., description="所在栏目")
    keywords: str = Field("", description="关键词")
    audience: str = Field("", description="公开对象")
    commences_on: date | None = Field(None, description="施行日期")
    expires_on: date | None = Field(None, description="有效期至")
    html: str = Field("", description="正文（HTML）")
    text: str = Field("", description="正文（纯文本）")
    attachments: list[AttachmentShape] = Field(..., description="附件")


class PaperPage(Schema):
    """One page of papers (一页政府信息)."""

    total: int = Field(..., description="总条数")
    page: int = Field(..., description="第几页")
    pages: int = Field(..., description="总页数")
    items: list[PaperShape] = Field(..., description="本页各条")


class Leaf(Schema):
    """Which page (分页)."""

    page: int = Field(1, ge=1, le=LAST_PAGE, description="第几页")
    limit: int = Field(20, ge=1, le=100, description="每页条数")


class PaperQuestion(Leaf):
    """Which papers (筛选条件)."""

    unit: int | None = Field(None, ge=1, le=LARGEST, description="发布机构的单位编号")
    column: Text | None = Field(None, max_length=40, description="栏目代码")
    theme: Text | None = Field(None, max_length=10, description="主题代码")
    kind: Sort | None = Field(None, description="体裁代码")
    standing: Standing | None = Field(None, description="有效性代码")
    number: Text | None = Field(None, max_length=60, description="发文字号")
    year: int | None = Field(None, ge=1949, le=2100, description="成文年份")
    since: Day | None = Field(None, description="发布日期不早于")
    until: Day | None = Field(None, description="发布日期不晚于")


class Words(Leaf):
    """What to look for (检索词)."""

    q: Text = Field(..., min_length=1, max_length=100, description="检索词")
    page: int = Field(1, ge=1, le=50, description="第几页")
    limit: int = Field(20, ge=1, le=50, description="每页条数")
