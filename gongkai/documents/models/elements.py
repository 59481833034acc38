"""要素: what is said about a paper (政府信息公开平台元数据、公文格式), the same on paper and edition."""

from django.db import models

from gongkai.documents.models.column import Theme


class Sort(models.TextChoices):
    """What kind of paper it is (体裁)."""

    ORDER = "order", "命令（令）"
    DECISION = "decision", "决定"
    OPINION = "opinion", "意见"
    NOTICE = "notice", "通知"
    CIRCULAR = "circular", "通告"
    ANNOUNCEMENT = "announcement", "公告"
    NOTIFICATION = "notification", "通报"
    REPORT = "report", "报告"
    REPLY = "reply", "批复"
    LETTER = "letter", "函"
    MINUTES = "minutes", "纪要"
    RULES = "rules", "办法、规定"
    PLAN = "plan", "规划、计划"
    READING = "reading", "政策解读"
    BUDGET = "budget", "预算、决算"
    PUBLICITY = "publicity", "公示"
    REGISTER = "register", "清单、名单"
    GUIDE = "guide", "指南、流程"
    STATISTICS = "statistics", "统计信息"
    RESULT = "result", "办理、检查结果"
    ANNUAL = "annual", "年度报告"
    ANSWER = "answer", "建议提案答复"
    NEWS = "news", "工作动态"
    OTHER = "other", "其他"


class Attribute(models.TextChoices):
    """Who may read it (公开属性), named at the source."""

    ACTIVE = "active", "主动公开"
    REQUEST = "request", "依申请公开"
    CLOSED = "closed", "不予公开"


class Ground(models.TextChoices):
    """Why it is not made public (不公开依据): 条例第十四条至第十六条."""

    SECRET = "14-1", "国家秘密（第十四条）"
    FORBIDDEN = "14-2", "法律、行政法规禁止公开（第十四条）"
    SAFETY = "14-3", "危及国家安全、公共安全、经济安全、社会稳定（第十四条）"
    THIRD = "15", "涉及商业秘密、个人隐私等，公开会损害第三方合法权益（第十五条）"
    INTERNAL = "16-1", "内部事务信息（第十六条第一款）"
    PROCESS = "16-2a", "过程性信息（第十六条第二款）"
    FILE = "16-2b", "行政执法案卷信息（第十六条第二款）"


class Elements(models.Model):
    """The elements of a paper (要素). Days are facts; what follows is derived in ``rules.validity``."""

    title = models.CharField("标题", max_length=200, blank=True)
    number = models.CharField("发文字号", max_length=60, blank=True, db_index=True)
    issuers = models.CharField("发文机关", max_length=300, blank=True)
    sort = models.CharField("体裁", max_length=12, choices=Sort.choices, default=Sort.NOTICE)
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="主题分类"
    )
    made_on = models.DateField("成文日期", null=True, blank=True)
    commences_on = models.DateField("施行日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    trial = models.BooleanField("试行、暂行", default=False)
    normative = models.BooleanField("行政规范性文件", default=False)
    attribute = models.CharField("公开属性", max_length=8, choices=Attribute.choices, blank=True)
    ground = models.CharField("不公开依据", max_length=6, choices=Ground.choices, blank=True)
    ground_note = models.TextField("不公开理由", blank=True)
    keywords = models.CharField("关键词", max_length=120, blank=True)
    summary = models.TextField("内容概述", blank=True)
    audience = models.CharField("公开对象", max_length=80, blank=True)
    source = models.CharField("来源", max_length=80, blank=True)
    form = models.CharField("结构化样式", max_length=30, blank=True, db_index=True)
    shown_until = models.DateField("公示截止", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title or "（未命名）"


#: the names of the elements, for copying an edition's onto its paper
ELEMENTS = tuple(field.name for field in Elements._meta.local_fields)
